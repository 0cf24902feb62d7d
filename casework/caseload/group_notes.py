"""The notes of one group, for whoever leads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from casework.users import User
from db.queries import notes

WEEKS: Final = 12


@dataclass(frozen=True)
class GroupNote:
    """A note that was written in this group: on whom, by whom, and its text as typed."""

    id: int
    client_id: int
    name: str
    on: dt.date
    text: str
    recorded_by: str


def group_notes(session: Session, user: User, series_id: int, today: dt.date) -> tuple[GroupNote, ...]:
    """The group's notes of the last 12 weeks on all its members, the latest first.

    Raises NotYours unless the user leads the group or supervises its team. No other notes on the members are among
    them.
    """
    since = today - dt.timedelta(weeks=WEEKS)
    return tuple(
        GroupNote(row.id, row.client_id, row.name, row.occurred_on, row.text, row.recorded_by)
        for row in notes.of_group(session, user, series_id, today, since=since)
    )
