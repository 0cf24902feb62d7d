"""Today: my sessions of the day, and whom to see or call first, why, since when, and what next."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from casework import wording
from casework.caseload.call_budget import CallPlan, Ranked, plan
from casework.caseload.calls import calls_of_day
from casework.caseload.worklist import Worklist, worklist
from casework.figures.template import BAND_STYLES
from casework.users import User
from casework.vocabulary import Band
from pages.shared import as_of, clock
from pages.shared.database import clinic
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import dialogs, safety
from pages.shared.widgets.components import go_to, told_apart
from pages.today import budget, picks, rows, screens, sessions, worklist_table

FULL_ROWS = 12
"""So many clients above the line stand in full rows; the others in a table, because every full row costs five widgets
and the page stays quick."""
BANDS = (Band.HIGH, Band.ELEVATED, Band.WATCH, Band.UNKNOWN, Band.LOW)
ALL = "Everybody"


def render() -> None:
    """The page."""
    user = require_user()
    today = clock.today()
    with reading(user) as session:
        mine = worklist(session, user, today)
        calls = calls_of_day(session, user, today, mine.items)
    with st.container(gap="xsmall"):
        _head(mine)
        notices()
        picks.follow(mine)
        safety.show_alerts(mine.safety, today, user, clinic().safety_protocol)
        if not mine.items:
            _nobody()
            return
        band, counselor = _chosen(mine, user, calls.per_day)
        caseload = [item for item in mine.items if counselor in (None, item.counselor_id)]
        top = max((point for item in mine.items for point in item.history if point == point), default=1.0)
        _calls(plan(caseload, calls), band, today, top=top, counselors=user.sees_team)
    dialogs.show(user, today)


def _calls(day: CallPlan, band: Band | None, today: dt.date, *, top: float, counselors: bool) -> None:
    """The clients above the line, the line, and the rest. A band hides the others; it moves nobody over the line."""
    within, below = _of_band(day.within, band), _of_band(day.below, band)
    rows.show(within[:FULL_ROWS], today, top=top, counselors=counselors)
    more = f"{wording.sentence(wording.counted(len(within[FULL_ROWS:]), 'more client'))} above the line"
    worklist_table.show(
        within[FULL_ROWS:], more, today, top=top, counselors=counselors, key=worklist_table.MORE
    )
    budget.show_line(day)
    heading = f"Then {wording.counted(len(below), 'more client')}"
    worklist_table.show(below, heading, today, top=top, counselors=counselors)
    if not within and not below:
        st.info("Nobody is in this band.")


def _of_band(ranked: tuple[Ranked, ...], band: Band | None) -> tuple[Ranked, ...]:
    return tuple(one for one in ranked if band in (None, one.item.band))


def _head(mine: Worklist) -> None:
    """The day and its sessions, in one line where there is room."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.subheader(wording.full_date(mine.today), anchor=False, width="content")
        sessions.show(mine)


def _nobody() -> None:
    past = as_of.nobody_yet(
        "Nobody is on your caseload yet. Admit a client, or ask your supervisor to assign one to you."
    )
    if not past and st.button("Go to Clients", type="primary"):
        go_to("clients")


def _chosen(mine: Worklist, user: User, calls_per_day: int) -> tuple[Band | None, int | None]:
    """The band and the counselor to show (None: all), in one line with the screens due and the number of calls."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        band = st.pills(
            "Show",
            [ALL, *(band.value for band in BANDS if mine.bands[band])],
            default=ALL,
            required=True,
            format_func=lambda value: _band_label(value, mine),
            key="today_band",
            label_visibility="collapsed",
            wrap=True,
        )
        counselor = _counselor(mine) if user.sees_team else None
        screens.show(mine.screens_due, mine.today)
        budget.show_control(calls_per_day)
    return (None if band in (ALL, None) else Band(band)), counselor


def _band_label(value: str, mine: Worklist) -> str:
    if value == ALL:
        return f"{ALL} {len(mine.items)}"
    style = BAND_STYLES[Band(value)]
    return f"{style.marked} {mine.bands[Band(value)]}"


def _counselor(mine: Worklist) -> int | None:
    """The id of the counselor whose caseload to show; None for the whole team."""
    names = told_apart({item.counselor_id: item.counselor for item in mine.items})
    return st.selectbox(
        "Caseload",
        sorted(names, key=lambda id_: (names[id_], id_)),
        index=None,
        format_func=names.__getitem__,
        placeholder="All caseloads",
        key="today_counselor",
        label_visibility="collapsed",
        width=220,
    )
