"""Lowered tolerance."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import ON_BUPRENORPHINE, Example, every, on

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "lowered_tolerance",
        "28 days after custody ended the flag still stands",
        (on(-90, "away", until=-28), on(0, "check_in")),
        1,
        Concern.MARKED,
    ),
    Example(
        "lowered_tolerance",
        "One day later it does not",
        (on(-90, "away", until=-29), *every(range(-98, 1, 7), "check_in")),
        0,
        Concern.NONE,
    ),
    Example(
        "lowered_tolerance",
        "A journey alone lowers no tolerance",
        (on(-20, "away", cause="travel", until=-10), *every(range(-98, 1, 7), "check_in")),
        0,
        Concern.NONE,
    ),
    Example(
        "lowered_tolerance",
        "Nor does a journey of five weeks that was known of, without a word",
        (on(-40, "check_in"), on(-38, "away", cause="travel", until=-2)),
        0,
        Concern.NONE,
    ),
    Example(
        "lowered_tolerance",
        "Medication that was given in custody leaves no gap, and custody counts all the same",
        (
            ON_BUPRENORPHINE,
            *every(range(-98, -20), "dose"),
            on(-20, "away", until=-8, medicated=1),
            *every(range(-98, 1, 7), "check_in"),
            *every(range(-7, 1), "dose"),
        ),
        1,
        Concern.MARKED,
        extra={"mask": 0b10},
    ),
    Example(
        "lowered_tolerance",
        "Four weeks without contact, until 28 days after the return",
        (on(-40, "check_in"), on(-3, "check_in")),
        1,
        Concern.MARKED,
    ),
    Example(
        "lowered_tolerance",
        "Three prescribed days without a dose",
        (
            ON_BUPRENORPHINE,
            *every(range(-98, -9), "dose"),
            *every(range(-6, 1), "dose"),
            *every(range(-98, 1, 7), "check_in"),
        ),
        1,
        Concern.MARKED,
    ),
    Example(
        "lowered_tolerance",
        "Two days without a dose are not a gap",
        (
            ON_BUPRENORPHINE,
            *every(range(-98, -8), "dose"),
            *every(range(-6, 1), "dose"),
            *every(range(-98, 1, 7), "check_in"),
        ),
        0,
        Concern.NONE,
    ),
    Example(
        "lowered_tolerance",
        "The end of medication",
        (on(-100, "prescription", until=-10), *every(range(-98, 1, 7), "check_in")),
        1,
        Concern.MARKED,
    ),
)
