"""The day's calls in words: why a client stands where they stand."""

from __future__ import annotations

from typing import Final

from casework.vocabulary import Group
from casework.wording.en.dates import span
from casework.wording.en.terms import label

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


def under_group(group: Group, last: Group) -> str:
    """Why a client stands just under the line: the group of the last one above it comes first."""
    return f"{label(group)}; {_LAST} is in the group “{label(last)}”, whose turn comes first"


def under_turn(group: Group) -> str:
    """Both are in one group."""
    return f"{label(group)}, like {_LAST}, whose turn comes first"
