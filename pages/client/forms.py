"""Small forms: a note, one session's mark, and a time away from opioids."""

from __future__ import annotations

from typing import Any

import streamlit as st

from casework.actions.attendance import record_attendance
from casework.actions.notes import write_note
from casework.actions.tolerance import record_event
from casework.caseload.client_record import ClientRecord
from casework.caseload.evidence import spoken
from casework.users import User
from casework.vocabulary import Mark, SessionKind, ToleranceCause
from casework.wording import sentence
from pages.client.state import day_field, keep, missing, moment, value
from pages.shared.saving import tell


def named(one: str) -> str:
    """An enum's value as an option."""
    return sentence(spoken(one))


def note(record: ClientRecord, user: User) -> None:
    """A plain note on the client."""
    client_id = record.item.client_id
    text, day = f"note_text-{client_id}", f"note_day-{client_id}"
    st.text_area("Note", key=text, height=220, persist_state="session")
    missing("text")
    day_field(day)
    missing("occurred_at")
    st.button(
        "Save note", type="primary", key="save_note", on_click=_save_note, args=(client_id, user, text, day)
    )


def _save_note(client_id: int, user: User, text: str, day: str) -> None:
    keep(
        f"note-{client_id}",
        write_note,
        "Note saved.",
        clears=(text, day),
        by=user,
        client_id=client_id,
        text=value(text) or "",
        occurred_at=moment(value(day)),
    )


def session(record: ClientRecord, user: User) -> None:
    """One mark outside a roll call."""
    client_id = record.item.client_id
    st.caption("For sessions that are not on the schedule. A group's marks come from its roll call.")
    st.selectbox("Session", list(SessionKind), format_func=named, key="session_kind")
    st.segmented_control("Mark", list(Mark), format_func=named, key="session_mark", wrap=True)
    day_field("session_day")
    missing("occurred_at")
    st.button("Save mark", type="primary", key="save_session", on_click=_save_session, args=(client_id, user))


def _save_session(client_id: int, user: User) -> None:
    mark = value("session_mark")
    if mark is None:
        tell("Choose a mark first.", kind="error")
        return
    keep(
        f"session-{client_id}",
        record_attendance,
        f"Saved: {spoken(value('session_kind'))}, {spoken(mark)}.",
        clears=("session_kind", "session_mark", "session_day"),
        by=user,
        client_id=client_id,
        kind=value("session_kind"),
        mark=mark,
        occurred_at=moment(value("session_day")),
    )


def away(record: ClientRecord, user: User) -> None:
    """A time after which tolerance is lower."""
    client_id = record.item.client_id
    away_fields()
    st.button("Save", type="primary", key="save_away", on_click=_save_away, args=(client_id, user))


def away_fields() -> None:
    """The fields of a time away; a correction shows them too."""
    st.caption(
        "After time away from opioids the same dose can kill: a flag stands until 28 days after it ended."
    )
    st.selectbox("What", list(ToleranceCause), format_func=named, key="away_cause")
    day_field("away_from", "From")
    missing("starts_on")
    st.checkbox("It still goes on", key="away_open")
    if not value("away_open"):
        day_field("away_until", "Its last day")
        missing("ends_on")


def away_answers() -> dict[str, Any]:
    """What stands in the fields, as `record_event` takes it."""
    return {
        "cause": value("away_cause"),
        "starts_on": value("away_from"),
        "ends_on": None if value("away_open") else value("away_until"),
    }


def _save_away(client_id: int, user: User) -> None:
    keep(
        f"away-{client_id}",
        record_event,
        "Saved. Check that naloxone is at hand, and record the kit on the Clients page.",
        clears=("away_cause", "away_from", "away_until", "away_open"),
        by=user,
        client_id=client_id,
        **away_answers(),
    )
