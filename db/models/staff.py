"""Teams, staff and their sign-ins, and the clinic itself."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casework.clinic_days import MONDAY_TO_FRIDAY, MONDAY_TO_SATURDAY
from casework.vocabulary import ClinicKind, Role
from db.models.base import Base, UtcDateTime, Versioned, current_only, one_of


class Clinic(Base):
    """The one row that says what this database holds."""

    __tablename__ = "clinic"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_clinic"),
        CheckConstraint("working_days between 1 and 127", name="working_days"),
        CheckConstraint("dosing_days between 1 and 127", name="dosing_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[ClinicKind] = mapped_column(one_of(ClinicKind))
    time_zone: Mapped[str] = mapped_column(String(64))
    safety_protocol: Mapped[str] = mapped_column(Text)
    opens_on: Mapped[dt.date | None] = mapped_column(Date)
    """In a study database the day on which the dashboard opens."""
    working_days: Mapped[int] = mapped_column(Integer, default=MONDAY_TO_FRIDAY)
    """Bits of the weekdays on which staff work, Monday the lowest; `dosing_days`: on which doses are given."""
    dosing_days: Mapped[int] = mapped_column(Integer, default=MONDAY_TO_SATURDAY)


class ClosedDay(Versioned, Base):
    """A day on which nobody is in the clinic, whatever the weekday. Taking it back supersedes it by nothing."""

    __tablename__ = "clinic_closed_day"
    __table_args__ = (Index("uq_clinic_closed_day_current", "day", unique=True, **current_only()),)

    day: Mapped[dt.date] = mapped_column(Date)
    reason: Mapped[str | None] = mapped_column(String(200))


class Team(Base):
    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)


class Staff(Base):
    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(one_of(Role))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class CallBudget(Base):
    """How many calls a member of staff can make in a day. Who has not said so has no row."""

    __tablename__ = "call_budget"
    __table_args__ = (CheckConstraint("calls_per_day between 0 and 50", name="calls_per_day"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    calls_per_day: Mapped[int]


class SignInSession(Base):
    """A signed-in browser. Holds the SHA-256 of the cookie's token, never the token."""

    __tablename__ = "sign_in_session"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    csrf_token: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class RefusedNumber(Base):
    """A record number that a member of staff could not use, because somebody whom they may not see has it. Kept to
    slow down guessing; the number itself is not kept."""

    __tablename__ = "refused_number"
    __table_args__ = (Index(None, "staff_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class SignInAttempt(Base):
    """One try to sign in, kept to slow down guessing. The user name is kept as a digest."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "username_digest", "at"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    username_digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    succeeded: Mapped[bool] = mapped_column(Boolean)
