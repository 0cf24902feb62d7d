"""Notes: of one client, and of a group for whoever leads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.users import User
from db.models import Note
from db.queries.known import known
from db.queries.schedule import require_series
from db.queries.versions import Version, read


@dataclass(frozen=True, kw_only=True)
class NoteRow(Version):
    """A note; `title` names the group that it belongs to."""

    fact = Note

    name: str
    occurred_at: dt.datetime
    text: str
    series_id: int | None
    title: str | None


def of_group(
    session: Session, user: User, series_id: int, day: dt.date, *, since: dt.date | None = None
) -> tuple[NoteRow, ...]:
    """That group's notes on all its members, for whoever leads it (or supervises the team); else NotYours."""
    require_series(session, user, series_id, to_lead=True, day=day)
    where = [Note.series_id == series_id, Note.occurred_on <= day, known(Note, day)]
    if since is not None:
        where.append(Note.occurred_on >= since)
    return read(NoteRow, session, day, *where)
