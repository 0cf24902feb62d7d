"""Urine screens: planning when they are due, and recording what became of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.actions.entry import (
    Act,
    Correction,
    add_fact,
    begin,
    check_token,
    moment_on,
    refuse_second_save,
)
from casework.checks.days import check_day
from casework.checks.screens import check_not_settled, check_plan, check_result
from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import OPIOID_MASK, SUBSTANCES, Certainty, ScreenStatus, unmask
from db.models import UrineScreen
from db.queries import medication


@dataclass(frozen=True)
class RecordedScreen:
    """A saved screen. `unexpected`: opioids found that are not prescribed; `absent`: prescribed but not found."""

    id: int
    client_id: int
    occurred_on: dt.date
    status: ScreenStatus
    unexpected: tuple[str, ...]
    absent: tuple[str, ...]


def plan(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    first_due_on: dt.date | None,
    token: str,
    every_weeks: int | None = None,
    times: int | None = 1,
) -> tuple[int, ...]:
    """Plan a screen, or `times` of them every `every_weeks` weeks; returns their ids in order of time."""
    act = begin(session, by=by, now=now)
    act.client(client_id)
    refuse_second_save(session, UrineScreen, f"{check_token(token)}-0")
    due = check_plan(first_due_on, every_weeks=every_weeks, times=times, today=act.today)
    ids = tuple(
        add_fact(
            act,
            UrineScreen,
            client_id=client_id,
            occurred_at=moment_on(act.zone, day),
            occurred_on=day,
            token=f"{token}-{number}",
            status=ScreenStatus.DUE,
            due_on=day,
        ).id
        for number, day in enumerate(due)
    )
    act.audit("plan_screens", client_id=client_id, subject=("urine_screen", ids[0]), screens=len(ids))
    return ids


def record_screen(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    status: ScreenStatus | None,
    on: dt.date | None,
    token: str,
    tested: Collection[str] = (),
    found: Collection[str] | None = None,
    certainty: Certainty | None = None,
    planned_id: int | None = None,
    supersedes: int | None = None,
    correction_reason: str | None = None,
    known_on: dt.date | None = None,
) -> RecordedScreen:
    """Record a screen: collected on the day `on` with its result, or missed or excused on the day that it was due.

    `found` None: nobody said; empty: nothing was found. `planned_id` is the planned screen that it settles. What the
    client is prescribed on that day is kept as expected with the result: its presence is no finding, its absence is
    one of its own.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    columns = check_result(status, tested, found, certainty)
    day = check_day(on, today=act.today, field="on", admitted_on=client.admitted_on)
    prescribed = medication.prescribed_on(session, client_id, day, known_by=act.today)
    row = add_fact(
        act,
        UrineScreen,
        client_id=client_id,
        occurred_at=moment_on(act.zone, day),
        occurred_on=day,
        token=check_token(token),
        known_on=known_on,
        correction=None if supersedes is None else Correction(supersedes, correction_reason or ""),
        continues_id=planned_id,
        due_on=_due_on(act, client_id, planned_id, supersedes),
        expected=medication.expected_in_screens(prescribed),
        **columns,
    )
    act.audit(
        "record_screen" if supersedes is None else "correct_screen",
        client_id=client_id,
        subject=("urine_screen", row.id),
        status=row.status.value,
        supersedes=row.supersedes_id,
    )
    return RecordedScreen(
        row.id,
        client_id,
        day,
        row.status,
        unexpected=unmask(SUBSTANCES, row.found & OPIOID_MASK & ~row.expected),
        absent=unmask(SUBSTANCES, row.expected & row.tested & ~row.found),
    )


def _due_on(act: Act, client_id: int, planned_id: int | None, corrected_id: int | None) -> dt.date | None:
    """The day on which the planned or corrected screen was due. Only a plan is settled without a reason."""
    before_id = planned_id if corrected_id is None else corrected_id
    if before_id is None:
        return None
    before = act.session.get(UrineScreen, before_id)
    if before is None or before.client_id != client_id:
        raise NotYours
    if corrected_id is None:
        check_not_settled(before.status)
    return before.due_on
