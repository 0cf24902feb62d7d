"""Rows by the thousand, for the loaders in `casework.demo` and `casework.imports`.

Loaders build plain rows and insert them in one transaction with one audit event for the whole load; an event for each
of 200,000 rows would say less. What a single act promises (scope, limits, a correction's chain) the loader checks
itself before it calls these.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session

from db.models import Base

Row = Mapping[str, Any]
CHUNK = 20_000


def add(session: Session, model: type[Base], rows: Sequence[Row]) -> int:
    """Insert `rows` (all with the same keys) into the table of `model`; returns how many."""
    table = insert(model.__table__)  # type: ignore[arg-type]
    for start in range(0, len(rows), CHUNK):
        session.execute(table, [dict(row) for row in rows[start : start + CHUNK]])
    return len(rows)


def add_returning_ids(session: Session, model: type[Base], rows: Sequence[Row]) -> list[int]:
    """Insert `rows` (all with the same keys); returns their new ids in the order of `rows`."""
    if not rows:
        return []
    table = model.__table__
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)  # type: ignore[arg-type]
    return [int(id_) for id_ in session.scalars(statement, [dict(row) for row in rows])]


def version(*, by_id: int, known_on: dt.date, recorded_at: dt.datetime) -> dict[str, Any]:
    """The columns that every first version of a row has."""
    return {"recorded_by_id": by_id, "known_on": known_on, "recorded_at": recorded_at}


def fact(
    *,
    client_id: int,
    by_id: int,
    occurred_at: dt.datetime,
    token: str,
    zone: ZoneInfo,
    known_on: dt.date | None = None,
    recorded_at: dt.datetime | None = None,
) -> dict[str, Any]:
    """The columns that every dated fact has; the day is `occurred_at` in the clinic's time zone."""
    occurred_on = occurred_at.astimezone(zone).date()
    return version(by_id=by_id, known_on=known_on or occurred_on, recorded_at=recorded_at or occurred_at) | {
        "client_id": client_id,
        "occurred_on": occurred_on,
        "occurred_at": occurred_at,
        "entry_token": token,
    }
