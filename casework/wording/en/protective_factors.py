"""Protective factors."""

from __future__ import annotations

from typing import Final

from casework.wording.words import Texts, Words

PROTECTIVE_FACTORS: Final[Texts] = {
    "meetings": Words("Meetings", "Goes to support meetings."),
    "sober_support": Words("Sober support", "Has people to lean on who do not use."),
    "work_or_school": Words("Work or school", "Has work, school or another steady task."),
    "routine": Words("Routine", "Keeps a regular daily routine."),
}
