"""Calls, and whether it is safe to call."""

from __future__ import annotations

from enum import StrEnum


class CallOutcome(StrEnum):
    """How a call ended. Only `reached` is contact."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    WRONG_NUMBER = "wrong_number"


class Permission(StrEnum):
    """Whether it is safe to call or to leave a message."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
