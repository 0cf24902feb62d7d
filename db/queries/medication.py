"""Prescriptions and doses of one client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from casework.users import User
from casework.vocabulary import MEDICATIONS, SUBSTANCES, Medication, mask, term
from db.models import Dose, Prescription, Staff
from db.queries.facts import known
from db.queries.scope import require_client
from db.queries.versions import Version, row_of


@dataclass(frozen=True, kw_only=True)
class PrescriptionRow(Version):
    """A prescription from `starts_on` until `ends_on`, the first day without it (None: it still holds)."""

    medication: Medication
    milligrams: float | None
    ends_on: dt.date | None

    @property
    def starts_on(self) -> dt.date:
        """Its first day."""
        return self.occurred_on


@dataclass(frozen=True, kw_only=True)
class DoseRow(Version):
    """A dose or injection of the day `taken_on` and the days that it covers, its own included."""

    medication: Medication
    milligrams: float | None
    covers_days: int

    @property
    def taken_on(self) -> dt.date:
        """The day on which it was taken."""
        return self.occurred_on


def _holds_on(day: dt.date, known_by: dt.date) -> ColumnElement[bool]:
    return (
        known(Prescription, known_by)
        & (Prescription.occurred_on <= day)
        & or_(Prescription.ends_on.is_(None), Prescription.ends_on > day)
    )


def prescribed_on(
    session: Session, client_id: int, day: dt.date, *, known_by: dt.date
) -> tuple[Medication, ...]:
    """The maintenance medications that were prescribed on `day`, as known on `known_by`."""
    return tuple(
        session.scalars(
            select(Prescription.medication)
            .where(Prescription.client_id == client_id, _holds_on(day, known_by))
            .distinct()
            .order_by(Prescription.medication)
        )
    )


def expected_in_screens(medications: tuple[str, ...]) -> int:
    """The bitmask of substances that a urine screen shows because they are prescribed."""
    shown: set[str] = set()
    for one in MEDICATIONS:
        if one.id in medications and one.shows_as is not None:
            shown.add(term(SUBSTANCES, one.shows_as).id)
    return mask(SUBSTANCES, shown)


def prescriptions(
    session: Session, user: User, client_id: int, day: dt.date, *, superseded_too: bool = False
) -> tuple[PrescriptionRow, ...]:
    """All prescriptions known on `day`, the latest first; `superseded_too`: with the versions before corrections."""
    require_client(session, user, client_id, day)
    rows = session.execute(
        select(Prescription, Staff.name)
        .join(Staff, Staff.id == Prescription.recorded_by_id)
        .where(
            Prescription.client_id == client_id,
            Prescription.known_on <= day if superseded_too else known(Prescription, day),
        )
        .order_by(Prescription.occurred_on.desc(), Prescription.id.desc())
    )
    return tuple(row_of(PrescriptionRow, one, name, day) for one, name in rows)


def doses(
    session: Session,
    user: User,
    client_id: int,
    day: dt.date,
    *,
    since: dt.date,
    superseded_too: bool = False,
) -> tuple[DoseRow, ...]:
    """Doses known on `day` and taken from `since` on, the latest first; `superseded_too` as for prescriptions."""
    require_client(session, user, client_id, day)
    rows = session.execute(
        select(Dose, Staff.name)
        .join(Staff, Staff.id == Dose.recorded_by_id)
        .where(
            Dose.client_id == client_id,
            Dose.known_on <= day if superseded_too else known(Dose, day),
            Dose.occurred_on >= since,
            Dose.occurred_on <= day,
        )
        .order_by(Dose.occurred_on.desc(), Dose.id.desc())
    )
    return tuple(row_of(DoseRow, one, name, day) for one, name in rows)
