"""Small forms: a note, one session's mark, and an absence."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import streamlit as st

from casework import wording
from casework.actions.absences import record_absence
from casework.actions.attendance import record_attendance
from casework.actions.notes import write_note
from casework.caseload.client_record import ClientRecord
from casework.caseload.entries import StoredAbsence
from casework.users import User
from casework.vocabulary import LOWERS_TOLERANCE, AbsenceCause, Mark, SessionKind
from pages.shared import clock
from pages.shared.client_dialog import close
from pages.shared.form import Form, Subject, client

UNKNOWN: Final = "unknown"
YES: Final = "yes"
NO: Final = "no"
MEDICATED: Final = {UNKNOWN: "Not known", NO: "No", YES: "Yes"}


def about(record: ClientRecord) -> Subject:
    """The client, as whom a form is about."""
    return client(record.item.client_id, record.item.name)


# --- a note -------------------------------------------------------------------------------------------------------


def note(record: ClientRecord, user: User) -> None:
    """A plain note on the client."""
    form = Form("note", about(record), {"text": None, "day": clock.today()})
    st.text_area("Note", height=220, **form.field("text"))
    form.refusal("text")
    form.day()
    form.refusal("occurred_at")
    form.save_button("Save note", _save_note, record.item.client_id, user)


def _save_note(form: Form, client_id: int, user: User) -> None:
    day = form.get("day")
    saved = form.save(
        write_note,
        "note saved.",
        on=day,
        by=user,
        client_id=client_id,
        text=form.get("text"),
        occurred_at=clock.moment(day),
    )
    if saved:
        close()


# --- one session's mark -------------------------------------------------------------------------------------------


def session(record: ClientRecord, user: User) -> None:
    """One mark outside a roll call."""
    form = Form("mark", about(record), {"kind": None, "mark": None, "day": clock.today()})
    st.caption("For sessions that are not on the schedule. A group's marks come from its roll call.")
    st.selectbox("Session", list(SessionKind), format_func=wording.label, **form.field("kind"))
    form.refusal("kind")
    st.segmented_control("Mark", list(Mark), format_func=wording.label, wrap=True, **form.field("mark"))
    form.refusal("mark")
    form.day()
    form.refusal("occurred_at")
    form.save_button("Save mark", _save_mark, record.item.client_id, user)


def _save_mark(form: Form, client_id: int, user: User) -> None:
    saved = form.save(
        record_attendance,
        lambda _: f"{wording.within(form.get('kind'))} marked as {wording.within(form.get('mark'))}.",
        on=form.get("day"),
        answers=lambda: _mark(form),
        by=user,
        client_id=client_id,
    )
    if saved:
        close()


def _mark(form: Form) -> dict[str, Any]:
    """What stands in the fields, as `record_attendance` takes it."""
    return {
        "kind": form.get("kind"),
        "mark": form.get("mark"),
        "occurred_at": clock.moment(form.get("day")),
    }


# --- an absence ---------------------------------------------------------------------------------------------------


def absence(record: ClientRecord, user: User) -> None:
    """A dated absence."""
    today = clock.today()
    form = Form(
        "absence",
        about(record),
        {"cause": None, "from": today, "until": today, "open": None, "medicated": UNKNOWN},
    )
    absence_fields(form)
    form.save_button("Save", _save_absence, record.item.client_id, user)


def absence_of(day: dt.date, stored: StoredAbsence) -> dict[str, Any]:
    """The fields of an absence, with what is stored of one."""
    ends_on = stored.ends_on
    return {
        "cause": stored.cause,
        "from": day,
        "until": ends_on or clock.today(),
        "open": ends_on is None,
        "medicated": UNKNOWN if stored.medicated is None else (YES if stored.medicated else NO),
    }


def absence_fields(form: Form) -> None:
    """The fields of an absence; a correction shows them too."""
    st.caption(
        "An absence counts neither as missed weeks nor as coming. After detox, custody or hospital the amount used "
        "before can now cause an overdose: a flag stands until 28 days after it ended."
    )
    st.selectbox(
        "What",
        list(AbsenceCause),
        index=None,
        format_func=wording.label,
        placeholder="Choose what it was",
        **form.field("cause"),
    )
    form.refusal("cause")
    form.day("from", "From")
    form.refusal("starts_on")
    st.checkbox("It still goes on", **form.field("open"))
    if not form.get("open"):
        form.day("until", "Its last day")
        form.refusal("ends_on")
    st.radio(
        "Was the maintenance medication given meanwhile?",
        list(MEDICATED),
        format_func=MEDICATED.__getitem__,
        horizontal=True,
        **form.field("medicated"),
    )


def absence_answers(form: Form) -> dict[str, Any]:
    """What stands in the fields, as `record_absence` takes it."""
    return {
        "cause": form.get("cause"),
        "starts_on": form.get("from"),
        "ends_on": None if form.get("open") else form.get("until"),
        "medicated": None if form.get("medicated") == UNKNOWN else form.get("medicated") == YES,
    }


def _warning(cause: AbsenceCause) -> str:
    """What to say to the client after the absence, where it lowers tolerance."""
    return f" {wording.TOLERANCE_MEANS}" if cause in LOWERS_TOLERANCE else ""


def _save_absence(form: Form, client_id: int, user: User) -> None:
    saved = form.save(
        record_absence,
        lambda saved: "the absence is saved." + _warning(saved.cause),
        on=form.get("from"),
        by=user,
        client_id=client_id,
        **absence_answers(form),
    )
    if saved:
        close()
