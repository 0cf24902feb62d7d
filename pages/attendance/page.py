"""Attendance: the roll call of one session on one page, today's sessions first."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from casework import wording
from casework.caseload.sessions import SessionOn, roll_call, sessions_of_day
from casework.caseload.standing import chips_of
from pages.attendance import group_notes, outside
from pages.attendance import roll_call as rows
from pages.shared import as_of, clock
from pages.shared.database import clinic
from pages.shared.open_session import HELD_ON, SERIES
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import dialogs
from pages.shared.widgets.components import escaped, plain


def render() -> None:
    """The page."""
    user = require_user()
    today = clock.today()
    day = _day(today)
    with reading(user) as session:
        sessions = sessions_of_day(session, user, day, clinic().zone, today=today)
    chosen = _choose(sessions, day, today)
    if chosen is None:
        notices()
    else:
        with reading(user) as session:
            roll = roll_call(session, user, chosen.series_id, day, today)
            raised = chips_of(session, user, today)
        _about(chosen, today)
        if roll.session.taken or as_of.locked():
            rows.taken(user, roll, today, raised)
        else:
            rows.take(user, roll, raised)
        group_notes.show(user, roll, today)
    if not as_of.locked():
        outside.show(user, today)
    dialogs.show(user, today)


def _day(today: dt.date) -> dt.date:
    """The day to look at: today unless another one is chosen."""
    st.session_state["attendance_day"] = min(st.session_state.get(HELD_ON) or today, today)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.date_input(
            "Day",
            key="attendance_day",
            format="YYYY-MM-DD",
            max_value=today,
            width=160,
            on_change=_other_day,
        )
        chosen: dt.date = st.session_state["attendance_day"]
        st.text(wording.full_date(chosen) + (", today" if chosen == today else ""))
    return chosen


def _other_day() -> None:
    st.session_state[HELD_ON] = st.session_state["attendance_day"]
    st.session_state.pop(SERIES, None)


def _choose(sessions: tuple[SessionOn, ...], day: dt.date, today: dt.date) -> SessionOn | None:
    """The session whose roll call is open: the first one to take unless another is chosen."""
    if not sessions:
        when = "today" if day == today else "on that day"
        otherwise = "" if as_of.locked() else ", or plan a session on the Schedule page"
        st.info(f"You lead no session {when}. Choose another day{otherwise}.")
        return None
    by_id = {one.series_id: one for one in sessions}
    asked = st.session_state.get(SERIES)
    if asked not in by_id:
        asked = next((one.series_id for one in sessions if not one.taken), sessions[0].series_id)
    st.session_state["attendance_session"] = asked
    st.pills(
        "Session",
        list(by_id),
        format_func=lambda id_: _label(by_id[id_]),
        key="attendance_session",
        required=True,
        on_change=_other_session,
    )
    return by_id[asked]


def _other_session() -> None:
    st.session_state[SERIES] = st.session_state["attendance_session"]


def _label(one: SessionOn) -> str:
    state = " · taken" if one.taken else ("" if one.only else f" · {one.expected} expected")
    return f"{wording.clock(one.starts_at)} {escaped(one.only or one.title)}{state}"


def _about(one: SessionOn, today: dt.date) -> None:
    minutes, ago = wording.count(one.minutes, "minute"), wording.ago(one.held_on, today)
    plain(f"{wording.label(one.kind)}, {minutes}, {ago}, led by {one.leader}")
