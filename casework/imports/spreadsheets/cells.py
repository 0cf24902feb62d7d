"""What a cell may hold: strict readers from text to values. Nothing is guessed, and text stays as it was typed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from casework.errors import Refused
from casework.vocabulary import Term, ids

# [0-9] and not \d, which takes Arabic and other digits too.
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = re.compile(r"[0-9]{2}:[0-9]{2}")
_WHOLE: Final = re.compile(r"[0-9]{1,4}")
NONE: Final = "none"
"""In a list: asked, and nothing was there. An empty cell means that nobody asked."""


@dataclass(frozen=True)
class Column:
    """A column of a spreadsheet: its name in the header, what it takes, in words, and the reader of a filled cell."""

    name: str
    takes: str
    read: Callable[[str], Any]
    required: bool = False


def text(cell: str) -> str:
    """Text, as it was typed: "Null", "007" and "O'Brien" are names and numbers like others."""
    return cell


def date(cell: str) -> dt.date:
    """A date like 2026-03-09, and nothing else."""
    if not _DATE.fullmatch(cell):
        raise Refused("Write the date like 2026-03-09.")
    try:
        return dt.date.fromisoformat(cell)
    except ValueError:
        raise Refused("There is no such date in the calendar.") from None


def time(cell: str) -> dt.time:
    """A time of day like 09:30."""
    if not _TIME.fullmatch(cell):
        raise Refused("Write the time like 09:30.")
    try:
        return dt.time.fromisoformat(cell)
    except ValueError:
        raise Refused("There is no such time of day.") from None


def whole(cell: str) -> int:
    """A whole number."""
    if not _WHOLE.fullmatch(cell):
        raise Refused("Write a whole number, in digits 0 to 9.")
    return int(cell)


def yes_or_no(cell: str) -> bool:
    """yes or no; an empty cell means not asked and does not come here."""
    if cell not in ("yes", "no"):
        raise Refused("Write yes or no, or leave the cell empty for not asked.")
    return cell == "yes"


def one_of(enum: type[StrEnum]) -> Callable[[str], Any]:
    """The reader of one word of a list."""

    def read(cell: str) -> StrEnum:
        try:
            return enum(cell)
        except ValueError:
            raise Refused(f"Write one of: {', '.join(enum)}.") from None

    return read


def some_of(entries: Sequence[Term]) -> Callable[[str], frozenset[str]]:
    """The reader of several words of a list, separated by semicolons; `none` for none of them."""
    allowed = ids(entries)

    def read(cell: str) -> frozenset[str]:
        if cell == NONE:
            return frozenset()
        words = [word.strip() for word in cell.split(";")]
        if not set(words) <= set(allowed):
            raise Refused(f"Write {NONE}, or some of these with semicolons between: {', '.join(allowed)}.")
        return frozenset(words)

    return read


def in_words(allowed: Sequence[str]) -> str:
    """What a `some_of` column takes."""
    return f"{NONE}, or words with semicolons between: {', '.join(allowed)}"


RECORD_NUMBER: Final = Column("record_number", "the client's record number", text, required=True)
DAY: Final = Column("date", "the day it happened, like 2026-03-09", date, required=True)
NOON: Final = dt.time(12)
TIME: Final = Column("time", "the time of day, like 09:30; empty: noon", time)
KNOWN_ON: Final = Column(
    "known_on", "the first day on which the clinic knew, like 2026-03-10; empty: the day it happened", date
)
