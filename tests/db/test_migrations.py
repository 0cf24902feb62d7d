"""Migrations on both databases: up, down and up again with data, and in step with the models."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from casework.actions import rules
from casework.errors import DatabaseTooNew, DatabaseTooOld
from casework.vocabulary import Mark
from db.models import Base, CallBudget, CheckIn, RuleSwitch
from db.session import MIGRATIONS, migrate
from tests.support.builders import check_in, count, group, prescription, roll_call, save, token
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


def switch_off(database: Database, clinic: SmallClinic) -> None:
    save(database, rules.switch_off, by=clinic.charlie, rule_id="use.missed_0", reason="x", token=token())


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


def test_going_back_to_the_first_migration_and_up_again_keeps_the_rest(unmigrated_url: str) -> None:
    migrate(unmigrated_url)
    database = open_database(unmigrated_url)
    clinic = fill(database)
    with database.writing() as session:
        session.add(CallBudget(staff_id=clinic.alice.id, calls_per_day=8))
    switch_off(database, clinic)
    database.close()
    steps = len(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())) - 1
    migrate(unmigrated_url, f"-{steps}")
    migrate(unmigrated_url)
    database = open_database(unmigrated_url)
    assert [count(database, model) for model in (CheckIn, CallBudget, RuleSwitch)] == [1, 0, 0]
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


def test_the_database_itself_refuses_what_no_list_holds(database: Database, clinic: SmallClinic) -> None:
    statements = (
        "UPDATE client SET safe_to_call = 'maybe'",
        "UPDATE clinic SET kind = 'toy'",
        "UPDATE placement SET level = 'prison'",
        "UPDATE staff SET role = 'king'",
        "UPDATE client SET contact_interval_days = 0",
        "UPDATE client SET contact_interval_days = 91",
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
