"""Small forms: a note, one session's mark, and a time away from opioids."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from casework import wording
from casework.actions.attendance import record_attendance
from casework.actions.notes import write_note
from casework.actions.tolerance import record_event
from casework.caseload.client_record import ClientRecord
from casework.caseload.entries import StoredTimeAway
from casework.users import User
from casework.vocabulary import Mark, SessionKind, ToleranceCause
from pages.shared import clock
from pages.shared.client_dialog import close
from pages.shared.form import Form, Subject, client


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


# --- a time away --------------------------------------------------------------------------------------------------


def away(record: ClientRecord, user: User) -> None:
    """A time after which tolerance is lower."""
    today = clock.today()
    form = Form("away", about(record), {"cause": None, "from": today, "until": today, "open": None})
    away_fields(form)
    form.save_button("Save", _save_away, record.item.client_id, user)


def away_of(day: dt.date, stored: StoredTimeAway) -> dict[str, Any]:
    """The fields of a time away, with what is stored of one."""
    ends_on = stored.ends_on
    return {"cause": stored.cause, "from": day, "until": ends_on or clock.today(), "open": ends_on is None}


def away_fields(form: Form) -> None:
    """The fields of a time away; a correction shows them too."""
    st.caption(
        "After time away from opioids the amount used before can cause an overdose: a flag stands until 28 days after "
        "it ended."
    )
    st.selectbox("What", list(ToleranceCause), format_func=wording.label, **form.field("cause"))
    form.refusal("cause")
    form.day("from", "From")
    form.refusal("starts_on")
    st.checkbox("It still goes on", **form.field("open"))
    if not form.get("open"):
        form.day("until", "Its last day")
        form.refusal("ends_on")


def away_answers(form: Form) -> dict[str, Any]:
    """What stands in the fields, as `record_event` takes it."""
    return {
        "cause": form.get("cause"),
        "starts_on": form.get("from"),
        "ends_on": None if form.get("open") else form.get("until"),
    }


def _save_away(form: Form, client_id: int, user: User) -> None:
    saved = form.save(
        record_event,
        "saved. Check that naloxone is at hand, and record the kit on the Clients page.",
        on=form.get("from"),
        by=user,
        client_id=client_id,
        **away_answers(form),
    )
    if saved:
        close()
