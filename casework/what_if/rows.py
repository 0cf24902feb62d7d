"""Rows that the core could meet on a day to come, one function for each thing that may happen."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from casework.frames import CHECK_IN_COLUMNS, FACT, NOT_ASKED
from casework.vocabulary import SUBSTANCES, WARNING_SIGNS, Mark, ScreenStatus, SessionKind, Use

Row = tuple[str, dict[str, Any]]
"""The frame's name, and the columns that say what happened and on which `day`; it is known on that day."""

ALL_SIGNS: Final = (1 << len(WARNING_SIGNS)) - 1
_EVERY_SUBSTANCE: Final = (1 << len(SUBSTANCES)) - 1
_COLLECTED: Final = list(ScreenStatus).index(ScreenStatus.COLLECTED)
_INDIVIDUAL: Final = list(SessionKind).index(SessionKind.INDIVIDUAL)
_NOTHING_ASKED: Final[dict[str, Any]] = {
    column: np.nan if dtype == "float64" else NOT_ASKED if dtype == "int8" else 0
    for column, dtype in CHECK_IN_COLUMNS.items()
    if column not in FACT
} | {**dict.fromkeys(("other_substances", "used_on", "overdosed_on"), NOT_ASKED), "contact": 1}


def session(day: int, mark: Mark) -> Row:
    """An individual session with its mark."""
    return "attendance", {"day": day} | {"mark": list(Mark).index(mark), "kind": _INDIVIDUAL}


def screen(day: int, *, found: int, expected: int) -> Row:
    """A collected screen that tested for everything; bits of `vocabulary.SUBSTANCES`."""
    result = {"status": _COLLECTED, "tested": _EVERY_SUBSTANCE, "found": found, "expected": expected}
    return "screens", {"day": day} | result


def dose(day: int, medication: int, covers: int = 1) -> Row:
    """A dose on record."""
    return "doses", {"day": day} | {"covers": covers, "medication": medication}


def signs(day: int, present: int) -> Row:
    """A check-in with the client that asked about all warning signs and nothing else."""
    return _check_in(day, signs_asked=ALL_SIGNS, signs_present=present)


def use(day: int, answer: Use) -> Row:
    """A check-in with the client that asked about opioid use and nothing else."""
    return _check_in(day, use=list(Use).index(answer))


def medication(day: int, taken: int, of: int) -> Row:
    """A check-in with the client that asked on how many days the medication was taken, and nothing else."""
    return _check_in(day, medication_days_taken=float(taken), medication_days_of=float(of))


def _check_in(day: int, **answers: Any) -> Row:
    return "check_ins", _NOTHING_ASKED | {"day": day} | answers
