"""What the figures of `casework.figures` say: a module of words for each module of figures.

A title states what a chart shows, an `alt` tells it to those who cannot see the chart. User text goes through as it
is: figures escape it.
"""

from casework.wording.en.charts import (
    baseline,
    caseload,
    drift,
    evidence,
    flow,
    placements,
    risk,
    template,
    timeline,
)

__all__ = [
    "baseline",
    "caseload",
    "drift",
    "evidence",
    "flow",
    "placements",
    "risk",
    "template",
    "timeline",
]
