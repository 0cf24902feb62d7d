"""Check-ins, the safety items that they open, calls, and absences."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casework.vocabulary import (
    AbsenceCause,
    CallOutcome,
    ContactKind,
    InformationSource,
    Use,
)
from db.models.base import Base, Fact, UtcDateTime, facts_index, one_of


def _within(present: str, asked: str) -> CheckConstraint:
    return CheckConstraint(f"({present} & ~{asked}) = 0", name=f"{present}_were_asked")


class CheckIn(Fact, Base):
    """One contact's answers. Lists are bitmasks in `casework.vocabulary`'s order: `…_asked` says which entries were
    asked, `…_present` which of those were present. Null means not asked, never no."""

    __tablename__ = "check_in"
    __table_args__ = (
        facts_index(
            "check_in",
            "signs_asked",
            "signs_present",
            "halt_asked",
            "halt_present",
            "stage_asked",
            "stage_present",
            "protective_asked",
            "protective_present",
            "craving",
            "craving_causes",
            "use",
            "use_days",
            "other_substances",
            "withdrawal",
            "withdrawal_from",
            "medication_days_taken",
            "medication_days_of",
            "suicidal",
            "overdosed",
            "used_on",
            "overdosed_on",
            "naloxone_used",
            "contact",
            "source",
        ),
        Index(None, "recorded_at"),
        _within("signs_present", "signs_asked"),
        _within("halt_present", "halt_asked"),
        _within("stage_present", "stage_asked"),
        _within("protective_present", "protective_asked"),
        CheckConstraint("craving is null or craving between 0 and 10", name="craving"),
        CheckConstraint("withdrawal is null or withdrawal between 0 and 3", name="withdrawal"),
        CheckConstraint("use_days is null or use_days between 0 and 366", name="use_days"),
        CheckConstraint(
            "medication_days_taken is null or medication_days_taken between 0 and medication_days_of",
            name="medication_days",
        ),
        CheckConstraint("used_on is null or use in ('slip', 'regular')", name="used_on"),
        CheckConstraint("overdosed_on is null or overdosed is true", name="overdosed_on"),
        CheckConstraint("naloxone_used is null or overdosed is true", name="naloxone_used"),
    )

    contact: Mapped[ContactKind] = mapped_column(one_of(ContactKind))
    source: Mapped[InformationSource] = mapped_column(one_of(InformationSource))
    signs_asked: Mapped[int] = mapped_column(Integer, default=0)
    signs_present: Mapped[int] = mapped_column(Integer, default=0)
    halt_asked: Mapped[int] = mapped_column(Integer, default=0)
    halt_present: Mapped[int] = mapped_column(Integer, default=0)
    stage_asked: Mapped[int] = mapped_column(Integer, default=0)
    stage_present: Mapped[int] = mapped_column(Integer, default=0)
    protective_asked: Mapped[int] = mapped_column(Integer, default=0)
    protective_present: Mapped[int] = mapped_column(Integer, default=0)
    craving: Mapped[int | None] = mapped_column(Integer)
    craving_causes: Mapped[int] = mapped_column(Integer, default=0)
    use: Mapped[Use | None] = mapped_column(one_of(Use))
    use_days: Mapped[int | None] = mapped_column(Integer)
    used_on: Mapped[dt.date | None] = mapped_column(Date)
    """The last day of reported opioid use."""
    other_substances: Mapped[int | None] = mapped_column(Integer)
    withdrawal: Mapped[int | None] = mapped_column(Integer)
    withdrawal_from: Mapped[int] = mapped_column(Integer, default=0)
    medication_days_taken: Mapped[int | None] = mapped_column(Integer)
    medication_days_of: Mapped[int | None] = mapped_column(Integer)
    suicidal: Mapped[bool | None] = mapped_column(Boolean)
    """Thoughts of suicide or self-harm."""
    overdosed: Mapped[bool | None] = mapped_column(Boolean)
    """An overdose since the last contact."""
    overdosed_on: Mapped[dt.date | None] = mapped_column(Date)
    naloxone_used: Mapped[bool | None] = mapped_column(Boolean)
    note: Mapped[str | None] = mapped_column(Text)


class SafetyItem(Base):
    """A safety answer that waits for a named person. It outlives corrections of its check-in and every score."""

    __tablename__ = "safety_item"
    __table_args__ = (Index(None, "client_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_in.id"), unique=True)
    raised_on: Mapped[dt.date] = mapped_column(Date)
    concerns: Mapped[int] = mapped_column(Integer)
    acknowledged_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    acknowledged_on: Mapped[dt.date | None] = mapped_column(Date)
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    steps_taken: Mapped[str | None] = mapped_column(Text)
    looks_again: Mapped[str | None] = mapped_column(String(200))
    """Who looks again while the clinic is closed: a name, or the on-call line."""


class Call(Fact, Base):
    """A try to reach a client by phone. Only `reached` counts as contact, and only then an appointment can be made."""

    __tablename__ = "call"
    __table_args__ = (
        facts_index("call", "outcome", "appointment_on"),
        CheckConstraint("appointment_on is null or outcome = 'reached'", name="appointment"),
    )

    outcome: Mapped[CallOutcome] = mapped_column(one_of(CallOutcome))
    appointment_on: Mapped[dt.date | None] = mapped_column(Date)


class Absence(Fact, Base):
    """A dated absence from `occurred_on` to `ends_on`, its last day (null: it goes on).

    `medicated`: whether the maintenance medication was given meanwhile; null: not known.
    """

    __tablename__ = "absence"
    __table_args__ = (facts_index("absence", "ends_on", "cause", "medicated"),)

    cause: Mapped[AbsenceCause] = mapped_column(one_of(AbsenceCause))
    ends_on: Mapped[dt.date | None] = mapped_column(Date)
    medicated: Mapped[bool | None] = mapped_column(Boolean)
