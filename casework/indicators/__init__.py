"""The caseload's risk: every rule registered once, and what follows from all of them for each client.

`assess(facts, today)` is the one entry. Indicators live one module a subject; importing this package registers them.
"""

from __future__ import annotations

from casework.indicators import (
    contact,
    craving,
    disagreement,
    drift,
    medication,
    protective,
    safety,
    screens,
    signs,
    stages,
    tolerance,
    use,
)
from casework.indicators.assessment import Assessment, ScoreRow, assess
from casework.indicators.points import TABLE, Rule
from casework.indicators.registry import COMPARISONS, INDICATORS, Concern, Indicator, NextStep, Reading
from casework.windows import FactRef

SUBJECTS = (
    use,
    screens,
    contact,
    medication,
    signs,
    drift,
    stages,
    craving,
    protective,
    tolerance,
    safety,
    disagreement,
)
"""The modules with indicators, in the order in which pages list them."""

__all__ = [
    "COMPARISONS",
    "INDICATORS",
    "SUBJECTS",
    "TABLE",
    "Assessment",
    "Concern",
    "FactRef",
    "Indicator",
    "NextStep",
    "Reading",
    "Rule",
    "ScoreRow",
    "assess",
]
