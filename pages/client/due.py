"""Planned urine screens that wait for their result."""

from __future__ import annotations

import streamlit as st

from casework.caseload.client_record import ClientRecord
from casework.frames import to_date
from casework.vocabulary import ScreenStatus
from pages.client import screens
from pages.client.opened import open_dialog
from pages.shared import as_of
from pages.shared.form import client
from pages.shared.widgets import html_text


def show(record: ClientRecord) -> None:
    """A line for each planned screen that is due, with a button that records what became of it."""
    rows = record.facts.screens
    waiting = rows[rows["status"].to_numpy() == list(ScreenStatus).index(ScreenStatus.DUE)]
    for id_, day in zip(waiting["id"].tolist(), waiting["day"].tolist(), strict=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(width="content"):
                due = html_text.when(to_date(day), record.today)
                html_text.show(f"{html_text.span('Urine screen', strong=True)} due {due}", small=True)
            st.button(
                "Record its result",
                key=f"screen_due-{id_}",
                icon=":material/science:",
                disabled=as_of.locked(),
                on_click=record_planned,
                args=(record.item.client_id, record.item.name, int(id_)),
            )


def record_planned(client_id: int, name: str, screen_id: int) -> None:
    """With the next run of the client's page, open the dialog in which a planned screen gets its result."""
    screens.recording(client(client_id, name)).fill(planned=screen_id)
    open_dialog(client_id, "screen")
