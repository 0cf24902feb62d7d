"""Correcting an entry: a new version with a reason; the old one stays readable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from casework import wording
from casework.actions.absences import record_absence
from casework.actions.attendance import correct_attendance
from casework.actions.calls import log_call
from casework.actions.medication import record_dose
from casework.actions.notes import write_note
from casework.actions.screens import record_screen
from casework.caseload.client_record import ClientRecord
from casework.caseload.entries import RecordEntry, StoredAbsence, StoredCall, StoredDose, StoredScreen
from casework.users import User
from casework.vocabulary import CallOutcome, FactKind, Mark
from pages.client import forms, medication, screens
from pages.client.forms import about
from pages.shared.client_dialog import close, opened
from pages.shared.form import Form
from pages.shared.widgets import html_text

CAN_BE_CORRECTED: Final = frozenset(
    {FactKind.SESSION, FactKind.NOTE, FactKind.CALL, FactKind.SCREEN, FactKind.DOSE, FactKind.ABSENCE}
)
"""Kinds that the dialog corrects. A check-in is corrected in its own form, a prescription by ending it."""


def show(record: ClientRecord, user: User) -> None:
    """The fields of the entry's kind, and the reason."""
    found = opened(record.item.client_id)
    if found is None or found.entry is None:
        return
    one = found.entry
    form = Form(f"correction-{one.key}", about(record), {**_starts(one), "reason": None})
    html_text.show(
        f"{html_text.span(wording.label(one.kind), strong=True)} {html_text.on(one.on, record.today)}, as recorded:"
    )
    st.text(one.said)
    _FIELDS[one.kind](form, record)
    st.text_input("Reason for the correction", max_chars=1000, **form.field("reason"))
    form.refusal("reason", "correction_reason")
    form.save_button("Save the correction", _save, record.item.client_id, user, one)


def _starts(one: RecordEntry) -> dict[str, Any]:
    """The fields of the entry's kind, with what is stored: what nobody touches stays as it was."""
    match one.stored:
        case Mark() as mark:
            return {"mark": mark}
        case StoredCall(outcome, appointment_on):
            return {"outcome": outcome, "appointment_on": appointment_on}
        case StoredScreen() as screen:
            return screens.screen_of(one.on, screen)
        case StoredDose() as dose:
            return medication.dose_of(one.on, dose)
        case StoredAbsence() as absence:
            return forms.absence_of(one.on, absence)
        case None:
            return {"text": one.text or ""}


def _note(form: Form, _: ClientRecord) -> None:
    st.text_area("Note", height=220, **form.field("text"))
    form.refusal("text")


def _session(form: Form, _: ClientRecord) -> None:
    marks = list(Mark)
    st.segmented_control(
        "Mark", marks, format_func=wording.label, required=True, wrap=True, **form.field("mark")
    )
    form.refusal("mark")


def _call(form: Form, record: ClientRecord) -> None:
    outcomes = list(CallOutcome)
    st.selectbox("How the call ended", outcomes, format_func=wording.label, **form.field("outcome"))
    form.refusal("outcome")
    if form.get("outcome") is CallOutcome.REACHED:
        form.day("appointment_on", "Appointment made for", first=record.details.admitted_on, ahead=True)
    form.refusal("appointment_on")


def _call_answers(form: Form) -> dict[str, Any]:
    outcome = form.get("outcome")
    made = form.get("appointment_on") if outcome is CallOutcome.REACHED else None
    return {"outcome": outcome, "appointment_on": made}


_FIELDS: Final[dict[FactKind, Callable[[Form, ClientRecord], None]]] = {
    FactKind.NOTE: _note,
    FactKind.SESSION: _session,
    FactKind.CALL: _call,
    FactKind.SCREEN: screens.fields,
    FactKind.DOSE: lambda form, _: medication.dose_fields(form),
    FactKind.ABSENCE: lambda form, _: forms.absence_fields(form),
}


def _save(form: Form, client_id: int, user: User, one: RecordEntry) -> None:
    act, read = _ACTS[one.kind]
    saved = form.save(
        act,
        "correction saved. The old version stays readable under the new one.",
        on=_day(form, one),
        answers=lambda: {**_what(form, client_id, one), **read(form)},
        by=user,
    )
    if saved:
        close()


def _day(form: Form, one: RecordEntry) -> dt.date | None:
    """The day that the correction says; of a kind whose day is not asked, the entry's own."""
    day: dt.date | None = one.on
    if one.kind in (FactKind.SCREEN, FactKind.DOSE):
        day = form.get("day")
    elif one.kind == FactKind.ABSENCE:
        day = form.get("from")
    return day


def _what(form: Form, client_id: int, one: RecordEntry) -> dict[str, Any]:
    """The entry, and the reason, as the act of its kind takes them."""
    reason = form.get("reason")
    if one.kind == FactKind.SESSION:
        return {"attendance_id": one.id, "reason": reason}
    return {"client_id": client_id, "supersedes": one.id, "correction_reason": reason}


_ACTS: Final[dict[FactKind, tuple[Callable[..., Any], Callable[[Form], dict[str, Any]]]]] = {
    FactKind.SESSION: (correct_attendance, lambda form: {"mark": form.get("mark")}),
    FactKind.NOTE: (write_note, lambda form: {"text": form.get("text")}),
    FactKind.CALL: (log_call, _call_answers),
    FactKind.SCREEN: (record_screen, lambda form: screens.answers(form)),
    FactKind.DOSE: (record_dose, lambda form: medication.dose_answers(form)),
    FactKind.ABSENCE: (record_absence, lambda form: forms.absence_answers(form)),
}
