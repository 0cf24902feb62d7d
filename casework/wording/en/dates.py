"""Dates and spans in words, the same on every page. American order: "November 24, 2026".

Pure: `today` is an argument, and no locale of the server has a say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from babel.dates import format_date, get_day_names

from casework.wording.en.locale import LOCALE
from casework.wording.en.numbers import count

WEEKDAYS: Final = tuple(get_day_names("wide", locale=LOCALE)[day] for day in range(7))
# A span is said in days below the first limit, in weeks below the second, then in months, then in years.
WEEKS_FROM_DAYS, MONTHS_FROM_DAYS, YEARS_FROM_DAYS = 28, 92, 730
NAMED_DATES = 3


def full_date(date: dt.date) -> str:
    """ "Tuesday, November 24, 2026"."""
    return _said(date, "full")


def long_date(date: dt.date) -> str:
    """ "November 24, 2026"."""
    return _said(date, "long")


def short_date(date: dt.date, today: dt.date | None = None) -> str:
    """ "Nov 24", for axes and narrow cells (the full date belongs beside it, on hover); "Nov 24, 2025" in a year that
    is not that of `today`, if given."""
    return _said(date, "MMM d" if today is None or date.year == today.year else "MMM d, y")


def day_of_month(date: dt.date, today: dt.date) -> str:
    """ "November 24"; "November 24, 2025" in a year that is not that of `today`."""
    return _said(date, "MMMM d" if date.year == today.year else "long")


def month_of(date: dt.date) -> str:
    """ "November 2025"."""
    return _said(date, "MMMM y")


@lru_cache(maxsize=4096)
def _said(date: dt.date, form: str) -> str:
    return format_date(date, form, locale=LOCALE)


def weekday_date(date: dt.date, today: dt.date) -> str:
    """ "Tue, Nov 17" (with the year when it is not this one)."""
    return f"{_said(date, 'EEE')}, {short_date(date, today)}"


def weekday_dates(dates: Iterable[dt.date], today: dt.date) -> str:
    """ "Tue, Nov 17 and Thu, Nov 19"; with more than three, the latest three "and 2 earlier"."""
    distinct = sorted(set(dates))
    words = [weekday_date(date, today) for date in distinct[-NAMED_DATES:]]
    earlier = len(distinct) - len(words)
    if earlier:
        return "; ".join([*words, f"and {earlier} earlier"])
    return words[0] if len(words) == 1 else "; ".join(words[:-1]) + (f" and {words[-1]}" if words else "")


def ago(date: dt.date, today: dt.date) -> str:
    """ "today", "yesterday", "3 days ago", "5 weeks ago", or "in 4 days"."""
    days = (today - date).days
    if -2 < days < 2:
        return ("today", "yesterday", "tomorrow")[days]
    return f"{span(days)} ago" if days > 0 else f"in {span(-days)}"


def span(days: int) -> str:
    """ "5 days", "6 weeks", "4 months", "3 years": a length of time in a unit that says it well."""
    if days < WEEKS_FROM_DAYS:
        return count(days, "day")
    if days < MONTHS_FROM_DAYS:
        return count(days // 7, "week")
    if days < YEARS_FROM_DAYS:
        return count(int(days / 30.44), "month")
    return count(int(days / 365.25), "year")


def by_when(date: dt.date, today: dt.date) -> str:
    """A deadline: "today", "by tomorrow", "by Friday", "by Dec 14"; "by Nov 2" too when that day has passed."""
    days = (date - today).days
    if days in (0, 1):
        return "by tomorrow" if days else "today"
    return f"by {WEEKDAYS[date.weekday()]}" if 1 < days < 7 else f"by {short_date(date, today)}"


def clock(time: dt.time) -> str:
    """ "9:30 am", "12:00 pm"."""
    return f"{(time.hour + 11) % 12 + 1}:{time.minute:02d} {'am' if time.hour < 12 else 'pm'}"
