"""The one opened database of this process, and what it says about the clinic."""

from __future__ import annotations

import streamlit as st

from casework.caseload.clinic import ClinicInfo
from casework.caseload.clinic import clinic as read_clinic
from casework.users import GATE
from db.session import Database, configured_url, open_database

CLINIC_SECONDS = 60


def database() -> Database:
    """The configured database, opened once.

    Raises a DatabaseProblem with words for users when it is missing, locked, or of another version; the next call
    tries again, so that a repaired database needs no restart.
    """
    return _opened(configured_url())


def clinic() -> ClinicInfo:
    """The clinic, read at most once a minute."""
    return _clinic(configured_url())


@st.cache_resource(show_spinner=False)
def _opened(url: str) -> Database:
    return open_database(url)


@st.cache_resource(ttl=CLINIC_SECONDS, show_spinner=False)
def _clinic(url: str) -> ClinicInfo:
    with database().reading(GATE) as session:
        return read_clinic(session)
