"""The embedded database is readable by the user who runs Tideline, and by nobody else on the machine."""

from __future__ import annotations

from pathlib import Path

from db.session import migrate
from tests.support.builders import check_in
from tests.support.clinic import build_clinic
from tests.support.databases import open_database


def rights(path: Path) -> str:
    return f"{path.stat().st_mode & 0o7777:04o}"


def test_the_database_its_log_and_its_folder_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "var" / "tideline.db"
    migrate(f"sqlite:///{file}")
    assert rights(file) == "0600"
    assert rights(file.parent) == "0700"
    database = open_database(f"sqlite:///{file}")
    with database.writing() as session:
        clinic = build_clinic(session)
    check_in(database, clinic.alice, clinic.ann)
    made = {one.name: rights(one) for one in file.parent.iterdir()}
    database.close()
    assert made == dict.fromkeys(["tideline.db", "tideline.db-wal", "tideline.db-shm"], "0600")


def test_a_backup_that_was_put_back_is_closed_when_it_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o755)
    file = folder / "tideline.db"
    migrate(f"sqlite:///{file}")
    assert rights(folder) == "0700"  # it holds nothing but the database
    file.chmod(0o644)
    open_database(f"sqlite:///{file}").close()
    assert rights(file) == "0600"


def test_a_folder_that_holds_other_things_keeps_its_rights(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "readme.txt").touch()
    migrate(f"sqlite:///{folder / 'tideline.db'}")
    assert rights(folder) == "0755"
    assert rights(folder / "tideline.db") == "0600"
