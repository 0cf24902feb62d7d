"""Caseload overview: the groups and who moved between them, sessions, stage tags, levels of care; points are behind.

A mark that is clicked opens its client.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from casework import wording
from casework.caseload import overview_charts
from casework.caseload.overview import Overview, read_overview
from casework.caseload.overview_charts import MOST
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
POINTS = "overview-points"
"""Key of what opens at a click."""


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
    with st.container(key="overview-charts"):
        _charts(seen, is_dark())
    _table(seen)
    switched_off.show(off)
    _points(seen, is_dark())


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
    """Who moved between the groups first; then sessions, stage tags and levels of care."""
    left, right = st.columns(2, gap="large")
    with left:
        _flow(seen, dark)
    with right:
        _attendance(seen, dark)
        charts.show_clients(overview_charts.stage_tags(seen, dark=dark), list_name=LIST)
        _as_table("tags", lambda: _tags_table(seen))
    charts.show_clients(overview_charts.levels(seen, dark=dark), list_name=LIST)


def _points(seen: Overview, dark: bool) -> None:
    """Points and bands, for who asks for them."""
    opened = st.expander("Points and risk bands", key=POINTS, on_change="rerun")
    if not opened.open:
        return
    with opened:
        charts.band_key()
        with st.container(key="overview-charts-points"):
            left, right = st.columns(2, gap="large")
            with left:
                charts.show_clients(overview_charts.drift(seen, dark=dark), list_name=LIST)
            with right:
                charts.show_clients(overview_charts.weeks(seen, dark=dark), list_name=LIST)


def _flow(seen: Overview, dark: bool) -> None:
    """The groups by week; a column that is clicked names who stood there, else who moved in the last week is named."""
    mark = charts.clicked_mark(overview_charts.flow(seen, dark=dark))
    stood = seen.stood(*mark) if len(mark) == 2 else ()
    shown = stood or seen.moved
    if not shown:
        st.text("Nobody changed group in the last week.")
        return
    if stood:
        where = f"{wording.label(stood[0].group)}, week to {wording.short_date(stood[0].on)}"
        st.text(f"{where}; choose a row to open the client:")
    else:
        st.text("Who changed group in the last week; choose a row to open the client:")
    table.show(
        LIST,
        shown[:MOST],
        {
            "Client": lambda row: row.name,
            "A week before": lambda row: wording.short_label(row.before) if row.before else "Not in care",
            "Then" if stood else "Now": lambda row: wording.short_label(row.group),
        },
        identifier=lambda row: row.client_id,
        selectable=True,
        key="overview_flow_clients",
        height="content" if len(shown) <= 8 else 320,
        alt="Client, group a week before, and group.",
    )


def _attendance(seen: Overview, dark: bool) -> None:
    """The trend; a week that is clicked names who missed a session in it, and a name that is clicked opens."""
    week = charts.clicked_day(overview_charts.attendance(seen, dark=dark))
    _as_table("attendance", lambda: _attendance_table(seen))
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


def _as_table(of: str, draw: Callable[[], None]) -> None:
    """The figures of a chart as a table, behind one click and read only then."""
    opened = st.expander("As a table", key=f"overview-table-{of}", on_change="rerun", type="compact")
    if opened.open:
        with opened:
            draw()


def _attendance_table(seen: Overview) -> None:
    st.dataframe(
        {
            "Week to": [wording.short_date(one.ends) for one in seen.kept_by_week],
            "Kept": [one.kept for one in seen.kept_by_week],
            "No-shows": [one.missed for one in seen.kept_by_week],
        },
        hide_index=True,
        alt="Sessions kept and no-shows in each week.",
    )


def _tags_table(seen: Overview) -> None:
    table.show(
        LIST,
        seen.tagged[:MOST],
        {
            "Client": lambda row: row.name,
            "Stage": lambda row: wording.label(row.stage),
            "Latest evidence": lambda row: wording.full_date(row.on),
            "Signs": lambda row: row.signs,
        },
        identifier=lambda row: row.client_id,
        selectable=True,
        key="overview_tags_table",
        alt="Client, stage, day of the latest evidence, and signs.",
    )


def _table(seen: Overview) -> None:
    """The clients as a table: for all charts, and for those who cannot use them."""
    with st.expander("All clients as a table"):
        st.caption("Choose a row to open the client.")
        if len(seen.rows) > MOST:
            st.caption(wording.charts.template.first_of(MOST, len(seen.rows)))
        _clients_table(seen)


def _clients_table(seen: Overview) -> None:
    table.show(
        LIST,
        seen.rows[:MOST],
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
