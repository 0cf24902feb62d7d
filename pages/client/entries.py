"""All entries on record, the latest first, with late labels, old versions, and the way to correct one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload import entries as read
from casework.caseload.client_record import ClientRecord
from casework.caseload.entries import RecordEntry
from casework.caseload.people import changes
from casework.vocabulary import FactKind
from pages.client import corrections
from pages.client.forms import about
from pages.shared import as_of, clock
from pages.shared.check_in_correction import correction
from pages.shared.client_dialog import open_dialog
from pages.shared.database import clinic
from pages.shared.form import Form
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import html_text
from pages.shared.widgets.components import escaped, open_client, plain

A_PAGE: Final = 12
EVERYTHING: Final = 1040
"""Weeks: more than any record has."""
SPANS: Final = {12: "12 weeks", 26: "26 weeks", 104: "2 years", EVERYTHING: "Everything"}
FIRST_WORDS: Final = 90
"""So many characters of what somebody typed stand in an entry's line."""


def show(record: ClientRecord) -> None:
    """Filters, a page of entries, and the pages' numbers."""
    _client_details(record)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        kind = st.selectbox(
            "Kind",
            list(FactKind),
            index=None,
            format_func=wording.label,
            placeholder="All kinds",
            key="entries_kind",
            width=240,
        )
        weeks = st.selectbox(
            "Span", list(SPANS), format_func=SPANS.__getitem__, key="entries_weeks", width=180
        )
    user = require_user()
    with reading(user) as session:
        found = read.entries(session, user, record.item.client_id, clock.today(), weeks=weeks)
    current = [one for one in found if not one.old and kind in (None, one.kind)]
    if not current:
        st.info("Nothing has been recorded in these weeks.")
        return
    pages = -(-len(current) // A_PAGE)
    form = Form("entries", about(record), {"page": None})
    page = st.pagination(pages, **form.field("page", among=range(1, pages + 1))) if pages > 1 else 1
    with st.container(gap="xsmall"):
        for one in current[(page - 1) * A_PAGE : page * A_PAGE]:
            _entry(one, found, record)


def _client_details(record: ClientRecord) -> None:
    """How the details came to be what they are."""
    user = require_user()
    with reading(user) as session:
        found = changes(session, user, clock.today(), record.item.client_id)
    if not found:
        return
    with st.expander(f"Particulars: {wording.count(len(found), 'change')}", key="client-details-changes"):
        for one in found:
            plain(f"Changed on {wording.long_date(one.on)} by {one.by}: {', '.join(one.said)}")


def _entry(one: RecordEntry, found: Sequence[RecordEntry], record: ClientRecord) -> None:
    marks = {"late entry": one.late, "corrected": one.supersedes_id is not None, "planned": one.planned}
    said = ", ".join(word for word, holds in marks.items() if holds)
    state = f" ({said})" if said else ""
    day = wording.short_date(one.on, record.today)
    with st.expander(
        f"{day} · **{wording.label(one.kind)}**{state}: {escaped(first_words(one))}", key=f"entry-{one.key}"
    ):
        whole(one, found, record, place="list")


def first_words(one: RecordEntry) -> str:
    """What the entry says in a line; of what somebody typed the first words."""
    if not one.text:
        return one.said
    typed = " ".join(one.text.split())
    if len(typed) > FIRST_WORDS:
        typed = typed[:FIRST_WORDS].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return f"{one.said}: “{typed}”"


def whole(one: RecordEntry, found: Sequence[RecordEntry], record: ClientRecord, *, place: str) -> None:
    """The entry with its old versions, and the way to correct it. `place` tells two drawings of one entry apart."""
    _version(one, record)
    newer = one
    for old in read.chain(found, one):
        changed = read.changed(old, newer)
        if changed:
            html_text.show(
                f"{html_text.span('Changed:', strong=True)} {html_text.span(changed)}",
                small=True,
            )
        newer = old
        html_text.show(html_text.span("Replaced by the version above:", muted=True))
        st.text(old.said)
        _version(old, record)
    _buttons(one, record, place)


def _version(one: RecordEntry, record: ClientRecord) -> None:
    """When it happened, who recorded it when, why it was corrected, and its text."""
    day = f"{html_text.when(one.on, record.today)}, {html_text.on(one.on, record.today)}"
    html_text.show(f"{'Due' if one.planned else 'Happened'} {day}.", small=True)
    if one.recorded_at is not None and one.recorded_by:
        recorded = one.recorded_at.astimezone(clinic().zone)
        late = " Late entry." if one.late else ""
        plain(
            f"Recorded by {one.recorded_by} on {wording.long_date(recorded.date())} at "
            f"{wording.clock(recorded.time())}.{late}"
        )
    if one.correction_reason:
        plain(f"Reason for the correction: {one.correction_reason}")
    if one.fields:
        html_text.show(
            html_text.span("; ".join(f"{label}: {said}" for label, said in one.fields.values())),
            small=True,
        )
    if one.text:
        plain(one.text)


def _buttons(one: RecordEntry, record: ClientRecord, place: str) -> None:
    locked = as_of.locked()
    if one.kind == FactKind.CHECK_IN:
        if st.button("Correct this check-in", key=f"correct-{place}-{one.key}", disabled=locked):
            correction(record.item.client_id, record.item.name).fill(begun=one.id)
            open_client(record.item.client_id, "check_in")
    elif one.kind in corrections.CAN_BE_CORRECTED and not one.planned:
        st.button(
            "Correct this entry",
            key=f"correct-{place}-{one.key}",
            on_click=open_dialog,
            args=(record.item.client_id, "correct", one),
            disabled=locked,
        )
