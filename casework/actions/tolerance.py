"""Detox, custody, hospital: times after which the same dose can kill, because tolerance has fallen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.actions.entry import Correction, add_fact, begin, check_token, moment_on
from casework.checks.tolerance import check
from casework.users import User
from casework.vocabulary import ToleranceCause
from db.models import ToleranceEvent


@dataclass(frozen=True)
class RecordedToleranceEvent:
    """A saved event; `ends_on` is the last day on which the cause held (None: it still does)."""

    id: int
    client_id: int
    cause: ToleranceCause
    starts_on: dt.date
    ends_on: dt.date | None


def record_event(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    cause: ToleranceCause | None,
    starts_on: dt.date | None,
    token: str,
    ends_on: dt.date | None = None,
    known_on: dt.date | None = None,
    supersedes: int | None = None,
    correction_reason: str | None = None,
) -> RecordedToleranceEvent:
    """Record a time away from opioids, from `starts_on` to `ends_on` (its last day; None: it still goes on)."""
    act = begin(session, by=by, now=now)
    act.client(client_id)
    columns = check(cause, starts_on, ends_on, today=act.today)
    row = add_fact(
        act,
        ToleranceEvent,
        client_id=client_id,
        occurred_at=moment_on(act.zone, columns["occurred_on"]),
        token=check_token(token),
        known_on=known_on,
        correction=None if supersedes is None else Correction(supersedes, correction_reason or ""),
        **columns,
    )
    act.audit(
        "record_tolerance_event" if supersedes is None else "correct_tolerance_event",
        client_id=client_id,
        subject=("tolerance_event", row.id),
        cause=row.cause.value,
        supersedes=supersedes,
    )
    return RecordedToleranceEvent(row.id, client_id, row.cause, row.occurred_on, row.ends_on)
