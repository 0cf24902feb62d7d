"""Rows about many people at once: what a rerun of Today costs beside a stock page's, and what a session keeps."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

import psutil

from tests.benchmarks.rows import Bench, Row, times
from tests.support.load_client import Load, Session, under_load
from tests.support.server import Served

MOST_TIMES_STOCK = {1: 0.35, 50: 0.02}
MOST_TIMES_FLOOR = {1: 3.0, 50: 5.0}
MOST_SESSION_MIB = 1.0
MIB = 2**20


def rows(bench: Bench) -> Iterator[Row]:
    """Today at 1 and 50 sessions beside both stock pages, at 100 alone; memory."""
    served, _ = bench.ours
    runs = 3 if bench.short else 15
    few, many, most = (1, 2, 4) if bench.short else (1, 50, 100)
    yield from _memory_of_sessions(bench, many)
    for number, asked in ((few, 1), (many, 50)):
        cookies = bench.cookies[:number]
        ours = under_load(served, cookies, runs=runs)
        floor = under_load(bench.floor, [None] * number, runs=runs)
        stock = under_load(bench.stock_rows, [None] * number, runs=runs)
        yield _beside("stock 40-row page, default settings", ours, stock, MOST_TIMES_STOCK[asked])
        yield _beside("stock 40-row page, our settings", ours, floor, MOST_TIMES_FLOOR[asked])
    all_at_once = under_load(served, bench.cookies[:most], runs=runs)
    yield Row(
        f"Today rerun, {most} sessions, one every 2 s each",
        f"{len(all_at_once.errors)} errors in {len(all_at_once.seconds)} runs; {_said(all_at_once)}",
        "no error",
        not all_at_once.errors,
    )
    yield _memory_of_reruns(served, bench.cookies[0], 200 if bench.short else 20_000)


def _beside(what: str, ours: Load, theirs: Load, most: float) -> Row:
    ratio = ours.p50 / theirs.p50
    measured = (
        f"p50 {times(ours.p50, theirs.p50)} ({_said(ours)}; there {_said(theirs)}); "
        f"processor {times(ours.processor_per_run, theirs.processor_per_run)}"
    )
    if ours.errors:
        measured += f"; {len(ours.errors)} errors, the first: {ours.errors[0]}"
    met = ratio <= most and not ours.errors
    plural = "session" if ours.sessions == 1 else "sessions"
    return Row(f"Today rerun, {ours.sessions} {plural}, against a {what}", measured, f"{most}x", met)


def _said(load: Load) -> str:
    return f"p50 {load.p50 * 1e3:.0f} ms, p95 {load.p95 * 1e3:.0f} ms, processor {load.processor_per_run * 1e3:.0f} ms"


def _memory_of_sessions(bench: Bench, number: int) -> Iterator[Row]:
    """After one session of somebody else has loaded all that a server loads once."""
    served, _ = bench.ours
    under_load(served, bench.cookies[-1:], runs=1)
    load = under_load(served, bench.cookies[:number], runs=2)
    mib = load.memory_per_session / MIB
    yield Row(
        f"Memory of an active session on Today ({number} sessions, each somebody else's)",
        f"{mib:.2f} MiB",
        f"{MOST_SESSION_MIB:g} MiB",
        mib <= MOST_SESSION_MIB,
    )


def _memory_of_reruns(served: Served, cookie: str, runs: int) -> Row:
    """Between the first fifth of the reruns, which fill what is kept, and the end."""
    fifth, end = asyncio.run(_resident(served, cookie, (runs // 5, runs)))
    return Row(
        f"Memory of the server over {runs:,} reruns of one session",
        f"{fifth / MIB:.0f} MiB after a fifth, {end / MIB:.0f} MiB at the end",
        "flat: at most 5% more",
        end <= 1.05 * fifth,
    )


async def _resident(served: Served, cookie: str, after: Sequence[int]) -> list[int]:
    session = await Session.open(served, cookie)
    process = psutil.Process(served.process.pid)
    done, found = 0, []
    for runs in after:
        for _ in range(runs - done):
            await session.run()
        done = runs
        found.append(process.memory_info().rss)
    await session.close()
    return found
