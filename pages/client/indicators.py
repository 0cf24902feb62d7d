"""Every indicator with its value, and the dated rows that it rests on."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from casework import wording
from casework.caseload.client_record import ClientRecord, IndicatorLine
from casework.caseload.evidence import EvidenceRow
from casework.indicators import Concern
from pages.shared.widgets import html_text

ATTENTION = {
    Concern.SERIOUS: "■ serious",
    Concern.MARKED: "▲ marked",
    Concern.SOME: "◆ some",
    Concern.NONE: "● none",
    Concern.UNKNOWN: "◌ not known",
}
SHOWN_ROWS = 30


def show(record: ClientRecord) -> None:
    """Those that ask for attention beside the others; each opens its evidence."""
    asking = [line for line in record.lines if line.concern > Concern.NONE]
    others = [line for line in record.lines if line.concern <= Concern.NONE]
    left, right = st.columns(2, gap="medium")
    for column, title, lines in ((left, "Asking for attention", asking), (right, "The others", others)):
        with column, st.container(gap="xsmall"):
            st.markdown(f"**{title}**")
            for line in lines:
                _line(line, record.today)
            if not lines:
                st.text("None.")


def _line(line: IndicatorLine, today: dt.date) -> None:
    with st.expander(
        f"{ATTENTION[line.concern]} · {line.label}: {line.value}", key=f"line-{line.indicator_id}"
    ):
        html_text.show(html_text.span(line.definition, muted=True), small=True)
        if not line.evidence:
            html_text.show(html_text.span("No dated row stands behind it."), small=True)
            return
        html_text.show(*(_row(row, today) for row in line.evidence[:SHOWN_ROWS]), small=True)
        earlier = len(line.evidence) - SHOWN_ROWS
        if earlier > 0:
            html_text.show(html_text.span(f"and {wording.count(earlier, 'earlier row')}"), small=True)


def _row(row: EvidenceRow, today: dt.date) -> str:
    said = f"{html_text.span(wording.label(row.kind), strong=True)}: {html_text.span(row.text)}"
    return f"{html_text.on(row.on, today)}, {html_text.when(row.on, today)} · {said}"
