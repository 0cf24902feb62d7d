"""What the pages read and compute for a caseload of 45: the statements are counted, and the time is set against a
yardstick taken in the same run (the same rows fetched by the driver alone, and one dense pass over them). Ratios only.

Cold: nothing is kept, as after a save about the caseload. Warm: nothing of it has changed since the page before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import numpy as np
import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from casework.caseload.assessment import visible_ids
from casework.caseload.calls import calls_of_day
from casework.caseload.check_in_form import check_in_form
from casework.caseload.claims import claims
from casework.caseload.client_record import client_record
from casework.caseload.level_of_care import read_levels
from casework.caseload.overview import read_overview
from casework.caseload.worklist import worklist
from casework.users import GATE, User
from db.models import Assignment, SignInAttempt
from tests.benchmarks.timing import fastest
from tests.support.builders import check_in, count_statements
from tests.support.clinic import NOW, TODAY, user_named
from tests.support.databases import Database

CASELOAD = 45
ROUNDS = 15
TABLES = ("check_in", "attendance", "urine_screen", "prescription", "dose", "call", "absence")
MOST_TIMES_YARDSTICK = 8.0
"""About twice what was measured when this was written: what it guards against is work for every row or client."""

Read = Callable[[Session], object]


MOST_STATEMENTS = 17
"""Today asks for the worklist, its sessions, screens, calls, switched-off rules and what was changed later, for the
clinic's calendar, and for whose the open actions are."""


def today(session: Session, user: User) -> object:
    claimed = claims(session, user, TODAY)
    return claimed, calls_of_day(session, user, TODAY, worklist(session, user, TODAY).items)


def pages(user: User, client_id: int) -> dict[str, Read]:
    return {
        "Today": lambda session: today(session, user),
        "Overview": lambda session: read_overview(session, user, TODAY),
        "Client": lambda session: client_record(session, user, client_id, TODAY),
        "Level of care": lambda session: read_levels(session, user, TODAY, client_id=client_id),
        "Check-in": lambda session: check_in_form(session, user, TODAY, client_id),
    }


def hand_over(database: Database, to: User, size: int) -> None:
    """Give `to` clients of other counselors until the caseload has `size`."""
    with database.writing() as session:
        own = len(visible_ids(session, to, TODAY))
        others = select(Assignment.id).where(Assignment.staff_id != to.id, Assignment.ends_on.is_(None))
        chosen = session.scalars(others.order_by(Assignment.id).limit(size - own)).all()
        session.execute(update(Assignment).where(Assignment.id.in_(chosen)).values(staff_id=to.id))
        assert len(visible_ids(session, to, TODAY)) == size


@pytest.fixture
def alice(demo_database: Database) -> User:
    return user_named(demo_database, "alice")


def statements(database: Database, user: User) -> dict[str, int]:
    """How many each page takes in a session of its own when nothing is kept."""
    found = {}
    for name, read in pages(user, a_client(database, user)).items():
        database.kept.clear()
        found[name] = once(database, read)
    return found


def a_client(database: Database, user: User) -> int:
    with database.reading() as session:
        return visible_ids(session, user, TODAY)[0]


def once(database: Database, read: Read) -> int:
    with database.reading() as session:
        return count_statements(session, lambda: read(session))


def test_no_page_takes_more_statements_for_a_larger_caseload(demo_database: Database, alice: User) -> None:
    few = statements(demo_database, alice)
    hand_over(demo_database, alice, CASELOAD)
    assert statements(demo_database, alice) == few
    assert max(few.values()) <= MOST_STATEMENTS, few


def test_what_has_not_changed_takes_one_statement(demo_database: Database, alice: User) -> None:
    """The version of the caseload. No page loads the caseload to find that nothing is new."""
    kept = pages(alice, a_client(demo_database, alice))
    del kept["Check-in"]  # its form reads one client's rows
    for read in kept.values():
        once(demo_database, read)
    assert {name: once(demo_database, read) for name, read in kept.items()} == dict.fromkeys(kept, 1)


def test_who_signs_in_or_saves_elsewhere_leaves_what_is_kept(demo_database: Database, alice: User) -> None:
    today = pages(alice, a_client(demo_database, alice))["Today"]
    once(demo_database, today)
    bob = user_named(demo_database, "bob")
    with demo_database.writing(GATE) as session:
        session.add(SignInAttempt(username_digest="x", at=NOW, succeeded=True))
    check_in(demo_database, bob, a_client(demo_database, bob))
    assert once(demo_database, today) == 1
    check_in(demo_database, alice, a_client(demo_database, alice))
    assert once(demo_database, today) > 1


def yardstick(path: str, ids: list[int]) -> Callable[[], object]:
    """The same clients' rows, fetched by the driver alone, and a dense pass over as many numbers."""
    marks = ",".join("?" * len(ids))

    def measure() -> object:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            rows = [
                connection.execute(
                    f"SELECT * FROM {table} WHERE client_id IN ({marks}) ORDER BY client_id", ids
                ).fetchall()
                for table in TABLES
            ]
        owner = np.array([row[0] is None for table in rows for row in table])
        dense = np.cumsum(np.ones((len(ids), 13, 98)), axis=2)
        return owner.sum() + (dense * (dense > 7)).mean(axis=2).sum()

    return measure


@pytest.mark.benchmark
def test_a_page_reads_and_computes_within_a_few_times_a_plain_read(
    demo_database: Database, alice: User, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_over(demo_database, alice, CASELOAD)
    with demo_database.reading() as session:
        ids = visible_ids(session, alice, TODAY)

    def run(read: Read, *, afresh: bool) -> Callable[[], object]:
        def once() -> object:
            with demo_database.reading() as session:
                if afresh:
                    demo_database.kept.clear()
                return read(session)

        return once

    engine: Engine = demo_database.read_engine
    assert engine.url.database
    runs: dict[str, Callable[[], object]] = {"yardstick": yardstick(engine.url.database, ids)}
    for name, read in pages(alice, ids[0]).items():
        runs |= {f"{name}, cold": run(read, afresh=True), f"{name}, warm": run(read, afresh=False)}
    times = dict(zip(runs, fastest(*runs.values(), rounds=ROUNDS), strict=True))
    unit = times.pop("yardstick")
    ratios = {name: taken / unit for name, taken in times.items()}
    with capsys.disabled():
        print(
            f"\npage reads, a caseload of {CASELOAD}, in plain reads of its rows ({unit * 1e3:.1f} ms here):"
        )
        for name, ratio in ratios.items():
            print(f"  {name:<22} {ratio:5.2f}  ({times[name] * 1e3:.1f} ms here)")
    assert max(ratios.values()) <= MOST_TIMES_YARDSTICK, ratios
