"""Drift against the own baseline."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import UNKNOWN, Example, on, weekly

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "drift",
        "Two weeks before the last three are not enough history",
        weekly(0, 0, 0, 0, 5),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "drift",
        "Of several check-ins on a day the worst counts",
        (*weekly(1, 1, 1, 1, 1, 1), on(0, "check_in", signs="")),
        0,
        Concern.NONE,
    ),
    Example(
        "drift",
        "An alarm of the last three weeks stands when a better check-in follows",
        weekly(0, 0, 0, 0, 0, 3, 5, 0),
        8.5024,
        Concern.MARKED,
    ),
    Example("drift", "Nothing has changed", weekly(1, 1, 1, 1, 1, 1), 0, Concern.NONE),
    Example(
        "drift",
        "Two weeks far above the usual level are an alarm",
        weekly(0, 0, 0, 0, 0, 0, 3, 5),
        7.2198,
        Concern.MARKED,
    ),
    Example(
        "drift",
        "Three weeks with two signs more are a warning",
        weekly(0, 1, 0, 1, 0, 2, 2, 3),
        3.4248,
        Concern.SOME,
    ),
    Example(
        "drift",
        "One sign more is within what chance alone gives",
        weekly(1, 1, 2, 1, 1, 1, 2, 2, 2),
        1.0574,
        Concern.NONE,
    ),
    Example(
        "drift",
        "Old history without a recent check-in is unknown",
        tuple(on(-30 - 7 * week, "check_in", signs="isolating") for week in range(5, -1, -1)),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
)
