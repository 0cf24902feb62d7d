"""The first view: who, how things are, since when, why, and what next."""

from __future__ import annotations

import streamlit as st

from casework import wording
from casework.caseload import client_charts
from casework.caseload.claims import Claim
from casework.caseload.client_record import ClientRecord
from casework.caseload.what_if import BANDS
from casework.users import User
from casework.vocabulary import MEDICATIONS, Permission, term
from pages.client import objections, scores
from pages.shared.widgets import charts, flags, html_text, story, what_if
from pages.shared.widgets.calls import claim_line, show_phone
from pages.shared.widgets.components import escaped, is_dark


def show(record: ClientRecord, held: Claim | None) -> None:
    """Name, where the client stands, flags, contact with who has taken the call (`held`), what is said, and the next
    action."""
    item, told = record.item, record.story
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(escaped(item.name), anchor=False, width="content")
        with st.container(width="stretch"):
            html_text.show(f"{story.group(told)} {_stages(record)}", flags.chips(told.chips), small=True)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="client-contact"):
        if item.phone and item.safe_to_call is not Permission.NO:
            show_phone(item.phone, item.wrong_number_on, record.today)
        with st.container(width="stretch"):
            html_text.show(" · ".join(_contact(record)), small=True)
        if item.safe_to_call is not Permission.NO:
            claim_line(item, held)
    html_text.show(story.headline(told), *story.beneath(told), *flags.explained(told.chips))
    also = [f"{html_text.span('Also', muted=True)}: {one}" for one in story.also(told)]
    with st.container(key="client-next", gap="xsmall"):
        html_text.show(f"{html_text.span('Next', strong=True)}: {story.next_action(told)}", *also)
        with st.container(horizontal=True, gap="xsmall", key="client-next-buttons"):
            story.do_next(told, item.name, place="client")
            story.also_buttons(told, item.name, place="client")


def why(record: ClientRecord, user: User) -> None:
    """The scores with their findings, and what would change the band, beside the last weeks."""
    with st.container(key="client-why"):
        left, right = st.columns([5, 6], gap="medium")
    with left:
        scores.show(record)
        objections.show(record)
        what_if.show(user, record.details.id, BANDS)
    with right:
        charts.show(client_charts.risk_by_week(record, dark=is_dark()))


def _stages(record: ClientRecord) -> str:
    return " ".join(html_text.tag(f"{wording.within(stage)} stage") for stage in record.stages)


def _contact(record: ClientRecord) -> list[str]:
    """What is known about reaching the client; the phone number itself is user text and stands before it."""
    one, item, today = record.details, record.item, record.today
    if one.safe_to_call is Permission.NO:  # then the number does not stand here: it invites a call
        lines = [html_text.span("Not safe to call", strong=True)]
    else:
        message = wording.within(one.safe_to_leave_message)
        lines = [
            html_text.span(f"safe to call: {wording.within(one.safe_to_call)}, to leave a message: {message}")
        ]
    if item.last_contact is None:
        lines.append(html_text.span("not heard from yet", strong=True))
    else:
        kind = html_text.span(wording.within(item.last_contact.kind))
        last = f"last contact {html_text.when(item.last_contact.on, today)} ({kind})"
        lines.append(f"{html_text.span('overdue', strong=True)}, {last}" if item.overdue else last)
    treatment = [
        wording.within(record.level),
        *(wording.within(term(MEDICATIONS, one)) for one in record.medications),
    ]
    lines.append(
        html_text.span("in " + wording.listed(treatment[:1]) + "".join(f", {name}" for name in treatment[1:]))
    )
    lines.append(f"admitted {html_text.on(one.admitted_on, today)}")
    return lines
