"""Whom a user may choose in a list of clients."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.caseload.kept import keeps
from casework.users import User
from db.queries.choices import clients_by_name


@dataclass(frozen=True)
class Choice:
    """One client to choose; `label` is the name, with the record number where two share a name."""

    id: int
    handle: str
    name: str
    label: str


@keeps
def choices(session: Session, user: User, today: dt.date) -> tuple[Choice, ...]:
    """The user's clients of that day, by name. One SELECT."""
    rows = clients_by_name(session, user, today)
    often = Counter(row.name for row in rows)
    return tuple(
        Choice(
            row.id,
            row.handle,
            row.name,
            row.name if often[row.name] == 1 else f"{row.name} ({row.record_number})",
        )
        for row in rows
    )
