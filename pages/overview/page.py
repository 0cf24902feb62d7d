"""Caseload overview: who is drifting, everybody's weeks, stage tags, attendance, and levels of care.

A mark that is clicked opens its client.
"""

from __future__ import annotations

import math
from typing import Any

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
from pages.shared.widgets import caseloads, charts, switched_off, table
from pages.shared.widgets.components import is_dark, open_client

LIST = "overview"
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
    chosen = table.picked(LIST, set(seen.clients["client_id"].tolist()))
    if chosen is not None:
        open_client(chosen.identifier)
    caseloads.choose(user, seen.counselors, COUNSELOR)
    if not len(seen.clients):
        as_of.nobody_yet(
            "Nobody is on this caseload yet. Once clients are admitted and assigned, they show here."
        )
        return
    charts.band_key()
    switched_off.show(off)
    with st.container(key="overview-charts"):
        _charts(seen, is_dark())


def _charts(seen: Overview, dark: bool) -> None:
    """Draw everything."""
    today = to_day(seen.today)
    left, right = st.columns([3, 2], gap="large")
    with left:
        drift = figures.drift(seen.clients, elevated_from=ELEVATED_FROM, dark=dark)
        charts.show_clients(drift, figures.drift_finding(seen.clients), list_name=LIST, key="overview_drift")
        _table(seen.clients)
    with right:
        _attendance(seen, dark)
        tags = figures.stage_tags(seen.tags, today, dark=dark)
        finding = figures.stage_tags_finding(seen.tags, len(seen.clients))
        charts.show_clients(tags, finding, list_name=LIST, key="overview_tags")
    left, right = st.columns([1, 1], gap="large")
    with left:
        weeks = figures.risk_weeks(seen.clients, seen.history, dark=dark)
        finding = figures.risk_weeks_finding(seen.clients, seen.history)
        charts.show_clients(weeks, finding, list_name=LIST, key="overview_weeks")
    with right:
        care = figures.levels(seen.clients, dark=dark)
        finding = figures.levels_finding(seen.clients)
        charts.show_clients(care, finding, list_name=LIST, key="overview_levels", note=figures.KEY)


def _attendance(seen: Overview, dark: bool) -> None:
    """The trend; a week that is clicked names who missed a session in it, and a name that is clicked opens."""
    trend = figures.attendance_trend(seen.attendance, dark=dark)
    week = charts.clicked(trend, figures.attendance_trend_finding(seen.attendance), key="overview_attendance")
    if week is None:
        return
    missed = seen.missed[(seen.missed["day"] > week - 7) & (seen.missed["day"] <= week)]
    ends = wording.short_date(to_date(week))
    if not len(missed):
        st.text(f"Nobody missed a session in the week to {ends}.")
        return
    st.text(f"No-shows in the week to {ends}; choose a row to open the client:")
    rows: list[Any] = list(missed.itertuples())
    table.show(
        LIST,
        rows,
        {"Client": lambda row: row.name, "No-show": lambda row: wording.full_date(to_date(row.day))},
        identifier=lambda row: row.client_id,
        selectable=True,
        key="overview_missed",
        alt=f"No-shows in the week to {ends}: client and day.",
    )


def _table(clients: pd.DataFrame) -> None:
    """The same clients as a table, for those who cannot use the charts."""
    with st.expander("The same as a table"):
        st.caption("Choose a row to open the client.")
        rows: list[Any] = list(clients.itertuples())
        table.show(
            LIST,
            rows,
            {
                "Client": lambda row: row.name,
                "Risk": lambda row: BAND_STYLES[Band(row.band)].marked,
                "Points": lambda row: None if row.band == Band.UNKNOWN.value else row.points,
                "Change in 4 weeks": lambda row: _changed(row.change),
                "Level of care": lambda row: wording.label(term(LEVELS, row.current)),
                "First option": lambda row: wording.label(term(LEVELS, row.recommended)),
                "Counselor": lambda row: row.counselor,
            },
            identifier=lambda row: row.client_id,
            selectable=True,
            key="overview_table",
            alt="The same clients: risk, points, change, level of care, first option and counselor.",
        )


def _changed(change: float) -> str:
    return "not known" if math.isnan(change) else wording.signed(change)
