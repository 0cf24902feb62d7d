"""Rows about saving a check-in: the write against a bare insert and commit, and the click as fifty people meet it."""

from __future__ import annotations

import asyncio
import itertools
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing

from sqlalchemy import select
from streamlit.proto.WidgetStates_pb2 import WidgetState

from casework.actions.check_ins import record_check_in
from casework.caseload.assessment import visible_ids
from casework.checks.check_ins import CheckInAnswers
from casework.vocabulary import ContactKind, Use
from db.models import CheckIn, Client
from tests.benchmarks.rows import Bench, Row, times
from tests.support.clinic import NOW, TODAY, user_named
from tests.support.databases import Database, open_database
from tests.support.load_client import EVERY_SECONDS, Session, percentile
from tests.support.server import Served

MOST_TIMES_BARE = 5.0
MOST_SECONDS_P95 = 0.4
SAVED = "Record another check-in"
"""A button of the confirmation."""


def rows(bench: Bench) -> Iterator[Row]:
    """The write in this process, then the click on the server."""
    database, clinic = bench.clinic(2 if bench.short else 25)
    yield _write(database, clinic.counselors[0], 5 if bench.short else 200)
    number = 2 if bench.short else 50
    served, large = bench.ours
    there = open_database(served.database_url)
    handles = [_handle(there, name) for name in large.counselors[:number]]
    there.close()
    taken = asyncio.run(_all_save(served, list(zip(bench.cookies, handles, strict=False)), 6))
    yield Row(
        f"Click on Save check-in until the confirmation is drawn, {number} sessions, one click every 2 s each",
        f"p50 {percentile(taken, 50) * 1e3:.0f} ms, p95 {percentile(taken, 95) * 1e3:.0f} ms",
        f"p95 {MOST_SECONDS_P95 * 1e3:.0f} ms",
        percentile(taken, 95) <= MOST_SECONDS_P95,
    )


def _handle(database: Database, username: str) -> str:
    user = user_named(database, username)
    with database.reading() as session:
        first = visible_ids(session, user, TODAY)[0]
        return session.scalars(select(Client.handle).where(Client.id == first)).one()


def _write(database: Database, username: str, number: int) -> Row:
    """In turns, by the clock: a commit waits for the disk. Each of twelve answers and a craving."""
    user = user_named(database, username)
    with database.reading() as session:
        client_id = visible_ids(session, user, TODAY)[0]
    tokens = (f"benchmark-{at:08}" for at in itertools.count())
    answers = CheckInAnswers(contact=ContactKind.PHONE, craving=3, use=Use.NONE)

    def ours() -> None:
        with database.writing(user.acting(TODAY)) as session:
            record_check_in(
                session, by=user, now=NOW, client_id=client_id, answers=answers, token=next(tokens)
            )

    path = str(database.write_engine.url.database)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        bare = _bare(connection, tokens)
        mine, theirs = [], []
        for _ in range(number):
            mine.append(_seconds(ours))
            theirs.append(_seconds(bare))
    own, plain = statistics.median(mine), statistics.median(theirs)
    return Row(
        "The write of a check-in, with its checks and audit event, against a bare insert and commit (SQLite)",
        f"{times(own, plain)} ({own * 1e3:.1f} ms; there {plain * 1e3:.2f} ms)",
        f"{MOST_TIMES_BARE:g}x",
        own <= MOST_TIMES_BARE * plain,
    )


def _bare(connection: sqlite3.Connection, tokens: Iterator[str]) -> Callable[[], None]:
    """The driver alone: one row like another, with all the table's indexes, and the commit."""
    names = [column.name for column in CheckIn.__table__.columns if column.name != "id"]
    chosen = ", ".join("?" if name == "entry_token" else f'"{name}"' for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    statement = (
        f"INSERT INTO check_in ({quoted}) SELECT {chosen} FROM check_in WHERE supersedes_id IS NULL LIMIT 1"
    )

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement, (next(tokens),))
        connection.execute("COMMIT")

    return insert


def _seconds(run: Callable[[], None]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


async def _all_save(served: Served, people: list[tuple[str, str]], times_: int) -> list[float]:
    """Seconds of every save; each session saves, and opens the next form, in turns."""
    sessions = []
    for cookie, handle in people:
        session = await Session.open(served, cookie, f"check_in?client={handle}")
        await session.run()
        sessions.append(session)
    taken: list[float] = []
    await asyncio.gather(*(_one_saves(session, times_, taken) for session in sessions))
    for session in sessions:
        await session.close()
    return taken


async def _one_saves(session: Session, times_: int, taken: list[float]) -> None:
    pause = random.Random(id(session))
    for _ in range(times_):
        await asyncio.sleep(pause.uniform(0.5, 1.5) * EVERY_SECONDS)
        note = WidgetState(id=session.widget("text_area", "Note"), string_value="As before.")
        save = WidgetState(id=session.widget("button", "Save check-in"), trigger_value=True)
        taken.append((await session.run(note, save)).seconds)
        again = WidgetState(id=session.widget("button", SAVED), trigger_value=True)
        await asyncio.sleep(pause.uniform(0.5, 1.5) * EVERY_SECONDS)
        await session.run(again)
