"""The source's twelve warning signs, and the four feelings behind neglected self-care (HALT)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.vocabulary.terms import Term


class Aspect(StrEnum):
    """What a warning sign shows itself in."""

    BEHAVIOR = "behavior"
    THOUGHT = "thought"
    ATTITUDE = "attitude"


@dataclass(frozen=True)
class WarningSign(Term):
    """A warning sign; `aspect` is Tideline's own reading of where it shows."""

    aspect: Aspect = Aspect.BEHAVIOR


WARNING_SIGNS: tuple[WarningSign, ...] = (
    WarningSign("same_activities", aspect=Aspect.BEHAVIOR),
    WarningSign("boredom", aspect=Aspect.THOUGHT),
    WarningSign("glamorizing", aspect=Aspect.THOUGHT),
    WarningSign("drugs_within_reach", aspect=Aspect.BEHAVIOR),
    WarningSign("isolating", aspect=Aspect.BEHAVIOR),
    WarningSign("health_unaddressed", aspect=Aspect.BEHAVIOR),
    WarningSign("no_self_care", aspect=Aspect.BEHAVIOR),
    WarningSign("not_taking_medication", aspect=Aspect.BEHAVIOR),
    WarningSign("leaving_support_groups", aspect=Aspect.ATTITUDE),
    WarningSign("refusing_support", aspect=Aspect.ATTITUDE),
    WarningSign("old_places", aspect=Aspect.BEHAVIOR),
    WarningSign("contact_with_sellers", aspect=Aspect.BEHAVIOR),
)

MEDICATION_SIGN = "not_taking_medication"
SELF_CARE_SIGN = "no_self_care"


@dataclass(frozen=True)
class HaltSign(Term):
    """Hungry, angry, lonely, tired."""


HALT: tuple[HaltSign, ...] = (
    HaltSign("hungry"),
    HaltSign("angry"),
    HaltSign("lonely"),
    HaltSign("tired"),
)
