"""What the clinic says about the rules of the point table: switched off, not true of a client, chances adjusted."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, Float, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from casework.vocabulary import Outcome
from db.models.base import Base, Fact, UtcDateTime, one_of


class RuleSwitch(Base):
    """A time for which a rule is switched off for the whole clinic; kept after it is on again.

    Off on day d when ``off_since <= d and (on_again is null or on_again > d)``.
    """

    __tablename__ = "rule_switch"
    __table_args__ = (
        Index(
            "uq_rule_switch_open",
            "rule_id",
            unique=True,
            sqlite_where=text("on_again is null"),
            postgresql_where=text("on_again is null"),
        ),
        CheckConstraint("on_again is null or on_again >= off_since", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[str] = mapped_column(String(64))
    off_since: Mapped[dt.date] = mapped_column(Date)
    off_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    off_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str] = mapped_column(Text)
    on_again: Mapped[dt.date | None] = mapped_column(Date)
    on_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    on_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    entry_token: Mapped[str] = mapped_column(String(64), unique=True)


class RuleOverride(Fact, Base):
    """A clinician's word that a reason does not apply to a client. It changes no score; it stands beside the reason."""

    __tablename__ = "rule_override"
    __table_args__ = (Index(None, "client_id", "rule_id"),)

    rule_id: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)


class Recalibration(Base):
    """An adjustment of one outcome's chances that a supervisor applied, with the numbers behind it.

    Holds on day d when ``applied_on <= d and (revoked_on is null or revoked_on > d)``; one at a time for an outcome.
    """

    __tablename__ = "recalibration"
    __table_args__ = (
        Index(
            "uq_recalibration_open",
            "outcome",
            unique=True,
            sqlite_where=text("revoked_on is null"),
            postgresql_where=text("revoked_on is null"),
        ),
        CheckConstraint("slope > 0", name="slope"),
        CheckConstraint("revoked_on is null or revoked_on >= applied_on", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome))
    intercept: Mapped[float] = mapped_column(Float)
    slope: Mapped[float] = mapped_column(Float)
    clients: Mapped[int] = mapped_column(Integer)
    weeks: Mapped[int] = mapped_column(Integer)
    outcomes: Mapped[int] = mapped_column(Integer)
    published: Mapped[float] = mapped_column(Float)
    """Mean published chance of those weeks; `adjusted` the mean after, `observed` the share that happened."""
    adjusted: Mapped[float] = mapped_column(Float)
    observed: Mapped[float] = mapped_column(Float)
    applied_on: Mapped[dt.date] = mapped_column(Date)
    applied_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    applied_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    revoked_on: Mapped[dt.date | None] = mapped_column(Date)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    entry_token: Mapped[str] = mapped_column(String(64), unique=True)
