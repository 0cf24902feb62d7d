"""What makes an answer a matter of safety, and what closes one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from casework.checks.cleaning import clean_line, required_text
from casework.clinic_days import ClinicDays
from casework.errors import Refused
from casework.frames import to_day
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


def check_acknowledgement(
    steps_taken: str | None, looks_again: str | None, *, today: dt.date, clinic_days: ClinicDays
) -> dict[str, Any]:
    """An acknowledgement as columns. It needs the steps that were taken; and where the clinic is closed on the next
    day, who looks again then (a name, or the on-call line): within 24 hours somebody does."""
    steps = required_text(steps_taken, field="steps_taken")
    somebody = clean_line(looks_again, field="looks_again")
    if somebody is None and asks_who_looks_again(today, clinic_days):
        raise Refused(
            "The clinic is closed tomorrow. Say who looks again within 24 hours: a name, or the on-call line.",
            field="looks_again",
        )
    return {"steps_taken": steps, "looks_again": somebody}


def asks_who_looks_again(today: dt.date, clinic_days: ClinicDays) -> bool:
    """Whether nobody is in the clinic on the next day, so that an acknowledgement names who looks again."""
    return not clinic_days.works_on(to_day(today) + 1)
