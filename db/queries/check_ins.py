"""Check-ins of one client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import ContactKind, InformationSource, Use
from db.models import CheckIn, Staff
from db.queries.facts import known
from db.queries.scope import require_client
from db.queries.versions import superseded_by


@dataclass(frozen=True)
class CheckInRow:
    """A check-in as it was recorded; the lists are bitmasks in `casework.vocabulary`'s order.

    `superseded_on` and `supersedes_id` tell a correction's old and new version; `late`: the clinic came to know of it
    after its day.
    """

    id: int
    client_id: int
    occurred_on: dt.date
    occurred_at: dt.datetime
    recorded_at: dt.datetime
    recorded_by: str
    known_on: dt.date
    late: bool
    supersedes_id: int | None
    superseded_on: dt.date | None
    correction_reason: str | None
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
    other_substances: int | None
    withdrawal: int | None
    withdrawal_from: int
    medication_days_taken: int | None
    medication_days_of: int | None
    safety: bool | None
    safety_concerns: int
    note: str | None


def _row(check_in: CheckIn, recorded_by: str, day: dt.date) -> CheckInRow:
    same = {
        name: getattr(check_in, name)
        for name in CheckInRow.__dataclass_fields__
        if name not in ("recorded_by", "late", "superseded_on")
    }
    late = (check_in.first_known_on or check_in.known_on) > check_in.occurred_on
    return CheckInRow(recorded_by=recorded_by, late=late, superseded_on=superseded_by(check_in, day), **same)


def _read(
    session: Session, day: dt.date, *where: ColumnElement[bool], limit: int | None = None
) -> tuple[CheckInRow, ...]:
    rows = session.execute(
        select(CheckIn, Staff.name)
        .join(Staff, Staff.id == CheckIn.recorded_by_id)
        .where(*where)
        .order_by(CheckIn.occurred_on.desc(), CheckIn.occurred_at.desc(), CheckIn.id.desc())
        .limit(limit)
    )
    return tuple(_row(check_in, name, day) for check_in, name in rows)


def last(session: Session, user: User, client_id: int, day: dt.date) -> CheckInRow | None:
    """The client's last check-in as known on `day`."""
    require_client(session, user, client_id, day)
    found = _read(
        session,
        day,
        CheckIn.client_id == client_id,
        CheckIn.occurred_on <= day,
        known(CheckIn, day),
        limit=1,
    )
    return found[0] if found else None


def history(
    session: Session,
    user: User,
    client_id: int,
    day: dt.date,
    *,
    since: dt.date | None = None,
    superseded_too: bool = False,
) -> tuple[CheckInRow, ...]:
    """The client's check-ins as known on `day`, the latest first; `superseded_too`: with the versions before
    corrections."""
    require_client(session, user, client_id, day)
    where = [CheckIn.client_id == client_id, CheckIn.occurred_on <= day]
    where.append(CheckIn.known_on <= day if superseded_too else known(CheckIn, day))
    if since is not None:
        where.append(CheckIn.occurred_on >= since)
    return _read(session, day, *where)


def one(session: Session, user: User, check_in_id: int, day: dt.date) -> CheckInRow:
    """One check-in, in whatever version was known on `day`, or NotYours."""
    found = _read(session, day, CheckIn.id == check_in_id, CheckIn.known_on <= day)
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
