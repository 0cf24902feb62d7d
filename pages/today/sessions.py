"""The sessions of the day, each one click away from its roll call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.worklist import SessionToday, Worklist
from pages.shared.widgets import table
from pages.shared.widgets.components import escaped

LIST: Final = "sessions"
SHOWN: Final = 2
"""So many sessions have a button of their own. The others open from one more button."""


def show(mine: Worklist) -> None:
    """A button for each session that the user leads today; they go into the line in which this is called."""
    if not mine.sessions:
        st.caption("You lead no session today.", width="content")
        return
    with st.container(key="sessions", horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.text("Roll call")
        first, others = _in_line(mine.sessions)
        for one in first:
            _session(one)
        if others:
            with st.popover(f"{len(others)} more"):
                for one in others:
                    _session(one)


def _in_line(sessions: Sequence[SessionToday]) -> tuple[list[SessionToday], list[SessionToday]]:
    """Those that stand in the line, and those behind "3 more": first what is still to take. Each group is in order of
    time, and a single one never hides alone."""
    if len(sessions) <= SHOWN + 1:
        return list(sessions), []
    first = sorted(sessions, key=lambda one: one.roll_call_taken)[:SHOWN]
    return [one for one in sessions if one in first], [one for one in sessions if one not in first]


def _session(one: SessionToday) -> None:
    label = f"{wording.clock(one.starts_at)} {escaped(one.title)}"
    st.button(
        f"{label} (taken)" if one.roll_call_taken else label,
        key=f"roll_call-{one.series_id}",
        icon=":material/check:" if one.roll_call_taken else ":material/how_to_reg:",
        help=f"{wording.count(one.expected, 'client')} expected, {wording.count(one.minutes, 'minute')}",
        wrap=False,
        on_click=table.pick,
        args=(LIST, one.series_id, "open"),
    )
