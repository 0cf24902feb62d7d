"""Today's worklist: who first, why, since when, and what next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from casework import wording
from casework.caseload.assessment import records
from casework.caseload.kept import keeps
from casework.caseload.rules import not_counted
from casework.caseload.standing import KnownCaseload, known_caseload, stories_of
from casework.caseload.story import Story
from casework.caseload.turns import CallTurn, turns_for
from casework.frames import FAR, Facts, to_date
from casework.indicators import Assessment
from casework.users import User
from casework.vocabulary import (
    SAFETY_CONCERNS,
    Band,
    FactKind,
    Permission,
    SafetyConcern,
    SessionKind,
    chosen,
)
from db.queries import clients, screens
from db.queries import worklist as query
from db.queries.clients import ClientRow

CONTACT = "contact_gap"


@dataclass(frozen=True)
class LastContact:
    """The last time that the clinic heard from the client themselves."""

    kind: FactKind
    on: dt.date
    days: int


@dataclass(frozen=True)
class Item:
    """One client on the worklist, where they stand, and whose turn it is for a call. `history` is the
    points of the last 12 weeks and today, oldest first (NaN: unknown); `change` is against 4 weeks ago
    (NaN: unknown); `coverage` is the share of areas heard from and `sign_coverage` that of the signs asked;
    `unanswered` counts calls since the last contact that reached nobody; `overdue_days` are those beyond
    the agreed interval; `off` are the rules that would hold if the clinic had not switched them off, in
    words."""

    client_id: int
    handle: str
    name: str
    phone: str | None
    wrong_number_on: dt.date | None
    safe_to_call: Permission
    safe_to_leave_message: Permission
    counselor: str
    counselor_id: int
    mine: bool
    rank: int
    turn: CallTurn
    band: Band
    points: int
    change: float
    coverage: float
    sign_coverage: float
    history: tuple[float, ...]
    story: Story
    last_contact: LastContact | None
    unanswered: int
    last_unanswered: dt.date | None
    overdue_days: int
    safety_open: bool
    off: tuple[str, ...]

    @property
    def overdue(self) -> bool:
        """True when the clinic has waited longer than agreed to hear from the client."""
        return self.overdue_days > 0


@dataclass(frozen=True)
class SafetyAlert:
    """A safety answer that nobody has acknowledged yet."""

    id: int
    client_id: int
    name: str
    phone: str | None
    wrong_number_on: dt.date | None
    safe_to_call: Permission
    raised_on: dt.date
    concerns: tuple[SafetyConcern, ...]


@dataclass(frozen=True)
class ScreenDue:
    """A planned urine screen without a result, due today or overdue."""

    id: int
    client_id: int
    name: str
    due_on: dt.date


@dataclass(frozen=True)
class SessionToday:
    """A session that the user leads today; `title` is the client's name where only one is expected."""

    series_id: int
    kind: SessionKind
    title: str
    starts_at: dt.time
    minutes: int
    expected: int
    roll_call_taken: bool


@dataclass(frozen=True)
class Worklist:
    """All that Today shows. `items` stand in the order of the day's list, `safety` above every rank."""

    today: dt.date
    items: tuple[Item, ...]
    safety: tuple[SafetyAlert, ...]
    sessions: tuple[SessionToday, ...]
    screens_due: tuple[ScreenDue, ...] = ()


@keeps
def worklist(session: Session, user: User, today: dt.date) -> Worklist:
    """The user's worklist as known on `today`. The number of SQL statements does not grow with the
    caseload."""
    people = {row.id: row for row in clients.all_of(session, user, today)}
    sessions = sessions_today(session, user, today)
    if not people:
        return Worklist(today, (), (), sessions)
    read = known_caseload(session, user, today)
    told = stories_of(session, user, read, people, today)
    items = items_of(read, people, told, turns_for(session, user, read, today), user, today)
    return Worklist(
        today, items, open_safety(read.facts, people), sessions, screens_due(session, user, today)
    )


def screens_due(session: Session, user: User, today: dt.date) -> tuple[ScreenDue, ...]:
    """Planned urine screens that wait for their result, the longest overdue first. One SELECT."""
    rows = screens.due(session, user, today, until=today)
    return tuple(ScreenDue(row.id, row.client_id, row.name, row.occurred_on) for row in rows)


def sessions_today(session: Session, user: User, today: dt.date) -> tuple[SessionToday, ...]:
    """The sessions that the user leads on `today`, by time. One SELECT."""
    return tuple(
        SessionToday(
            row.id,
            row.kind,
            row.first_name
            if row.kind is SessionKind.INDIVIDUAL and row.expected == 1
            else wording.session_title(row.kind, row.title),
            row.starts_at,
            row.minutes,
            row.expected,
            bool(row.roll_call_taken),
        )
        for row in query.sessions_led(session, user, today)
        if not row.weekly or (today - row.first_on).days % 7 == 0
    )


def items_of(
    read: KnownCaseload,
    people: dict[int, ClientRow],
    told: Mapping[int, Story],
    turns: Mapping[int, CallTurn],
    user: User,
    today: dt.date,
) -> tuple[Item, ...]:
    """The clients whom the user sees, in the order of the day's list; caseload mates whom they do not see
    are left out."""
    facts, assessment = read.facts, read.assessment
    off = not_counted(assessment)
    histories, unanswered = _histories(assessment), _unanswered_calls(facts)
    rows = [row for row in records(assessment.table) if row["client_id"] in people]
    rows.sort(key=lambda row: turns[row["client_id"]].rank)
    return tuple(
        _item(
            assessment,
            row,
            people[row["client_id"]],
            told[row["client_id"]],
            turns[row["client_id"]],
            rank=rank,
            history=histories.get(row["client_id"], ()),
            unanswered=unanswered.get(row["client_id"], []),
            off=tuple(wording.condition(rule) for rule in off.get(row["client_id"], ())),
            user=user,
            today=today,
        )
        for rank, row in enumerate(rows, start=1)
    )


def _item(
    assessment: Assessment,
    row: dict[str, Any],
    person: ClientRow,
    story: Story,
    turn: CallTurn,
    *,
    rank: int,
    history: tuple[float, ...],
    unanswered: list[int],
    off: tuple[str, ...],
    user: User,
    today: dt.date,
) -> Item:
    client_id = int(row["client_id"])
    contact = last_contact(assessment, client_id, today)
    tried = [to_date(day) for day in unanswered if contact is None or to_date(day) > contact.on]
    return Item(
        client_id=client_id,
        handle=person.handle,
        name=person.name,
        phone=person.phone,
        wrong_number_on=person.wrong_number_on,
        safe_to_call=person.safe_to_call,
        safe_to_leave_message=person.safe_to_leave_message,
        counselor=person.counselor,
        counselor_id=person.counselor_id,
        mine=person.counselor_id == user.id,
        rank=rank,
        turn=turn,
        band=Band(row["band"]),
        points=int(row["points"]),
        change=float(row["change"]),
        coverage=float(row["coverage"]),
        sign_coverage=float(row["sign_coverage"]),
        history=history,
        story=story,
        last_contact=contact,
        unanswered=len(tried),
        last_unanswered=tried[-1] if tried else None,
        overdue_days=int(row["overdue"]),
        safety_open=bool(row["safety_open"]),
        off=off,
    )


_KINDS_OF_CONTACT = {
    "check_ins": FactKind.CHECK_IN,
    "attendance": FactKind.SESSION,
    "calls": FactKind.CALL,
    "screens": FactKind.SCREEN,
}


def last_contact(assessment: Assessment, client_id: int, today: dt.date) -> LastContact | None:
    """The row that the indicator of contact rests on, in words; None when nothing has been heard yet."""
    rows = assessment.evidence(client_id, CONTACT)
    if not rows:
        return None
    last = max(rows, key=lambda row: row.day)
    on = to_date(last.day)
    return LastContact(_KINDS_OF_CONTACT[last.frame], on, (today - on).days)


def _histories(assessment: Assessment) -> dict[int, tuple[float, ...]]:
    """Points by week, oldest first; NaN in a week whose band is unknown."""
    history = assessment.history
    unknown = history["band"].to_numpy() == Band.UNKNOWN.value
    points = np.where(unknown, np.nan, history["points"].to_numpy()).tolist()
    found: dict[int, list[float]] = {}
    for client_id, value in zip(history["client_id"].tolist(), points, strict=True):
        found.setdefault(client_id, []).append(value)
    return {client_id: tuple(values) for client_id, values in found.items()}


def _unanswered_calls(facts: Facts) -> dict[int, list[int]]:
    """Days of each client's calls that reached nobody."""
    calls = facts.calls
    found: dict[int, list[int]] = {}
    for client_id, day, reached in zip(
        calls["client_id"].tolist(), calls["day"].tolist(), calls["reached"].tolist(), strict=True
    ):
        if not reached:
            found.setdefault(client_id, []).append(day)
    return found


def open_safety(facts: Facts, people: dict[int, ClientRow]) -> tuple[SafetyAlert, ...]:
    """The newest first."""
    items = facts.safety_items
    waiting = [row for row in records(items) if row["acknowledged"] == FAR]
    return tuple(
        SafetyAlert(
            row["id"],
            row["client_id"],
            people[row["client_id"]].name,
            people[row["client_id"]].phone,
            people[row["client_id"]].wrong_number_on,
            people[row["client_id"]].safe_to_call,
            to_date(row["day"]),
            chosen(SAFETY_CONCERNS, row["concerns"]),
        )
        for row in sorted(waiting, key=lambda one: -one["day"])
        if row["client_id"] in people
    )
