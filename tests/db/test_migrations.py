"""Migrations on both databases: up, down and up again with data, and in step with the models."""

from __future__ import annotations

import ast

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, make_url, text

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
    check_in(database, clinic.alice, clinic.ann, safety=True, note="O'Brien; Null")
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
