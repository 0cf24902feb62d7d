"""Which constraint of the tables a refused statement broke, by its name on both databases."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Index, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from db.models import Base

_SQLITE_UNIQUE: Final = "UNIQUE constraint failed: "
_SQLITE_CHECK: Final = "CHECK constraint failed: "


def violated(error: IntegrityError) -> str | None:
    """The name of the constraint or unique index that was broken; None where the database names none.

    PostgreSQL reports the name. SQLite names a CHECK, of a UNIQUE its columns, and of a foreign key nothing.
    """
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        name: str | None = diagnosis.constraint_name
        return name
    told = str(error.orig)
    if told.startswith(_SQLITE_CHECK):
        return told.removeprefix(_SQLITE_CHECK)
    if told.startswith(_SQLITE_UNIQUE):
        return _by_columns().get(frozenset(told.removeprefix(_SQLITE_UNIQUE).split(", ")))
    return None


def unique_names(table: Table) -> dict[str, tuple[str, ...]]:
    """The table's unique constraints, unique indexes and primary key by name, each with its columns."""
    unique: list[PrimaryKeyConstraint | UniqueConstraint | Index] = [
        table.primary_key,
        *(one for one in table.constraints if isinstance(one, UniqueConstraint)),
        *(one for one in table.indexes if one.unique),
    ]
    return {str(one.name): tuple(column.name for column in one.columns) for one in unique}


def _by_columns() -> dict[frozenset[str], str]:
    return {
        frozenset(f"{table.name}.{column}" for column in columns): name
        for table in Base.metadata.tables.values()
        for name, columns in unique_names(table).items()
    }
