"""Three cards side by side: how things are now, why, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.claims import Claim
from casework.caseload.client_record import ClientRecord, ToldLine
from casework.caseload.tasks import ClientTask
from casework.vocabulary import Permission
from pages.client import due
from pages.shared.client_dialog import open_dialog
from pages.shared.widgets import disagreement, flags, html_text, layout, story, switched_off
from pages.shared.widgets.calls import claim_line, show_phone
from pages.shared.widgets.components import escaped

SHOWN_ROWS: Final = 12


def show(record: ClientRecord, held: Claim | None, waiting: Sequence[ClientTask]) -> None:
    """What stands out with its day; the other reasons; and the next action. Below each other where it is narrow."""
    with st.container(key="client-cards"):
        now, why, do_next = st.columns(3, gap="small", border=True)
    with now, st.container(gap="xxsmall"):
        _now(record, held)
    with why, st.container(gap="xxsmall"):
        _why(record)
    with do_next, st.container(gap="xxsmall"):
        _next(record, waiting)


def _now(record: ClientRecord, held: Claim | None) -> None:
    told = record.story
    _head("Now")
    headline, *_ = record.told
    _reason(record, headline, strong=True)
    html_text.show(*story.new_and_holds(told), small=True)
    html_text.show(*_contact(record), small=True)
    item = record.item
    if item.safe_to_call is not Permission.NO:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="client-contact"):
            if item.phone:
                show_phone(item.phone, item.wrong_number_on, record.today)
            claim_line(item, held)


def _why(record: ClientRecord) -> None:
    """The other lines of the story, what the grave flags mean, where the client's word and the record differ, and the
    rules that would speak too if the clinic had not switched them off."""
    _head("Why")
    _, *others = record.told
    for one in others:
        _reason(record, one)
    if not others:
        html_text.show(html_text.span("Nothing else stands out.", muted=True), small=True)
    html_text.show(*flags.explained(record.story.chips), small=True)
    if record.stages:
        stages = wording.listed([wording.within(stage) for stage in record.stages])
        html_text.show(html_text.span(f"Signs of the {stages} stage", muted=True), small=True)
    disagreement.show(record)
    switched_off.show(record.off)


def _next(record: ClientRecord, waiting: Sequence[ClientTask]) -> None:
    told, name = record.story, record.item.name
    _head("Do next")
    html_text.show(story.next_action(told))
    story.do_next(told, name, place="client")
    for one in told.also:
        story.also_line(told, name, one, record.details.counselor, place="client")
    due.show(record, waiting)


def _head(words: str) -> None:
    st.html(f'<h3 class="tideline-card-head">{words}</h3>')


def _reason(record: ClientRecord, one: ToldLine, *, strong: bool = False) -> None:
    """A line that opens the rows on which it rests; a row opens its entry."""
    if not one.rows:
        html_text.show(html_text.span(one.text, strong=strong))
        return
    said = escaped(one.text)
    client_id = record.item.client_id
    key = f"reason-{client_id}-{one.text}"
    layout.on_demand(f"**{said}**" if strong else said, lambda: _rows(record, one), key=key)


def _rows(record: ClientRecord, one: ToldLine) -> None:
    client_id = record.item.client_id
    for row in one.rows[:SHOWN_ROWS]:
        day = wording.short_date(row.on, record.today)
        st.button(
            f"{day} · {wording.label(row.kind)}: {escaped(row.text)}",
            key=f"row-of-{client_id}-{one.text}-{row.key}",
            type="tertiary",
            on_click=open_dialog,
            args=(client_id, "entry"),
            kwargs={"about": row.key},
        )
    earlier = len(one.rows) - SHOWN_ROWS
    if earlier > 0:
        html_text.show(html_text.span(f"and {wording.count(earlier, 'earlier row')}", muted=True), small=True)


def _contact(record: ClientRecord) -> list[str]:
    """What is known about reaching the client; the number itself is user text and stands in a line of its own."""
    one, item, today = record.details, record.item, record.today
    lines = []
    if item.last_contact is None:
        lines.append(html_text.span("Not heard from yet", strong=True))
    else:
        kind = html_text.span(wording.within(item.last_contact.kind))
        last = f"ast contact {html_text.when(item.last_contact.on, today)} ({kind})"
        overdue = html_text.span("Overdue", strong=True)
        lines.append(f"{overdue}, l{last}" if item.overdue else f"L{last}")
    if one.safe_to_call is Permission.NO:  # then the number does not stand here: it invites a call
        lines.append(html_text.span("Not safe to call", strong=True))
    else:
        message = wording.within(one.safe_to_leave_message)
        lines.append(
            html_text.span(f"Safe to call: {wording.within(one.safe_to_call)}, to leave a message: {message}")
        )
    lines.append(f"Admitted {html_text.on(one.admitted_on, today)}")
    return lines
