"""Prescriptions and doses of one client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from casework.vocabulary import MEDICATIONS, SUBSTANCES, Medication, mask, term
from db.models import Dose, Prescription
from db.queries.known import known
from db.queries.versions import Version


@dataclass(frozen=True, kw_only=True)
class PrescriptionRow(Version):
    """A prescription from `starts_on` until `ends_on`, the first day without it (None: it still holds)."""

    fact = Prescription
    planned = True

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

    fact = Dose

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


def prescribed_between(
    session: Session, client_id: int, first: dt.date, until: dt.date | None, *, known_by: dt.date
) -> tuple[Medication, ...]:
    """The maintenance medications that are prescribed on some day from `first` until before `until` (None: without
    end), as known on `known_by`."""
    holds = (
        Prescription.client_id == client_id,
        known(Prescription, known_by),
        or_(
            Prescription.ends_on.is_(None),
            (Prescription.ends_on > first) & (Prescription.ends_on > Prescription.occurred_on),
        ),
    )
    begins = () if until is None else (Prescription.occurred_on < until,)
    return tuple(session.scalars(select(Prescription.medication).where(*holds, *begins).distinct()))


def expected_in_screens(medications: tuple[str, ...]) -> int:
    """The bitmask of substances that a urine screen shows because they are prescribed."""
    shown: set[str] = set()
    for one in MEDICATIONS:
        if one.id in medications and one.shows_as is not None:
            shown.add(term(SUBSTANCES, one.shows_as).id)
    return mask(SUBSTANCES, shown)
