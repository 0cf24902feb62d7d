"""The sessions of the day, each one click away from its roll call."""

from __future__ import annotations

import streamlit as st

from casework import wording
from casework.caseload.worklist import SessionToday, Worklist
from pages.shared.components import escaped, go_to

SERIES = "series_id"
"""Key in the session state of the series whose roll call is open."""
HELD_ON = "held_on"


def show(mine: Worklist) -> None:
    """A button for each session that the user leads today."""
    if not mine.sessions:
        st.caption("You lead no session today.", width="content")
    for one in mine.sessions:
        if st.button(
            _label(one),
            key=f"roll_call-{one.series_id}",
            icon=":material/check:" if one.roll_call_taken else ":material/how_to_reg:",
            help=f"{wording.count(one.expected, 'client')} expected",
            wrap=False,
        ):
            st.session_state[SERIES] = one.series_id
            st.session_state[HELD_ON] = mine.today
            go_to("attendance")


def _label(one: SessionToday) -> str:
    state = "taken" if one.roll_call_taken else "roll call"
    return f"{wording.clock(one.starts_at)} {escaped(one.title)} · {state}"
