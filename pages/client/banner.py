"""Who the record is about, in two lines that stay in sight while one scrolls."""

from __future__ import annotations

import streamlit as st

from casework import wording
from casework.caseload.client_record import Appointment, ClientRecord
from casework.vocabulary import MEDICATIONS, term
from pages.shared.widgets import flags, html_text, story
from pages.shared.widgets.components import escaped


def show(record: ClientRecord) -> None:
    """Name, record number, group and flags; below them level of care, medication, next appointment and counselor."""
    details, told = record.details, record.story
    with st.container(key="client-banner", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="client-banner-who"):
            st.subheader(escaped(record.item.name), anchor=False, width="content")
            number = html_text.span(f"no. {details.record_number}", muted=True)
            st.html(
                f'<div class="tideline-banner-who">{number} {story.group(told)}{flags.few(told.chips)}</div>'
            )
        st.html(f'<div class="tideline-banner-care">{" · ".join(_care(record))}</div>')


def _care(record: ClientRecord) -> list[str]:
    """The care of today, and when the client is expected and by whom."""
    medications = [wording.label(term(MEDICATIONS, one)) for one in record.medications]
    return [
        html_text.span(wording.label(record.level)),
        html_text.span(wording.listed(medications) if medications else "No medication"),
        _next(record),
        html_text.span(record.details.counselor),
    ]


def _next(record: ClientRecord) -> str:
    one: Appointment | None = record.expected
    if one is None:
        return html_text.span("No appointment within 4 weeks")
    at = "" if one.at is None else f", {wording.clock(one.at)}"
    day = "today" if one.on == record.today else wording.weekday_dates([one.on], record.today)
    return f"Next {html_text.named_day(one.on, day)}{at}"
