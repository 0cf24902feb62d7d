"""The source's three stages and their signs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.vocabulary.terms import Term, mask


class Stage(StrEnum):
    """The source's three stages. Shown as tags with dated evidence, not as a ladder to be climbed."""

    EMOTIONAL = "emotional"
    MENTAL = "mental"
    PHYSICAL = "physical"


@dataclass(frozen=True)
class StageSign(Term):
    """A sign of one stage; `opens_safety` marks those that open the safety route."""

    stage: Stage = Stage.EMOTIONAL
    opens_safety: bool = False


STAGE_SIGNS: tuple[StageSign, ...] = (
    StageSign("acting_out", stage=Stage.EMOTIONAL),
    StageSign("aggression", stage=Stage.EMOTIONAL),
    StageSign("anger", stage=Stage.EMOTIONAL),
    StageSign("denial", stage=Stage.EMOTIONAL),
    StageSign("poor_coping", stage=Stage.EMOTIONAL),
    StageSign("socializing_with_users", stage=Stage.EMOTIONAL),
    StageSign("missing_meetings", stage=Stage.EMOTIONAL),
    StageSign("self_care_neglected", stage=Stage.EMOTIONAL),
    StageSign("conflict", stage=Stage.MENTAL),
    StageSign("craving_escape", stage=Stage.MENTAL),
    StageSign("bargaining", stage=Stage.MENTAL),
    StageSign("lying", stage=Stage.MENTAL),
    StageSign("controlling_use", stage=Stage.MENTAL),
    StageSign("seeking_opportunities", stage=Stage.MENTAL),
    StageSign("planning", stage=Stage.MENTAL),
    StageSign("rationalizing", stage=Stage.MENTAL),
    StageSign("losing_reasons", stage=Stage.MENTAL),
    StageSign("recurring_thoughts", stage=Stage.MENTAL),
    StageSign("cravings_intensify", stage=Stage.MENTAL),
    StageSign("alcohol_for_urges", stage=Stage.MENTAL),
    StageSign("self_harm_for_urges", stage=Stage.MENTAL, opens_safety=True),
    StageSign("lapse", stage=Stage.PHYSICAL),
    StageSign("preoccupied", stage=Stage.PHYSICAL),
    StageSign("relapse", stage=Stage.PHYSICAL),
)

SAFETY_STAGE_MASK = mask(STAGE_SIGNS, [sign.id for sign in STAGE_SIGNS if sign.opens_safety])


def stage_mask(stage: Stage) -> int:
    """The bits of one stage's signs within a check-in's stage mask."""
    return mask(STAGE_SIGNS, [sign.id for sign in STAGE_SIGNS if sign.stage is stage])
