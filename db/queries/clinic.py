"""The clinic's own row, and the days on which it is closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.clinic_days import ClinicDays
from casework.frames import to_day
from db.models import Clinic, ClosedDay, Staff
from db.queries.known import known


@dataclass(frozen=True)
class ClosedDayRow:
    """A day on which the clinic is closed, why, and who said so."""

    id: int
    day: dt.date
    reason: str | None
    by: str


def clinic_row(session: Session) -> Clinic | None:
    """The one row that says what this database holds, or None before it was set."""
    return session.get(Clinic, 1)


def clinic_days(session: Session, day: dt.date) -> ClinicDays:
    """The clinic's weekdays of the present, and its closed days as known on `day`. Two SELECTs."""
    row = clinic_row(session)
    closed = session.scalars(select(ClosedDay.day).where(known(ClosedDay, day)))
    numbers = frozenset(to_day(one) for one in closed)
    if row is None:
        return ClinicDays(closed=numbers)
    return ClinicDays(row.working_days, row.dosing_days, numbers)


def closed_days(session: Session, since: dt.date, day: dt.date) -> tuple[ClosedDayRow, ...]:
    """The closed days from `since` on, as known on `day`, in order of time."""
    rows = session.execute(
        select(ClosedDay.id, ClosedDay.day, ClosedDay.reason, Staff.name)
        .join(Staff, Staff.id == ClosedDay.recorded_by_id)
        .where(ClosedDay.day >= since, known(ClosedDay, day))
        .order_by(ClosedDay.day)
    )
    return tuple(ClosedDayRow(*row) for row in rows)


def closed_day(session: Session, closed_day_id: int) -> ClosedDay | None:
    """A closed day by its id."""
    return session.get(ClosedDay, closed_day_id)
