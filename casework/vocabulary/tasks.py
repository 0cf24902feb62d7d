"""Tasks, and what answers a fact."""

from __future__ import annotations

from enum import StrEnum


class AnsweredBy(StrEnum):
    """What has answered a fact. The frames hold the position."""

    CALL = "call"
    TASK = "task"
    DECISION = "decision"
    ACKNOWLEDGEMENT = "acknowledgement"
