"""Open safety items."""

from __future__ import annotations

from typing import Final

from casework.indicators.registry import Concern
from tests.support.examples.recorded import Example, on

EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        "safety",
        "A yes stays open until somebody acknowledges it",
        (on(-60, "safety_item"),),
        1,
        Concern.SERIOUS,
    ),
    Example("safety", "Acknowledged", (on(-60, "safety_item", acknowledged=-59),), 0, Concern.NONE),
    Example(
        "safety",
        "A self-harm sign opens an item; acknowledged, it is closed",
        (
            on(-4, "check_in", stages="self_harm_for_urges"),
            on(-4, "safety_item", concerns="self_harm", acknowledged=-3),
        ),
        0,
        Concern.NONE,
    ),
)
