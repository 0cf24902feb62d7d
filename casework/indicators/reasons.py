"""Reasons in words: the one place where numbers of the core become text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from casework import wording
from casework.frames import to_date
from casework.indicators.registry import Indicator, Reading
from casework.windows import FactRef

NAMED_DAYS: Final = 3


def said_day(day: int, today: int) -> str:
    """ "Tue, Nov 17" (with the year when it is not this one)."""
    date: dt.date = to_date(day)
    return f"{wording.WEEKDAYS[date.weekday()][:3]}, {wording.short_date(date, to_date(today))}"


def said_days(days: Sequence[int], today: int) -> str:
    """ "Tue, Nov 17 and Thu, Nov 19"; with more than three, the latest three "and 2 earlier"."""
    distinct = sorted(set(days))
    words = [said_day(day, today) for day in distinct[-NAMED_DAYS:]]
    earlier = len(distinct) - len(words)
    if earlier:
        return "; ".join([*words, f"and {earlier} earlier"])
    return words[0] if len(words) == 1 else "; ".join(words[:-1]) + (f" and {words[-1]}" if words else "")


def reason(
    template: str,
    one: Indicator,
    reading: Reading,
    row: int,
    refs: Sequence[FactRef],
    today: int,
    *,
    among: int = -1,
) -> str:
    """`template` with {days}, {day} (the latest), {oldest} (of answers of several days), {value}, {percent}, {n} (a
    whole value), {span} (in days) and {names} filled in.

    `among`: the bits that {names} may name. A part in square brackets is left out when no dated row stands behind it.
    """
    value = float(reading.value[row])
    known = value == value
    mask = int(reading.extra["mask"][row]) & among if "mask" in reading.extra else 0
    head, bracket, tail = template.partition("[")
    text = head + (tail.rstrip("]") if bracket and refs else "")
    return text.format(
        days=said_days([ref.day for ref in refs], today) if "{days}" in text else "",
        day=said_day(refs[-1].day, today) if refs and "{day}" in text else "",
        oldest=_oldest(refs, today) if "{oldest}" in text else "",
        value=wording.decimal(value),
        percent=wording.percent(value),
        n=round(value) if known else 0,
        span=wording.count(round(value), "day") if known else "",
        names=", ".join(wording.labels(one.names, mask)),
    )


def _oldest(refs: Sequence[FactRef], today: int) -> str:
    """ " (oldest answer Fri, Feb 27)" when the rows, which stand by day, are of several days."""
    several = bool(refs) and refs[0].day < refs[-1].day
    return f" (oldest answer {said_day(refs[0].day, today)})" if several else ""
