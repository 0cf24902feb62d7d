"""The table of the day's list, for docs/validation.md and for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casework.caseload.calls_report import TIDELINE, TURNS, CallList, CallsReport

NAMES: Final = {
    TIDELINE: "Tideline's list",
    TURNS: "by turns: whoever was not called for longest",
    "days_since_visit": "days since the last visit",
    "rolling_opus": "OPUS over the latest three weeks",
}
HEADINGS: Final = (
    "list",
    "calls a week",
    "reached before",
    "by the 2nd week",
    "lost: reached",
    "use caught",
    "past it",
    "calls for one reached before",
)
AIMED_AT: Final = {5: (0.75, 0.97, 0.54, 0.18, 0.10), 2: (0.45, 0.65, 0.31, 0.075, 0.10)}
"""By calls a week: at least so much in the first four columns, and at most in the fifth."""
MEASURES: Final = {
    "before": "reached before",
    "second": "by the 2nd week",
    "lost": "lost: reached",
    "use": "use caught",
}

Rows = list[tuple[str, ...]]


def rows(some: Sequence[CallList]) -> Rows:
    """A row a list."""
    return [
        (
            NAMES.get(one.name, one.name),
            str(one.calls),
            *(f"{100 * share:.1f}%" for share in (one.before, one.second, one.lost, one.use, one.past)),
            f"{one.each:.1f}",
        )
        for one in some
    ]


def aims(report: CallsReport) -> Rows:
    """What was aimed at, reached and missed, a row for each number of calls."""
    found: Rows = []
    for calls, (*least, most) in AIMED_AT.items():
        ours = report.of(TIDELINE, calls)
        reached = (ours.before, ours.second, ours.lost, ours.use)
        missed = [
            name
            for name, share, aim in zip(MEASURES.values(), reached, least, strict=True)
            if round(share, 3) < aim
        ]
        missed += ["past it"] if ours.past > most else []
        said = (f"{100 * share:g}%" for share in (*least, most))
        found.append((str(calls), *said, ", ".join(missed) or "–"))
    return found


def ahead(report: CallsReport) -> Rows:
    """By how many points of a hundred our list is ahead of taking turns."""
    return [
        (
            MEASURES[one.measure],
            str(one.calls),
            f"{100 * one.ahead.value:+.1f} ({100 * one.ahead.low:+.1f} to {100 * one.ahead.high:+.1f})",
        )
        for one in report.ahead
    ]


def as_lines(report: CallsReport) -> str:
    """The table as lines of text."""
    table = [HEADINGS, *rows(report.lists), *rows(report.variants)]
    widths = [max(len(row[column]) for row in table) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table
    )
