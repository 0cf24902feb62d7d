"""What waits about the client: the actions of the open task, and planned urine screens without a result."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from casework.caseload.client_record import ClientRecord
from casework.caseload.tasks import ClientTask
from pages.shared import as_of
from pages.shared.urine_screen import record_planned
from pages.shared.widgets import html_text, tasks


def show(record: ClientRecord, waiting: Sequence[ClientTask]) -> None:
    """A line for each action of the open task and for each planned screen that is due, with a button that does it."""
    tasks.show_open(waiting, record.today)
    for one in record.due_screens:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(width="content"):
                due = html_text.when(one.due_on, record.today)
                html_text.show(f"{html_text.span('Urine screen', strong=True)} due {due}", small=True)
            st.button(
                "Record its result",
                key=f"screen_due-{one.id}",
                icon=":material/science:",
                disabled=as_of.locked(),
                on_click=record_planned,
                args=(record.item.client_id, record.item.name, one.id),
            )
