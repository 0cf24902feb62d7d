"""Today: my sessions of the day, and whom to see or call first, why, since when, and what next."""

from __future__ import annotations

import streamlit as st

from casework import wording
from casework.caseload.worklist import Item, Worklist, worklist
from casework.figures.template import BAND_STYLES
from casework.users import User
from casework.vocabulary import Band
from pages.shared import clock, looking_back
from pages.shared.components import go_to, notices, told_apart, wide
from pages.shared.database import clinic, database
from pages.shared.gate import require_user
from pages.today_parts import rest, rows, safety, screens, sessions

FIRST = 6
"""How many clients stand in full rows: as many as fit on a small laptop without scrolling."""
BANDS = (Band.HIGH, Band.ELEVATED, Band.WATCH, Band.UNKNOWN, Band.LOW)
ALL = "Everybody"


def render() -> None:
    """The page."""
    user = require_user()
    today = clock.today()
    wide()
    with database().reading() as session:
        mine = worklist(session, user, today)
    with st.container(gap="xsmall"):
        _head(mine)
        notices()
        safety.show_alerts(mine.safety, today, user, clinic().safety_protocol)
        if not mine.items:
            _nobody()
            return
        shown = _filtered(mine, user)
        top = max((point for item in mine.items for point in item.history if point == point), default=1.0)
        rows.show(shown[:FIRST], today, top=top, counselors=user.sees_team)
        rest.show(shown[FIRST:], today, top=top, counselors=user.sees_team)


def _head(mine: Worklist) -> None:
    """The day and its sessions, in one line where there is room."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.subheader(wording.full_date(mine.today), anchor=False, width="content")
        sessions.show(mine)


def _nobody() -> None:
    past = looking_back.nobody_yet(
        "Nobody is on your caseload yet. Admit a client, or ask your supervisor to assign one to you."
    )
    if not past and st.button("Go to Clients", type="primary"):
        go_to("clients")


def _filtered(mine: Worklist, user: User) -> tuple[Item, ...]:
    """The items that the chosen band and counselor leave, in priority order."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        band = st.pills(
            "Show",
            [ALL, *(band.value for band in BANDS if mine.bands[band])],
            default=ALL,
            required=True,
            format_func=lambda value: _band_label(value, mine),
            key="today_band",
            label_visibility="collapsed",
        )
        counselor = _counselor(mine) if user.sees_team else None
        screens.show(mine.screens_due, mine.today)
    return tuple(
        item
        for item in mine.items
        if band in (ALL, None, item.band.value) and counselor in (None, item.counselor_id)
    )


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
