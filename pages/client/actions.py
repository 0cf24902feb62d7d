"""The row of actions: what one does with a client, each one click away."""

from __future__ import annotations

import streamlit as st

from casework.caseload.client_record import ClientRecord
from pages.shared import as_of
from pages.shared.client_dialog import open_dialog
from pages.shared.widgets.calls import call_menu
from pages.shared.widgets.components import open_client

DIALOGS = {
    "note": "Write a note",
    "screen": "Urine screen",
    "medication": "Medication",
    "session": "Attendance",
    "absence": "Absence",
}


def show(record: ClientRecord) -> None:
    """Buttons in one line, wrapping where it is narrow."""
    client_id = record.item.client_id
    with st.container(horizontal=True, gap="xsmall", key="client-actions"):
        locked = as_of.locked()
        if st.button("Check in", type="primary", key=f"client_check_in-{client_id}", disabled=locked):
            open_client(client_id, "check_in")
        call_menu(record.item, width="content", facts=record.story.refs)
        for name, label in DIALOGS.items():
            st.button(
                label,
                key=f"open_{name}-{client_id}",
                on_click=open_dialog,
                args=(client_id, name),
                disabled=locked,
            )
        if st.button("Level of care", key=f"client_level_of_care-{client_id}"):
            open_client(client_id, "level_of_care")
