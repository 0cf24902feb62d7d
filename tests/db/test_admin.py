"""The commands of whoever runs Tideline."""

from __future__ import annotations

import io
import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from casework import admin
from casework.actions.sign_in import sign_in
from casework.caseload.clinic import clinic_days
from casework.passwords import is_password
from casework.vocabulary import Role
from db.models import AuditEvent, Clinic, Staff, Team
from tests.support.clinic import NOW, TODAY
from tests.support.databases import open_database


@pytest.fixture
def here(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database that the commands use."""
    monkeypatch.setenv("TIDELINE_DATABASE_URL", database_url)
    return database_url


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a database could be, but is not."""
    path = tmp_path / "var" / "tideline.db"
    monkeypatch.setenv("TIDELINE_DATABASE_URL", f"sqlite:///{path}")
    return path


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def staffed(monkeypatch: pytest.MonkeyPatch, password: str = "twelve signs asked") -> int:
    admin.main(["create-team", "North"])
    typed(monkeypatch, f"{password}\n")
    return admin.main(
        ["create-staff", "erin", "--name", "Erin Eastman", "--role", "counselor", "--team", "North"]
    )


def test_a_real_clinic_starts_with_four_commands(
    here: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    protocol = tmp_path / "protocol.txt"
    protocol.write_text("Call 988.\nStay.\n", encoding="utf-8")
    assert admin.main(["migrate"]) == 0
    options = ["--name", "Harbor", "--time-zone", "America/Chicago", "--protocol", str(protocol)]
    assert admin.main(["set-clinic", *options]) == 0
    assert staffed(monkeypatch) == 0
    database = open_database(here)
    with database.reading() as session:
        clinic = session.get_one(Clinic, 1)
        assert (clinic.name, clinic.time_zone) == ("Harbor", "America/Chicago")
        assert (clinic.kind, clinic.safety_protocol) == ("real", "Call 988.\nStay.")
        staff = session.scalars(select(Staff)).one()
        assert (staff.username, staff.role) == ("erin", Role.COUNSELOR)
        assert session.get_one(Team, staff.team_id).name == "North"
        assert set(session.scalars(select(AuditEvent.by_id))) == {None}
    sign_in(database, username="erin", password="twelve signs asked", now=NOW)
    database.close()
    assert "twelve signs asked" not in "".join(capsys.readouterr())


def test_a_generated_password_is_shown_once_and_works(
    here: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    staffed(monkeypatch)
    assert admin.main(["set-password", "erin", "--generate"]) == 0
    shown = capsys.readouterr().out.strip().rpartition(" ")[2]
    database = open_database(here)
    with database.reading() as session:
        assert is_password(session.scalars(select(Staff.password_hash)).one(), shown)
    database.close()


def test_a_closed_account_stays_but_cannot_sign_in(here: str, monkeypatch: pytest.MonkeyPatch):
    staffed(monkeypatch)
    assert admin.main(["deactivate", "erin"]) == 0
    database = open_database(here)
    with database.reading() as session:
        assert session.scalars(select(Staff.active)).all() == [False]
    database.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["create-staff", "erin", "--name", "E", "--role", "counselor", "--team", "South"],
            "no team of that name",
        ),
        (
            ["create-staff", "erin", "--name", "E", "--role", "counselor", "--team", "North"],
            "already an account",
        ),
        (["create-team", "North"], "already a team"),
        (["set-password", "nobody"], "no account"),
        (["set-password", "erin"], "at least 12"),
        (["deactivate", "nobody"], "no account"),
        (["set-clinic", "--time-zone", "Mars/Base"], "time zone"),
        (["set-clinic", "--protocol", "/no/such/file"], "cannot be read"),
        (["set-clinic", "--working-days", "someday"], "Write weekdays like this: mon,tue"),
        (["load-demo"], "empty database only"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said_in_one_line_and_ends_with_2(
    sqlite_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
):
    monkeypatch.setenv("TIDELINE_DATABASE_URL", sqlite_url)
    staffed(monkeypatch)
    capsys.readouterr()
    typed(monkeypatch, "too short\n" if arguments == ["set-password", "erin"] else "twelve signs asked\n")
    assert admin.main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("Tideline: ")
    assert error.count("\n") == 1
    assert said in error


def test_a_password_is_never_an_argument(here: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        admin.main(["set-password", "erin", "--password", "twelve signs asked"])
    assert ended.value.code == 2


def test_without_a_database_the_command_says_how_to_make_one(
    nowhere: Path, capsys: pytest.CaptureFixture[str]
):
    assert admin.main(["create-team", "North"]) == 2
    assert "casework.admin migrate" in capsys.readouterr().err
    assert not nowhere.exists()


def test_migrate_makes_the_database_and_may_be_repeated(nowhere: Path):
    assert admin.main(["migrate"]) == 0
    assert admin.main(["migrate"]) == 0
    assert nowhere.exists()


def test_a_database_of_a_newer_version_is_left_alone(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("TIDELINE_DATABASE_URL", sqlite_url)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    connection.close()
    for command in ("migrate", "prepare", "load-demo"):
        assert admin.main([command]) == 2
        assert "newer version" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["prepare", "migrate"])
def test_the_file_of_a_preview_is_named_to_be_moved_aside_and_left_alone(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
):
    monkeypatch.setenv("TIDELINE_DATABASE_URL", sqlite_url)
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with sqlite3.connect(file) as connection:
        connection.execute("update alembic_version set version_num = '0004'")
    connection.close()
    file.chmod(0o644)
    before = file.read_bytes(), file.stat().st_mode
    assert admin.main([command]) == 2
    told = capsys.readouterr().err
    assert f"Move the file {file} aside" in told
    assert (file.read_bytes(), file.stat().st_mode) == before
    file.rename(file.with_suffix(".preview"))
    assert admin.main([command]) == 0


@pytest.mark.parametrize("command", ["prepare", "migrate"])
def test_the_file_of_another_program_is_refused_and_left_alone(
    nowhere: Path, capsys: pytest.CaptureFixture[str], command: str
):
    nowhere.parent.mkdir(mode=0o755)
    with sqlite3.connect(nowhere) as connection:
        connection.execute("create table other (id integer)")
    connection.close()
    nowhere.chmod(0o644)
    before = nowhere.read_bytes(), nowhere.stat().st_mode, nowhere.parent.stat().st_mode
    assert admin.main([command]) == 2
    assert "tables that are not Tideline's" in capsys.readouterr().err
    assert (nowhere.read_bytes(), nowhere.stat().st_mode, nowhere.parent.stat().st_mode) == before
    assert list(nowhere.parent.iterdir()) == [nowhere]


def test_prepare_fills_an_empty_database_with_the_demo_clinic_and_says_how_to_sign_in(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("TIDELINE_NOW", NOW.isoformat())
    assert admin.main(["prepare", "--port", "8765"]) == 0
    first = capsys.readouterr().out
    assert admin.main(["prepare", "--port", "8765"]) == 0
    second = capsys.readouterr().out
    assert "http://127.0.0.1:8765" in second
    assert "harbor demo one" in second
    assert first.endswith(second)
    assert first.startswith("Loading")


def test_prepare_never_loads_the_demo_into_a_real_clinic(
    here: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    staffed(monkeypatch)
    capsys.readouterr()
    assert admin.main(["prepare"]) == 0
    assert "demo" not in capsys.readouterr().out
    database = open_database(here)
    with database.reading() as session:
        assert session.scalars(select(Staff.username)).all() == ["erin"]
    database.close()


def test_prepare_leaves_a_file_that_was_emptied_alone(nowhere: Path, capsys: pytest.CaptureFixture[str]):
    nowhere.parent.mkdir()
    nowhere.touch()
    assert admin.main(["prepare"]) == 2
    assert "there, but empty" in capsys.readouterr().err
    assert nowhere.stat().st_size == 0


def test_prepare_never_loads_the_demo_into_a_real_clinic_that_has_no_staff_yet(
    here: str, capsys: pytest.CaptureFixture[str]
):
    assert admin.main(["set-clinic", "--name", "Harbor", "--time-zone", "America/Chicago"]) == 0
    assert admin.main(["prepare"]) == 0
    assert "demo" not in capsys.readouterr().out
    database = open_database(here)
    with database.reading() as session:
        assert session.scalars(select(Staff)).all() == []
        assert session.get_one(Clinic, 1).kind == "real"
    database.close()


def test_the_clinics_weekdays_are_named_in_words(here: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--working-days", "mon,tue, Thu", "--dosing-days", "mon,tue,wed,thu,fri,sat,sun"]
    assert admin.main(["set-clinic", *given]) == 0
    database = open_database(here)
    with database.reading() as session:
        days = clinic_days(session, TODAY)
    database.close()
    assert (days.working, days.dosing) == (0b0001011, 0b1111111)
