"""Absences: why, from when to when, and whether the medication was given meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Any

from casework.checks.days import check_day
from casework.errors import Refused
from casework.vocabulary import AbsenceCause


def check(
    cause: AbsenceCause | None,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    medicated: bool | None,
    *,
    today: dt.date,
) -> dict[str, Any]:
    """An absence as columns; `ends_on` is its last day (None: it still goes on)."""
    if cause is None:
        raise Refused("Say what it was.", field="cause")
    first = check_day(starts_on, today=today, field="starts_on")
    if ends_on is not None and check_day(ends_on, today=today, field="ends_on") < first:
        raise Refused("It cannot end before it begins.", field="ends_on")
    return {
        "occurred_on": first,
        "cause": AbsenceCause(cause),
        "ends_on": ends_on,
        "medicated": medicated,
    }
