"""Scheduled sessions and the marks of a roll call."""

from __future__ import annotations

from enum import StrEnum


class SessionKind(StrEnum):
    """Kinds of scheduled sessions."""

    GROUP = "group"
    INDIVIDUAL = "individual"
    MEDICATION_VISIT = "medication_visit"
    OUTSIDE_MEETING = "outside_meeting"


class Mark(StrEnum):
    """A roll call's mark. Not marked is the absence of a mark."""

    ATTENDED = "attended"
    LATE = "late"
    EXCUSED = "excused"
    NO_SHOW = "no_show"
    CANCELLED_BY_CLINIC = "cancelled_by_clinic"


KEPT_MARKS = frozenset({Mark.ATTENDED, Mark.LATE})
