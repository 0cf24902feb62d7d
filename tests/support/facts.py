"""Facts for tests of the core, from small literals: ``facts(check_ins=[check_in(day=-3, signs="isolating")])``.

Days are counted from `TODAY` (0 is today, -3 three days ago). Client 1 exists unless `clients` says otherwise.
Lists of a check-in are strings of identifiers: ``signs="isolating boredom"`` are present, ``asked="…"`` are the ones
asked (``ALL`` by default, once any is named).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from casework import frames
from casework.frames import COLUMNS, FAR, Facts, to_day
from casework.vocabulary import (
    CRAVING_CAUSES,
    HALT,
    LEVELS,
    MEDICATIONS,
    PROTECTIVE_FACTORS,
    SAFETY_CONCERNS,
    STAGE_SIGNS,
    SUBSTANCES,
    WARNING_SIGNS,
    AbsenceCause,
    ActionKind,
    AnsweredBy,
    CallOutcome,
    FactKind,
    Mark,
    Permission,
    ScreenStatus,
    SessionKind,
    Term,
    Use,
    ids,
    mask,
)

TODAY: Final = dt.date(2026, 11, 24)
TODAY_DAY: Final = to_day(TODAY)
ALL: Final = "all"
Row = dict[str, Any]


def facts(**rows: Sequence[Row]) -> Facts:
    """Facts from rows as the functions below make them; each frame's rows get ids 1, 2, … in the order given."""
    given = {"clients": [client()], **rows}
    return frames.check(Facts.of({name: _columns(name, given.get(name, ())) for name in COLUMNS}))


def _columns(name: str, rows: Sequence[Row]) -> dict[str, list[Any]]:
    numbered = [{"id": number, **row} for number, row in enumerate(rows, 1)]
    keys = ("client_id",) if name == "clients" else ("client_id", "day", "id")
    ordered = sorted(numbered, key=lambda row: tuple(row[key] for key in keys))
    return {column: [row[column] for row in ordered] for column in COLUMNS[name]}


def in_order(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of any order, sorted as the core wants them."""
    keys = ["client_id"] if name == "clients" else ["client_id", "day", "id"]
    order = np.lexsort([frame[key].to_numpy() for key in reversed(keys)])
    return frame.iloc[order].reset_index(drop=True)


def client(client_id: int = 1, **changed: Any) -> Row:
    """An outpatient of caseload 1, admitted half a year ago."""
    row = {
        "client_id": client_id,
        "caseload": 1,
        "admitted": TODAY_DAY - 182,
        "level": ids(LEVELS).index("outpatient"),
        "interval": 7,
        "pregnant": -1,
        "co_occurring": 0,
        "naloxone": -1,
        "pregnant_since": -1,
        "pregnancy_ended": -1,
        "safe_housing": -1,
        "safe_to_call": list(Permission).index(Permission.YES),
    }
    if "admitted" in changed:
        changed["admitted"] += TODAY_DAY
    return row | changed


def _dated(day: int, client_id: int, known: int | None) -> Row:
    return {
        "client_id": client_id,
        "day": TODAY_DAY + day,
        "known": TODAY_DAY + (day if known is None else known),
    }


def _day(day: int | None) -> int:
    return -1 if day is None else TODAY_DAY + day


def _bits(entries: Sequence[Term], chosen: str | None) -> int:
    if chosen == ALL:
        return (1 << len(entries)) - 1
    return mask(entries, (chosen or "").split())


def check_in(
    day: int = 0,
    client_id: int = 1,
    *,
    signs: str | None = None,
    asked: str | None = None,
    halt: str | None = None,
    stages: str | None = None,
    protective: str | None = None,
    craving: float = np.nan,
    causes: str = "",
    use: str | None = None,
    use_days: float = np.nan,
    withdrawal: int = -1,
    taken: tuple[int, int] | None = None,
    contact: bool = True,
    suicidal: int = -1,
    overdosed: int = -1,
    used_on: int | None = None,
    overdosed_on: int | None = None,
    naloxone_used: int = -1,
    known: int | None = None,
) -> Row:
    """A check-in. A list left out was not asked; ``signs=""`` asks all and finds none; `asked` narrows the signs."""

    def lists(name: str, entries: Sequence[Term], present: str | None, only: str | None = None) -> Row:
        was_asked = 0 if present is None and only is None else _bits(entries, only or ALL)
        return {f"{name}_asked": was_asked, f"{name}_present": _bits(entries, present)}

    days_taken, days_of = taken or (np.nan, np.nan)
    return {
        **_dated(day, client_id, known),
        **lists("signs", WARNING_SIGNS, signs, asked),
        **lists("halt", HALT, halt),
        **lists("stage", STAGE_SIGNS, stages),
        **lists("protective", PROTECTIVE_FACTORS, protective),
        "craving": craving,
        "craving_causes": _bits(CRAVING_CAUSES, causes),
        "use": -1 if use is None else list(Use).index(Use(use)),
        "use_days": use_days,
        "other_substances": -1,
        "withdrawal": withdrawal,
        "withdrawal_from": 0,
        "medication_days_taken": days_taken,
        "medication_days_of": days_of,
        "suicidal": suicidal,
        "overdosed": overdosed,
        "used_on": _day(used_on),
        "overdosed_on": _day(overdosed_on),
        "naloxone_used": naloxone_used,
        "contact": int(contact),
    }


def mark(
    day: int, mark: str = "attended", client_id: int = 1, *, kind: str = "group", known: int | None = None
) -> Row:
    """A roll call's mark."""
    return {
        **_dated(day, client_id, known),
        "mark": list(Mark).index(Mark(mark)),
        "kind": list(SessionKind).index(SessionKind(kind)),
    }


def screen(
    day: int,
    found: str = "",
    client_id: int = 1,
    *,
    status: str = "collected",
    tested: str = ALL,
    expected: str = "",
    known: int | None = None,
) -> Row:
    """A urine screen; a collected one tested for everything, unless `tested` says for what."""
    collected = status == "collected"
    return {
        **_dated(day, client_id, known),
        "status": list(ScreenStatus).index(ScreenStatus(status)),
        "tested": _bits(SUBSTANCES, tested) if collected else 0,
        "found": _bits(SUBSTANCES, found),
        "expected": _bits(SUBSTANCES, expected),
    }


def prescription(
    day: int,
    until: int | None = None,
    medication: str = "buprenorphine",
    client_id: int = 1,
    *,
    known: int | None = None,
) -> Row:
    """A maintenance medication from `day` until before `until` (None: still)."""
    return {
        **_dated(day, client_id, known),
        "until": FAR if until is None else TODAY_DAY + until,
        "medication": ids(MEDICATIONS).index(medication),
    }


def dose(
    day: int,
    covers: int = 1,
    medication: str = "buprenorphine",
    client_id: int = 1,
    *,
    known: int | None = None,
) -> Row:
    """A dose that covers `covers` days from `day` on."""
    return {
        **_dated(day, client_id, known),
        "covers": covers,
        "medication": ids(MEDICATIONS).index(medication),
    }


def call(
    day: int,
    reached: bool = True,
    client_id: int = 1,
    *,
    outcome: CallOutcome | None = None,
    appointment: int | None = None,
    known: int | None = None,
) -> Row:
    """A call; one that reached nobody was not answered, unless `outcome` says otherwise."""
    ended = outcome or (CallOutcome.REACHED if reached else CallOutcome.NO_ANSWER)
    return {
        **_dated(day, client_id, known),
        "reached": int(ended is CallOutcome.REACHED),
        "outcome": list(CallOutcome).index(ended),
        "appointment": _day(appointment),
    }


def away(
    day: int,
    until: int | None,
    cause: str = "custody",
    client_id: int = 1,
    *,
    medicated: int = -1,
    known: int | None = None,
) -> Row:
    """A dated absence from `day` to `until`, its last day (None: it still goes on)."""
    return {
        **_dated(day, client_id, known),
        "until": FAR if until is None else TODAY_DAY + until,
        "cause": list(AbsenceCause).index(AbsenceCause(cause)),
        "medicated": medicated,
    }


def placement(
    day: int,
    level: str = "outpatient",
    client_id: int = 1,
    *,
    next_level: str | None = None,
    known: int | None = None,
) -> Row:
    """A level of care from `day` on; a client's first one is the admission's."""
    return {
        **_dated(day, client_id, known),
        "level": ids(LEVELS).index(level),
        "next_level": -1 if next_level is None else ids(LEVELS).index(next_level),
    }


def safety_item(
    day: int,
    acknowledged: int | None = None,
    concerns: str = "self_harm",
    client_id: int = 1,
    *,
    event: int | None = None,
    known: int | None = None,
) -> Row:
    """A safety item, open unless `acknowledged` on a day."""
    return {
        **_dated(day, client_id, known),
        "concerns": _bits(SAFETY_CONCERNS, concerns),
        "acknowledged": FAR if acknowledged is None else TODAY_DAY + acknowledged,
        "event": _day(event),
    }


def task(
    day: int,
    kind: str = "plan_review",
    client_id: int = 1,
    *,
    due: int = 1,
    done: int | None = None,
    owner: int = 1,
    known: int | None = None,
) -> Row:
    """An action that was opened on `day`, is due on `due`, and open unless `done` on a day."""
    return {
        **_dated(day, client_id, known),
        "kind": list(ActionKind).index(ActionKind(kind)),
        "owner": owner,
        "due": TODAY_DAY + due,
        "done": FAR if done is None else TODAY_DAY + done,
    }


def answered(
    day: int,
    kind: str,
    fact: int,
    client_id: int = 1,
    *,
    by: str = "call",
    by_id: int = 1,
    known: int | None = None,
) -> Row:
    """The fact `fact` of this kind, answered on `day`."""
    return {
        **_dated(day, client_id, known),
        "by": list(AnsweredBy).index(AnsweredBy(by)),
        "by_id": by_id,
        "kind": list(FactKind).index(FactKind(kind)),
        "fact": fact,
    }
