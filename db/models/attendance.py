"""Scheduled sessions, who belongs to them, and who came."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Boolean,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from casework.vocabulary import Mark, SessionKind
from db.models.base import Base, Fact, UtcDateTime, Versioned, current_only, facts_index, one_of, open_only


class SessionSeries(Base):
    """A session that is held once, or weekly from `first_on` (which fixes the weekday); the rest, `SeriesVersion`."""

    __tablename__ = "session_series"
    __table_args__ = (Index(None, "team_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[SessionKind] = mapped_column(one_of(SessionKind))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    first_on: Mapped[dt.date] = mapped_column(Date)
    weekly: Mapped[bool] = mapped_column(Boolean)
    entry_token: Mapped[str] = mapped_column(String(64), unique=True)


class SeriesVersion(Versioned, Base):
    """What can change of a series: its title ("": none, it is called by its kind), who leads it, its time, and
    `last_on`, its last day (null: no end)."""

    __tablename__ = "series_version"
    __table_args__ = (
        Index("uq_series_version_current", "series_id", unique=True, **current_only()),
        Index(None, "series_id"),
        Index(None, "leader_id"),
    )

    series_id: Mapped[int] = mapped_column(ForeignKey("session_series.id"))
    title: Mapped[str] = mapped_column(String(200))
    leader_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    last_on: Mapped[dt.date | None] = mapped_column(Date)
    starts_at: Mapped[dt.time] = mapped_column(Time)
    minutes: Mapped[int] = mapped_column(Integer)


class RosterMember(Versioned, Base):
    """A client's place in a series. `ends_on` is the first day on which the client is no longer expected."""

    __tablename__ = "roster_member"
    __table_args__ = (
        Index(None, "series_id"),
        Index(None, "client_id"),
        Index("uq_roster_member_open", "series_id", "client_id", unique=True, **open_only()),
    )

    series_id: Mapped[int] = mapped_column(ForeignKey("session_series.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    starts_on: Mapped[dt.date] = mapped_column(Date)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)


class RollCall(Base):
    """The one roll call of a series on a day; its marks are `Attendance` rows."""

    __tablename__ = "roll_call"
    __table_args__ = (UniqueConstraint("series_id", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("session_series.id"))
    held_on: Mapped[dt.date] = mapped_column(Date)
    known_on: Mapped[dt.date] = mapped_column(Date)
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    entry_token: Mapped[str] = mapped_column(String(64), unique=True)


class Attendance(Fact, Base):
    """One client's mark for one session; of a series' day only one that holds. Not marked is the absence of a row."""

    __tablename__ = "attendance"
    __table_args__ = (
        facts_index("attendance", "mark", "kind"),
        Index(None, "roll_call_id"),
        Index(None, "series_id", "occurred_on"),
        Index(
            "uq_attendance_one_mark",
            "client_id",
            "series_id",
            "occurred_on",
            unique=True,
            sqlite_where=text("superseded_on is null and series_id is not null"),
            postgresql_where=text("superseded_on is null and series_id is not null"),
        ),
    )

    kind: Mapped[SessionKind] = mapped_column(one_of(SessionKind))
    mark: Mapped[Mark] = mapped_column(one_of(Mark))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("session_series.id"))
    roll_call_id: Mapped[int | None] = mapped_column(ForeignKey("roll_call.id"))
