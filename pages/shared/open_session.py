"""Which session's roll call is open, and which week of the schedule."""

from __future__ import annotations

import datetime as dt
from typing import Final

import streamlit as st

SERIES: Final = "series_id"
"""Key in the session state of the series whose roll call is open."""
HELD_ON: Final = "held_on"
"""Key in the session state of the day of that roll call."""
WEEK: Final = "schedule-week"
"""Key in the session state of the Monday of the week that the schedule shows."""


def open_roll_call(series_id: int, held_on: dt.date) -> None:
    """The attendance page shows this session next."""
    st.session_state[SERIES], st.session_state[HELD_ON] = series_id, held_on


def forget() -> None:
    """Close what is open of the day that was shown, when another day is."""
    for key in (SERIES, HELD_ON, WEEK):
        st.session_state.pop(key, None)
