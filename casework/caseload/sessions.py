"""Sessions for the screens: those of a day or a week, one session's roll call, and the series behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from casework import wording
from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import Mark, Permission, SessionKind
from db.queries import attendance, clients, schedule
from db.queries.attendance import MarkRow
from db.queries.clients import ClientRow
from db.queries.schedule import HeldSession, Series


@dataclass(frozen=True)
class SessionOn:
    """One session of a day. `mine` is True when the user takes its roll call; `only` is the name of the one client who
    is expected in an individual session or medication visit."""

    series_id: int
    kind: SessionKind
    title: str
    leader: str
    held_on: dt.date
    starts_at: dt.time
    minutes: int
    expected: int
    taken: bool
    mine: bool
    only: str | None = None


@dataclass(frozen=True)
class Given:
    """A mark that was given: by whom, when, and why if it corrects an earlier one."""

    attendance_id: int
    mark: Mark
    recorded_by: str
    recorded_at: dt.datetime
    late: bool
    correction_reason: str | None


@dataclass(frozen=True)
class Expected:
    """A client in a roll call. Of other counselors' clients (`mine` False) only the name and the mark are known."""

    client_id: int
    name: str
    mine: bool
    on_roster: bool
    phone: str | None
    wrong_number_on: dt.date | None
    safe_to_call: Permission | None
    safe_to_leave_message: Permission | None
    given: Given | None


@dataclass(frozen=True)
class RollCallSheet:
    """One session's roll call. `could_drop_in` are the user's own clients who are not expected: (id, name);
    nobody drops in on an individual session."""

    session: SessionOn
    people: tuple[Expected, ...]
    could_drop_in: tuple[tuple[int, str], ...]

    @property
    def no_shows(self) -> tuple[Expected, ...]:
        """Who was expected and did not come."""
        return tuple(one for one in self.people if one.given is not None and one.given.mark is Mark.NO_SHOW)


@dataclass(frozen=True)
class Member:
    """A client on a roster."""

    client_id: int
    name: str
    mine: bool
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True)
class SeriesPlan:
    """A series with its roster. `mine` is True when the user leads it or supervises its team."""

    id: int
    kind: SessionKind
    title: str
    leader: str
    first_on: dt.date
    last_on: dt.date | None
    starts_at: dt.time
    minutes: int
    weekly: bool
    mine: bool
    members: tuple[Member, ...]


def sessions_of_week(
    session: Session, user: User, monday: dt.date, zone: ZoneInfo, *, today: dt.date
) -> tuple[SessionOn, ...]:
    """The sessions that the user sees in the week from `monday` on, in order of time, as known on `today`. Five
    SELECTs."""
    return _held(session, user, (monday, monday + dt.timedelta(days=6)), zone, today)


def sessions_of_day(
    session: Session, user: User, day: dt.date, zone: ZoneInfo, *, today: dt.date
) -> tuple[SessionOn, ...]:
    """The sessions of one day whose roll call the user takes, in order of time, as known on `today`. Five SELECTs."""
    return tuple(one for one in _held(session, user, (day, day), zone, today) if one.mine)


def _held(
    session: Session, user: User, days: tuple[dt.date, dt.date], zone: ZoneInfo, today: dt.date
) -> tuple[SessionOn, ...]:
    found = schedule.sessions_between(session, user, *days, zone, known_by=today)
    names: dict[int, list[str]] = {}
    ids = sorted({one.series.id for one in found})
    for place in schedule.roster(session, user, ids, days[1], known_by=today):
        names.setdefault(place.series_id, []).append(place.name)
    return tuple(_session(one, user, names.get(one.series.id, [])) for one in found)


def _session(held: HeldSession, user: User, names: Sequence[str]) -> SessionOn:
    alone = held.series.kind is not SessionKind.GROUP and held.members == 1 and len(names) == 1
    return SessionOn(
        held.series.id,
        held.series.kind,
        wording.session_title(held.series.kind, held.series.title),
        held.series.leader,
        held.held_on,
        held.series.starts_at,
        held.series.minutes,
        held.members,
        held.roll_call_id is not None,
        leads(held.series, user),
        names[0] if alone else None,
    )


def leads(series: Series, user: User) -> bool:
    """True when the user takes the roll call of the series."""
    return series.leader_id == user.id or (user.sees_team and series.team_id == user.team_id)


def roll_call(
    session: Session, user: User, series_id: int, held_on: dt.date, today: dt.date
) -> RollCallSheet:
    """One session's roll call as it stands. Raises NotYours when the user does not take it.

    The number of SELECTs does not depend on the number of clients.
    """
    series = schedule.require_series(session, user, series_id, to_lead=True, day=today)
    if not schedule.is_held_on(series, held_on):
        raise NotYours
    own = {one.id: one for one in clients.all_of(session, user, today)}
    roster = schedule.roster(session, user, [series_id], held_on, known_by=today)
    marks = {one.client_id: one for one in attendance.marks_of_day(session, user, series_id, held_on, today)}
    names = {one.client_id: one.name for one in roster} | {id_: one.name for id_, one in marks.items()}
    expected = {one.client_id for one in roster}
    people = [
        _expected(id_, name, own.get(id_), marks.get(id_), on_roster=id_ in expected)
        for id_, name in sorted(names.items(), key=lambda one: (one[1].lower(), one[0]))
    ]
    on = SessionOn(
        series.id,
        series.kind,
        wording.session_title(series.kind, series.title),
        series.leader,
        held_on,
        series.starts_at,
        series.minutes,
        len(expected),
        attendance.roll_call_id(session, series_id, held_on, known_by=today) is not None,
        mine=True,
    )
    open_to_others = series.kind is not SessionKind.INDIVIDUAL
    others = tuple((one.id, one.name) for one in own.values() if open_to_others and one.id not in names)
    return RollCallSheet(on, tuple(people), others)


def _expected(
    client_id: int, name: str, own: ClientRow | None, mark: MarkRow | None, *, on_roster: bool
) -> Expected:
    given = None
    if mark is not None:
        given = Given(
            mark.id, mark.mark, mark.recorded_by, mark.recorded_at, mark.late, mark.correction_reason
        )
    return Expected(
        client_id,
        name,
        own is not None,
        on_roster,
        own.phone if own else None,
        own.wrong_number_on if own else None,
        own.safe_to_call if own else None,
        own.safe_to_leave_message if own else None,
        given,
    )


def plans(session: Session, user: User, today: dt.date) -> tuple[SeriesPlan, ...]:
    """The series that the user sees and that have not ended, with those whom the user sees on their rosters."""
    found = schedule.series_of(session, user, day=today, known_by=today)
    begun = [one for one in found if one.first_on <= today]
    ahead = [one for one in found if one.first_on > today]
    by_then = max((one.first_on for one in ahead), default=today)
    rostered = {one.id: one for one in _with_rosters(session, user, begun, today, known_by=today)}
    rostered |= {one.id: one for one in _with_rosters(session, user, ahead, by_then, known_by=today)}
    return tuple(rostered[one.id] for one in found)


def _with_rosters(
    session: Session, user: User, found: Sequence[Series], day: dt.date, *, known_by: dt.date
) -> tuple[SeriesPlan, ...]:
    members: dict[int, list[Member]] = {}
    ids = [series.id for series in found]
    for one in schedule.roster(session, user, ids, day, known_by=known_by):
        members.setdefault(one.series_id, []).append(
            Member(one.client_id, one.name, one.mine, one.starts_on, one.ends_on)
        )
    return tuple(
        SeriesPlan(
            one.id,
            one.kind,
            wording.session_title(one.kind, one.title),
            one.leader,
            one.first_on,
            one.last_on,
            one.starts_at,
            one.minutes,
            one.weekly,
            leads(one, user),
            tuple(members.get(one.id, ())),
        )
        for one in found
    )
