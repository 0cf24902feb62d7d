"""Urine screens."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, Integer
from sqlalchemy.orm import Mapped, mapped_column

from casework.vocabulary import Certainty, ScreenStatus
from db.models.base import Base, Fact, facts_index, one_of


class UrineScreen(Fact, Base):
    """A planned or collected screen. A result supersedes its plan. `tested`, `found` and `expected` are bitmasks of
    substances; `expected` is the client's prescribed medication as it stood then, which is no finding against them."""

    __tablename__ = "urine_screen"
    __table_args__ = (
        facts_index("urine_screen", "status", "tested", "found", "expected"),
        CheckConstraint("(found & ~tested) = 0", name="found_were_tested"),
    )

    status: Mapped[ScreenStatus] = mapped_column(one_of(ScreenStatus))
    due_on: Mapped[dt.date | None] = mapped_column(Date)
    tested: Mapped[int] = mapped_column(Integer, default=0)
    found: Mapped[int] = mapped_column(Integer, default=0)
    expected: Mapped[int] = mapped_column(Integer, default=0)
    certainty: Mapped[Certainty | None] = mapped_column(one_of(Certainty))
