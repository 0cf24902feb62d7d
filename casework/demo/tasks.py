"""What is to be done about some of the demo's clients, what was done, and the days on which the clinic is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from casework.actions import bulk
from casework.demo import archetypes
from casework.demo.archetypes import Archetype
from casework.demo.histories import ZONE, moment
from casework.demo.schedule import Cast
from casework.vocabulary import ActionKind
from db.models import ClosedDay, Staff, Task, TaskAction

OPEN: Final[dict[Archetype, tuple[ActionKind, int, int, str | None]]] = {
    archetypes.DRIFTING_LATE: (ActionKind.PLAN_REVIEW, 3, 2, "What has changed in the last weeks"),
    archetypes.SLIPPED: (ActionKind.PLAN_REVIEW, 9, -1, None),
    archetypes.SILENT: (ActionKind.CASE_REVIEW, 2, 3, "With the prescriber and the supervisor"),
    archetypes.NEW: (ActionKind.PRESCRIBER_DOSE, 6, 1, "Whether the dose is enough"),
    archetypes.NEW_INTENSIVE: (ActionKind.PRESCRIBER_DOSE, 6, 1, "Whether the dose is enough"),
}
"""What is to be done of clients whose course asks for it: kind, days since it was opened, days until it is due, and
what exactly."""
LOOKED_AT_DAYS_AGO: Final = 96
"""When the prescriber looked at the dose of those who have recovered: in their hard spell."""
PRESCRIBER: Final = "Dr. Grace Howard"
CLOSED: Final = ((9, "Staff training"), (30, None))
"""Days from today, moved to a working day, and why."""


def add(
    session: Session, cast: Sequence[Cast], counselors: Sequence[Staff], today: dt.date, seed: int
) -> int:
    """Insert the tasks; returns how many actions there are. A pregnancy was reviewed, a dose was looked at."""
    rows: list[dict[str, Any]] = []
    for member in cast:
        if member.archetype not in OPEN:
            continue
        kind, opened, due_in, what = OPEN[member.archetype]
        if kind is ActionKind.PRESCRIBER_DOSE and not _has_a_dose(member):
            continue
        due_on = _working_day(today, due_in) if due_in > 0 else today + dt.timedelta(days=due_in)
        rows.append(
            _action(member, counselors, today, opened, seed) | {"kind": kind, "what": what, "due_on": due_on}
        )
    reviewed: dict[str, Any] = {
        "kind": ActionKind.PREGNANCY_REVIEW,
        "outcome": "Seen by the obstetrician; prenatal care goes on.",
    }
    answered: dict[str, Any] = {
        "kind": ActionKind.PRESCRIBER_DOSE,
        "outcome": "Raised the dose; looks again in two weeks.",
        "prescriber": PRESCRIBER,
        "answered_on": today - dt.timedelta(days=LOOKED_AT_DAYS_AGO),
    }
    pregnant = [member for member in cast if member.archetype.pregnant]
    rows += [_done(member, counselors, today, 50, seed) | reviewed for member in pregnant]
    recovered = [
        member for member in cast if member.archetype is archetypes.RECOVERED and _has_a_dose(member)
    ]
    rows += [_done(member, counselors, today, LOOKED_AT_DAYS_AGO, seed) | answered for member in recovered]
    return _insert(session, rows)


def _has_a_dose(member: Cast) -> bool:
    """Methadone or buprenorphine: the prescriber finds the dose."""
    return member.medication is not None and not member.medication.startswith("naltrexone")


def close(session: Session, supervisor_id: int, today: dt.date) -> int:
    """Insert the closed days; returns how many."""
    known = today - dt.timedelta(days=60)
    version = bulk.version(by_id=supervisor_id, known_on=known, recorded_at=moment(known, dt.time(9)))
    rows = [version | {"day": _working_day(today, days), "reason": why} for days, why in CLOSED]
    return bulk.add(session, ClosedDay, rows)


def _working_day(today: dt.date, days: int) -> dt.date:
    day = today + dt.timedelta(days=days)
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _action(
    member: Cast, counselors: Sequence[Staff], today: dt.date, opened: int, seed: int
) -> dict[str, Any]:
    """An action that was opened so many days ago and waits."""
    by_id = counselors[member.counselor].id
    day = today - dt.timedelta(days=opened)
    return bulk.fact(
        client_id=member.client_id,
        by_id=by_id,
        occurred_at=moment(day, dt.time(16, 40)),
        token=f"demo-{seed}-task-{member.index}-{opened}",
        zone=ZONE,
    ) | {
        "owner_id": by_id,
        "what": None,
        "due_on": day,
        "later_reason": None,
        "done_on": None,
        "outcome": None,
        "prescriber": None,
        "answered_on": None,
    }


def _done(member: Cast, counselors: Sequence[Staff], today: dt.date, ago: int, seed: int) -> dict[str, Any]:
    """An action that was done so many days ago, when nobody had opened it."""
    return _action(member, counselors, today, ago, seed) | {"done_on": today - dt.timedelta(days=ago)}


def _insert(session: Session, rows: list[dict[str, Any]]) -> int:
    """The actions, each with a task of its own: these clients have one that waits, or one that was done."""
    tasks = [
        {"client_id": row["client_id"], "opened_on": row["occurred_on"], "closed_on": row["done_on"]}
        for row in rows
    ]
    ids = bulk.add_returning_ids(session, Task, tasks)
    return bulk.add(session, TaskAction, [row | {"task_id": id_} for row, id_ in zip(rows, ids, strict=True)])
