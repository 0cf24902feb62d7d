"""Session notes."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Fact


class Note(Fact, Base):
    """A plain note on a client, or, with `series_id`, on the client in that group."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "client_id", "occurred_on"), Index(None, "series_id", "occurred_on"))

    text: Mapped[str] = mapped_column(Text)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("session_series.id"))
