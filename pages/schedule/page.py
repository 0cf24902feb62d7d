"""Schedule: my week as a calendar, the series behind it with their rosters, planning a session, and closed days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.choices import choices
from casework.caseload.clinic import closed_days
from casework.caseload.people import counselors
from casework.caseload.sessions import SessionOn, plans, sessions_of_week
from casework.caseload.standing import chips_of
from pages.schedule import closed, series, week
from pages.shared import as_of, clock
from pages.shared.database import clinic
from pages.shared.open_session import WEEK, open_roll_call
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import table
from pages.shared.widgets.components import go_to

SERIES_PANEL: Final = "schedule-series-panel"


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
        days = closed_days(session, today, since=min(monday, today))
        raised = chips_of(session, user, today)
    notices()
    _picked(sessions, today, {one.id for one in all_series})
    behind, plan, shut = st.columns(3, gap="small")
    with behind, st.expander("Series and rosters", key=SERIES_PANEL, on_change="rerun"):
        series.rosters(user, all_series, names, today, raised)
    with plan, st.expander("Plan a session", key="schedule-plan"):
        if not as_of.instead_of_form():
            series.planning(user, team, names, today)
    ahead = [one for one in days if one.day >= today]
    with shut, st.expander(_closed_label(len(ahead)), key="schedule-closed"):
        closed.show(user, ahead, today)
    if not sessions:
        st.info("No session in this week.")
        return
    week.show(
        sessions,
        monday,
        today,
        closed={one.day: one.reason for one in days},
        series={one.id for one in all_series},
        leaders=len({one.leader for one in sessions}) > 1,
    )


def _closed_label(ahead: int) -> str:
    return f"Closed days ({ahead} ahead)" if ahead else "Closed days"


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


def _picked(sessions: tuple[SessionOn, ...], today: dt.date, known: Collection[int]) -> None:
    """Open the roll call of the session that was chosen, or its series when there is none to take."""
    by_identifier = {week.identifier(one): one for one in sessions}
    chosen = table.picked(week.LIST, by_identifier)
    if chosen is None:
        return
    one = by_identifier[chosen.identifier]
    if week.takes_roll_call(one, today):
        open_roll_call(*chosen.identifier)
        go_to("attendance")
    elif one.series_id in known:
        st.session_state[series.CHOSEN], st.session_state[SERIES_PANEL] = one.series_id, True
