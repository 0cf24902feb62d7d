"""The dialogs of the Client page: one at a time; saving closes it, an error keeps all that was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from casework.caseload.client_record import ClientRecord
from casework.users import User
from pages.client import corrections, entry, forms, medication, overrides, screens
from pages.shared import as_of
from pages.shared.client_dialog import close, opened
from pages.shared.saving import notices
from pages.shared.widgets import dialogs
from pages.shared.widgets.components import escaped

DIALOGS: Final[dict[str, tuple[str, Callable[[ClientRecord, User], None]]]] = {
    "note": ("Write a note", forms.note),
    "screen": ("Urine screen", screens.show),
    "medication": ("Medication", medication.show),
    "session": ("Attendance", forms.session),
    "absence": ("Absence", forms.absence),
    "override": ("A reason does not apply here", overrides.show),
    "entry": ("Entry", entry.show),
    "correct": ("Correct an entry", corrections.show),
}


def show(record: ClientRecord, user: User) -> None:
    """The client's open dialog, if any. Call it last: a page has one dialog a run."""
    client_id = record.item.client_id
    found = opened(client_id)
    if found is None:
        close()  # that of another client
        return
    if as_of.locked():
        return
    if found.dialog not in DIALOGS:
        dialogs.show(user, record.today)
        return
    title, fields = DIALOGS[found.dialog]

    # The dialog covers the header: whose it is stands in its own.
    @st.dialog(f"{title}: {escaped(record.item.name)}", width="medium", on_dismiss=close)
    def dialog() -> None:
        if opened(client_id) != found:  # saved, or another one was asked for
            st.rerun()
        notices()
        fields(record, user)

    dialog()
