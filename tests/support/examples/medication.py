"""Maintenance medication."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import ON_BUPRENORPHINE, UNKNOWN, Example, every, on

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "medication_coverage",
        "Days of custody are neither covered nor not",
        (
            on(-90, "prescription"),
            *every(range(-60, -10), "dose"),
            on(-10, "away", until=-3),
            *every(range(-2, 1), "dose"),
        ),
        1,
        Concern.NONE,
        extra={"of_days": 6},
    ),
    Example(
        "medication_coverage",
        "Without a prescription not applicable",
        (on(-1, "dose"),),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "medication_coverage",
        "Seven of fourteen days",
        (ON_BUPRENORPHINE, *every(range(-6, 1), "dose")),
        0.5,
        Concern.SOME,
    ),
    Example(
        "medication_coverage",
        "An injection of naltrexone covers 31 days",
        (on(-100, "prescription", medication="naltrexone_xr"), on(-20, "dose", covers=31)),
        1,
        Concern.NONE,
    ),
    Example(
        "medication_coverage",
        "Two doses for the same days count once",
        (ON_BUPRENORPHINE, on(-13, "dose", covers=7), on(-13, "dose", covers=7), on(0, "check_in")),
        0.5,
        Concern.SOME,
    ),
    Example(
        "medication_coverage",
        "Without doses on record the check-in's report counts",
        (ON_BUPRENORPHINE, on(-1, "check_in", taken=(5, 7))),
        5 / 7,
        Concern.SOME,
    ),
)
