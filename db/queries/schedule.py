"""Sessions: which series there are, who belongs to them, and on which days they are held.

Sessions are derived from their series; none is stored ahead. A counselor sees the sessions that they lead or that one
of their clients belongs to, a supervisor those of the team. What was planned, changed or taken after the day that is
asked about is not known on it (`db.queries.known`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, false, literal, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import Role, SessionKind
from db.models import ClientVersion, RollCall, RosterMember, SeriesVersion, SessionSeries, Staff
from db.queries.known import client_now, known, series_now
from db.queries.scope import visible_clients

WEEK = dt.timedelta(days=7)
_ONE, _VERSION = aliased(SessionSeries, name="one"), aliased(SeriesVersion, name="version")


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
        return SeriesVersion.leader_id == user.id
    return false()


def series_led(user: User) -> Select[int]:
    """Ids of the series whose roll call the user takes at present."""
    return select(SessionSeries.id).join(SeriesVersion, series_now(SessionSeries.id)).where(may_lead(user))


def _may_see(user: User, day: dt.date, since: dt.date) -> ColumnElement[bool]:
    """The series that the user leads or that one of their clients of `day` belonged to on `since` or after it."""
    with_a_client = select(RosterMember.series_id).where(
        RosterMember.client_id.in_(visible_clients(user, day)),
        known(RosterMember, day),
        _after(RosterMember.ends_on, since),
    )
    return SessionSeries.id.in_(union(_led(user, day), with_a_client))


def _led(user: User, day: dt.date) -> Select[int]:
    """Ids of the series that `may_lead` allows, as known on `day`: an OR of two ways would look through all series."""
    if user.role is Role.SUPERVISOR:
        return select(_ONE.id).where(_ONE.team_id == user.team_id)
    led = select(_VERSION.series_id).where(_VERSION.leader_id == user.id, known(_VERSION, day))
    return led if user.role is Role.COUNSELOR else led.where(false())


def _after(ends_on: InstrumentedAttribute[dt.date | None], day: dt.date) -> ColumnElement[bool]:
    return or_(ends_on.is_(None), ends_on > day)


def _series(known_by: dt.date) -> Select[*tuple[SessionSeries, SeriesVersion, str]]:
    return (
        select(SessionSeries, SeriesVersion, Staff.name)
        .join(
            SeriesVersion,
            and_(SeriesVersion.series_id == SessionSeries.id, known(SeriesVersion, known_by)),
        )
        .join(Staff, Staff.id == SeriesVersion.leader_id)
    )


def _of(series: SessionSeries, version: SeriesVersion, leader: str) -> Series:
    return Series(
        series.id,
        series.kind,
        version.title,
        version.leader_id,
        leader,
        series.team_id,
        series.first_on,
        version.last_on,
        version.starts_at,
        version.minutes,
        series.weekly,
    )


def require_series(session: Session, user: User, series_id: int, *, to_lead: bool, day: dt.date) -> Series:
    """The series, or NotYours when the user may not see it (`to_lead`: not take its roll call)."""
    allowed = may_lead(user) if to_lead else _may_see(user, day, since=day)
    row = session.execute(_series(day).where(SessionSeries.id == series_id, allowed)).one_or_none()
    if row is None:
        raise NotYours
    return _of(*row)


def current_version(session: Session, series_id: int) -> SeriesVersion:
    """What holds of a series at present; the caller has checked that the user may change it."""
    return session.scalars(select(SeriesVersion).where(series_now(literal(series_id)))).one()


def one_of_team(session: Session, user: User, series_id: int, *, day: dt.date) -> Series:
    """A series of the user's team, whoever leads it, or NotYours. Colleagues put clients into each other's groups."""
    row = session.execute(
        _series(day).where(
            SessionSeries.id == series_id, SessionSeries.team_id == user.team_id, *_sees_clients(user)
        )
    ).one_or_none()
    if row is None:
        raise NotYours
    return _of(*row)


def series_of(session: Session, user: User, *, day: dt.date, known_by: dt.date) -> tuple[Series, ...]:
    """The series that the user sees and that have not ended before `day`, by weekday and time, as known on
    `known_by`."""
    not_ended = or_(SeriesVersion.last_on.is_(None), SeriesVersion.last_on >= day)
    rows = session.execute(_series(known_by).where(_may_see(user, known_by, since=day), not_ended))
    found = [_of(*row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.first_on.weekday(), one.starts_at, one.id)))


def _sees_clients(user: User) -> tuple[ColumnElement[bool], ...]:
    return (false(),) if user.role is Role.ADMIN else ()


def sessions_between(
    session: Session, user: User, first: dt.date, last: dt.date, zone: ZoneInfo, *, known_by: dt.date
) -> tuple[HeldSession, ...]:
    """The sessions that the user sees, from `first` to `last`, in order of time, as known on `known_by`. Three
    SELECTs."""
    found = series_of(session, user, day=first, known_by=known_by)
    all_series = [one for one in found if occurrences(one, first, last)]
    ids = [one.id for one in all_series]
    taken: dict[tuple[int, dt.date], int] = {
        (series_id, held_on): id_
        for id_, series_id, held_on in session.execute(
            select(RollCall.id, RollCall.series_id, RollCall.held_on).where(
                RollCall.series_id.in_(ids),
                RollCall.held_on.between(first, last),
                RollCall.known_on <= known_by,
            )
        )
    }
    places = session.execute(
        select(RosterMember.series_id, RosterMember.starts_on, RosterMember.ends_on).where(
            RosterMember.series_id.in_(ids), known(RosterMember, known_by)
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


def roster(
    session: Session, user: User, series_ids: Sequence[int], day: dt.date, *, known_by: dt.date
) -> tuple[RosterEntry, ...]:
    """The members expected on `day` as known on `known_by`, by name; only of series that the user may see, and of those
    that others lead only the user's own clients of `known_by`."""
    mine = visible_clients(user, known_by)
    rows = session.execute(
        select(
            RosterMember.series_id,
            RosterMember.client_id,
            ClientVersion.name,
            RosterMember.starts_on,
            RosterMember.ends_on,
            RosterMember.client_id.in_(mine),
        )
        .join(ClientVersion, client_now(RosterMember.client_id))
        .where(
            RosterMember.series_id.in_(series_ids),
            or_(RosterMember.series_id.in_(series_led(user)), RosterMember.client_id.in_(mine)),
            on_roster(day, known_by=known_by),
        )
        .order_by(ClientVersion.name, RosterMember.client_id)
    )
    return tuple(RosterEntry(*row[:5], mine=bool(row[5])) for row in rows)


def next_sessions(
    session: Session, user: User, client_ids: Sequence[int], day: dt.date
) -> dict[int, tuple[dt.date, dt.time]]:
    """When each of these clients of the user is expected next: from `day` on (from the next day where that day's roll
    call is taken), within four weeks, as known on `day`. One SELECT."""
    taken = select(RollCall.id).where(
        RollCall.series_id == SessionSeries.id, RollCall.held_on == day, RollCall.known_on <= day
    )
    rows = session.execute(
        _series(day)
        .add_columns(RosterMember.client_id, RosterMember.starts_on, RosterMember.ends_on, taken.exists())
        .join(RosterMember, RosterMember.series_id == SessionSeries.id)
        .where(
            RosterMember.client_id.in_(client_ids),
            RosterMember.client_id.in_(visible_clients(user, day)),
            known(RosterMember, day),
            _after(RosterMember.ends_on, day),
        )
    )
    found: dict[int, tuple[dt.date, dt.time]] = {}
    for series, version, leader, client_id, starts_on, ends_on, is_taken in rows:
        first = max(starts_on, day + dt.timedelta(days=bool(is_taken)))
        for held_on in occurrences(_of(series, version, leader), first, day + 4 * WEEK)[:1]:
            if ends_on is None or held_on < ends_on:
                when = (held_on, version.starts_at)
                found[client_id] = min(when, found.get(client_id, when))
    return found


def on_roster(day: dt.date, *, known_by: dt.date) -> ColumnElement[bool]:
    """The places in a series that hold on `day`, as known on `known_by`."""
    return and_(
        RosterMember.starts_on <= day, _after(RosterMember.ends_on, day), known(RosterMember, known_by)
    )
