"""Check-ins of one client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import ContactKind, InformationSource, Use
from db.models import CheckIn
from db.queries.known import known
from db.queries.scope import require_client
from db.queries.versions import Version, read


@dataclass(frozen=True, kw_only=True)
class CheckInRow(Version):
    """A check-in as it was recorded; the lists are bitmasks in `casework.vocabulary`'s order."""

    fact = CheckIn

    occurred_at: dt.datetime
    known_on: dt.date
    contact: ContactKind
    source: InformationSource
    signs_asked: int
    signs_present: int
    halt_asked: int
    halt_present: int
    stage_asked: int
    stage_present: int
    protective_asked: int
    protective_present: int
    craving: int | None
    craving_causes: int
    use: Use | None
    use_days: int | None
    used_on: dt.date | None
    other_substances: int | None
    withdrawal: int | None
    withdrawal_from: int
    medication_days_taken: int | None
    medication_days_of: int | None
    suicidal: bool | None
    overdosed: bool | None
    overdosed_on: dt.date | None
    naloxone_used: bool | None
    note: str | None


def last(session: Session, user: User, client_id: int, day: dt.date) -> CheckInRow | None:
    """The client's last check-in as known on `day`."""
    require_client(session, user, client_id, day)
    asked = (CheckIn.client_id == client_id, CheckIn.occurred_on <= day, known(CheckIn, day))
    found = read(CheckInRow, session, day, *asked, limit=1)
    return found[0] if found else None


def one(session: Session, user: User, check_in_id: int, day: dt.date) -> CheckInRow:
    """One check-in, in whatever version was known on `day`, or NotYours."""
    found = read(CheckInRow, session, day, CheckIn.id == check_in_id, CheckIn.known_on <= day)
    if not found:
        raise NotYours
    require_client(session, user, found[0].client_id, day)
    return found[0]


def last_day_before(
    session: Session, client_id: int, day: dt.date, *, known_by: dt.date, but_not: int | None = None
) -> dt.date | None:
    """The day of the last check-in before `day`, leaving out the one that is being corrected."""
    return session.scalar(
        select(func.max(CheckIn.occurred_on)).where(
            CheckIn.client_id == client_id,
            CheckIn.occurred_on < day,
            known(CheckIn, known_by),
            CheckIn.id != (but_not if but_not is not None else -1),
        )
    )
