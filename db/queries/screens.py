"""Urine screens of one client, and those that are due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from casework.users import User
from casework.vocabulary import Certainty, ScreenStatus
from db.models import Client, Staff, UrineScreen
from db.queries.facts import known
from db.queries.scope import require_client, visible_clients
from db.queries.versions import Version, row_of


@dataclass(frozen=True, kw_only=True)
class ScreenRow(Version):
    """A screen; `tested`, `found` and `expected` are bitmasks of `vocabulary.SUBSTANCES`.

    `occurred_on` is the day of collection; of a planned, missed or excused screen the day on which it is or was due.
    """

    name: str
    due_on: dt.date | None
    status: ScreenStatus
    tested: int
    found: int
    expected: int
    certainty: Certainty | None


def history(
    session: Session,
    user: User,
    client_id: int,
    day: dt.date,
    *,
    since: dt.date | None = None,
    superseded_too: bool = False,
) -> tuple[ScreenRow, ...]:
    """The client's screens as known on `day`, those still to come included, the latest first."""
    require_client(session, user, client_id, day)
    where = [UrineScreen.client_id == client_id]
    where.append(UrineScreen.known_on <= day if superseded_too else known(UrineScreen, day))
    if since is not None:
        where.append(UrineScreen.occurred_on >= since)
    return _read(session, day, *where)


def due(session: Session, user: User, day: dt.date, *, until: dt.date) -> tuple[ScreenRow, ...]:
    """Planned screens without a result that are due up to `until`, of all clients that the user sees; the
    longest overdue first."""
    waiting = _read(
        session,
        day,
        UrineScreen.client_id.in_(visible_clients(user, day)),
        UrineScreen.status == ScreenStatus.DUE,
        UrineScreen.occurred_on <= until,
        known(UrineScreen, day),
    )
    return waiting[::-1]


def _read(session: Session, day: dt.date, *where: ColumnElement[bool]) -> tuple[ScreenRow, ...]:
    rows = session.execute(
        select(UrineScreen, Client.name, Staff.name)
        .join(Client, Client.id == UrineScreen.client_id)
        .join(Staff, Staff.id == UrineScreen.recorded_by_id)
        .where(*where)
        .order_by(UrineScreen.occurred_on.desc(), UrineScreen.id.desc())
    )
    return tuple(row_of(ScreenRow, one, recorded_by, day, name=name) for one, name, recorded_by in rows)
