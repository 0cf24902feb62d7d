"""Urine screens that are due today or overdue, each one click away from recording its result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.worklist import ScreenDue
from pages.shared import as_of
from pages.shared.widgets import table
from pages.shared.widgets.components import escaped

LIST: Final = "screens-due"
SHOWN: Final = 1
"""So many screens have a button of their own. More than these open from a single button."""


def show(due: Sequence[ScreenDue], today: dt.date) -> None:
    """A button for each screen that waits for its result; nothing when none does."""
    if not due:
        return
    with st.container(key="screens-due", horizontal=True, gap="xsmall", vertical_alignment="center"):
        if len(due) <= SHOWN:
            st.text("Urine screens due")
            _buttons(due, today)
        else:
            with st.popover(f"{wording.count(len(due), 'screen')} due"):
                _buttons(due, today)


def _buttons(due: Sequence[ScreenDue], today: dt.date) -> None:
    for one in due:
        st.button(
            f"{escaped(one.name)}, {wording.ago(one.due_on, today)}",
            key=f"screen_due-{one.id}",
            icon=":material/science:",
            help=f"Due {wording.full_date(one.due_on)}. Record the result, or that it was missed.",
            wrap=False,
            disabled=as_of.locked(),
            on_click=table.pick,
            args=(LIST, one.id, "record"),
        )
