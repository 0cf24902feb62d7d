"""What counselors expected, recorded before they saw Tideline's numbers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, CheckConstraint, Date, Float, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.vocabulary import Band, Likelihood
from db.models.base import Base, UtcDateTime, one_of


class Forecast(Base):
    """A counselor's answers about a client's next four weeks, with Tideline's chances of that very moment.

    Never corrected: once Tideline's chance is on the screen, a second answer would not be the counselor's alone.
    `engine_*` are null where Tideline gave no chance.
    """

    __tablename__ = "forecast"
    __table_args__ = (
        UniqueConstraint("by_id", "client_id", "week_of"),
        CheckConstraint("engine_dropout between 0 and 1", name="engine_dropout"),
        CheckConstraint("engine_use between 0 and 1", name="engine_use"),
        Index(None, "client_id", "made_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    made_on: Mapped[dt.date] = mapped_column(Date)
    week_of: Mapped[dt.date] = mapped_column(Date)
    """The Monday of its week."""
    by_turn: Mapped[bool] = mapped_column(Boolean)
    """True when it was the client's turn, False when the counselor picked the client."""
    says_dropout: Mapped[Likelihood] = mapped_column(one_of(Likelihood, name="says_dropout"))
    says_use: Mapped[Likelihood] = mapped_column(one_of(Likelihood, name="says_use"))
    engine_dropout: Mapped[float | None] = mapped_column(Float)
    engine_use: Mapped[float | None] = mapped_column(Float)
    engine_band: Mapped[Band] = mapped_column(one_of(Band, name="engine_band"))
    entry_token: Mapped[str] = mapped_column(String(64), unique=True)
