"""The dialogs of the Client page: one at a time; saving closes it, an error keeps all that was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from casework.caseload.client_record import ClientRecord
from casework.users import User
from pages.client import corrections, forms, medication, overrides, screens
from pages.client.state import OPEN
from pages.shared import as_of
from pages.shared.saving import REFUSED, notices

Form = Callable[[ClientRecord, User], None]
FORMS: Final[dict[str, tuple[str, Form]]] = {
    "note": ("Write a note", forms.note),
    "screen": ("Urine screen", screens.show),
    "medication": ("Medication", medication.show),
    "session": ("Attendance", forms.session),
    "away": ("Detox, custody, hospital", forms.away),
    "override": ("A reason does not apply here", overrides.form),
    "correct": ("Correct an entry", corrections.show),
}


def open_dialog(name: str) -> None:
    """Open a dialog with the next run. For `on_click`."""
    st.session_state[OPEN] = name
    st.session_state.pop(REFUSED, None)


def close() -> None:
    """Forget which dialog is open."""
    st.session_state.pop(OPEN, None)


def show(record: ClientRecord, user: User) -> None:
    """The open dialog, if any. Call it last: a page has one dialog a run."""
    name = st.session_state.get(OPEN)
    if name not in FORMS or as_of.locked():
        return
    title, form = FORMS[name]

    @st.dialog(title, width="medium", on_dismiss=close)
    def dialog() -> None:
        if OPEN not in st.session_state:  # saved
            st.rerun()
        notices()
        form(record, user)

    dialog()
