"""What a planned session needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from casework.errors import Refused
from casework.vocabulary import SessionKind


def check_members(kind: SessionKind, members: Collection[int]) -> None:
    """Refused for an individual session that is not about exactly one client."""
    if kind is SessionKind.INDIVIDUAL and len(set(members)) != 1:
        raise Refused("An individual session needs one client.", field="members")


def planned_time(
    first_on: dt.date | None, starts_at: dt.time | None, minutes: int | None
) -> tuple[dt.date, dt.time, int]:
    """Its day, time and length. Refused (field "first_on") while one is missing."""
    if first_on is None or starts_at is None or minutes is None:
        raise Refused("Day, time and length are needed.", field="first_on")
    return first_on, starts_at, minutes


def last_day(first_on: dt.date, last_on: dt.date | None) -> dt.date:
    """The day with which a series ends. Refused (field "last_on") without it, and before the series begins."""
    if last_on is None:
        raise Refused("The day of the last session is needed.", field="last_on")
    if last_on < first_on:
        raise Refused("A series cannot end before it begins.", field="last_on")
    return last_on
