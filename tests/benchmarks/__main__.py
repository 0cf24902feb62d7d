"""`make bench`: measure every row and write the table into docs/performance.md. Words choose some rows:
`python -m tests.benchmarks load scores`; `--short` sees in a minute or two that all of it works, and writes nothing."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from collections.abc import Callable, Iterator
from typing import Final

from tests.benchmarks import first_page, load, reads, saving, scores
from tests.benchmarks.rows import Bench, Row, bench
from tests.support.server import ROOT

PAGE: Final = ROOT / "docs" / "performance.md"
BEGIN: Final = "<!-- make bench writes from here -->"
END: Final = "<!-- make bench writes to here -->"
PARTS: Final[dict[str, Callable[[Bench], Iterator[Row]]]] = {
    "first_page": first_page.rows,
    "load": load.rows,
    "saving": saving.rows,
    "reads": reads.rows,
    "scores": scores.rows,
}


def main() -> None:
    """Measure, print, and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("part", nargs="*", choices=[[], *PARTS])
    arguments.add_argument("--short", action="store_true")
    given = arguments.parse_args()
    found: list[Row] = []
    with bench(short=given.short) as made:
        for part in given.part or PARTS:
            for row in PARTS[part](made):
                found.append(row)
                print(_line(row), flush=True)
    if not given.short and not given.part:
        PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8"), table(found)), encoding="utf-8")


def table(rows: list[Row]) -> str:
    """The table with the day, the processors and how busy the machine was."""
    busy = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    day = dt.datetime.now(dt.UTC).date().isoformat()
    head = f"Measured on {day}, {os.cpu_count()} processors, load averages at the end {busy}.\n\n"
    return head + "\n".join(["| what | measured | target | met |", "|---|---|---|---|", *map(_line, rows)])


def with_table(page: str, table: str) -> str:
    """The page with the table between its two marks."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def _line(row: Row) -> str:
    return f"| {row.what} | {row.measured} | {row.target} | {'yes' if row.met else 'no'} |"


if __name__ == "__main__":
    main()
