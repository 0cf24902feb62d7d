"""When something can have happened: on a day that has come, and not long before the client was admitted."""

from __future__ import annotations

import datetime as dt
from typing import Final, NoReturn
from zoneinfo import ZoneInfo

from casework.errors import Refused

EARLIEST: Final = dt.date(1900, 1, 1)
BEFORE_ADMISSION: Final = dt.timedelta(days=366)
"""How long before admission an entry may lie: an intake interview, or records that another clinic sent along."""
CLOCKS_DIFFER: Final = dt.timedelta(minutes=5)


def needed_day(day: dt.date | None, *, field: str) -> dt.date:
    """The day; Refused when none is given."""
    if day is None:
        raise Refused("Say on which day.", field=field)
    return day


def check_day(
    day: dt.date | None, *, today: dt.date, field: str, admitted_on: dt.date | None = None
) -> dt.date:
    """The day; Refused when none is given, when it has not come, and when it lies too far back: long before admission,
    where `admitted_on` tells of one."""
    given = needed_day(day, field=field)
    if given > today:
        raise Refused("This date is in the future.", field=field)
    if given < (EARLIEST if admitted_on is None else max(admitted_on - BEFORE_ADMISSION, EARLIEST)):
        refuse_too_long_ago(field)
    return given


def check_moment(
    at: dt.datetime | None,
    *,
    now: dt.datetime,
    zone: ZoneInfo,
    admitted_on: dt.date,
    field: str = "occurred_at",
) -> dt.datetime:
    """When a contact took place (None: now); Refused in the future or long before admission."""
    if at is None:
        return now
    if at.tzinfo is None:
        raise ValueError("the moment of an entry needs a time zone")
    if at > now + CLOCKS_DIFFER:
        raise Refused("This date and time are in the future.", field=field)
    if at < dt.datetime.combine(EARLIEST, dt.time(), tzinfo=zone):
        # At the calendar's beginning, the clinic's day of a moment cannot be counted out.
        refuse_too_long_ago(field)
    check_day(
        at.astimezone(zone).date(), today=now.astimezone(zone).date(), field=field, admitted_on=admitted_on
    )
    return at


def refuse_too_long_ago(field: str) -> NoReturn:
    """Refuse a day before `EARLIEST`, or long before admission."""
    raise Refused("This date is too long ago to be right.", field=field)
