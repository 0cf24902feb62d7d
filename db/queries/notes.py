"""Notes: of one client, and of a group for whoever leads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from casework.users import User
from db.models import Client, Note, SessionSeries, Staff
from db.queries.facts import known
from db.queries.schedule import require_series
from db.queries.scope import require_client
from db.queries.versions import Version, row_of


@dataclass(frozen=True, kw_only=True)
class NoteRow(Version):
    """A note; `title` names the group that it belongs to."""

    name: str
    occurred_at: dt.datetime
    text: str
    series_id: int | None
    title: str | None


def history(
    session: Session,
    user: User,
    client_id: int,
    day: dt.date,
    *,
    since: dt.date | None = None,
    superseded_too: bool = False,
) -> tuple[NoteRow, ...]:
    """All notes on a client whose record the user sees, as known on `day`, the latest first."""
    require_client(session, user, client_id, day)
    where = [Note.client_id == client_id, Note.occurred_on <= day]
    where.append(Note.known_on <= day if superseded_too else known(Note, day))
    if since is not None:
        where.append(Note.occurred_on >= since)
    return _read(session, day, *where)


def of_group(
    session: Session, user: User, series_id: int, day: dt.date, *, since: dt.date | None = None
) -> tuple[NoteRow, ...]:
    """That group's notes on all its members, for whoever leads it (or supervises the team); else NotYours."""
    require_series(session, user, series_id, to_lead=True, day=day)
    where = [Note.series_id == series_id, Note.occurred_on <= day, known(Note, day)]
    if since is not None:
        where.append(Note.occurred_on >= since)
    return _read(session, day, *where)


def _read(session: Session, day: dt.date, *where: ColumnElement[bool]) -> tuple[NoteRow, ...]:
    rows = session.execute(
        select(Note, Client.name, SessionSeries.title, Staff.name)
        .join(Client, Client.id == Note.client_id)
        .join(Staff, Staff.id == Note.recorded_by_id)
        .outerjoin(SessionSeries, SessionSeries.id == Note.series_id)
        .where(*where)
        .order_by(Note.occurred_on.desc(), Note.occurred_at.desc(), Note.id.desc())
    )
    return tuple(
        row_of(NoteRow, one, recorded_by, day, name=name, title=title)
        for one, name, title, recorded_by in rows
    )
