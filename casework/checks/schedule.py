"""What a planned session, its end and its roster need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

from casework.errors import Refused
from casework.vocabulary import SessionKind

FURTHEST: Final = dt.timedelta(days=2 * 366)
"""How far from today a day of a series or a roster may lie, before or after it."""


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


def near(day: dt.date, today: dt.date, *, field: str) -> dt.date:
    """`day`, unless it lies further than `FURTHEST` from today."""
    if abs(day - today) > FURTHEST:
        raise Refused("This date is more than two years away.", field=field)
    return day


def last_day(first_on: dt.date, last_on: dt.date | None, today: dt.date) -> dt.date:
    """The day with which a series ends. Refused (field "last_on") without it, before it begins, or far away."""
    if last_on is None:
        raise Refused("The day of the last session is needed.", field="last_on")
    if last_on < first_on:
        raise Refused("A series cannot end before it begins.", field="last_on")
    return near(last_on, today, field="last_on")
