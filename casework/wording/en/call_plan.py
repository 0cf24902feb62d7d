"""The day's calls in words: why a client stands where they stand."""

from __future__ import annotations

from typing import Final

from casework.vocabulary import Band
from casework.wording.en.dates import span
from casework.wording.en.numbers import count
from casework.wording.en.terms import within

SAFETY_OPEN: Final = "open safety answer"
REACHED: Final = "reached today"
TRIED: Final = "called today, not reached"
NEVER: Final = "not heard from yet"
CALLS_MADE: Final = "the calls of today are made"
NO_CALLS: Final = "no calls are planned for today"
_LAST: Final = "the last one above the line"


def overdue(days: int) -> str:
    """ "no contact for 12 days"."""
    return f"no contact for {span(days)}"


def heard(ago: str) -> str:
    """ "heard from 3 days ago"."""
    return f"heard from {ago}"


def standing(band: Band, points: int) -> str:
    """ "elevated, 131 points"; of somebody unknown no points: they would say more than anybody knows."""
    return within(band) if band is Band.UNKNOWN else f"{within(band)}, {count(points, 'point')}"


def under_band(said: str, last: Band) -> str:
    """Why a client stands just under the line: the band of the last one above it."""
    return f"{said}; {_LAST} is {within(last)}"


def under_points(said: str, last: int) -> str:
    """The same in points."""
    return f"{said}; {_LAST} has {last}"


def under_worries(said: str) -> str:
    """Both are unknown, and more was found in the other."""
    return f"{said} like {_LAST}, of whom more was found that worries"


def under_overdue(said: str) -> str:
    """The other is overdue for longer."""
    return f"{said} like {_LAST}, who is overdue for longer"


def under_entered(said: str) -> str:
    """All else is equal."""
    return f"{said} like {_LAST}, who was entered earlier"
