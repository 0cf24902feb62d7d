"""What time it is for the pages: the clinic's own day, or the day that a study's reader chose.

Signing in does not use this clock: sessions expire in real time whatever the pages show.
"""

from __future__ import annotations

import datetime as dt
import os

import streamlit as st

from casework.caseload.clinic import ClinicInfo
from casework.errors import TidelineError
from casework.vocabulary import ClinicKind
from pages.shared.database import clinic

OVERRIDE = "TIDELINE_NOW"
AS_OF = "as_of"
"""Key in the session state under which the sidebar keeps a study's "as of" day."""


def now() -> dt.datetime:
    """The present moment in the clinic's time zone; in a study noon of the "as of" day."""
    here = clinic()
    if here.kind is ClinicKind.STUDY:
        return dt.datetime.combine(as_of(here), dt.time(12), here.zone)
    override = os.environ.get(OVERRIDE)
    return _overridden(override, here) if override else dt.datetime.now(here.zone)


def today() -> dt.date:
    """The clinic's present day."""
    return now().date()


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
