"""A database that is locked, read-only, missing, damaged or of another version: told in words, and nothing is lost."""

from __future__ import annotations

import os
import pwd
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.errors import (
    DatabaseLocked,
    DatabaseMissing,
    DatabaseProblem,
    DatabaseReadOnly,
    DatabaseTooNew,
    DatabaseTooOld,
)
from db import session as sessions
from db.models import CheckIn
from db.session import migrate
from tests.support.builders import check_in, count
from tests.support.clinic import SmallClinic, build_clinic
from tests.support.databases import Database, open_database


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> Iterator[Database]:
    """An embedded database whose writers wait a tenth of a second for a lock."""
    monkeypatch.setattr(sessions, "SQLITE_WAIT_SECONDS", 0.1)
    database = open_database(sqlite_url)
    yield database
    database.close()


def test_a_locked_database_says_so_and_saves_at_the_next_try(impatient: Database, sqlite_url: str) -> None:
    with impatient.writing() as session:
        clinic = build_clinic(session)
    other = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseLocked, match="try again"):
        check_in(impatient, clinic.alice, clinic.ann)
    assert count(impatient, CheckIn) == 0, "readers do not wait for a writer"
    other.execute("ROLLBACK")
    other.close()
    check_in(impatient, clinic.alice, clinic.ann)
    assert count(impatient, CheckIn) == 1


def test_a_reader_cannot_write(database: Database, clinic: SmallClinic) -> None:
    with pytest.raises(DatabaseReadOnly), database.reading() as session:
        session.execute(text("UPDATE client SET handle = 'x'"))


def test_a_file_that_cannot_be_written_is_told(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with database.writing() as session:
        clinic = build_clinic(session)
    database.close()
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is closed to other users
        file = Path(folder) / "tideline.db"
        shutil.copy(file_of(sqlite_url), file)
        url = f"sqlite:///{file}"
        Path(folder).chmod(0o555)
        file.chmod(0o444)
        with _modes_count():
            opened = open_database(url, check=False)
            with pytest.raises(DatabaseReadOnly, match="Nothing was saved"):
                check_in(opened, clinic.alice, clinic.ann)
            opened.close()
        Path(folder).chmod(0o755)
        file.chmod(0o644)
        again = open_database(url)
        assert count(again, CheckIn) == 0
        check_in(again, clinic.alice, clinic.ann)
        again.close()


def test_a_missing_database_is_not_created_by_opening_it(tmp_path: Path) -> None:
    missing = tmp_path / "none" / "tideline.db"
    with pytest.raises(DatabaseMissing, match="migrate"):
        open_database(f"sqlite:///{missing}")
    assert not missing.parent.exists()


def test_a_file_that_vanishes_is_told_never_made_anew_and_used_again_once_it_is_back(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with database.writing() as session:
        clinic = build_clinic(session)
    assert count(database, CheckIn) == 0
    file, away = file_of(sqlite_url), file_of(sqlite_url).with_suffix(".away")
    with sqlite3.connect(away) as copied, sqlite3.connect(file) as original:
        original.backup(copied)
    copied.close()
    original.close()
    file.unlink()
    with pytest.raises(DatabaseMissing, match="Nothing was saved"):
        check_in(database, clinic.alice, clinic.ann)
    with pytest.raises(DatabaseMissing):
        count(database, CheckIn)
    assert not file.exists()
    for left in (f"{file}-wal", f"{file}-shm"):
        Path(left).unlink(missing_ok=True)
    away.rename(file)
    check_in(database, clinic.alice, clinic.ann)
    assert count(database, CheckIn) == 1
    database.close()


@pytest.mark.parametrize("name", ["two words.db", "100%.db", "a#b.db", "Zoë.db"])
@pytest.mark.parametrize("relative", [False, True], ids=["absolute", "relative"])
def test_a_file_may_have_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, relative: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    address = f"sqlite:///{name if relative else tmp_path / name}"
    migrate(address)
    database = open_database(address)
    with database.writing() as session:
        build_clinic(session)
    database.close()
    assert (tmp_path / name).stat().st_size > 0


def test_a_table_that_is_not_there_is_a_missing_database(database: Database) -> None:
    with pytest.raises(DatabaseMissing), database.reading() as session:
        session.execute(text("SELECT * FROM no_table_of_ours"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", DatabaseTooNew),
        ("DELETE FROM alembic_version", DatabaseTooOld),
    ],
    ids=["newer", "older"],
)
def test_nothing_is_saved_once_another_version_has_migrated_the_open_database(
    database: Database, clinic: SmallClinic, change: str, told: type[DatabaseProblem]
) -> None:
    with database.writing() as session:
        here = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        session.execute(text(change))
    with pytest.raises(told):
        check_in(database, clinic.alice, clinic.ann)
    assert count(database, CheckIn) == 0
    with database.write_engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:it)"), {"it": here})
    check_in(database, clinic.alice, clinic.ann)
    assert count(database, CheckIn) == 1


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_would_lose_every_entry(url: str) -> None:
    with pytest.raises(DatabaseMissing):
        open_database(url)


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing, match="cannot be reached"):
        open_database(f"postgresql+psycopg://postgres@/tideline?host={tmp_path}")


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("This is no database, but a letter. " * 100)
    before = file.read_bytes()
    with pytest.raises(DatabaseProblem):
        open_database(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseReadOnly):
        migrate(f"sqlite:///{tmp_path / 'file' / 'var' / 'tideline.db'}")


def test_a_database_newer_than_the_code_is_left_alone(sqlite_url: str) -> None:
    with sqlite3.connect(file_of(sqlite_url)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(DatabaseTooNew, match="newer version"):
        open_database(sqlite_url)
    with pytest.raises(DatabaseTooNew):
        migrate(sqlite_url)


def test_a_database_that_was_never_migrated_says_how(tmp_path: Path) -> None:
    file = tmp_path / "empty.db"
    file.touch()
    with pytest.raises(DatabaseTooOld, match="migrate"):
        open_database(f"sqlite:///{file}")


def test_no_error_of_the_database_shows_what_was_saved(database: Database, clinic: SmallClinic) -> None:
    with pytest.raises(Exception, match=r"(?i)constraint") as raised, database.writing() as session:
        session.execute(
            text("UPDATE client_version SET phone = :phone, contact_interval_days = 0"),
            {"phone": "555-SECRET"},
        )
    assert "SECRET" not in str(raised.value)


@contextmanager
def _modes_count() -> Iterator[None]:
    """Be somebody to whom the modes of files apply: to root they do not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)
