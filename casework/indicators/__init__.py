"""The caseload's risk: every rule registered once, and what follows from all of them for each client.

`assess(facts, today)` is the one entry. Indicators live one module a subject; importing this package registers them.
"""

from __future__ import annotations

from casework.indicators import (
    care,
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
    weeks,
)
from casework.indicators.assessment import Assessment, ScoreRow, assess
from casework.indicators.chances import Chance
from casework.indicators.findings import Finding, findings
from casework.indicators.registry import COMPARISONS, INDICATORS, Concern, Indicator, NextStep, Reading
from casework.indicators.rules import Rule
from casework.indicators.tables import TABLE
from casework.windows import FactRef

SUBJECTS = (
    weeks,
    use,
    screens,
    contact,
    medication,
    care,
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
    "Chance",
    "Concern",
    "FactRef",
    "Finding",
    "Indicator",
    "NextStep",
    "Reading",
    "Rule",
    "ScoreRow",
    "assess",
    "findings",
]
