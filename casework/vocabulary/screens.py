"""Urine screens."""

from __future__ import annotations

from enum import StrEnum


class ScreenStatus(StrEnum):
    """A urine screen's course: planned, collected with a result, missed, or excused by the clinic."""

    DUE = "due"
    COLLECTED = "collected"
    MISSED = "missed"
    EXCUSED = "excused"


class Certainty(StrEnum):
    """A presumptive result can be wrong; a confirmed one has been checked in a laboratory."""

    PRESUMPTIVE = "presumptive"
    CONFIRMED = "confirmed"
