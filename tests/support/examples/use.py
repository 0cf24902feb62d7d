"""What the client reports: opioid use, overdose and withdrawal."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import UNKNOWN, Example, on

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "reported_use",
        "The worst of 28 days",
        (on(-20, "check_in", use="slip"), on(-2, "check_in", use="none")),
        1,
        Concern.MARKED,
    ),
    Example(
        "reported_use", "Not asked is unknown", (on(-2, "check_in", signs=""),), UNKNOWN, Concern.UNKNOWN
    ),
    Example("reported_use", "Regular use", (on(-2, "check_in", use="regular"),), 2, Concern.SERIOUS),
    Example(
        "overdose",
        "Acknowledged or not, it counts for 28 days",
        (on(-27, "safety_item", concerns="overdose", acknowledged=-26),),
        1,
        Concern.SERIOUS,
    ),
    Example(
        "overdose",
        "After 28 days it does not",
        (on(-28, "safety_item", concerns="overdose"),),
        UNKNOWN,
        Concern.UNKNOWN,
    ),
    Example(
        "overdose",
        "The safety question was answered with no",
        (on(-2, "check_in", overdosed=0),),
        0,
        Concern.NONE,
    ),
    Example("overdose", "Not asked is unknown", (on(-2, "check_in", signs=""),), UNKNOWN, Concern.UNKNOWN),
    Example(
        "withdrawal",
        "The latest answer",
        (on(-5, "check_in", withdrawal=3), on(-1, "check_in", withdrawal=1)),
        1,
        Concern.SOME,
    ),
)
