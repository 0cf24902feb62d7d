"""How a call ended, and how many calls fit into a day."""

from __future__ import annotations

from typing import Final

from casework.errors import Refused
from casework.vocabulary import CallOutcome

MOST_CALLS: Final = 50
"""The database holds the same limit."""


def check(outcome: CallOutcome | None) -> CallOutcome:
    """How the call ended; Refused when nobody said."""
    if outcome is None:
        raise Refused("Say how the call ended.", field="outcome")
    return CallOutcome(outcome)


def check_calls_per_day(calls: object) -> int:
    """The calls that somebody can make in a day, whatever a form sent."""
    if not isinstance(calls, int) or isinstance(calls, bool) or not 0 <= calls <= MOST_CALLS:
        raise Refused(f"The number of calls is a whole number from 0 to {MOST_CALLS}.", field="calls_per_day")
    return calls
