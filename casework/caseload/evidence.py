"""The dated rows behind an indicator, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from casework import wording
from casework.caseload.assessment import records
from casework.frames import FAR, NOT_ASKED, Facts, to_date
from casework.indicators import FactRef
from casework.vocabulary import (
    LEVELS,
    MEDICATIONS,
    AbsenceCause,
    FactKind,
    Level,
    Mark,
    Medication,
    ScreenStatus,
    SessionKind,
    Use,
)

Row = dict[str, Any]


@dataclass(frozen=True)
class EvidenceRow:
    """One recorded row: its day, what kind of entry it is and which (`id`), and what it says."""

    on: dt.date
    kind: FactKind
    text: str
    id: int

    @property
    def key(self) -> str:
        """That of the entry of the record (`casework.caseload.entries.RecordEntry.key`)."""
        return f"{self.kind}-{self.id}"


class EvidenceReader:
    """Looks up rows of one client's facts and says them."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._rows: dict[str, dict[int, Row]] = {}

    def rows(self, refs: tuple[FactRef, ...]) -> tuple[EvidenceRow, ...]:
        """The rows in words, the latest first. What stands in no frame any more (older than was read) is left out."""
        found = []
        for ref in sorted(refs, key=lambda one: -one.day):
            row = self._frame(ref.frame).get(ref.id)
            if row is not None:
                kind, say = _SAY[ref.frame]
                found.append(EvidenceRow(to_date(ref.day), kind, say(row), ref.id))
        return tuple(found)

    def _frame(self, name: str) -> dict[int, Row]:
        if name not in self._rows:
            frame: pd.DataFrame = getattr(self._facts, name)
            self._rows[name] = {row["id"]: row for row in records(frame)}
        return self._rows[name]


@dataclass(frozen=True)
class _CheckIn:
    """A row of the frame of check-ins as what `wording` reads."""

    row: Row

    def __getattr__(self, name: str) -> Any:
        """A bitmask, or a number of which -1 and NaN mean that it was not asked."""
        value = self.row[name]
        return None if value == NOT_ASKED or value != value else int(value)

    @property
    def use(self) -> Use | None:
        return None if self.row["use"] == NOT_ASKED else list(Use)[self.row["use"]]

    @property
    def used_on(self) -> dt.date | None:
        return self._day("used_on")

    @property
    def overdosed_on(self) -> dt.date | None:
        return self._day("overdosed_on")

    def _day(self, name: str) -> dt.date | None:
        return None if self.row[name] == NOT_ASKED else to_date(self.row[name])


def said(frame: str, row: Row) -> str:
    """What a row of a frame of facts says."""
    _, say = _SAY[frame]
    return say(row)


def entry_key(frame: str, id_: int) -> str:
    """Which entry of the record a row of a frame is (`casework.caseload.entries.RecordEntry.key`)."""
    kind, _ = _SAY[frame]
    return f"{kind}-{id_}"


def answers(row: Row, topics: Iterable[str] | None = None) -> str:
    """What a check-in says, of these topics (`wording.TOPICS`) only; "" when none of them was answered."""
    return wording.check_in(_CheckIn(row), topics)


def _until(row: Row) -> dt.date | None:
    return None if row["until"] == FAR else to_date(row["until"])


def _medication(row: Row) -> Medication:
    return Medication(MEDICATIONS[row["medication"]].id)


def _screen(row: Row) -> str:
    status = list(ScreenStatus)[row["status"]]
    return wording.screen(status, tested=row["tested"], found=row["found"], expected=row["expected"])


def _absence(row: Row) -> str:
    medicated = None if row["medicated"] == NOT_ASKED else bool(row["medicated"])
    return wording.absence(list(AbsenceCause)[row["cause"]], _until(row), medicated)


def _placement(row: Row) -> str:
    then = None if row["next_level"] == NOT_ASKED else LEVELS[row["next_level"]].id
    return wording.placement(Level(LEVELS[row["level"]].id), next_level=None if then is None else Level(then))


def _safety(row: Row) -> str:
    open_ = row["acknowledged"] == FAR
    on = None if open_ else to_date(row["acknowledged"])
    return wording.safety_item(row["concerns"], open_=open_, on=on)


_SAY: Final[dict[str, tuple[FactKind, Callable[[Row], str]]]] = {
    "check_ins": (FactKind.CHECK_IN, lambda row: answers(row) or wording.NOTHING_ASKED),
    "attendance": (
        FactKind.SESSION,
        lambda row: wording.session(list(SessionKind)[row["kind"]], list(Mark)[row["mark"]]),
    ),
    "screens": (FactKind.SCREEN, _screen),
    "prescriptions": (
        FactKind.PRESCRIPTION,
        lambda row: wording.prescription(_medication(row), until=_until(row)),
    ),
    "doses": (FactKind.DOSE, lambda row: wording.dose(_medication(row), covers_days=row["covers"])),
    "calls": (FactKind.CALL, lambda row: wording.call_reached(bool(row["reached"]))),
    "absences": (
        FactKind.ABSENCE,
        _absence,
    ),
    "safety_items": (FactKind.SAFETY, _safety),
    "placements": (FactKind.LEVEL, _placement),
}
