"""Correcting an entry: a new version with a reason; the old one stays readable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from casework.actions.attendance import correct_attendance
from casework.actions.calls import log_call
from casework.actions.medication import record_dose
from casework.actions.notes import write_note
from casework.actions.tolerance import record_event
from casework.caseload import entries
from casework.caseload.client_record import ClientRecord
from casework.caseload.entries import RecordEntry
from casework.users import User
from casework.vocabulary import Mark
from pages.client import forms, medication, screens
from pages.client.state import CORRECTING, keep, missing, moment, value
from pages.shared.widgets import html_text
from pages.today.calls import OUTCOMES

CAN_BE_CORRECTED: Final = frozenset(
    {entries.SESSION, entries.NOTE, entries.CALL, entries.SCREEN, entries.DOSE, entries.TOLERANCE}
)
"""Kinds that the dialog corrects. A check-in is corrected in its own form, a prescription by ending it."""
REASON: Final = "correct_reason"


def show(record: ClientRecord, user: User) -> None:
    """The fields of the entry's kind, and the reason."""
    one: RecordEntry | None = st.session_state.get(CORRECTING)
    if one is None:
        return
    html_text.show(
        f"{html_text.span(one.kind, strong=True)} {html_text.on(one.on, record.today)}, as recorded:"
    )
    st.text(one.said)
    _FIELDS[one.kind](record, one)
    st.text_input("Reason for the correction", key=REASON, max_chars=1000)
    missing("reason", "correction_reason")
    st.button(
        "Save the correction",
        type="primary",
        key="save_correction",
        on_click=_save,
        args=(record.item.client_id, user, one),
    )


def _note(_: ClientRecord, one: RecordEntry) -> None:
    key = f"correct_note-{one.id}"
    st.session_state.setdefault(key, one.text or "")
    st.text_area("Note", key=key, height=220)


def _session(_: ClientRecord, one: RecordEntry) -> None:
    st.segmented_control(
        "Mark", list(Mark), format_func=forms.named, key="correct_mark", required=True, wrap=True
    )


def _call(_: ClientRecord, one: RecordEntry) -> None:
    st.selectbox(
        "How the call ended", list(OUTCOMES), format_func=OUTCOMES.__getitem__, key="correct_outcome"
    )


def _away(record: ClientRecord, _: RecordEntry) -> None:
    forms.away_fields()


_FIELDS: Final[dict[str, Callable[[ClientRecord, RecordEntry], None]]] = {
    entries.NOTE: _note,
    entries.SESSION: _session,
    entries.CALL: _call,
    entries.SCREEN: lambda record, _: screens.fields(record),
    entries.DOSE: lambda record, _: medication.dose_fields(record),
    entries.TOLERANCE: _away,
}


def _save(client_id: int, user: User, one: RecordEntry) -> None:
    reason = value(REASON) or ""
    act, what = _act(client_id, one, reason)
    keep(
        f"correct-{one.key}",
        act,
        "Correction saved. The old version stays readable under the new one.",
        clears=(
            *(REASON, f"correct_note-{one.id}", "correct_mark", "correct_outcome"),
            *screens.FIELDS,
            *medication.DOSE_FIELDS,
        ),
        by=user,
        **what,
    )


def _act(client_id: int, one: RecordEntry, reason: str) -> tuple[Callable[..., Any], dict[str, Any]]:
    """The act that corrects the entry, and what it takes."""
    common = {"client_id": client_id, "supersedes": one.id, "correction_reason": reason}
    if one.kind == entries.SESSION:
        return correct_attendance, {
            "attendance_id": one.id,
            "mark": value("correct_mark"),
            "reason": reason,
        }
    if one.kind == entries.NOTE:
        text = value(f"correct_note-{one.id}") or ""
        return write_note, {**common, "text": text, "occurred_at": moment(one.on)}
    if one.kind == entries.CALL:
        return log_call, {**common, "outcome": value("correct_outcome"), "occurred_at": moment(one.on)}
    if one.kind == entries.SCREEN:
        return screens.record_typed, common
    if one.kind == entries.DOSE:
        return record_dose, {**common, **medication.dose_answers()}
    return record_event, {**common, **forms.away_answers()}
