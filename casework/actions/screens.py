"""Urine screens: planning when they are due, and recording what became of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.actions.entry import (
    BEFORE_ADMISSION,
    Act,
    Correction,
    add_fact,
    begin,
    check_day,
    check_token,
    moment_on,
    refuse_second_save,
)
from casework.checks.cleaning import checked_mask, in_range
from casework.errors import NotYours, Refused
from casework.users import User
from casework.vocabulary import OPIOID_MASK, SUBSTANCES, Certainty, ScreenStatus, unmask
from db.models import UrineScreen
from db.queries import medication

MOST_AT_ONCE = 52
LONGEST_AHEAD = dt.timedelta(days=366)


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
    first_due_on: dt.date,
    token: str,
    every_weeks: int | None = None,
    times: int = 1,
) -> tuple[int, ...]:
    """Plan a screen, or `times` of them every `every_weeks` weeks; returns their ids in order of time."""
    act = begin(session, by=by, now=now)
    act.client(client_id)
    refuse_second_save(session, UrineScreen, f"{check_token(token)}-0")
    weeks = in_range(every_weeks, 1, 12, field="every_weeks") or 0
    count = in_range(times, 1, MOST_AT_ONCE, field="times") or 1
    if count > 1 and not weeks:
        raise Refused("Say how many weeks lie between the screens.", field="every_weeks")
    due = [first_due_on + dt.timedelta(weeks=weeks * number) for number in range(count)]
    if due[0] < act.today:
        raise Refused("A screen is planned for today or later.", field="first_due_on")
    if due[-1] > act.today + LONGEST_AHEAD:
        raise Refused("This would be more than a year away.", field="first_due_on")
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
    status: ScreenStatus,
    on: dt.date,
    token: str,
    tested: Collection[str] = (),
    found: Collection[str] = (),
    certainty: Certainty | None = None,
    planned_id: int | None = None,
    supersedes: int | None = None,
    correction_reason: str | None = None,
    known_on: dt.date | None = None,
) -> RecordedScreen:
    """Record a screen: collected on the day `on` with its result, or missed or excused on the day that it was due.

    `planned_id` is the planned screen that it settles. What the client is prescribed on that day is kept as expected
    with the result: its presence is no finding, its absence is one of its own.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    check_day(act, on, field="on", not_before=client.admitted_on - BEFORE_ADMISSION)
    tested_mask, found_mask = result_masks(status, tested, found, certainty)
    prescribed = medication.prescribed_on(session, client_id, on, known_by=act.today)
    row = add_fact(
        act,
        UrineScreen,
        client_id=client_id,
        occurred_at=moment_on(act.zone, on),
        occurred_on=on,
        token=check_token(token),
        known_on=known_on,
        correction=None if supersedes is None else Correction(supersedes, correction_reason or ""),
        continues_id=planned_id,
        status=ScreenStatus(status),
        due_on=_due_on(act, client_id, planned_id, supersedes),
        tested=tested_mask,
        found=found_mask,
        expected=medication.expected_in_screens(prescribed),
        certainty=certainty,
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
        on,
        row.status,
        unexpected=unmask(SUBSTANCES, row.found & OPIOID_MASK & ~row.expected),
        absent=unmask(SUBSTANCES, row.expected & row.tested & ~row.found),
    )


def result_masks(
    status: ScreenStatus, tested: Collection[str], found: Collection[str], certainty: Certainty | None
) -> tuple[int, int]:
    """(tested, found) bitmasks of a screen's outcome; Refused for an outcome that cannot be."""
    if status is ScreenStatus.DUE:
        raise Refused("Say what became of the screen.", field="status")
    tested_mask = checked_mask(SUBSTANCES, tested, field="tested")
    found_mask = checked_mask(SUBSTANCES, found, field="found")
    if status is not ScreenStatus.COLLECTED:
        if tested_mask or found_mask or certainty is not None:
            raise Refused("A screen that was not collected has no result.", field="status")
        return 0, 0
    if not tested_mask:
        raise Refused("Say which substances the screen tested for.", field="tested")
    if found_mask & ~tested_mask:
        raise Refused("A substance was found that the screen did not test for.", field="found")
    if certainty is None:
        raise Refused("Say whether the result is presumptive or confirmed.", field="certainty")
    return tested_mask, found_mask


def _due_on(act: Act, client_id: int, planned_id: int | None, corrected_id: int | None) -> dt.date | None:
    """The day on which the planned or corrected screen was due. Only a plan is settled without a reason."""
    before_id = planned_id if corrected_id is None else corrected_id
    if before_id is None:
        return None
    before = act.session.get(UrineScreen, before_id)
    if before is None or before.client_id != client_id:
        raise NotYours
    if corrected_id is None and before.status is not ScreenStatus.DUE:
        raise Refused("This screen has its result. Correct it instead, and say why.", field="planned_id")
    return before.due_on
