"""The sessions of the day, each one click away from its roll call."""

from __future__ import annotations

from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.worklist import SessionToday, Worklist
from pages.shared.components import escaped, go_to

SERIES = "series_id"
"""Key in the session state of the series whose roll call is open."""
HELD_ON = "held_on"


STYLE: Final = """<style>
@media (max-width: 960px) { :has(> .st-key-sessions) { flex-basis: 100%; } }
.st-key-sessions button { min-height: 1.85rem; padding: 0 .6rem; }
.st-key-sessions button p { font-size: .85em; }
</style>"""


def show(mine: Worklist) -> None:
    """A button for each session that the user leads today; they go into the line in which this is called."""
    if not mine.sessions:
        st.caption("You lead no session today.", width="content")
        return
    st.html(STYLE)
    with st.container(key="sessions", horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.text("Roll call")
        for one in mine.sessions:
            _session(one, mine)


def _session(one: SessionToday, mine: Worklist) -> None:
    label = f"{wording.clock(one.starts_at)} {escaped(one.title)}"
    if st.button(
        f"{label} (taken)" if one.roll_call_taken else label,
        key=f"roll_call-{one.series_id}",
        icon=":material/check:" if one.roll_call_taken else ":material/how_to_reg:",
        help=f"{wording.count(one.expected, 'client')} expected, {wording.count(one.minutes, 'minute')}",
        wrap=False,
    ):
        st.session_state[SERIES] = one.series_id
        st.session_state[HELD_ON] = mine.today
        go_to("attendance")
