"""What all tables share: naming, column types, and the columns of a dated fact."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Declarative base; every constraint has a predictable name, so that migrations can drop it."""

    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment in UTC. Refuses naive datetimes, which SQLite would store without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime for the database needs a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        moment: dt.datetime = value
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def one_of(enum: type[StrEnum], *, name: str | None = None) -> Enum:
    """A text column that the database itself holds to the enum's values; `name` tells two in one table apart."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=name or enum.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def current_only() -> dict[str, Any]:
    """For an index on the versions that hold until further notice."""
    return rows_with("superseded_on is null")


def open_only() -> dict[str, Any]:
    """For an index on such versions of what has no end yet."""
    return rows_with("superseded_on is null and ends_on is null")


def rows_with(condition: str) -> dict[str, Any]:
    """For an index on the rows for which the condition holds."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def facts_index(table: str, *columns: str) -> Index:
    """The index from which `db.queries.facts` reads alone: in the frames' order, with every column that they need.

    Reading a year of a caseload from it takes half the time of looking up the rows.
    """
    in_order = ("client_id", "occurred_on", "occurred_at", "id")
    return Index(f"ix_{table}_facts", *in_order, "known_on", "superseded_on", "first_known_on", *columns)


class Versioned:
    """A row that is never overwritten: a change is a new row that supersedes the old one, which stays.

    `known_on` is the first day on which the clinic could know it, `recorded_at` when it was typed. As known on day d,
    a row counts when ``known_on <= d and (superseded_on is null or superseded_on > d)``.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    known_on: Mapped[dt.date] = mapped_column(Date)
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    superseded_on: Mapped[dt.date | None] = mapped_column(Date)

    @declared_attr
    def recorded_by_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("staff.id"))

    @declared_attr
    def supersedes_id(cls) -> Mapped[int | None]:
        # Unique: of two people who change the same row at once, the second is told instead of forking the record.
        return mapped_column(ForeignKey(f"{cls.__tablename__}.id"), unique=True)  # type: ignore[attr-defined]


class Fact(Versioned):
    """A dated fact about a client. A correction supersedes the entry that it corrects, and says why.

    `occurred_on` is the clinic's day on which it happened.
    `first_known_on` is set on a correction only: the `known_on` of the first version. The core's history counts from
    it, so that a corrected typing error leaves no hole before the day of the correction.
    `entry_token` makes a save idempotent: the same form or import row sent twice is stored once.
    """

    occurred_on: Mapped[dt.date] = mapped_column(Date)
    occurred_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    first_known_on: Mapped[dt.date | None] = mapped_column(Date)
    correction_reason: Mapped[str | None] = mapped_column(Text)
    entry_token: Mapped[str] = mapped_column(String(64), unique=True)

    @declared_attr
    def client_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("client.id"))

    @property
    def late(self) -> bool:
        """The clinic came to know of it after the day on which it happened."""
        return (self.first_known_on or self.known_on) > self.occurred_on
