"""Rows about the scores of 100,000 clients with a year of history, beside a dense NumPy pass over the same numbers."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator

from casework.frames import COLUMNS, Facts
from casework.indicators import assess
from casework.indicators.assessment import HISTORY_WEEKS
from tests.benchmarks.dense import dense_pass
from tests.benchmarks.rows import Bench, Row, times
from tests.benchmarks.test_indicators import all_of, as_facts, dense_clinic
from tests.benchmarks.timing import fastest
from tests.support.facts import TODAY

MOST_TIMES_DENSE = 1.3
MOST_TIMES_DENSE_WITH_HISTORY = 4.0
MOST_TIMES_INPUT = 1.5


def rows(bench: Bench) -> Iterator[Row]:
    """Without and with twelve weeks of history, and the memory that it takes."""
    clients = 2_000 if bench.short else 100_000
    dense = dense_clinic(clients)
    facts = as_facts(dense)

    def today() -> object:
        return assess(facts, TODAY, history_weeks=0).table

    def with_history() -> object:
        return all_of(assess(facts, TODAY))

    plain, weeks, theirs = fastest(today, with_history, lambda: dense_pass(dense), rounds=3)
    what = f"Scores of {clients:,} clients a year, against a dense NumPy pass"
    for name, taken, most in (
        ("", plain, MOST_TIMES_DENSE),
        (f", with {HISTORY_WEEKS} weeks of history", weeks, MOST_TIMES_DENSE_WITH_HISTORY),
    ):
        measured = f"{times(taken, theirs)} ({taken:.1f} s; there {theirs:.1f} s)"
        yield Row(what + name, measured, f"{most:g}x", taken <= most * theirs)
    peak, size = peak_of(with_history), bytes_of(facts)
    yield Row(
        f"Memory of that with {HISTORY_WEEKS} weeks of history, against the facts it reads",
        f"{times(peak, size)} ({peak / 2**20:,.0f} MiB beside {size / 2**20:,.0f} MiB)",
        f"{MOST_TIMES_INPUT:g}x",
        peak <= MOST_TIMES_INPUT * size,
    )


def peak_of(run: Callable[[], object]) -> int:
    """The most bytes that were allocated at once while it ran, beyond what was there before."""
    tracemalloc.start()
    kept = run()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return peak


def bytes_of(facts: Facts) -> int:
    """Bytes of all columns."""
    return sum(facts.column(name, column).nbytes for name, spec in COLUMNS.items() for column in spec)
