"""Protective factors."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import Example, on

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "protective_factors",
        "Strengths are counted apart",
        (on(-5, "check_in", protective="meetings routine"),),
        2,
        Concern.NONE,
    ),
)
