"""The dated rows behind an indicator, in words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from casework import wording
from casework.caseload.assessment import records
from casework.frames import FAR, Facts, to_date
from casework.indicators import FactRef
from casework.vocabulary import (
    CRAVING_MAX,
    HALT,
    MEDICATIONS,
    PROTECTIVE_FACTORS,
    SAFETY_CONCERNS,
    STAGE_SIGNS,
    SUBSTANCES,
    WARNING_SIGNS,
    Mark,
    ScreenStatus,
    SessionKind,
    Term,
    ToleranceCause,
    Use,
)

Row = dict[str, Any]


@dataclass(frozen=True)
class EvidenceRow:
    """One recorded row: its day, what kind of entry it is, and what it says."""

    on: dt.date
    kind: str
    text: str


class Evidence:
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
                found.append(EvidenceRow(to_date(ref.day), kind, say(row)))
        return tuple(found)

    def _frame(self, name: str) -> dict[int, Row]:
        if name not in self._rows:
            frame: pd.DataFrame = getattr(self._facts, name)
            self._rows[name] = {row["id"]: row for row in records(frame)}
        return self._rows[name]


def named(entries: tuple[Term, ...], packed: int) -> str:
    """The labels in a bitmask, as a list within a sentence."""
    return wording.listed(wording.labels(entries, packed))


def answers(row: Row, topics: Iterable[str] | None = None) -> str:
    """What a check-in says, of these topics (ids of `ANSWERS`) only; "" when none of them was answered."""
    said = [ANSWERS[topic](row) for topic in (ANSWERS if topics is None else topics)]
    return "; ".join(one for one in said if one)


def _check_in(row: Row) -> str:
    return answers(row) or "nothing was asked"


def _use(row: Row) -> str:
    if row["use"] < 0:
        return ""
    use = list(Use)[row["use"]]
    days = "" if math.isnan(row["use_days"]) else f" on {wording.count(int(row['use_days']), 'day')}"
    return "no opioid use" if use is Use.NONE else f"opioid use: {use.value}{days}"


def _craving(row: Row) -> str:
    return "" if math.isnan(row["craving"]) else f"craving {row['craving']:.0f} of {CRAVING_MAX}"


def _present(label: str, entries: Sequence[Term], column: str) -> Callable[[Row], str]:
    """Says what is present of a list; nothing when nothing is."""

    def say(row: Row) -> str:
        packed = row[f"{column}_present"]
        return f"{label}: {named(tuple(entries), packed)}" if packed else ""

    return say


def _withdrawal(row: Row) -> str:
    level = row["withdrawal"]
    return "" if level < 0 else f"withdrawal {('none', 'mild', 'moderate', 'severe')[level]}"


def _medication(row: Row) -> str:
    if math.isnan(row["medication_days_of"]):
        return ""
    taken, of = int(row["medication_days_taken"]), int(row["medication_days_of"])
    return f"medication taken on {taken} of {wording.count(of, 'day')}"


def _share(what: str, entries: tuple[Term, ...], asked: int, present: int) -> str:
    if not asked:
        return ""
    head = f"{present.bit_count()} of {asked.bit_count()} {what} present"
    return f"{head}: {named(tuple(entries), present)}" if present else head


ANSWERS: Final[dict[str, Callable[[Row], str]]] = {
    "signs": lambda row: _share("signs", WARNING_SIGNS, row["signs_asked"], row["signs_present"]),
    "craving": _craving,
    "use": _use,
    "halt": _present("HALT", HALT, "halt"),
    "stage_signs": _present("stage signs", STAGE_SIGNS, "stage"),
    "protective": _present("protective factors", PROTECTIVE_FACTORS, "protective"),
    "withdrawal": _withdrawal,
    "medication": _medication,
    "safety": lambda row: "safety question answered yes" if row["safety"] == 1 else "",
}
"""What a check-in can say, in the order in which it is said."""


def _attendance(row: Row) -> str:
    return f"{spoken(list(SessionKind)[row['kind']].value)}: {spoken(list(Mark)[row['mark']].value)}"


def _screen(row: Row) -> str:
    status = list(ScreenStatus)[row["status"]]
    if status is not ScreenStatus.COLLECTED:
        return f"screen {spoken(status.value)}"
    return screen_words(row["tested"], row["found"], row["expected"])


def screen_words(tested: int, found: int, expected: int) -> str:
    """A collected screen's result: what was found, what of it is prescribed, and what of that is missing."""
    unexpected = found & ~expected
    said = [f"{named(SUBSTANCES, unexpected)} found" if unexpected else "nothing unexpected found"]
    if found & expected:
        said.append(f"{named(SUBSTANCES, found & expected)} found as prescribed")
    if tested & expected & ~found:
        said.append(f"prescribed {named(SUBSTANCES, tested & expected & ~found)} not found")
    return "; ".join(said)


def _prescription(row: Row) -> str:
    name = wording.label(MEDICATIONS[row["medication"]])
    return f"{name} prescribed" if row["until"] == FAR else f"{name} prescribed until {_long(row['until'])}"


def _dose(row: Row) -> str:
    return f"{wording.label(MEDICATIONS[row['medication']])}, covers {wording.count(row['covers'], 'day')}"


def _tolerance(row: Row) -> str:
    cause = list(ToleranceCause)[row["cause"]].value
    return f"{cause}, still going on" if row["until"] == FAR else f"{cause} until {_long(row['until'])}"


def _safety(row: Row) -> str:
    state = "open" if row["acknowledged"] == FAR else f"acknowledged on {_long(row['acknowledged'])}"
    return f"{named(SAFETY_CONCERNS, row['concerns'])}; {state}"


def _long(day: int) -> str:
    return wording.long_date(to_date(day))


def spoken(value: str) -> str:
    """An enum's stored value as words: ``no_show`` is "no show"."""
    return {"no_show": "no-show"}.get(value, value.replace("_", " "))


_SAY: Final[dict[str, tuple[str, Callable[[Row], str]]]] = {
    "check_ins": ("Check-in", _check_in),
    "attendance": ("Session", _attendance),
    "screens": ("Urine screen", _screen),
    "prescriptions": ("Prescription", _prescription),
    "doses": ("Dose", _dose),
    "calls": ("Call", lambda row: "reached" if row["reached"] else "not reached"),
    "tolerance_events": ("Time away from opioids", _tolerance),
    "safety_items": ("Safety", _safety),
}
