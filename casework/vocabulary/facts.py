"""The kinds of dated facts about a client."""

from __future__ import annotations

from enum import StrEnum


class FactKind(StrEnum):
    """What an entry of the record is; the table that holds it."""

    CHECK_IN = "check_in"
    NOTE = "note"
    CALL = "call"
    SESSION = "attendance"
    SCREEN = "urine_screen"
    PRESCRIPTION = "prescription"
    DOSE = "dose"
    ABSENCE = "absence"
    SAFETY = "safety_item"
    LEVEL = "placement"
    TASK = "task_action"
