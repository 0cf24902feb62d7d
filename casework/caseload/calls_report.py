"""Whether the calls of the day's list reach people in time: what `make validate` measured on the trial data.

The figures stand in the file beside this module; `casework.validation.calls_report` writes it and nobody edits it by
hand. Shares are from 0 to 1, of people in made-up caseloads.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Self

from casework.caseload.evidence_report import Interval, as_text, from_text

FILE: Final = Path(__file__).with_suffix(".json")
TIDELINE: Final = "tideline"
TURNS: Final = "turns"


@dataclass(frozen=True)
class CallList:
    """What one kind of list does with `calls` a week: of those who begin four weeks with use or not coming, the share
    that was on it in the four weeks `before` and by the `second` week; of those who begin four weeks of not coming,
    the share `lost` that was on it by the second week; of the weeks before use that was seen, the share with the
    client on the list (`use`); the share of calls to people whose first four weeks were complete (`past`); and calls
    for one person reached before (`each`)."""

    name: str
    calls: int
    before: float
    second: float
    lost: float
    use: float
    past: float
    each: float


@dataclass(frozen=True)
class Ahead:
    """By how much our list is ahead of taking turns in one of those shares, on the same draws of people."""

    calls: int
    measure: str
    ahead: Interval


@dataclass(frozen=True)
class CallsReport:
    """All figures about the list. `starts`: by turns is the mean of so many starts; `variants`: the list with one
    constant changed, by what was changed to which value ("turn_days 21")."""

    people: int
    caseloads: int
    size: int
    starts: int
    lists: tuple[CallList, ...]
    ahead: tuple[Ahead, ...]
    variants: tuple[CallList, ...]

    def as_json(self) -> str:
        """The file's text."""
        return as_text(self)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `as_json` wrote."""
        return from_text(cls, text)

    def of(self, name: str, calls: int) -> CallList:
        """One kind of list with so many calls a week."""
        return next(one for one in self.lists if (one.name, one.calls) == (name, calls))


@cache
def read_calls_report() -> CallsReport:
    """The committed figures."""
    return CallsReport.from_json(FILE.read_text(encoding="utf-8"))
