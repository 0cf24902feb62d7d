"""Craving and its trend."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import UNKNOWN, Example, on

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "craving",
        "The latest rating counts",
        (on(-8, "check_in", craving=9), on(-1, "check_in", craving=3)),
        3,
        Concern.NONE,
    ),
    Example(
        "craving",
        "A check-in that did not ask leaves the rating before it",
        (on(-8, "check_in", craving=9), on(-1, "check_in", signs="")),
        9,
        Concern.MARKED,
    ),
    Example(
        "craving_trend",
        "One point more each week",
        tuple(on(day, "check_in", craving=5 + day // 7) for day in (-21, -14, -7, 0)),
        1,
        Concern.SOME,
    ),
    Example(
        "craving_trend",
        "Two ratings make no trend",
        (on(-7, "check_in", craving=2), on(0, "check_in", craving=8)),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "craving_trend",
        "Nor do two ratings of one day and a third",
        (on(-7, "check_in", craving=2), on(0, "check_in", craving=8), on(0, "check_in", craving=9)),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "craving_trend",
        "Nor three days of one week",
        tuple(on(day, "check_in", craving=8 + day) for day in (-6, -3, 0)),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
)
