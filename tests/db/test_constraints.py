"""Which constraint was broken is known by its name on both databases, and each that people can break has its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import JSON, CheckConstraint, Column, Connection, Enum, UniqueConstraint, insert, text
from sqlalchemy.exc import IntegrityError

from casework.actions.conflicts import REFUSALS, conflicts_told
from casework.errors import ChangedMeanwhile, TidelineError
from db.constraints import unique_names, violated
from db.models import Base
from db.models.base import UtcDateTime
from tests.support.clinic import NOW, TODAY, SmallClinic
from tests.support.databases import Database

UNIQUE = {
    name: (table, columns)
    for table in Base.metadata.tables.values()
    for name, columns in unique_names(table).items()
}
PARTIAL = {
    str(one.name)
    for table in Base.metadata.tables.values()
    for one in table.indexes
    if one.unique and one.dialect_options["sqlite"]["where"] is not None
}
ONLY_A_BUG_BREAKS = {
    "uq_client_handle",  # random
    "uq_safety_item_check_in_id",  # an item is made in the save of its check-in
    "uq_answered_fact_current",  # an act names its own row, and leaves out what it has answered
}
VALUES: dict[type, Any] = {
    int: 1,
    float: 0.5,
    bool: True,
    dt.date: TODAY,
    dt.time: dt.time(10),
}


def value_for(column: Column[Any]) -> Any:
    """A value that the column's own CHECKs allow."""
    if isinstance(column.type, Enum):
        return column.type.enum_class and next(iter(column.type.enum_class))
    if isinstance(column.type, JSON):
        return {}
    if isinstance(column.type, UtcDateTime):
        return NOW
    return VALUES.get(column.type.python_type, "x")


def two_rows(name: str) -> list[dict[str, Any]]:
    """Two rows of one table that break this UNIQUE and no other."""
    table, columns = UNIQUE[name]
    first = {
        column.name: value_for(column)
        for column in table.columns
        if column.name in columns or not column.nullable
    }
    if name not in PARTIAL and "superseded_on" in table.columns:
        first["superseded_on"] = TODAY  # leaves out what holds for current versions only
    others = {one for own in unique_names(table).values() for one in own} - set(columns)
    return [first, first | {one: fresh(table.columns[one]) for one in others & set(first)}]


def fresh(column: Column[Any]) -> Any:
    """A value that the first row does not have."""
    if isinstance(column.type, Enum):
        return list(column.type.enum_class or ())[-1]
    kind = column.type.python_type
    return {int: 2, dt.date: TODAY + dt.timedelta(days=1)}.get(kind, uuid4().hex)


@contextmanager
def without_foreign_keys(database: Database) -> Iterator[Connection]:
    """A connection of its own on which rows may point nowhere."""
    with database.write_engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
            connection.commit()
        yield connection
        connection.invalidate()


def test_a_unique_constraint_is_known_by_its_name(database: Database) -> None:
    with without_foreign_keys(database) as connection:
        for name in sorted(set(UNIQUE) - {"pk_clinic"}):  # a clinic has one id only: its CHECK speaks first
            first, second = two_rows(name)
            connection.execute(insert(UNIQUE[name][0]), first)
            with pytest.raises(IntegrityError) as broken:
                connection.execute(insert(UNIQUE[name][0]), second)
            connection.rollback()
            assert violated(broken.value) == name


def test_each_unique_constraint_that_people_can_break_has_its_words() -> None:
    keys = {table.primary_key.name for table in Base.metadata.tables.values()}
    assert set(REFUSALS) == set(UNIQUE) - keys - ONLY_A_BUG_BREAKS
    for refusal in REFUSALS.values():
        assert isinstance(refusal(), TidelineError)


def test_the_columns_of_a_unique_constraint_name_it() -> None:
    """SQLite tells the columns only: two constraints on the same ones could not be told apart."""
    by_columns = [(table.name, frozenset(columns)) for table, columns in UNIQUE.values()]
    assert len(by_columns) == len(set(by_columns))


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        for one in table.constraints:
            if isinstance(one, CheckConstraint | UniqueConstraint):
                assert one.name, table.name


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE client_version SET contact_interval_days = 0", "ck_client_version_interval"),
        ("UPDATE client_version SET safe_to_call = 'maybe'", "ck_client_version_safe_to_call"),
        ("UPDATE staff SET role = 'king'", "ck_staff_role"),
    ],
)
def test_what_no_list_holds_is_known_by_the_checks_name_and_is_a_bug(
    database: Database, clinic: SmallClinic, statement: str, name: str
) -> None:
    with pytest.raises(IntegrityError) as broken, database.writing() as session, conflicts_told():
        session.execute(text(statement))
    assert violated(broken.value) == name


def test_a_unique_constraint_without_words_is_a_bug(database: Database, clinic: SmallClinic) -> None:
    with pytest.raises(IntegrityError), database.writing() as session, conflicts_told():
        session.execute(text("UPDATE client SET handle = 'the same'"))


def test_a_missing_value_is_no_constraint_with_a_name(database: Database, clinic: SmallClinic) -> None:
    with pytest.raises(IntegrityError) as broken, database.writing() as session, conflicts_told():
        session.execute(text("UPDATE client SET handle = NULL"))
    assert violated(broken.value) is None


def test_words_in_a_value_say_nothing_about_the_constraint(database: Database, clinic: SmallClinic) -> None:
    """A text that names another constraint is not taken for it."""
    with pytest.raises(IntegrityError), database.writing() as session, conflicts_told():
        session.execute(text("UPDATE client SET handle = 'entry_token supersedes_id'"))


def test_two_open_assignments_are_told_as_somebody_elses_change(
    database: Database, clinic: SmallClinic
) -> None:
    with pytest.raises(ChangedMeanwhile), database.writing() as session, conflicts_told():
        session.execute(
            text(
                "INSERT INTO assignment (client_id, staff_id, starts_on, known_on, recorded_at, recorded_by_id) "
                "VALUES (:client, :staff, '2026-03-11', '2026-03-11', '2026-03-11 15:00', :staff)"
            ),
            {"client": clinic.ann, "staff": clinic.bob.id},
        )
