"""Caseload overview: who is drifting, everybody's weeks, stage tags, attendance, and levels of care.

A mark that is clicked opens its client.
"""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from casework import wording
from casework.caseload.overview import Overview, read_overview
from casework.caseload.rules import off_rules
from casework.figures import caseload as figures
from casework.figures.template import BAND_STYLES
from casework.frames import to_date, to_day
from casework.indicators.fitted import ELEVATED_FROM
from casework.vocabulary import LEVELS, Band, term
from pages.shared import as_of, clock
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import caseloads, charts, switched_off
from pages.shared.widgets.components import is_dark, open_client

COUNSELOR = "overview_counselor"
"""A chart in half of a tablet's width cannot be read: below this width the columns stand one below the other."""


def render() -> None:
    """The page."""
    user = require_user()
    with reading(user) as session:
        seen = read_overview(session, user, clock.today(), counselor_id=caseloads.chosen(user, COUNSELOR))
        off = off_rules(session, clock.today())
    st.subheader("Caseload overview", anchor=False)
    notices()
    caseloads.choose(user, seen.counselors, COUNSELOR)
    if not len(seen.clients):
        as_of.nobody_yet(
            "Nobody is on this caseload yet. Once clients are admitted and assigned, they show here."
        )
        return
    charts.band_key()
    switched_off.show(off)
    with st.container(key="overview-charts"):
        opened = _charts(seen, is_dark())
    if opened is not None:
        open_client(opened)


def _charts(seen: Overview, dark: bool) -> int | None:
    """Draw everything; the client whose mark or row was chosen, if any."""
    today = to_day(seen.today)
    left, right = st.columns([3, 2], gap="large")
    with left:
        drift = figures.drift(seen.clients, elevated_from=ELEVATED_FROM, dark=dark)
        found = charts.clicked(drift, figures.drift_finding(seen.clients), key="overview_drift")
        row = _table(seen.clients)
    with right:
        week = _attendance(seen, dark)
        tags = figures.stage_tags(seen.tags, today, dark=dark)
        finding = figures.stage_tags_finding(seen.tags, len(seen.clients))
        tag = charts.clicked(tags, finding, key="overview_tags")
    left, right = st.columns([1, 1], gap="large")
    with left:
        weeks = figures.risk_weeks(seen.clients, seen.history, dark=dark)
        cell = charts.clicked(
            weeks, figures.risk_weeks_finding(seen.clients, seen.history), key="overview_weeks"
        )
    with right:
        care = figures.levels(seen.clients, dark=dark)
        level = charts.clicked(
            care, figures.levels_finding(seen.clients), key="overview_levels", note=figures.KEY
        )
    return next((one for one in (found, row, week, tag, cell, level) if one is not None), None)


def _attendance(seen: Overview, dark: bool) -> int | None:
    """The trend; a week that is clicked names who missed a session in it, and a name that is clicked opens."""
    trend = figures.attendance_trend(seen.attendance, dark=dark)
    week = charts.clicked(trend, figures.attendance_trend_finding(seen.attendance), key="overview_attendance")
    if week is None:
        return None
    missed = seen.missed[(seen.missed["day"] > week - 7) & (seen.missed["day"] <= week)]
    ends = wording.short_date(to_date(week))
    if not len(missed):
        st.text(f"Nobody missed a session in the week to {ends}.")
        return None
    st.text(f"No-shows in the week to {ends}; choose a row to open the client:")
    days = [wording.full_date(to_date(day)) for day in missed["day"]]
    return _rows(pd.DataFrame({"Client": missed["name"], "No-show": days}), missed, "overview_missed")


def _table(clients: pd.DataFrame) -> int | None:
    """The same clients as a table, for those who cannot use the charts."""
    with st.expander("The same as a table"):
        shown = pd.DataFrame(
            {
                "Client": clients["name"],
                "Risk": [BAND_STYLES[Band(band)].marked for band in clients["band"]],
                "Points": [
                    None if band == Band.UNKNOWN.value else points
                    for band, points in zip(clients["band"], clients["points"], strict=True)
                ],
                "Change in 4 weeks": [_changed(change) for change in clients["change"]],
                "Level of care": [wording.label(term(LEVELS, level)) for level in clients["current"]],
                "First option": [wording.label(term(LEVELS, level)) for level in clients["recommended"]],
                "Counselor": clients["counselor"],
            }
        )
        st.caption("Choose a row to open the client.")
        return _rows(shown, clients, "overview_table")


def _changed(change: float) -> str:
    return "not known" if math.isnan(change) else wording.signed(change)


def _rows(shown: pd.DataFrame, behind: pd.DataFrame, key: str) -> int | None:
    """A table; the client of the row that was chosen in this run."""
    event = st.dataframe(
        shown, hide_index=True, on_select="rerun", selection_mode="single-row", key=key, width="stretch"
    )
    chosen = event["selection"]["rows"]
    return int(behind["client_id"].iloc[chosen[0]]) if chosen else None
