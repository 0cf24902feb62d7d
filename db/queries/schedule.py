"""Sessions: which series there are, who belongs to them, and on which days they are held.

Sessions are derived from their series; none is stored ahead. A counselor sees the sessions that they lead or that one
of their clients belongs to, a supervisor those of the team.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, false, or_, select
from sqlalchemy.orm import Session

from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import Role, SessionKind
from db.models import Client, RollCall, RosterMember, SessionSeries, Staff
from db.queries.scope import visible_clients

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Series:
    """A session held once, or weekly from `first_on` until `last_on` (None: no end), at the clinic's local time."""

    id: int
    kind: SessionKind
    title: str
    leader_id: int
    leader: str
    team_id: int
    first_on: dt.date
    last_on: dt.date | None
    starts_at: dt.time
    minutes: int
    weekly: bool


@dataclass(frozen=True)
class HeldSession:
    """One session of a day; `roll_call_id` is set when its roll call has been taken."""

    series: Series
    held_on: dt.date
    starts_at: dt.datetime
    members: int
    roll_call_id: int | None


@dataclass(frozen=True)
class RosterEntry:
    """A client's place in a series; `ends_on` is the first day on which the client is no longer expected.

    `mine` is False when the user sees this client as a member of the group only: name, attendance, that group's notes.
    """

    member_id: int
    series_id: int
    client_id: int
    name: str
    starts_on: dt.date
    ends_on: dt.date | None
    mine: bool


def occurrences(series: Series, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """The days from `first` to `last`, both included, on which the series is held. Pure."""
    until = last if series.last_on is None else min(last, series.last_on)
    if not series.weekly:
        return (series.first_on,) if first <= series.first_on <= until else ()
    weeks_before = max(0, -((series.first_on - first) // WEEK))
    day = series.first_on + weeks_before * WEEK
    days = []
    while day <= until:
        days.append(day)
        day += WEEK
    return tuple(days)


def is_held_on(series: Series, day: dt.date) -> bool:
    """True when the series has a session on `day`."""
    return bool(occurrences(series, day, day))


def starts(series: Series, day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """When the session of `day` begins: always the same time on the clinic's clock, in summer and in winter."""
    return dt.datetime.combine(day, series.starts_at, tzinfo=zone)


def may_lead(user: User) -> ColumnElement[bool]:
    """The series whose roll call the user takes: those they lead; for a supervisor all of the team."""
    if user.role is Role.SUPERVISOR:
        return SessionSeries.team_id == user.team_id
    if user.role is Role.COUNSELOR:
        return SessionSeries.leader_id == user.id
    return false()


def _may_see(user: User, day: dt.date) -> ColumnElement[bool]:
    with_a_client = select(RosterMember.series_id).where(
        RosterMember.client_id.in_(visible_clients(user, day)),
        or_(RosterMember.ends_on.is_(None), RosterMember.ends_on > day),
    )
    return or_(may_lead(user), SessionSeries.id.in_(with_a_client))


def _series() -> Select[*tuple[SessionSeries, str]]:
    return select(SessionSeries, Staff.name).join(Staff, Staff.id == SessionSeries.leader_id)


def _of(row: SessionSeries, leader: str) -> Series:
    return Series(
        row.id,
        row.kind,
        row.title,
        row.leader_id,
        leader,
        row.team_id,
        row.first_on,
        row.last_on,
        row.starts_at,
        row.minutes,
        row.weekly,
    )


def require_series(session: Session, user: User, series_id: int, *, to_lead: bool, day: dt.date) -> Series:
    """The series, or NotYours when the user may not see it (`to_lead`: not take its roll call)."""
    allowed = may_lead(user) if to_lead else _may_see(user, day)
    row = session.execute(_series().where(SessionSeries.id == series_id, allowed)).one_or_none()
    if row is None:
        raise NotYours
    return _of(row[0], row[1])


def one_of_team(session: Session, user: User, series_id: int) -> Series:
    """A series of the user's team, whoever leads it, or NotYours. Colleagues put clients into each other's groups."""
    row = session.execute(
        _series().where(
            SessionSeries.id == series_id, SessionSeries.team_id == user.team_id, *_sees_clients(user)
        )
    ).one_or_none()
    if row is None:
        raise NotYours
    return _of(row[0], row[1])


def series_of(session: Session, user: User, *, day: dt.date) -> tuple[Series, ...]:
    """The series that the user sees and that have not ended before `day`, by weekday and time."""
    rows = session.execute(
        _series().where(
            _may_see(user, day), or_(SessionSeries.last_on.is_(None), SessionSeries.last_on >= day)
        )
    )
    return _by_weekday(rows)


def _by_weekday(rows: Iterable[Row[SessionSeries, str]]) -> tuple[Series, ...]:
    found = [_of(row[0], row[1]) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.first_on.weekday(), one.starts_at, one.id)))


def _sees_clients(user: User) -> tuple[ColumnElement[bool], ...]:
    return (false(),) if user.role is Role.ADMIN else ()


def sessions_between(
    session: Session, user: User, first: dt.date, last: dt.date, zone: ZoneInfo
) -> tuple[HeldSession, ...]:
    """The sessions that the user sees, from `first` to `last`, in order of time. Three SELECTs."""
    all_series = [one for one in series_of(session, user, day=first) if occurrences(one, first, last)]
    ids = [one.id for one in all_series]
    taken: dict[tuple[int, dt.date], int] = {
        (series_id, held_on): id_
        for id_, series_id, held_on in session.execute(
            select(RollCall.id, RollCall.series_id, RollCall.held_on).where(
                RollCall.series_id.in_(ids), RollCall.held_on.between(first, last)
            )
        )
    }
    places = session.execute(
        select(RosterMember.series_id, RosterMember.starts_on, RosterMember.ends_on).where(
            RosterMember.series_id.in_(ids)
        )
    ).all()
    held = [
        HeldSession(
            one,
            day,
            starts(one, day, zone),
            sum(
                series_id == one.id and starts_on <= day and (ends_on is None or ends_on > day)
                for series_id, starts_on, ends_on in places
            ),
            taken.get((one.id, day)),
        )
        for one in all_series
        for day in occurrences(one, first, last)
    ]
    return tuple(sorted(held, key=lambda one: (one.starts_at, one.series.id)))


def roster(session: Session, user: User, series_ids: Sequence[int], day: dt.date) -> tuple[RosterEntry, ...]:
    """The members expected on `day`, by name; only of series that the user may see, and of series that others lead only
    the user's own clients."""
    mine = visible_clients(user, day)
    rows = session.execute(
        select(
            RosterMember.id,
            RosterMember.series_id,
            RosterMember.client_id,
            Client.name,
            RosterMember.starts_on,
            RosterMember.ends_on,
            RosterMember.client_id.in_(mine),
        )
        .join(Client, Client.id == RosterMember.client_id)
        .join(SessionSeries, SessionSeries.id == RosterMember.series_id)
        .where(
            RosterMember.series_id.in_(series_ids),
            or_(may_lead(user), RosterMember.client_id.in_(mine)),
            on_roster(day),
        )
        .order_by(Client.name, RosterMember.client_id)
    )
    return tuple(RosterEntry(*row[:6], mine=bool(row[6])) for row in rows)


def next_sessions(
    session: Session, user: User, client_ids: Sequence[int], day: dt.date
) -> dict[int, tuple[dt.date, dt.time]]:
    """When each of these clients of the user is expected next: from `day` on (from the next day where that day's roll
    call is taken), within four weeks. One SELECT."""
    taken = (
        select(RollCall.id).where(RollCall.series_id == SessionSeries.id, RollCall.held_on == day).exists()
    )
    rows = session.execute(
        select(RosterMember, SessionSeries, Staff.name, taken)
        .join(SessionSeries, SessionSeries.id == RosterMember.series_id)
        .join(Staff, Staff.id == SessionSeries.leader_id)
        .where(
            RosterMember.client_id.in_(client_ids),
            RosterMember.client_id.in_(visible_clients(user, day)),
            or_(RosterMember.ends_on.is_(None), RosterMember.ends_on > day),
        )
    )
    found: dict[int, tuple[dt.date, dt.time]] = {}
    for place, row, leader, is_taken in rows:
        first = max(place.starts_on, day + dt.timedelta(days=bool(is_taken)))
        for held_on in occurrences(_of(row, leader), first, day + 4 * WEEK)[:1]:
            if place.ends_on is None or held_on < place.ends_on:
                when = (held_on, row.starts_at)
                found[place.client_id] = min(when, found.get(place.client_id, when))
    return found


def on_roster(day: dt.date) -> ColumnElement[bool]:
    """The places in a series that hold on `day`."""
    return (RosterMember.starts_on <= day) & or_(RosterMember.ends_on.is_(None), RosterMember.ends_on > day)
