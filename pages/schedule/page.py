"""Schedule: my week, the series behind it with their rosters, planning a session, and closed days."""

from __future__ import annotations

import datetime as dt
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.choices import choices
from casework.caseload.clinic import closed_days
from casework.caseload.people import counselors
from casework.caseload.sessions import SessionOn, plans, sessions_of_week
from casework.caseload.standing import chips_of
from pages.schedule import closed, series
from pages.shared import as_of, clock
from pages.shared.database import clinic
from pages.shared.open_session import WEEK, open_roll_call
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import table
from pages.shared.widgets.components import go_to

LIST: Final = "schedule"
OPEN: Final = "Open"


def render() -> None:
    """The page."""
    user = require_user()
    today = clock.today()
    monday = _week(today)
    with reading(user) as session:
        sessions = sessions_of_week(session, user, monday, clinic().zone, today=today)
        all_series = plans(session, user, today)
        team = counselors(session, user)
        names = {one.id: one.label for one in choices(session, user, today)}
        days = closed_days(session, today)
        raised = chips_of(session, user, today)
    notices()
    _picked(sessions, today)
    _sessions(sessions, today)
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**Groups and series**")
        series.rosters(user, all_series, names, today, raised)
    with right:
        st.markdown("**Plan a session**")
        if not as_of.instead_of_form():
            series.planning(user, team, names, today)
        closed.show(user, days, today)


def _week(today: dt.date) -> dt.date:
    """The Monday of the week to show, with the buttons that turn the page."""
    this_week = today - dt.timedelta(days=today.weekday())
    monday: dt.date = st.session_state.get(WEEK, this_week)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        last = monday + dt.timedelta(days=6)
        st.subheader(
            f"{wording.short_date(monday, today)} to {wording.short_date(last, today)}",
            anchor=False,
            width="content",
        )
        for label, to in (
            ("Week before", monday - dt.timedelta(days=7)),
            ("This week", this_week),
            ("Week after", monday + dt.timedelta(days=7)),
        ):
            st.button(label, key=f"week-{label}", on_click=_turn, args=(to,), disabled=to == monday)
    return monday


def _turn(monday: dt.date) -> None:
    st.session_state[WEEK] = monday


def _sessions(sessions: tuple[SessionOn, ...], today: dt.date) -> None:
    if not sessions:
        st.info("No session in this week.")
        return
    table.show(
        LIST,
        sessions,
        {
            "Day": lambda one: f"{wording.WEEKDAYS[one.held_on.weekday()]}{_today(one, today)}",
            "Time": lambda one: wording.clock(one.starts_at),
            "Session": lambda one: one.only or one.title,
            OPEN: lambda one: _open(one, today),
            "Kind": lambda one: wording.label(one.kind),
            "Minutes": lambda one: one.minutes,
            "Led by": lambda one: one.leader,
            "Expected": lambda one: one.expected,
            "Roll call": lambda one: _roll_call(one, today),
        },
        identifier=_identifier,
        buttons={OPEN: table.Cells(90)},
        config={"Day": st.column_config.Column(width=150), "Session": st.column_config.Column(width=210)},
        alt="The sessions of the week in order of time, and whether their roll calls have been taken.",
    )


def _picked(sessions: tuple[SessionOn, ...], today: dt.date) -> None:
    """Open the roll call of the session that was chosen."""
    chosen = table.picked(LIST, {_identifier(one) for one in sessions if _open(one, today)})
    if chosen is not None:
        open_roll_call(*chosen.identifier)
        go_to("attendance")


def _identifier(one: SessionOn) -> tuple[int, dt.date]:
    return one.series_id, one.held_on


def _today(one: SessionOn, today: dt.date) -> str:
    return ", today" if one.held_on == today else ""


def _roll_call(one: SessionOn, today: dt.date) -> str:
    if one.taken:
        return "taken"
    return "to take" if one.held_on <= today and one.mine else ""


def _open(one: SessionOn, today: dt.date) -> str | None:
    return "Roll call" if one.mine and one.held_on <= today else None
