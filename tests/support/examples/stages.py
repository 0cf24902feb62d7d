"""The source's three stages."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import Example, on

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "stage_tags",
        "Signs of two stages tag both",
        (on(-20, "check_in", stages="denial"), on(-2, "check_in", stages="denial bargaining")),
        2,
        Concern.MARKED,
    ),
    Example(
        "stage_tags",
        "Reported use tags the physical stage",
        (on(-5, "check_in", use="slip"),),
        1,
        Concern.SERIOUS,
    ),
    Example("stage_tags", "Asked, none present", (on(-5, "check_in", stages=""),), 0, Concern.NONE),
    Example(
        "stage_tags",
        "A lapse is not undone by a later no",
        (on(-20, "check_in", stages="lapse"), on(-2, "check_in", stages="")),
        1,
        Concern.SERIOUS,
    ),
    Example(
        "stage_tags",
        "An overdose tags the physical stage",
        (on(-3, "safety_item", concerns="overdose", acknowledged=-2),),
        1,
        Concern.SERIOUS,
    ),
)
