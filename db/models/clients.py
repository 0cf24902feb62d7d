"""Clients, who looks after them, and the level of care that they are in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from casework.vocabulary import Level, Permission
from db.models.base import Base, Fact, UtcDateTime, Versioned, current_only, facts_index, one_of, open_only


class Client(Base):
    """A person in the programme. `handle` is the random name that stands in addresses instead of anything personal.

    What can change stands in its versions, `ClientVersion`.
    """

    __tablename__ = "client"
    __table_args__ = (Index(None, "team_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(32), unique=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    admitted_on: Mapped[dt.date] = mapped_column(Date)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class ClientVersion(Versioned, Base):
    """A client's details from `known_on` on, until an edit superseded them. The first version holds before, too."""

    __tablename__ = "client_version"
    __table_args__ = (
        CheckConstraint(
            "contact_interval_days is null or contact_interval_days between 1 and 90",
            name="interval",
        ),
        CheckConstraint("pregnancy_due_on is null or pregnant is true", name="pregnancy_due_on"),
        CheckConstraint("pregnancy_ended_on is null or pregnant is false", name="pregnancy_ended_on"),
        UniqueConstraint("client_id", "number"),
        Index("uq_client_version_current", "client_id", unique=True, **current_only()),
        Index("uq_client_version_record_number", "record_number", unique=True, **current_only()),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    number: Mapped[int] = mapped_column(Integer)
    """1, 2, 3 …; an edit names the version that its form was opened with."""
    name: Mapped[str] = mapped_column(String(200))
    record_number: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str | None] = mapped_column(String(64))
    safe_to_call: Mapped[Permission] = mapped_column(one_of(Permission, name="safe_to_call"))
    safe_to_leave_message: Mapped[Permission] = mapped_column(
        one_of(Permission, name="safe_to_leave_message")
    )
    contact_interval_days: Mapped[int | None] = mapped_column(Integer)
    pregnant: Mapped[bool | None] = mapped_column(Boolean)
    pregnancy_due_on: Mapped[dt.date | None] = mapped_column(Date)
    pregnancy_ended_on: Mapped[dt.date | None] = mapped_column(Date)
    co_occurring: Mapped[int] = mapped_column(Integer, default=0)
    safe_housing: Mapped[bool | None] = mapped_column(Boolean)
    """Where the client lives is safe; null: not known."""
    naloxone_on: Mapped[dt.date | None] = mapped_column(Date)


class Assignment(Versioned, Base):
    """Whose caseload a client is on; at most one open row a client. `ends_on`: the first day that it does not hold."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index("uq_assignment_open", "client_id", unique=True, **open_only()),
        Index(None, "client_id", "starts_on"),
        Index(None, "staff_id"),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    starts_on: Mapped[dt.date] = mapped_column(Date)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)


class Placement(Fact, Base):
    """A level of care that a clinician chose, with the recommendation exactly as it was shown (None at admission)."""

    __tablename__ = "placement"
    __table_args__ = (
        facts_index("placement", "level", "next_level"),
        CheckConstraint(
            "(agreed_by is null) = (agreed_on is null) and (agreed_by is null) = (agreement is null)",
            name="agreement",
        ),
    )

    level: Mapped[Level] = mapped_column(one_of(Level))
    local_code: Mapped[str | None] = mapped_column(String(64))
    next_level: Mapped[Level | None] = mapped_column(one_of(Level, name="next_level"))
    """The named next rung; always set when the level is detox."""
    recommended: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    accepted: Mapped[bool | None] = mapped_column(Boolean)
    reason: Mapped[str | None] = mapped_column(Text)
    wished: Mapped[bool | None] = mapped_column(Boolean)
    """The client wished it; null where an option was accepted, and at admission."""
    agreed_by: Mapped[str | None] = mapped_column(String(200))
    """The prescriber who agreed to a choice that the rules spoke against, `agreed_on` which day, and what was said."""
    agreed_on: Mapped[dt.date | None] = mapped_column(Date)
    agreement: Mapped[str | None] = mapped_column(Text)
