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
        "The highest of the last two weeks against the mean of the four before",
        tuple(on(day, "check_in", craving=5 + day // 7) for day in (-28, -14, -7, 0)),
        3,
        Concern.SOME,
    ),
    Example(
        "craving_trend",
        "A lower rating since does not take the rise back",
        (
            *(on(day, "check_in", craving=2) for day in (-28, -21)),
            on(-7, "check_in", craving=6),
            on(0, "check_in", craving=4),
        ),
        4,
        Concern.SOME,
    ),
    Example(
        "craving_trend",
        "One rating before is not what is usual",
        (on(-21, "check_in", craving=2), on(0, "check_in", craving=8)),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "craving_trend",
        "Nor are two of one day",
        (on(-21, "check_in", craving=2), on(-21, "check_in", craving=3), on(0, "check_in", craving=9)),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "craving_trend",
        "Without a rating of the last two weeks it is unknown",
        tuple(on(day, "check_in", craving=5) for day in (-28, -21)),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
)
