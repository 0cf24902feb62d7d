"""What a planned session, its end and its roster need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Final

from casework.checks.cleaning import clean_line, in_range
from casework.errors import Refused
from casework.vocabulary import SessionKind

FURTHEST: Final = dt.timedelta(days=2 * 366)
"""How far from today a day of a series or a roster may lie, before or after it."""
SHORTEST_MINUTES, LONGEST_MINUTES = 5, 12 * 60


def check_series(
    kind: SessionKind,
    *,
    title: str | None,
    first_on: dt.date | None,
    last_on: dt.date | None,
    starts_at: dt.time | None,
    minutes: int | None,
    members: Collection[int],
    today: dt.date,
) -> dict[str, Any]:
    """A session or series as columns; Refused (with the field) for what cannot be right."""
    first_on, starts_at, minutes = planned_time(first_on, starts_at, minutes)
    near(first_on, today, field="first_on")
    if last_on is not None:
        last_on = last_day(first_on, last_on, today)
    check_members(kind, members)
    return {
        "first_on": first_on,
        "last_on": last_on,
        "starts_at": starts_at.replace(tzinfo=None, second=0, microsecond=0),
        "minutes": in_range(minutes, SHORTEST_MINUTES, LONGEST_MINUTES, field="minutes"),
        "title": clean_line(title, field="title") or "",
    }


def check_members(kind: SessionKind, members: Collection[int]) -> None:
    """Refused for an individual session that is not about exactly one client."""
    if kind is SessionKind.INDIVIDUAL and len(set(members)) != 1:
        raise Refused("An individual session needs one client.", field="members")


def check_marked(kind: SessionKind, marked: Collection[int], *, roster: Collection[int]) -> None:
    """Refused for an individual session in which anybody but the one client on its roster is marked."""
    check_members(kind, marked)
    if kind is SessionKind.INDIVIDUAL and not set(marked) <= set(roster):
        raise Refused("An individual session is with the client on its roster.", field="members")


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


def check_joins(starts_on: dt.date, last_on: dt.date | None, *, today: dt.date) -> None:
    """Refused for a place on the roster that begins years away, or after the series' last session."""
    near(starts_on, today, field="starts_on")
    if last_on is not None and starts_on > last_on:
        raise Refused("This series has ended by then.", field="starts_on")
