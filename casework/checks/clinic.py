"""The clinic's weekdays, and the days on which it is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Final

from casework.checks.cleaning import clean_line
from casework.checks.days import needed_day
from casework.errors import Refused

FURTHEST: Final = dt.timedelta(days=2 * 366)
"""How far ahead a closed day may lie."""


def check_weekdays(weekdays: Collection[int], *, field: str) -> int:
    """Weekdays (0 is Monday) as bits; Refused for none, which would leave no day to do anything on."""
    if not weekdays or not set(weekdays) <= set(range(7)):
        raise Refused("Name one weekday at least.", field=field)
    return sum(1 << day for day in set(weekdays))


def check_closed_day(day: dt.date | None, reason: str | None, *, today: dt.date) -> dict[str, Any]:
    """A day on which the clinic is closed, as columns; Refused (field "day") for one that is past or far away."""
    given = needed_day(day, field="day")
    if given < today:
        raise Refused("This date is past.", field="day")
    if given - today > FURTHEST:
        raise Refused("This date is more than two years away.", field="day")
    return {"day": given, "reason": clean_line(reason, field="reason")}
