"""The first view: who, how things are, since when, why, and what next."""

from __future__ import annotations

import math

import streamlit as st

from casework import wording
from casework.caseload import client_charts
from casework.caseload.client_record import ClientRecord
from casework.caseload.what_if import BANDS
from casework.indicators.assessment import CHANGE_WEEKS
from casework.users import User
from casework.vocabulary import MEDICATIONS, Band, Permission, term
from pages.client import objections, scores
from pages.shared.widgets import charts, html_text, what_if
from pages.shared.widgets.calls import show_phone
from pages.shared.widgets.components import escaped, is_dark


def show(record: ClientRecord) -> None:
    """Name, band, stages, contact, the flag of lowered tolerance and the next step."""
    item, today = record.item, record.today
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(escaped(item.name), anchor=False, width="content")
        with st.container(width="stretch"):
            band = html_text.badge(item.band, dark=is_dark())
            html_text.show(f"{band} {html_text.span(_standing(record))} {_stages(record)}", small=True)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="client-contact"):
        if item.phone and item.safe_to_call is not Permission.NO:
            show_phone(item.phone, item.wrong_number_on, today)
        with st.container(width="stretch"):
            html_text.show(" · ".join(_contact(record)), small=True)
    if item.tolerance is not None:
        flag = item.tolerance
        kit = flag.naloxone_on
        naloxone = (
            f"naloxone kit {html_text.when(kit, today)}"
            if kit
            else html_text.span("no naloxone on record", strong=True)
        )
        html_text.show(
            f"{html_text.span('Lowered tolerance', strong=True)} until {html_text.on(flag.until, today)}, after "
            f"{html_text.span(wording.listed(flag.causes))}: {naloxone}. {html_text.span(wording.TOLERANCE_MEANS)}"
        )
    with st.container(key="client-next"):
        step = item.next_step
        html_text.show(
            f"{html_text.span('Next', strong=True)}: {html_text.span(step.what)}. "
            f"{html_text.span(wording.sentence(step.who))}, {html_text.by(step.by, today)}."
        )


def why(record: ClientRecord, user: User) -> None:
    """The scores with their findings, and what would change the band, beside the last weeks."""
    with st.container(key="client-why"):
        left, right = st.columns([5, 6], gap="medium")
    with left:
        scores.show(record.scores, record.item.band, record.today)
        objections.show(record)
        what_if.show(user, record.details.id, BANDS)
    with right:
        charts.show(client_charts.risk_by_week(record, dark=is_dark()))


def _standing(record: ClientRecord) -> str:
    item = record.item
    change = "" if math.isnan(item.change) else f", {wording.change(item.change, f'{CHANGE_WEEKS} weeks')}"
    points = f"{wording.count(item.points, 'point')}{change}"
    if item.band is Band.UNKNOWN:
        points = f"heard from {wording.percent(item.coverage)} of areas"
    coverage = f"{wording.percent(item.sign_coverage)} of signs asked"
    whose = "your worklist" if item.mine else f"{item.counselor}'s worklist"
    return f"{points} · {coverage} · {record.rank} of {record.of} on {whose}"


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
