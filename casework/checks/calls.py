"""How a call ended, the appointment that was made in it, and how many calls fit into a day."""

from __future__ import annotations

import datetime as dt
from typing import Final

from casework.errors import Refused
from casework.vocabulary import CallOutcome

MOST_CALLS: Final = 50
"""The database holds the same limit."""
FURTHEST_APPOINTMENT: Final = dt.timedelta(days=366)
"""How far after its call an appointment may lie."""


def check(outcome: CallOutcome | None) -> CallOutcome:
    """How the call ended; Refused when nobody said."""
    if outcome is None:
        raise Refused("Say how the call ended.", field="outcome")
    return CallOutcome(outcome)


def check_appointment(
    appointment_on: dt.date | None, outcome: CallOutcome, *, called_on: dt.date
) -> dt.date | None:
    """The day of the appointment that was made in a call of the day `called_on`, if one was. Refused (field
    "appointment_on") for a call that reached nobody, and for a day before the call or more than a year after it."""
    if appointment_on is None:
        return None
    if outcome is not CallOutcome.REACHED:
        raise Refused("An appointment is made with who was reached.", field="appointment_on")
    if appointment_on < called_on:
        raise Refused("The appointment cannot be before the call.", field="appointment_on")
    if appointment_on - called_on > FURTHEST_APPOINTMENT:
        raise Refused("This date is more than a year away.", field="appointment_on")
    return appointment_on


def check_calls_per_day(calls: object) -> int:
    """The calls that somebody can make in a day, whatever a form sent."""
    if not isinstance(calls, int) or isinstance(calls, bool) or not 0 <= calls <= MOST_CALLS:
        raise Refused(f"The number of calls is a whole number from 0 to {MOST_CALLS}.", field="calls_per_day")
    return calls
