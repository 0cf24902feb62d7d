"""What makes an answer a matter of safety, and what closes one."""

from __future__ import annotations

from casework.checks.cleaning import required_text
from casework.vocabulary import SAFETY_CONCERNS, SAFETY_STAGE_MASK, mask


def concerns_raised(safety: bool | None, concerns: int, stage_present: int) -> int | None:
    """The concerns (a bitmask) of the safety item that a check-in opens; None when it opens none.

    A yes to the safety question opens one, and so does self-harm among the stage signs, whatever the answer was.
    """
    if stage_present & SAFETY_STAGE_MASK:
        return concerns | mask(SAFETY_CONCERNS, ["self_harm"])
    return concerns if safety else None


def check_acknowledgement(steps_taken: str | None) -> str:
    """The steps that were taken; an item is never closed without them."""
    return required_text(steps_taken, field="steps_taken")
