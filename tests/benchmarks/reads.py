"""Rows about reading: Today of one caseload, in a small and a large clinic, and the Overview of 5,000 clients."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

from sqlalchemy.orm import Session

from casework.caseload.calls import calls_of_day
from casework.caseload.worklist import worklist
from casework.users import User
from tests.benchmarks.rows import Bench, Row, times
from tests.benchmarks.timing import fastest
from tests.support import load_client
from tests.support.clinic import TODAY, password_of, user_named
from tests.support.databases import Database, open_database
from tests.support.fills import fill_demo
from tests.support.large_clinic import CASELOAD, LargeClinic, enlarge
from tests.support.load_client import under_load
from tests.support.postgres import running_postgres
from tests.support.server import Served

MOST_SECONDS_COLD = 0.015
MOST_TIMES_SMALL_CLINIC = 1.2
MOST_SECONDS_OVERVIEW = 1.5
MOST_SECONDS_OVERVIEW_WARM = 0.15
MOST_BYTES_OVERVIEW = 1_000_000
SMALL, LARGE = 25, 600
"""Counselors of forty clients each."""


def rows(bench: Bench) -> Iterator[Row]:
    """SQLite first; its large clinic is then served."""
    small, large = (2, 4) if bench.short else (SMALL, LARGE)
    few, _ = bench.clinic(small)
    many, clinic = bench.clinic(large)
    yield from _today(few, many, clinic, "SQLite")
    with running_postgres() as server:
        opened = []
        for counselors in (small, large):
            url = server.url(server.new_database())
            fill_demo(url)
            opened.append(open_database(url))
            enlarge(opened[-1], counselors)
        yield from list(_today(*opened, clinic, "PostgreSQL"))
        for database in opened:
            database.close()
    yield from _overview(bench, bench.serve(many), clinic)


def _today(few: Database, many: Database, clinic: LargeClinic, engine: str) -> Iterator[Row]:
    """Cold, in turns: nothing is kept, as after a save."""
    name = clinic.counselors[1]
    small, large, warm = fastest(
        _once(few, user_named(few, name)),
        _once(many, user_named(many, name)),
        _once(many, user_named(many, name), afresh=False),
        rounds=15,
    )
    yield Row(
        f"Read and compute Today for one caseload of {CASELOAD}, cold ({engine})",
        f"{small * 1e3:.1f} ms, warm {warm * 1e3:.1f} ms",
        f"{MOST_SECONDS_COLD * 1e3:.0f} ms",
        small <= MOST_SECONDS_COLD,
    )
    clients = len(clinic.counselors) * CASELOAD
    yield Row(
        f"The same among {clients:,} clients, against the small clinic ({engine})",
        f"{times(large, small)} ({large * 1e3:.1f} ms)",
        f"{MOST_TIMES_SMALL_CLINIC}x",
        large <= MOST_TIMES_SMALL_CLINIC * small,
    )


def _once(database: Database, user: User, *, afresh: bool = True) -> Callable[[], object]:
    def read() -> object:
        with database.reading(user.acting(TODAY)) as session:
            if afresh:
                database.kept.clear()
            return _today_of(session, user)

    return read


def _today_of(session: Session, user: User) -> object:
    return calls_of_day(session, user, TODAY, worklist(session, user, TODAY).items)


def _overview(bench: Bench, served: Served, clinic: LargeClinic) -> Iterator[Row]:
    cookie = load_client.sign_in(served, clinic.supervisors[0], password_of("alice"))
    cold, warm = asyncio.run(_two_runs(served, cookie, "overview"))
    stock = under_load(bench.stock_rows, [None], runs=5).p50
    clients = min(len(clinic.counselors), 125) * CASELOAD
    yield Row(
        f"Overview of a supervisor of {clients:,} clients, cold and warm",
        f"{cold.seconds:.2f} s and {warm.seconds * 1e3:.0f} ms ({times(cold.seconds, stock)} and "
        f"{times(warm.seconds, stock)} a stock page), {warm.bytes / 1e6:.2f} MB",
        f"{MOST_SECONDS_OVERVIEW} s, {MOST_SECONDS_OVERVIEW_WARM * 1e3:.0f} ms, 1 MB",
        cold.seconds <= MOST_SECONDS_OVERVIEW
        and warm.seconds <= MOST_SECONDS_OVERVIEW_WARM
        and warm.bytes <= MOST_BYTES_OVERVIEW,
    )


async def _two_runs(served: Served, cookie: str, path: str) -> tuple[load_client.Sent, load_client.Sent]:
    """Of somebody whom the server has read nothing for: a first page of another address loads its modules before."""
    warming = await load_client.Session.open(served, cookie, "definitions")
    await warming.run()
    await warming.close()
    session = await load_client.Session.open(served, cookie, path)
    cold, *warm = [await session.run() for _ in range(4)]
    await session.close()
    return cold, min(warm, key=lambda sent: sent.seconds)
