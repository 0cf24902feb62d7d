"""What time it is for the pages: the clinic's own day, or the day that its reader chose.

Pages show `today()` and give `now()` to actions. In a study both are the chosen day: one plays on it. In a real or a
demo clinic a past day can be looked at, and `now()` refuses meanwhile: whatever saves asks here for its moment, so that
no entry can be dated by a day that is over. Signing in does not use this clock: sessions expire in real time.
"""

from __future__ import annotations

import datetime as dt
import os

import streamlit as st

from casework.caseload.clinic import ClinicInfo
from casework.errors import LookingBack, TidelineError
from casework.vocabulary import ClinicKind
from pages.shared.database import clinic

OVERRIDE = "TIDELINE_NOW"
AS_OF = "as_of"
"""Key in the session state under which the sidebar keeps the chosen day; the address holds it beside it."""


def now() -> dt.datetime:
    """The moment of an act, in the clinic's time zone; in a study noon of the chosen day.

    Raises LookingBack while a past day is shown. What only draws asks `today()`.
    """
    if past() is not None:
        raise LookingBack
    return _present(clinic())


def today() -> dt.date:
    """The day that the pages show: everything on them is as it was known on it."""
    return past() or present_day()


def present_day() -> dt.date:
    """The clinic's present day, whichever is shown; in a study the chosen one."""
    return _present(clinic()).date()


def moment(day: dt.date | None) -> dt.datetime | None:
    """When something of that day happened: None (just now) for today, noon of another day."""
    if day is None or day == today():
        return None
    return dt.datetime.combine(day, dt.time(12), clinic().zone)


def past() -> dt.date | None:
    """The past day that is shown instead of the present one; None in a study, which plays on its day."""
    chosen = st.session_state.get(AS_OF)
    if not isinstance(chosen, dt.date) or clinic().kind is ClinicKind.STUDY:
        return None
    return chosen if chosen < present_day() else None


def ahead() -> dt.date | None:
    """The chosen day when it has not come yet: the present one is shown instead."""
    chosen = st.session_state.get(AS_OF)
    if not isinstance(chosen, dt.date) or clinic().kind is ClinicKind.STUDY:
        return None
    return chosen if chosen > present_day() else None


def _present(here: ClinicInfo) -> dt.datetime:
    if here.kind is ClinicKind.STUDY:
        return dt.datetime.combine(as_of(here), dt.time(12), here.zone)
    override = os.environ.get(OVERRIDE)
    return _overridden(override, here) if override else dt.datetime.now(here.zone)


def as_of(study: ClinicInfo) -> dt.date:
    """The day of a study that this reader looks at."""
    chosen = st.session_state.get(AS_OF)
    return chosen if isinstance(chosen, dt.date) else first_day(study)


def first_day(study: ClinicInfo) -> dt.date:
    """The day that a study shows before its reader chose another."""
    override = os.environ.get(OVERRIDE)
    if override:
        return _overridden(override, study).date()
    return study.opens_on or dt.datetime.now(study.zone).date()


def _overridden(text: str, here: ClinicInfo) -> dt.datetime:
    """The moment that tests and screenshots set. A real clinic's clock cannot be turned: entries would be misdated."""
    if here.kind is ClinicKind.REAL:
        raise TidelineError(
            f"{OVERRIDE} is set, but this is a real clinic: its clock cannot be turned. Unset it."
        )
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise TidelineError(f"{OVERRIDE} is not a date and time like 2025-03-01T09:30.") from None
    return moment.replace(tzinfo=here.zone) if moment.tzinfo is None else moment.astimezone(here.zone)
