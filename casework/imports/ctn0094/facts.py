"""The trial's events as dated facts. Each keeps the day on which the clinic could first know it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from casework.imports.ctn0094 import mapping
from casework.vocabulary import (
    OPIOID_MASK,
    Certainty,
    ContactKind,
    InformationSource,
    Mark,
    ScreenStatus,
    SessionKind,
    Use,
)

DAY_ZERO = dt.date(2024, 1, 1)
"""Everybody's day 0, the randomization that starts the study medication: a Monday. Study week k ends on day 7k."""
DAYS_A_WEEK = 7
REGULAR_USE_DAYS = 4
"""Opioids on so many of the seven days up to a reported day make its use regular rather than a slip (Tideline's own
reading of the source's "regular or uncontrolled use": more days than not)."""

Row = dict[str, Any]


@dataclass(frozen=True)
class TrialPerson:
    """One person of the trial as a client of the study clinic. `roll_calls` go by study week."""

    who: int
    drug: str
    last_week: int
    client_id: int
    counselor_id: int
    series_id: int
    roll_calls: dict[int, int]


@cache
def study_day(day: int) -> dt.date:
    """The calendar date of a study day."""
    return DAY_ZERO + dt.timedelta(days=day)


@cache
def _noon(day: int) -> dt.datetime:
    return dt.datetime.combine(study_day(day), dt.time(12), tzinfo=dt.UTC)


def week_of(day: int) -> int:
    """The study week of a day: week k is days 7(k-1)+1 to 7k; 0 and below lie before the study."""
    return -(-day // DAYS_A_WEEK)


def fact(person: TrialPerson, kind: str, day: int, known_day: int) -> Row:
    """The columns that every dated fact has."""
    return {
        "client_id": person.client_id,
        "recorded_by_id": person.counselor_id,
        "occurred_on": study_day(day),
        "occurred_at": _noon(day),
        "known_on": study_day(known_day),
        "recorded_at": _noon(known_day),
        "entry_token": f"ctn0094-{kind}-{person.who}-{day}",
    }


def prescriptions(people: Iterable[TrialPerson]) -> Iterator[Row]:
    """The study medication from day 0."""
    for person in people:
        yield fact(person, "prescription", 0, 0) | {"medication": mapping.DRUGS[person.drug], "ends_on": None}


def attendance(people: dict[int, TrialPerson], visits: pd.DataFrame) -> Iterator[Row]:
    """Kept visits, and a no-show on day 7k for each week k in 1..last_week without one.

    A week's first kept visit is its mark in the weekly roll call; further ones, and those outside the study's weeks,
    stand alone.
    """
    seen: set[tuple[int, int]] = set()
    for who, day, known_day in visits[["who", "day", "known_day"]].itertuples(index=False):
        person, week = people[who], week_of(day)
        first = 1 <= week <= person.last_week and (who, week) not in seen
        seen.add((who, week))
        yield _mark(person, "visit", day, known_day, Mark.ATTENDED, week if first else None)
    for who, week in weeks_without(people, seen):
        day = DAYS_A_WEEK * week
        yield _mark(people[who], "missed-visit", day, day, Mark.NO_SHOW, week)


def weeks_without(people: dict[int, TrialPerson], seen: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """(who, week) of the due weeks that are not in `seen`."""
    for who, person in people.items():
        for week in range(1, person.last_week + 1):
            if (who, week) not in seen:
                yield who, week


def _mark(person: TrialPerson, kind: str, day: int, known_day: int, mark: Mark, week: int | None) -> Row:
    return fact(person, kind, day, known_day) | {
        "kind": SessionKind.MEDICATION_VISIT,
        "mark": mark,
        "series_id": None if week is None else person.series_id,
        "roll_call_id": None if week is None else person.roll_calls[week],
    }


def screens(people: dict[int, TrialPerson], results: pd.DataFrame, visits: pd.DataFrame) -> Iterator[Row]:
    """Results, and a missed screen on day 7k for each missed week k in which none was collected either.

    The trials did not report the study medication itself reliably (in trial 27 never), so that its absence says
    nothing: it counts as tested only where it was found.
    """
    seen = {(who, week_of(day)) for who, day in visits[["who", "day"]].itertuples(index=False)}
    for who, day, known_day, value in results[["who", "day", "known_day", "value"]].itertuples(index=False):
        person, week = people[who], week_of(day)
        seen.add((who, week))
        found, expected = mapping.substances(value), mapping.expected(person.drug)
        yield fact(person, "uds", day, known_day) | {
            "status": ScreenStatus.COLLECTED,
            "due_on": study_day(DAYS_A_WEEK * week) if 1 <= week <= person.last_week else None,
            "tested": (mapping.PANEL & ~expected) | found,
            "found": found,
            "expected": expected,
            "certainty": Certainty.PRESUMPTIVE,
        }
    for who, week in weeks_without(people, seen):
        day = DAYS_A_WEEK * week
        yield fact(people[who], "missed-uds", day, day) | {
            "status": ScreenStatus.MISSED,
            "due_on": study_day(day),
            "tested": 0,
            "found": 0,
            "expected": mapping.expected(people[who].drug),
            "certainty": None,
        }


def doses(people: dict[int, TrialPerson], events: pd.DataFrame) -> Iterator[Row]:
    """Doses with the days that each covers; the trial writes an injection as 1."""
    for who, day, known_day, value in events[["who", "day", "known_day", "value"]].itertuples(index=False):
        person = people[who]
        medicine = mapping.medication(person.drug)
        injected = medicine.id == "naltrexone_xr"
        yield fact(person, "dose", day, known_day) | {
            "medication": medicine.id,
            "milligrams": mapping.NALTREXONE_INJECTION_MILLIGRAMS if injected else float(value),
            "covers_days": medicine.covers_days,
        }


def check_ins(people: dict[int, TrialPerson], events: pd.DataFrame) -> Iterator[Row]:
    """A check-in for each day of reported use, and one for each withdrawal rating.

    They ask about nothing else. The people's own study medication is no use of theirs.
    """
    use_days: dict[int, list[int]] = {}
    columns = ["who", "day", "known_day", "kind", "value"]
    for who, day, known_day, kind, value in events[columns].itertuples(index=False):
        person = people[who]
        row = fact(person, kind, day, known_day) | _NOT_ASKED
        if kind == "withdrawal":
            yield row | {"withdrawal": int(value)}
            continue
        taken = mapping.substances(value)
        opioid = bool(taken & OPIOID_MASK & ~mapping.expected(person.drug))
        if opioid:
            use_days.setdefault(who, []).append(day)
        yield row | {
            "use": _use(use_days.get(who, []), day) if opioid else Use.NONE,
            "use_days": int(opioid),
            "other_substances": taken & ~OPIOID_MASK,
        }


def _use(days: list[int], day: int) -> Use:
    """Whether the use on the last of `days` was a slip or regular. Earlier days were never known later than it."""
    recent = sum(day - DAYS_A_WEEK < earlier for earlier in days[-DAYS_A_WEEK:])
    return Use.REGULAR if recent >= REGULAR_USE_DAYS else Use.SLIP


_NOT_ASKED: Row = {
    "contact": ContactKind.VISIT,
    "source": InformationSource.CLIENT,
    "signs_asked": 0,
    "signs_present": 0,
    "halt_asked": 0,
    "halt_present": 0,
    "stage_asked": 0,
    "stage_present": 0,
    "protective_asked": 0,
    "protective_present": 0,
    "craving_causes": 0,
    "use": None,
    "use_days": None,
    "other_substances": None,
    "withdrawal": None,
    "withdrawal_from": 0,
}
