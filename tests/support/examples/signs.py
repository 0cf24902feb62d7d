"""Warning signs and HALT."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import ON_BUPRENORPHINE, UNKNOWN, Example, on

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "active_signs",
        "Signs that were present are counted",
        (on(-3, "check_in", signs="isolating boredom"),),
        2,
        Concern.SOME,
    ),
    Example(
        "active_signs",
        "The latest answer decides",
        (on(-9, "check_in", signs="isolating boredom glamorizing"), on(-2, "check_in", signs="boredom")),
        1,
        Concern.SOME,
    ),
    Example(
        "active_signs",
        "A sign that was not asked again stays as it was",
        (on(-9, "check_in", signs="isolating"), on(-2, "check_in", signs="", asked="boredom")),
        1,
        Concern.SOME,
    ),
    Example(
        "active_signs",
        "No check-in in 14 days is unknown, not zero",
        (on(-14, "check_in", signs="isolating"),),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "active_signs",
        "Without a prescription the medication sign is not applicable",
        (on(0, "check_in", signs="not_taking_medication"),),
        0,
        Concern.NONE,
    ),
    Example(
        "active_signs",
        "With a prescription it counts",
        (ON_BUPRENORPHINE, on(0, "check_in", signs="not_taking_medication")),
        1,
        Concern.SOME,
    ),
    Example("sign_coverage", "Nothing asked is no coverage", (), 0, Concern.SERIOUS),
    Example(
        "sign_coverage",
        "Without a prescription eleven signs can be asked",
        (on(-1, "check_in", signs=""),),
        1,
        Concern.NONE,
    ),
    Example(
        "sign_coverage",
        "Three of twelve asked",
        (ON_BUPRENORPHINE, on(-1, "check_in", signs="", asked="isolating boredom glamorizing")),
        0.25,
        Concern.SOME,
    ),
    Example(
        "sign_burden",
        "One check-in: the share of asked signs that were present",
        (on(0, "check_in", signs="isolating", asked="isolating boredom"),),
        0.5,
        Concern.SERIOUS,
    ),
    Example(
        "sign_burden",
        "After 14 days an answer weighs half",
        (
            on(-14, "check_in", signs="isolating", asked="isolating"),
            on(0, "check_in", signs="", asked="isolating"),
        ),
        1 / 3,
        Concern.SOME,
    ),
    Example(
        "sign_burden",
        "Not asked is neither present nor absent",
        (on(-1, "check_in", signs="isolating", asked="isolating boredom"), on(0, "check_in")),
        0.5,
        Concern.SERIOUS,
    ),
    Example(
        "halt", "The parts that hold are counted", (on(-1, "check_in", halt="angry tired"),), 2, Concern.SOME
    ),
    Example("halt", "Not asked is unknown", (on(-1, "check_in", signs=""),), UNKNOWN, Concern.UNKNOWN),
)
