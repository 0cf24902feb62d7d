"""The last twelve weeks on one time axis, the same as a table, and the entry behind a mark."""

from __future__ import annotations

import html

import streamlit as st

from casework import wording
from casework.caseload.client_record import ClientRecord
from casework.figures import timeline as figure
from pages.shared.client_dialog import open_dialog
from pages.shared.widgets import charts, layout
from pages.shared.widgets.components import is_dark

_DRAWN = "timeline-drawn"
"""Key in the session state: how often a mark was chosen. A figure that is drawn anew has none chosen, so that a second
click on the same mark opens its entry again."""


def show(record: ClientRecord) -> None:
    """The figure beside the names of its lanes, which stay in sight where it scrolls; a mark opens its entry."""
    client_id = record.item.client_id
    drawn = st.session_state.get(_DRAWN, 0)
    chart = record.timeline.chart(f"timeline-{client_id}-{drawn}", dark=is_dark())
    charts.title(chart)
    with st.container(horizontal=True, gap=None, key="timeline"):
        st.html(_names(record.timeline.lanes), width=74)
        with st.container(key="timeline-plot"):
            charts.on_mark(chart, lambda entry: _open(client_id, entry))
    layout.on_demand(layout.SAME_AS_TABLE, lambda: _table(record), key=f"timeline-table-{client_id}")


def _open(client_id: int, entry: str) -> None:
    st.session_state[_DRAWN] = st.session_state.get(_DRAWN, 0) + 1
    open_dialog(client_id, "entry", about=entry)


def _names(lanes: tuple[str, ...]) -> str:
    """The lanes' names at the height of the figure's lanes. The figure's text alternative names them too."""
    rows = "".join(f'<div style="height:{figure.LANE}px">{html.escape(name)}</div>' for name in lanes)
    return f'<div class="tideline-lanes" aria-hidden="true" style="padding-top:{figure.TOP}px">{rows}</div>'


def _table(record: ClientRecord) -> None:
    rows = sorted(record.timeline.rows, key=lambda row: row.on, reverse=True)
    columns = {
        "Day": [wording.short_date(row.on, record.today) for row in rows],
        "What": [row.lane_label for row in rows],
        "Recorded": [wording.sentence(row.words) for row in rows],
    }
    st.dataframe(columns, hide_index=True, height=min(len(rows) + 1, 12) * 35 + 3, alt=record.timeline.alt)
