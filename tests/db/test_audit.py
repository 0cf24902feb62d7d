"""The audit trail: one event an act, in the act's own transaction, and nobody can change or remove one."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from casework.actions import audit, schedule
from casework.vocabulary import Mark
from db.models import Attendance, AuditEvent, CheckIn, RollCall, SafetyItem
from tests.support.builders import call, check_in, count, group, roll_call, save
from tests.support.clinic import SmallClinic
from tests.support.databases import Database

ACTIONS = Path(audit.__file__).parent


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET action = 'nothing'",
        "DELETE FROM audit_event",
        "INSERT OR REPLACE INTO audit_event (id, at, action, details) VALUES (1, '2026-01-01', 'x', '{}')",
        "TRUNCATE audit_event",
    ],
)
def test_no_statement_changes_or_removes_an_event(
    database: Database, clinic: SmallClinic, statement: str
) -> None:
    call(database, clinic.alice, clinic.ann)
    before = count(database, AuditEvent)
    with pytest.raises(DBAPIError), database.writing() as session:
        session.execute(text(statement))
    assert count(database, AuditEvent) == before


def test_without_its_audit_event_nothing_of_an_act_is_saved(
    database: Database, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = group(database, clinic.alice, (clinic.ann,))

    def refuses(*_, **__):
        raise RuntimeError("no audit")

    monkeypatch.setattr(audit, "record", refuses)
    with pytest.raises(RuntimeError):
        check_in(database, clinic.alice, clinic.ann, suicidal=True)
    with pytest.raises(RuntimeError):
        roll_call(database, clinic.alice, series, {clinic.ann: Mark.ATTENDED})
    assert [count(database, model) for model in (CheckIn, SafetyItem, RollCall, Attendance)] == [0, 0, 0, 0]


def test_an_event_that_the_database_refuses_takes_the_act_with_it(
    database: Database, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "AuditEvent", lambda **columns: AuditEvent(**{**columns, "by_id": 987_654}))
    with pytest.raises(DBAPIError):
        check_in(database, clinic.alice, clinic.ann)
    assert count(database, CheckIn) == 0


def test_every_act_writes_one_event(database: Database, clinic: SmallClinic) -> None:
    series = group(database, clinic.alice, (clinic.ann,))
    before = count(database, AuditEvent)
    check_in(database, clinic.alice, clinic.ann, suicidal=True)
    call(database, clinic.alice, clinic.ann)
    save(database, schedule.remove_member, by=clinic.alice, series_id=series, client_id=clinic.ann)
    assert count(database, AuditEvent) == before + 3


def test_each_act_audits_itself() -> None:
    """A new act (a public function that is told `by` and `now`) without an audit event is found here."""
    found = 0
    for module in sorted(ACTIONS.glob("*.py")):
        for node in ast.parse(module.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or node.name == "begin":
                continue
            if {"by", "now"} <= {argument.arg for argument in node.args.kwonlyargs}:
                body = ast.unparse(node)
                assert "audit" in body or "record_event(" in body, f"{module.name}: {node.name}"
                found += 1
    assert found > 20


def test_times_are_kept_in_utc(database: Database, clinic: SmallClinic) -> None:
    call(database, clinic.alice, clinic.ann)
    with database.reading() as session:
        assert [moment.tzinfo for moment in session.scalars(select(AuditEvent.at))] == [dt.UTC]
