"""No reading looks through the rows of the whole clinic: how both databases would go about each statement of each
service, by their own word (EXPLAIN). PostgreSQL is told that reading a table whole is dear.
"""

from __future__ import annotations

import datetime as dt
import inspect
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, Final

import pytest
from sqlalchemy import Connection, event

from casework.actions.safety import acknowledge
from casework.caseload.worklist import worklist
from casework.users import User
from db.models import Base
from db.queries import facts
from tests.security.test_hidden_records import FUNCTIONS, GIVEN, questions, records_of
from tests.support.builders import save
from tests.support.clinic import TODAY, SmallClinic
from tests.support.databases import Database
from tests.support.many import multiply

MANY: Final = 1000
"""So many clients of another team there are besides."""
SMALL: Final = frozenset(
    {
        "call_budget",
        "clinic",
        "clinic_closed_day",
        "data_version",
        "recalibration",
        "rule_switch",
        "staff",
        "team",
    }
)
"""Tables that do not grow with the clinic's clients."""
GROWING: Final = frozenset(Base.metadata.tables) - SMALL
WHOLE_CLINIC: Final = {
    "caseload.report_card.read_report_card": "holds the rules against everybody's outcomes",
}
FACTS: Final = (
    "absence",
    "answered_fact",
    "attendance",
    "call",
    "check_in",
    "dose",
    "placement",
    "prescription",
    "task_action",
    "urine_screen",
)
"""The tables that `db.queries.facts` reads for every client of a caseload, each from its index alone."""


@contextmanager
def noted(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are read inside the block, with their parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_others: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            seen.append((statement, parameters))

    event.listen(database.read_engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.read_engine, "before_cursor_execute", note)


def statements_of(database: Database, user: User, name: str, asked: dict[str, Any]) -> list[tuple[str, Any]]:
    """What one service reads for the user."""
    function, seen = FUNCTIONS[name], []
    takes = inspect.signature(function).parameters
    given = GIVEN | {"user": user, "monday": TODAY - dt.timedelta(days=TODAY.weekday())}
    database.kept.clear()
    with database.reading() as session:
        if "items" in takes:
            given["items"] = worklist(session, user, TODAY).items
        known = {one: value for one, value in given.items() if one in takes}
        with noted(database) as seen:
            function(session, **known | asked)
    return seen


SCANNED: Final = re.compile(r"^SCAN (\S+)")


def scans(connection: Connection, statement: str, parameters: Any) -> set[str]:
    """The growing tables of which the statement reads every row, or every entry of an index."""
    if connection.dialect.name == "sqlite":
        lines = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        named = {found[1] for line in lines if (found := SCANNED.match(line))}
        return {_table(one.strip('"'), statement) for one in named} & GROWING
    return {
        node["Relation Name"]
        for node in _nodes(_postgres_plan(connection, statement, parameters))
        if "Scan" in node["Node Type"]
        and "Bitmap" not in node["Node Type"]
        and node.get("Relation Name") in GROWING
        and "Index Cond" not in node
    }


def _table(alias: str, statement: str) -> str:
    """The table that the statement calls so."""
    found = re.search(rf'(?:FROM|JOIN|,)\s+"?(\w+)"? AS "?{re.escape(alias)}"?\b', statement)
    return found[1] if found else alias


def _postgres_plan(connection: Connection, statement: str, parameters: Any) -> dict[str, Any]:
    told = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
    plan: dict[str, Any] = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return plan


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for one in plan.get("Plans", ()):
        yield from _nodes(one)


@contextmanager
def dear_scans(database: Database, *also: str) -> Iterator[Connection]:
    """A connection on which PostgreSQL reads a whole table only where it knows no other way."""
    with database.write_engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            for way in ("seqscan", "hashjoin", "mergejoin", *also):
                connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        yield connection


def services(own: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every public service of `casework.caseload` that reads for a user, and what it is asked."""
    asked = {name: more for name, more in questions(own).items() if name.startswith("caseload.")}
    for name, function in FUNCTIONS.items():
        takes = set(inspect.signature(function).parameters)
        if name.startswith("caseload.") and takes.isdisjoint({"compute", "read", "assessment"}):
            yield name, asked.get(name, {})


@pytest.fixture
def own(database: Database, clinic: SmallClinic) -> Any:
    whose = records_of(database, clinic.alice, clinic.ann)
    done = {"safety_item_id": whose.item, "steps_taken": "Called."}
    save(database, acknowledge, by=clinic.alice, **done)  # it answers facts
    multiply(database, clinic.ann, clients=MANY, team_id=clinic.dave.team_id)
    more = {"other_client": clinic.amir, "colleague": clinic.bob.id, "teams_series": whose.series}
    return SimpleNamespace(**vars(whose) | more, username="alice")


@pytest.mark.parametrize("role", ["alice", "charlie"])
def test_no_reading_scans_a_table_that_grows_with_the_clinic(
    database: Database, clinic: SmallClinic, own: Any, role: str
) -> None:
    found, read = [], 0
    for name, asked in services(own):
        seen = statements_of(database, getattr(clinic, role), name, asked)
        read += len(seen)
        with dear_scans(database) as connection:
            for statement, parameters in {text: (text, given) for text, given in seen}.values():
                scanned = scans(connection, statement, parameters)
                if scanned and name not in WHOLE_CLINIC:
                    found.append((name, sorted(scanned), " ".join(statement.split())[:3000]))
    assert read > 50
    assert not found, "\n".join(map(str, found))


def test_every_kind_of_fact_is_read_from_its_index_alone(
    database: Database, clinic: SmallClinic, own: Any
) -> None:
    with database.reading() as session, noted(database) as seen:
        facts.read(session, [clinic.ann, clinic.amir], TODAY)
    ((statement, parameters),) = seen
    with dear_scans(database, "bitmapscan") as connection:
        if connection.dialect.name == "sqlite":
            lines = [
                row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            ]
            read = [line for line in lines if line.startswith("SEARCH")]
            plain = [f"SEARCH {table} USING COVERING INDEX ix_{table}_facts" for table in FACTS]
            assert [one for one in plain if not any(line.startswith(one) for line in read)] == []
        else:
            nodes = list(_nodes(_postgres_plan(connection, statement, parameters)))
            alone = {
                node["Index Name"]
                for node in nodes
                if node["Node Type"] == "Index Only Scan" and "client_id" in node.get("Index Cond", "")
            }
            assert {f"ix_{table}_facts" for table in FACTS} - alone == set()
