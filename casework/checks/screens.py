"""Urine screens: when they can be planned, and what can come of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from casework.checks.cleaning import checked_mask, in_range
from casework.checks.days import BEFORE_ADMISSION, EARLIEST, needed_day, refuse_too_long_ago
from casework.errors import Refused
from casework.vocabulary import SUBSTANCES, Certainty, ScreenStatus

MOST_AT_ONCE = 52
LONGEST_AHEAD = dt.timedelta(days=366)


def check_result(
    status: ScreenStatus | None,
    tested: Collection[str],
    found: Collection[str] | None,
    certainty: Certainty | None,
) -> dict[str, Any]:
    """What came of a screen as columns. `found` None: nobody said; empty: nothing was found.

    Refused (with the field) for an outcome that cannot be, and for a result that nobody has entered in full.
    """
    if status is None or status is ScreenStatus.DUE:
        raise Refused("Say what became of the screen.", field="status")
    tested_mask = checked_mask(SUBSTANCES, tested, field="tested")
    found_mask = checked_mask(SUBSTANCES, found or (), field="found")
    if status is not ScreenStatus.COLLECTED:
        if tested_mask or found_mask or certainty is not None:
            raise Refused("A screen that was not collected has no result.", field="status")
    elif not tested_mask:
        raise Refused("Say which substances the screen tested for.", field="tested")
    elif found is None:
        raise Refused("Say whether anything was found, and what.", field="found")
    elif found_mask & ~tested_mask:
        raise Refused("A substance was found that the screen did not test for.", field="found")
    elif certainty is None:
        raise Refused("Say whether the result is presumptive or confirmed.", field="certainty")
    return {
        "status": ScreenStatus(status),
        "tested": tested_mask,
        "found": found_mask,
        "certainty": certainty,
    }


def check_not_settled(status: ScreenStatus) -> None:
    """Refused for a planned screen that has its result: only a plan is settled without a reason."""
    if status is not ScreenStatus.DUE:
        raise Refused("This screen has its result. Correct it instead, and say why.", field="planned_id")


def check_plan(
    first_due_on: dt.date | None, *, every_weeks: int | None, times: int | None, today: dt.date
) -> tuple[dt.date, ...]:
    """The days on which planned screens are due: `times` of them (None: one), `every_weeks` weeks apart."""
    weeks = in_range(every_weeks, 1, 12, field="every_weeks") or 0
    count = in_range(times, 1, MOST_AT_ONCE, field="times") or 1
    if count > 1 and not weeks:
        raise Refused("Say how many weeks lie between the screens.", field="every_weeks")
    first = needed_day(first_due_on, field="first_due_on")
    if first < today:
        raise Refused("A screen is planned for today or later.", field="first_due_on")
    # The number of days first: a date beyond the calendar's end cannot be counted out.
    _check_ahead((first - today) + dt.timedelta(weeks=weeks * (count - 1)), field="first_due_on")
    return tuple(first + dt.timedelta(weeks=weeks * number) for number in range(count))


def check_due_on(due_on: dt.date | None, *, today: dt.date, admitted_on: dt.date) -> dt.date | None:
    """The day on which a settled screen was due, where it is told: as far ahead as one can be planned, and not long
    before admission."""
    if due_on is None:
        return None
    _check_ahead(due_on - today, field="due_on")
    if due_on < max(admitted_on - BEFORE_ADMISSION, EARLIEST):
        refuse_too_long_ago("due_on")
    return due_on


def _check_ahead(distance: dt.timedelta, *, field: str) -> None:
    if distance > LONGEST_AHEAD:
        raise Refused("This would be more than a year away.", field=field)
