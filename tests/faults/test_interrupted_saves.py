"""A save that is cut off leaves nothing half saved, and what was acknowledged is there afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from casework.vocabulary import Mark
from db.models import Attendance, AuditEvent, CheckIn, RollCall, SafetyItem
from tests.support.builders import check_in, count, group, roll_call
from tests.support.clinic import SmallClinic, build_clinic
from tests.support.databases import Database, open_database
from tests.support.patience import PATIENCE_SECONDS, next_line

ROOT = Path(__file__).resolve().parents[2]

# Saves a check-in that opens a safety item and takes a roll call, stops before the commit, and waits to be killed.
WRITER = """
import sys, time
from casework.actions import attendance
from casework.actions.check_ins import record_check_in
from casework.checks.check_ins import CheckInAnswers
from casework.users import User
from casework.vocabulary import Mark, Role
from tests.support.databases import open_database
from tests.support.clinic import NOW, TODAY

alice = User(int(sys.argv[2]), "Alice", Role.COUNSELOR, int(sys.argv[3]))
ann, series = int(sys.argv[4]), int(sys.argv[5])
with open_database(sys.argv[1]).writing() as session:
    said = CheckInAnswers(suicidal=True)
    record_check_in(session, by=alice, now=NOW, client_id=ann, answers=said, token="interrupted")
    attendance.take_roll_call(
        session, by=alice, now=NOW, series_id=series, held_on=TODAY, marks={ann: Mark.ATTENDED}, token="interrupted"
    )
    session.flush()
    print("before the commit", flush=True)
    time.sleep(3600)
"""

# Saves one check-in after the other and prints each one's id once it is committed.
STEADY_WRITER = """
import sys, uuid
from casework.actions.check_ins import record_check_in
from casework.checks.check_ins import CheckInAnswers
from casework.users import User
from casework.vocabulary import Role
from tests.support.databases import open_database
from tests.support.clinic import NOW

alice = User(int(sys.argv[2]), "Alice", Role.COUNSELOR, int(sys.argv[3]))
database = open_database(sys.argv[1])
while True:
    with database.writing() as session:
        done = record_check_in(
            session, by=alice, now=NOW, client_id=int(sys.argv[4]), answers=CheckInAnswers(craving=0),
            token=uuid.uuid4().hex,
        )
    print(done.id, flush=True)
"""


@contextmanager
def started(program: str, url: str, *arguments: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", program, url, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE_SECONDS)


def test_a_writer_killed_before_its_commit_leaves_nothing(
    database: Database, clinic: SmallClinic, database_url: str
) -> None:
    series = group(database, clinic.alice, (clinic.ann,))
    events = count(database, AuditEvent)
    with started(WRITER, database_url, clinic.alice.id, clinic.alice.team_id, clinic.ann, series) as writer:
        assert next_line(writer) == "before the commit"
    database.close()
    again = open_database(database_url)
    saved = [count(again, model) for model in (CheckIn, SafetyItem, RollCall, Attendance, AuditEvent)]
    assert saved == [0, 0, 0, 0, events]
    check_in(again, clinic.alice, clinic.ann, suicidal=True)
    roll_call(again, clinic.alice, series, {clinic.ann: Mark.ATTENDED})
    again.close()


def test_what_was_acknowledged_before_the_kill_is_there_and_nothing_is_half_there(
    database: Database, clinic: SmallClinic, database_url: str, long: bool
) -> None:
    acknowledged = 400 if long else 20
    with started(STEADY_WRITER, database_url, clinic.alice.id, clinic.alice.team_id, clinic.ann) as writer:
        told = [int(next_line(writer)) for _ in range(acknowledged)]
        kill(writer)
        while line := next_line(writer):
            told.append(int(line))
    again = open_database(database_url)
    with again.reading() as session:
        check_ins = set(session.scalars(select(CheckIn.id)))
        audited = set(
            session.scalars(select(AuditEvent.subject_id).where(AuditEvent.action == "record_check_in"))
        )
    assert set(told) <= check_ins
    assert check_ins == audited
    again.close()


@pytest.mark.parametrize("cut_at", [0.1, 0.5, 0.9])
def test_a_write_ahead_log_that_was_cut_off_loses_at_most_what_was_cut(
    sqlite_url: str, cut_at: float
) -> None:
    """A power cut in the middle of writing the log: the database opens, and every entry is whole."""
    database = open_database(sqlite_url)
    with database.writing() as session:
        clinic = build_clinic(session)
    for _ in range(10):
        check_in(database, clinic.alice, clinic.ann, suicidal=True)
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    log = file.with_name(file.name + "-wal")
    copy, copied_log = file.with_name("cut.db"), file.with_name("cut.db-wal")
    copy.write_bytes(file.read_bytes())
    content = log.read_bytes()
    copied_log.write_bytes(content[: int(len(content) * cut_at)])
    database.close()
    again = open_database(f"sqlite:///{copy}", check=False)
    with again.writing() as session:
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    kept = [count(again, model) for model in (CheckIn, SafetyItem)]
    again.close()
    assert kept[0] == kept[1] <= 10
