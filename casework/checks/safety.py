"""What makes an answer a matter of safety, and what closes one."""

from __future__ import annotations

from casework.checks.cleaning import required_text
from casework.vocabulary import SAFETY_CONCERNS, SAFETY_STAGE_MASK, mask


def concerns_raised(*, suicidal: bool | None, overdosed: bool | None, stage_present: int) -> int:
    """The concerns (a bitmask) of the safety item that a check-in opens; 0 when it opens none.

    A yes to one of the two safety questions opens one, whoever told of it, and so does self-harm among the stage signs,
    whatever the answers were.
    """
    told = {
        "self_harm": bool(stage_present & SAFETY_STAGE_MASK),
        "suicidal_thoughts": bool(suicidal),
        "overdose": bool(overdosed),
    }
    return mask(SAFETY_CONCERNS, [concern for concern, present in told.items() if present])


def check_acknowledgement(steps_taken: str | None) -> str:
    """The steps that were taken; an item is never closed without them."""
    return required_text(steps_taken, field="steps_taken")
