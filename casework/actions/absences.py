"""Dated absences: detox, custody, hospital, travel."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.actions.entry import Correction, add_fact, begin, check_token, moment_on
from casework.checks.absences import check
from casework.users import User
from casework.vocabulary import AbsenceCause
from db.models import Absence


@dataclass(frozen=True)
class RecordedAbsence:
    """A saved absence; `ends_on` is its last day (None: it still goes on)."""

    id: int
    client_id: int
    cause: AbsenceCause
    starts_on: dt.date
    ends_on: dt.date | None


def record_absence(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    cause: AbsenceCause | None,
    starts_on: dt.date | None,
    token: str,
    ends_on: dt.date | None = None,
    medicated: bool | None = None,
    known_on: dt.date | None = None,
    supersedes: int | None = None,
    correction_reason: str | None = None,
) -> RecordedAbsence:
    """Record an absence, from `starts_on` to `ends_on` (its last day; None: it still goes on).

    `medicated`: whether the maintenance medication was given meanwhile; None: not known.
    """
    act = begin(session, by=by, now=now)
    act.client(client_id)
    columns = check(cause, starts_on, ends_on, medicated, today=act.today)
    row = add_fact(
        act,
        Absence,
        client_id=client_id,
        occurred_at=moment_on(act.zone, columns["occurred_on"]),
        token=check_token(token),
        known_on=known_on,
        correction=None if supersedes is None else Correction(supersedes, correction_reason or ""),
        **columns,
    )
    act.audit(
        "record_absence" if supersedes is None else "correct_absence",
        client_id=client_id,
        subject=("absence", row.id),
        cause=row.cause.value,
        supersedes=supersedes,
    )
    return RecordedAbsence(row.id, client_id, row.cause, row.occurred_on, row.ends_on)
