"""Dates and numbers in words, the same on every page. American order: "November 24, 2026"."""

from __future__ import annotations

import datetime as dt

# Written out here because strftime would follow the server's locale.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def full_date(date: dt.date) -> str:
    """ "Tuesday, November 24, 2026"."""
    return f"{WEEKDAYS[date.weekday()]}, {long_date(date)}"


def long_date(date: dt.date) -> str:
    """ "November 24, 2026"."""
    return f"{MONTHS[date.month - 1]} {date.day}, {date.year}"


def short_date(date: dt.date) -> str:
    """ "Nov 24", for axes and narrow cells; the full date belongs beside it, on hover."""
    return f"{MONTHS[date.month - 1][:3]} {date.day}"


def ago(date: dt.date, today: dt.date) -> str:
    """ "today", "yesterday", "3 days ago", "5 weeks ago", or "in 4 days"."""
    days = (today - date).days
    if days < 0:
        return "tomorrow" if days == -1 else f"in {-days} days"
    if days < 2:
        return "yesterday" if days else "today"
    if days < 28:
        return f"{days} days ago"
    return f"{days // 7} weeks ago"


def number(count: int) -> str:
    """ "no", "one" … "twelve", then digits: for the middle of a sentence."""
    return SMALL[count] if 0 <= count < len(SMALL) else f"{count:,}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """ "one client", "three clients", "45 clients"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """`text` with its first letter raised; the rest stays as it is."""
    return text[:1].upper() + text[1:]
