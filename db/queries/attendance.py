"""Marks: of one client, of a session's day, and who may be marked in it.

The one door through which a counselor sees something of other counselors' clients: members of groups that they lead,
with name and attendance (and that group's notes, `db.queries.notes`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from casework.users import User
from casework.vocabulary import Mark, SessionKind
from db.models import Attendance, Client, ClientVersion, RollCall, RosterMember
from db.queries.known import known
from db.queries.schedule import on_roster, require_series, series_led
from db.queries.scope import visible_clients
from db.queries.versions import Version, read


@dataclass(frozen=True, kw_only=True)
class MarkRow(Version):
    """One mark; `late` when the clinic came to know of it after its day. See `db.models.Fact` for corrections."""

    fact = Attendance

    name: str
    occurred_at: dt.datetime
    kind: SessionKind
    mark: Mark
    series_id: int | None
    title: str | None


def roll_call_id(session: Session, series_id: int, held_on: dt.date, *, known_by: dt.date) -> int | None:
    """The roll call of that series and day, if it had been taken by the end of `known_by`."""
    return session.scalar(
        select(RollCall.id).where(
            RollCall.series_id == series_id,
            RollCall.held_on == held_on,
            RollCall.known_on <= known_by,
        )
    )


def on_roster_of(session: Session, series_id: int, held_on: dt.date, *, known_by: dt.date) -> set[int]:
    """Ids of the clients on the roster of `held_on`, as known on `known_by`."""
    return set(session.scalars(_roster_of(series_id, held_on, known_by)))


def last_admission(session: Session, client_ids: Collection[int]) -> dt.date | None:
    """The day on which the last of these clients was admitted."""
    return session.scalar(select(func.max(Client.admitted_on)).where(Client.id.in_(client_ids)))


def _roster_of(series_id: int, held_on: dt.date, known_by: dt.date) -> Select[int]:
    return select(RosterMember.client_id).where(
        RosterMember.series_id == series_id, on_roster(held_on, known_by=known_by)
    )


def may_be_marked(session: Session, user: User, series_id: int, held_on: dt.date, day: dt.date) -> set[int]:
    """Ids of the clients whom the leader may mark: the roster of `held_on`, and clients of their own who drop in."""
    members = _roster_of(series_id, held_on, day)
    return set(session.scalars(members.union(visible_clients(user, day))))


def marks_of_day(
    session: Session, user: User, series_id: int, held_on: dt.date, day: dt.date
) -> tuple[MarkRow, ...]:
    """The marks of one session, by name: all of them for whoever takes its roll call, else those of own clients."""
    require_series(session, user, series_id, to_lead=False, day=day)
    return read(
        MarkRow,
        session,
        day,
        Attendance.series_id == series_id,
        Attendance.occurred_on == held_on,
        known(Attendance, day),
        or_(
            Attendance.client_id.in_(visible_clients(user, day)),
            Attendance.series_id.in_(series_led(user)),
        ),
        order_by=(ClientVersion.name, Attendance.id),
    )
