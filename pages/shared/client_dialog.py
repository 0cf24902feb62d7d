"""Which dialog about a client is open, on the Client page or on another. It belongs to its client: with another one it
is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from casework.caseload.entries import RecordEntry
from pages.shared import saving

OPEN: Final = "client_dialog"
"""Key in the session state of the `Opened` dialog."""


@dataclass(frozen=True)
class Opened:
    """An open dialog: of which client, which one, and the entry that it corrects or what else it is about."""

    client_id: int
    dialog: str
    entry: RecordEntry | None = None
    about: Any = None


def open_dialog(client_id: int, dialog: str, entry: RecordEntry | None = None, about: Any = None) -> None:
    """Open a dialog with the next run of the page. For `on_click`."""
    st.session_state[OPEN] = Opened(client_id, dialog, entry, about)
    st.session_state.pop(saving.REFUSED, None)


def opened(client_id: int) -> Opened | None:
    """The client's open dialog."""
    found: Opened | None = st.session_state.get(OPEN)
    return found if found is not None and found.client_id == client_id else None


def opened_of(dialog: str) -> Opened | None:
    """The dialog of this kind that is open, whosever it is."""
    found: Opened | None = st.session_state.get(OPEN)
    return found if found is not None and found.dialog == dialog else None


def close() -> None:
    """Forget which dialog is open."""
    st.session_state.pop(OPEN, None)
