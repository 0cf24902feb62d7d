"""Urine screens of one client, and those that are due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.users import User
from casework.vocabulary import Certainty, ScreenStatus
from db.models import UrineScreen
from db.queries.known import known
from db.queries.scope import visible_clients
from db.queries.versions import Version, read


@dataclass(frozen=True, kw_only=True)
class ScreenRow(Version):
    """A screen; `tested`, `found` and `expected` are bitmasks of `vocabulary.SUBSTANCES`.

    `occurred_on` is the day of collection; of a planned, missed or excused screen the day on which it is or was due.
    """

    fact = UrineScreen
    planned = True

    name: str
    due_on: dt.date | None
    status: ScreenStatus
    tested: int
    found: int
    expected: int
    certainty: Certainty | None


def due(session: Session, user: User, day: dt.date, *, until: dt.date) -> tuple[ScreenRow, ...]:
    """Planned screens without a result that are due up to `until`, of all clients that the user sees; the
    longest overdue first."""
    waiting = read(
        ScreenRow,
        session,
        day,
        UrineScreen.client_id.in_(visible_clients(user, day)),
        UrineScreen.status == ScreenStatus.DUE,
        UrineScreen.occurred_on <= until,
        known(UrineScreen, day),
    )
    return waiting[::-1]
