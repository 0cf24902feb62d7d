"""The chart that is shipped, and what it was compared with, asked about a cohort.

Each function gives [clients, planned check-ins]: how far the chart's number had risen on that day, in its own unit,
and NaN where nobody came or the chart had too little to go by.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from casework.indicators.drift import LAMBDA, charts, drift, points_of
from casework.indicators.signs import applicable
from casework.validation.baseline.clients import Cohort
from casework.windows import FURTHEST_WINDOW_DAYS, Floats, Pairs, Panel

SLACK: Final = 0.5
"""What the CUSUM lets pass at each check-in: half of a shift by one standard deviation, the usual choice."""
TEXTBOOK_LIMIT: Final = 2.962
"""For weight 0.2, normal data and a known level: in-control run length about 500 (Lucas & Saccucci 1990)."""


def shipped(cohort: Cohort) -> Floats:
    """The indicator itself."""
    return _judged(cohort, drift(_panel(cohort)).value)


def textbook(cohort: Cohort) -> Floats:
    """The same moving average and spread, measured as if the client's usual level were known without error."""
    chart = charts(_panel(cohort))
    after = 1 - (1 - LAMBDA) ** (2 * np.maximum(chart.count, 1))
    sigma = chart.spread * np.sqrt(LAMBDA / (2 - LAMBDA) * after)
    return _judged(cohort, np.where(chart.enough, (chart.average - chart.center) / sigma, np.nan))


def cusum(cohort: Cohort) -> Floats:
    """A one-sided CUSUM of the same points around the same center, in units of the same spread."""
    panel = _panel(cohort)
    chart = charts(panel)
    can_be = applicable(panel)

    def highest_sum(pairs: Pairs) -> Floats:
        points = points_of(pairs, can_be)
        level, spread, enough = (
            pairs.of_panel(one)[points.owner]
            for one in (np.nan_to_num(chart.center), np.nan_to_num(chart.spread), chart.enough)
        )
        above = np.where(enough, (points.share - level) / np.maximum(spread, np.finfo(float).tiny) - SLACK, 0)
        sums = points.up_to(above)
        lowest, latest = np.zeros(pairs.size), np.zeros(pairs.size)
        np.minimum.at(lowest, points.owner, sums)
        latest[points.owner] = sums
        return latest - lowest

    value = panel.window("check_ins", FURTHEST_WINDOW_DAYS).each(highest_sum)
    return _judged(cohort, np.where(chart.enough, value, np.nan))


CHARTS: Final[dict[str, Callable[[Cohort], Floats]]] = {
    "EWMA as shipped": shipped,
    "EWMA by the textbook": textbook,
    "CUSUM": cusum,
}


def _panel(cohort: Cohort) -> Panel:
    return Panel.on(cohort.facts, *cohort.days.tolist())


def _judged(cohort: Cohort, value: Floats) -> Floats:
    return np.where(cohort.came, value.reshape(cohort.came.shape), np.nan)
