"""Migrations on both databases: up, down and up again with data, and in step with the models."""

from __future__ import annotations

import ast
from typing import Final

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.exc import IntegrityError

from casework.clinic_days import MONDAY_TO_FRIDAY, MONDAY_TO_SATURDAY
from casework.errors import DatabaseOfOthers, DatabaseOfPreview, DatabaseTooNew, DatabaseTooOld
from casework.vocabulary import Mark
from db.models import Base, CheckIn
from db.session import LOCK_TIMEOUT, MIGRATIONS, PREVIEWS, engine_for_migrations, migrate
from tests.support.builders import check_in, count, group, prescription, roll_call
from tests.support.clinic import SmallClinic, build_clinic
from tests.support.databases import Database, open_database


def fill(database: Database) -> SmallClinic:
    with database.writing() as session:
        clinic = build_clinic(session)
    check_in(database, clinic.alice, clinic.ann, suicidal=True, note="O'Brien; Null")
    prescription(database, clinic.alice, clinic.ann)
    series = group(database, clinic.alice, (clinic.ann,))
    roll_call(database, clinic.alice, series, {clinic.ann: Mark.ATTENDED})
    return clinic


def test_up_down_and_up_again_with_data(unmigrated_url: str) -> None:
    migrate(unmigrated_url)
    database = open_database(unmigrated_url)
    fill(database)
    database.close()
    migrate(unmigrated_url, "base")
    with pytest.raises(DatabaseTooOld):
        open_database(unmigrated_url)
    unchecked = open_database(unmigrated_url, check=False)
    with unchecked.reading() as session:
        assert set(inspect(session.connection()).get_table_names()) <= {"alembic_version"}
    unchecked.close()
    migrate(unmigrated_url)
    database = open_database(unmigrated_url)
    fill(database)
    assert count(database, CheckIn) == 1
    database.close()


CHECK_INS: Final = {
    # safety, concerns: suicidal, overdosed, and the concerns of the item
    "no": (False, 0, False, False, None),
    "not asked": (None, 0, None, None, None),
    "self-harm": (True, 1, True, None, 1),
    "suicidal thoughts": (True, 2, True, None, 2),
    "overdose": (True, 4, None, True, 4),
    "both": (True, 6, True, True, 6),
    "yes, and not which": (True, 0, True, True, 6),
}
"""What the one safety question had said, and what the two say of it."""


def test_the_answer_to_the_one_safety_question_becomes_two(unmigrated_url: str) -> None:
    migrate(unmigrated_url, "0006")
    engine = engine_for_migrations(make_url(unmigrated_url))
    with engine.begin() as connection:
        _fill_0006(connection)
        told = _answers(connection, "safety, safety_concerns")
    migrate(unmigrated_url, "0007")
    with engine.connect() as connection:
        assert _answers(connection, "suicidal, overdosed") == {
            token: (suicidal, overdosed) for token, (_, _, suicidal, overdosed, _) in CHECK_INS.items()
        }
        assert _concerns(connection) == {
            token: concerns for token, (*_, concerns) in CHECK_INS.items() if concerns
        }
    migrate(unmigrated_url, "-1")
    with engine.connect() as connection:
        # What a yes did not name is lost; nothing else is, and no yes becomes a no.
        back = _answers(connection, "safety, safety_concerns")
        assert back == told | {"self-harm": (True, 2), "yes, and not which": (True, 6)}
    engine.dispose()


def test_a_time_away_becomes_an_absence_and_travel_is_the_one_that_does_not_come_back(
    unmigrated_url: str,
) -> None:
    migrate(unmigrated_url, "0006")
    engine = engine_for_migrations(make_url(unmigrated_url))
    kept = "SELECT id, cause, ends_on, occurred_on, superseded_on, supersedes_id, entry_token, correction_reason FROM "
    with engine.begin() as connection:
        _fill_0006(connection)
        before = connection.execute(text(f"{kept} tolerance_event ORDER BY id")).all()
    assert len(before) == 2
    migrate(unmigrated_url, "0007")
    with engine.begin() as connection:
        assert connection.execute(text(f"{kept} absence ORDER BY id")).all() == before
        assert connection.execute(text("SELECT medicated FROM absence")).scalars().all() == [None, None]
        _insert(connection, "absence", {"cause": "travel", "entry_token": "travels", **_dated("2026-03-04")})
        assert connection.execute(text("SELECT max(id) FROM absence")).scalar() == 3
    migrate(unmigrated_url, "-1")
    with engine.connect() as connection:
        assert connection.execute(text(f"{kept} tolerance_event ORDER BY id")).all() == before
    engine.dispose()


def test_calls_safety_items_and_the_clinic_stay_as_they_were(unmigrated_url: str) -> None:
    migrate(unmigrated_url, "0006")
    engine = engine_for_migrations(make_url(unmigrated_url))
    clinic = {"id": 1, "name": "House", "kind": "real", "time_zone": "UTC", "safety_protocol": "Stay."}
    kept = (
        "SELECT id, outcome, occurred_at, entry_token FROM call ORDER BY id",
        "SELECT id, name, kind, time_zone, safety_protocol FROM clinic",
        "SELECT id, check_in_id, raised_on, steps_taken FROM safety_item ORDER BY id",
    )

    def rows(connection: Connection) -> list[list[tuple[object, ...]]]:
        return [[tuple(row) for row in connection.execute(text(statement))] for statement in kept]

    with engine.begin() as connection:
        _fill_0006(connection)
        _insert(connection, "clinic", clinic)
        for outcome in ("reached", "no_answer"):
            _insert(connection, "call", {"outcome": outcome, "entry_token": outcome, **_dated("2026-03-02")})
        before = rows(connection)
    migrate(unmigrated_url)
    with engine.begin() as connection:
        assert rows(connection) == before
        days = connection.execute(text("SELECT working_days, dosing_days FROM clinic")).one()
        assert tuple(days) == (MONDAY_TO_FRIDAY, MONDAY_TO_SATURDAY)
        connection.execute(text("UPDATE call SET appointment_on = '2026-03-09' WHERE outcome = 'reached'"))
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.execute(text("UPDATE call SET appointment_on = '2026-03-09'"))
    migrate(unmigrated_url, "0006")
    with engine.connect() as connection:
        assert rows(connection) == before
    engine.dispose()


def _fill_0006(connection: Connection) -> None:
    """One client of the baseline's tables, with check-ins as in `CHECK_INS` and a corrected time away."""
    zero = dict.fromkeys(
        ("signs_asked", "signs_present", "halt_asked", "halt_present", "stage_asked", "stage_present",
         "protective_asked", "protective_present", "craving_causes", "withdrawal_from"), 0,
    )  # fmt: skip
    _insert(connection, "team", {"id": 1, "name": "Team"})
    staff = {"id": 1, "username": "alice", "name": "Alice", "role": "counselor", "team_id": 1, "active": True}
    _insert(connection, "staff", staff | {"password_hash": "x", "created_at": AT})
    _insert(
        connection,
        "client",
        {"id": 1, "handle": "h", "team_id": 1, "admitted_on": "2025-09-01", "created_at": AT},
    )
    for number, (token, (safety, concerns, *_, opened)) in enumerate(CHECK_INS.items(), 1):
        answers = {"contact": "visit", "source": "client", "safety": safety, "safety_concerns": concerns}
        _insert(connection, "check_in", {"entry_token": token, **answers, **zero, **_dated("2026-03-02")})
        if opened:
            item = {"client_id": 1, "check_in_id": number, "raised_on": "2026-03-02", "concerns": concerns}
            _insert(connection, "safety_item", item)
    away = {"cause": "custody", "entry_token": "away", **_dated("2026-02-02")}
    _insert(connection, "tolerance_event", away | {"superseded_on": "2026-03-02"})
    corrected = {"supersedes_id": 1, "ends_on": "2026-02-20", "correction_reason": "Typing error"}
    _insert(connection, "tolerance_event", away | corrected | {"entry_token": "corrected"})


AT: Final = "2026-03-02 12:00:00+00:00"


def _dated(day: str) -> dict[str, object]:
    return {
        "client_id": 1, "recorded_by_id": 1, "occurred_on": day, "occurred_at": AT, "known_on": day, "recorded_at": AT,
    }  # fmt: skip


def _insert(connection: Connection, table: str, row: dict[str, object]) -> None:
    values = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})"), row)


def _answers(connection: Connection, columns: str) -> dict[str, tuple[object, ...]]:
    """Two columns of each check-in by its token; SQLite gives 0 and 1 for no and yes, which are equal to them."""
    rows = connection.execute(text(f"SELECT entry_token, {columns} FROM check_in"))
    return {token: (first, second) for token, first, second in rows}


def _concerns(connection: Connection) -> dict[str, int]:
    rows = connection.execute(
        text("SELECT entry_token, concerns FROM safety_item JOIN check_in ON check_in.id = check_in_id")
    )
    return dict(rows.all())


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    database = open_database(database_url)
    fill(database)
    migrate(database_url)
    assert count(database, CheckIn) == 1
    database.close()


def test_the_tables_are_those_of_the_models(database: Database) -> None:
    with database.write_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_checks_are_those_of_the_models(database: Database) -> None:
    """Alembic does not compare them."""
    with database.write_engine.connect() as connection:
        migrated = _checks(connection)
        for table in reversed(Base.metadata.sorted_tables):
            connection.exec_driver_sql(f'DROP TABLE "{table.name}"')
        Base.metadata.create_all(connection)
        made = _checks(connection)
        connection.rollback()
    assert {name for _, name in migrated} >= {"ck_dose_medication", "ck_client_version_interval"}
    assert migrated == made


def _checks(connection: Connection) -> dict[tuple[str, str], str]:
    """The text of each CHECK by table and name."""
    look = inspect(connection)
    return {
        (table, str(check["name"])): str(check["sqltext"])
        for table in Base.metadata.tables
        for check in look.get_check_constraints(table)
    }


def test_a_migration_imports_nothing_of_the_project() -> None:
    """What it did must not change with the models."""
    for file in sorted((MIGRATIONS / "versions").glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        found |= {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
        assert found <= {"__future__", "sqlalchemy", "alembic", "datetime"}, file.name


def test_a_new_migration_starts_with_the_rules_of_safety() -> None:
    template = (MIGRATIONS / "script.py.mako").read_text(encoding="utf-8")
    for rule in (
        "lock_timeout",
        "autocommit_block",
        "postgresql_concurrently",
        "batch",
        "downgrade cannot keep",
    ):
        assert rule in template
    assert "db.models" not in template


@pytest.mark.postgres
def test_a_migration_gives_up_behind_a_lock(postgres_url: str) -> None:
    engine = engine_for_migrations(make_url(postgres_url))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar() == LOCK_TIMEOUT
    engine.dispose()


@pytest.mark.parametrize("revision", sorted(PREVIEWS))
def test_a_database_of_a_preview_is_told_apart_and_left_alone(database_url: str, revision: str) -> None:
    database = open_database(database_url)
    with database.writing() as session:
        session.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
    for use in (open_database, migrate):
        with pytest.raises(DatabaseOfPreview, match="preview version"):
            use(database_url)
    with pytest.raises(DatabaseOfPreview), database.writing():
        raise AssertionError("it was opened for writing")
    database.close()


def test_a_database_with_tables_of_something_else_is_left_alone(unmigrated_url: str) -> None:
    engine = engine_for_migrations(make_url(unmigrated_url))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE other (id integer)")
    for use in (open_database, migrate):
        with pytest.raises(DatabaseOfOthers, match="not Tideline's"):
            use(unmigrated_url)
    assert inspect(engine).get_table_names() == ["other"]
    engine.dispose()


def test_the_database_itself_refuses_what_no_list_holds(database: Database, clinic: SmallClinic) -> None:
    statements = (
        "UPDATE client_version SET safe_to_call = 'maybe'",
        "UPDATE clinic SET kind = 'toy'",
        "UPDATE placement SET level = 'prison'",
        "UPDATE staff SET role = 'king'",
        "UPDATE client_version SET contact_interval_days = 0",
        "UPDATE client_version SET contact_interval_days = 91",
        "INSERT INTO clinic (id, name, kind, time_zone, safety_protocol) VALUES (2, 'x', 'real', 'UTC', '')",
        "UPDATE client SET team_id = 4711",
    )
    for statement in statements:
        with pytest.raises(Exception, match=r"(?i)constraint"), database.writing() as session:
            session.execute(text(statement))


def test_a_database_of_a_newer_version_is_not_opened(database_url: str) -> None:
    database = open_database(database_url)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(DatabaseTooNew, match="newer version"):
        open_database(database_url)
