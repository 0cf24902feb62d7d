"""Prescriptions of maintenance medication, and doses with the days that each covers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, Integer, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from casework.vocabulary import Medication
from db.models.base import Base, Fact, facts_index, one_of


class Prescription(Fact, Base):
    """A maintenance medication from `occurred_on` until `ends_on`, the first day without it (null: it still holds)."""

    __tablename__ = "prescription"
    __table_args__ = (facts_index("prescription", "ends_on", "medication"),)

    medication: Mapped[Medication] = mapped_column(one_of(Medication))
    milligrams: Mapped[float | None] = mapped_column(Numeric(8, 2, asdecimal=False))
    ends_on: Mapped[dt.date | None] = mapped_column(Date)


class Dose(Fact, Base):
    """A dose or injection taken on `occurred_on`; it covers that day and the `covers_days - 1` days after it."""

    __tablename__ = "dose"
    __table_args__ = (
        facts_index("dose", "covers_days", "medication"),
        CheckConstraint("covers_days between 1 and 190", name="covers_days"),
    )

    medication: Mapped[Medication] = mapped_column(one_of(Medication))
    milligrams: Mapped[float | None] = mapped_column(Numeric(8, 2, asdecimal=False))
    covers_days: Mapped[int] = mapped_column(Integer)
