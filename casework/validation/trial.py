"""The trial data as facts of the core, straight from the loader's rows, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from casework import frames
from casework.frames import FAR, Facts, to_day
from casework.imports.ctn0094 import DAY_ZERO, Trial
from casework.imports.ctn0094 import facts as trial_facts
from casework.imports.ctn0094.facts import TrialPerson
from casework.vocabulary import LEVELS, MEDICATIONS, Mark, Permission, ScreenStatus, SessionKind, Use, ids

Row = dict[str, Any]


@dataclass(frozen=True)
class TrialFacts:
    """`facts` by client, whose id is the trial's `who`; `last_day` is the last day of each client's study."""

    facts: Facts
    last_day: np.ndarray


def day_of(week: int) -> int:
    """The day number of the last day of a study week."""
    return to_day(DAY_ZERO) + 7 * week


def as_facts(trial: Trial) -> TrialFacts:
    """The trial's people and events as facts. A kind of fact that the trial does not record leaves its frame empty."""
    columns = trial.people[["who", "drug", "last_week"]]
    people = {who: _person(who, drug, last_week) for who, drug, last_week in columns.to_numpy().tolist()}
    events = trial.events
    visits, results, doses = (events[events["kind"] == kind] for kind in ("visit", "uds", "dose"))
    told = events[events["kind"].isin(["selfreport", "withdrawal"])]
    rows = {
        "check_ins": map(_check_in, trial_facts.check_ins(people, told)),
        "attendance": map(_mark, trial_facts.attendance(people, visits)),
        "screens": map(_screen, _screens(people, results, visits)),
        "prescriptions": map(_prescription, trial_facts.prescriptions(people.values())),
        "doses": map(_dose, trial_facts.doses(people, doses)),
    }
    clients = [_client(person) for person in people.values()]
    facts = Facts.of({"clients": clients, **{name: _columns(name, some) for name, some in rows.items()}})
    last = np.array([day_of(person.last_week) for person in people.values()])
    return TrialFacts(frames.check(facts), last)


def _screens(people: dict[int, TrialPerson], results: pd.DataFrame, visits: pd.DataFrame) -> Iterable[Row]:
    """Where no urine screen has been taken yet, none was due, and none was missed."""
    if results.empty:
        return ()
    first = trial_facts.study_day(int(results["known_day"].min()))
    return (row for row in trial_facts.screens(people, results, visits) if row["known_on"] >= first)


def _person(who: int, drug: str, last_week: int) -> TrialPerson:
    return TrialPerson(who, drug, last_week, who, 1, 1, dict.fromkeys(range(last_week + 1), 1))


def _client(person: TrialPerson) -> tuple[int, ...]:
    outpatient = ids(LEVELS).index("outpatient")
    safe = list(Permission).index(Permission.UNKNOWN)
    return person.client_id, 1, to_day(DAY_ZERO), outpatient, 7, -1, 0, -1, -1, -1, -1, safe


def _columns(name: str, rows: Iterable[Row]) -> dict[str, Any]:
    """The rows numbered and in order; the loader's own columns on top of the dates that every fact has."""
    ordered = sorted(rows, key=lambda row: (row["client_id"], row["occurred_on"]))
    columns = {
        column: [row[column] for row in ordered] for column in frames.COLUMNS[name] if column not in _DATED
    }
    dated = {
        "id": range(1, len(ordered) + 1),
        "client_id": [row["client_id"] for row in ordered],
        "day": [to_day(row["occurred_on"]) for row in ordered],
        "known": [to_day(row["known_on"]) for row in ordered],
    }
    return {**dated, **columns}


_DATED = frozenset(frames.FACT)


@cache
def _place(enum: type[StrEnum], member: str | None) -> int:
    return -1 if member is None else list(enum).index(enum(member))


def _mark(row: Row) -> Row:
    return row | {"mark": _place(Mark, row["mark"]), "kind": _place(SessionKind, row["kind"])}


def _screen(row: Row) -> Row:
    return row | {"status": _place(ScreenStatus, row["status"])}


def _prescription(row: Row) -> Row:
    return row | {"until": FAR, "medication": ids(MEDICATIONS).index(row["medication"])}


def _dose(row: Row) -> Row:
    return row | {"covers": row["covers_days"], "medication": ids(MEDICATIONS).index(row["medication"])}


def _check_in(row: Row) -> Row:
    def asked(name: str) -> float:
        return np.nan if row.get(name) is None else row[name]

    return row | {
        "craving": np.nan,
        "use": _place(Use, row["use"]),
        "use_days": asked("use_days"),
        "other_substances": -1 if row["other_substances"] is None else row["other_substances"],
        "withdrawal": -1 if row["withdrawal"] is None else row["withdrawal"],
        "medication_days_taken": np.nan,
        "medication_days_of": np.nan,
        **dict.fromkeys(("suicidal", "overdosed", "used_on", "overdosed_on", "naloxone_used"), -1),
        "contact": 1,
    }
