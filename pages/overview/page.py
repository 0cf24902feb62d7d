"""Caseload overview: who is drifting, everybody's weeks, stage tags, attendance, and levels of care.

A mark that is clicked opens its client.
"""

from __future__ import annotations

import streamlit as st

from casework import wording
from casework.caseload import overview_charts
from casework.caseload.overview import Overview, read_overview
from casework.caseload.rules import off_rules
from casework.figures.template import BAND_STYLES
from casework.vocabulary import LEVELS, Group, term
from pages.shared import as_of, clock
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import caseloads, charts, html_text, layout, story, switched_off, table
from pages.shared.widgets.components import is_dark, open_client

LIST = "overview"
COUNSELOR = "overview_counselor"


def render() -> None:
    """The page."""
    user = require_user()
    with reading(user) as session:
        seen = read_overview(session, user, clock.today(), counselor_id=caseloads.chosen(user, COUNSELOR))
        off = off_rules(session, clock.today())
    layout.title("Overview")
    notices()
    chosen = table.picked(LIST, {one.client_id for one in seen.rows})
    if chosen is not None:
        open_client(chosen.identifier)
    caseloads.choose(user, seen.counselors, COUNSELOR)
    if not seen.rows:
        as_of.nobody_yet(
            "Nobody is on this caseload yet.",
            "Admit a client, or ask a supervisor to assign one.",
            go=("Go to Clients", "clients"),
        )
        return
    _groups(seen)
    charts.band_key()
    switched_off.show(off)
    with st.container(key="overview-charts"):
        _charts(seen, is_dark())


def _groups(seen: Overview) -> None:
    """How many clients stand in each group, and how many come before all groups today."""
    lane = sum(bool(one.story.lane) for one in seen.rows)
    counts = {group: sum(one.story.group is group for one in seen.rows) for group in Group}
    said = [f"{wording.label(group)}: {count}" for group, count in counts.items() if count]
    if lane:
        said.insert(0, f"Today, before all others: {lane}")
    tags = " ".join(html_text.tag(one) for one in said)
    html_text.show(f"{html_text.span('Clients:', muted=True)} {tags}", small=True)


def _charts(seen: Overview, dark: bool) -> None:
    """Draw everything."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        charts.show_clients(overview_charts.drift(seen, dark=dark), list_name=LIST)
        _table(seen)
    with right:
        _attendance(seen, dark)
        charts.show_clients(overview_charts.stage_tags(seen, dark=dark), list_name=LIST)
    left, right = st.columns([1, 1], gap="large")
    with left:
        charts.show_clients(overview_charts.weeks(seen, dark=dark), list_name=LIST)
    with right:
        charts.show_clients(overview_charts.levels(seen, dark=dark), list_name=LIST)


def _attendance(seen: Overview, dark: bool) -> None:
    """The trend; a week that is clicked names who missed a session in it, and a name that is clicked opens."""
    week = charts.clicked_day(overview_charts.attendance(seen, dark=dark))
    if week is None:
        return
    missed, ends = seen.missed_in_week(week), wording.short_date(week)
    if not missed:
        st.text(f"Nobody missed a session in the week to {ends}.")
        return
    st.text(f"No-shows in the week to {ends}; choose a row to open the client:")
    table.show(
        LIST,
        missed,
        {"Client": lambda row: row.name, "No-show": lambda row: wording.full_date(row.on)},
        identifier=lambda row: row.client_id,
        selectable=True,
        key="overview_missed",
        alt=f"No-shows in the week to {ends}: client and day.",
    )


def _table(seen: Overview) -> None:
    """The same clients as a table, for those who cannot use the charts."""
    with st.expander("The same as a table"):
        st.caption("Choose a row to open the client.")
        table.show(
            LIST,
            seen.rows,
            {
                "Client": lambda row: row.name,
                **story.columns(lambda row: row.story),
                "Risk": lambda row: BAND_STYLES[row.band].marked,
                "Points": lambda row: row.points,
                "Change in 4 weeks": lambda row: _changed(row.change),
                "Level of care": lambda row: wording.label(term(LEVELS, row.current)),
                "First option": lambda row: wording.label(term(LEVELS, row.recommended)),
                "Counselor": lambda row: row.counselor,
            },
            identifier=lambda row: row.client_id,
            selectable=True,
            config=story.COLUMNS,
            placeholder="–",  # of an unknown risk no points are stated
            key="overview_table",
            alt="The same clients: where each stands, flags, next action, risk, points, change, level of care, first "
            "option and counselor.",
        )


def _changed(change: float | None) -> str:
    return "not known" if change is None else wording.signed(change)
