"""What the Client page's forms share: their keys, the day of an entry, and saving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from pages.shared import clock
from pages.shared.database import clinic
from pages.shared.saving import REFUSED, save

OPEN: Final = "client_dialog"
"""Key in the session state of the open dialog's name."""
CORRECTING: Final = "client_correcting"
"""Key in the session state of the (kind, id, text) of the entry that is being corrected."""


def day_field(key: str, label: str = "Day") -> None:
    """The day of an entry: today unless it is recorded late."""
    st.date_input(label, value=clock.today(), key=key, max_value=clock.today(), format="YYYY-MM-DD")


def moment(day: dt.date | None) -> dt.datetime | None:
    """When something of that day happened: None (just now) for today, noon of an earlier day."""
    if day is None or day == clock.today():
        return None
    return dt.datetime.combine(day, dt.time(12), clinic().zone)


def value(key: str) -> Any:
    """What stands in a field."""
    return st.session_state.get(key)


def missing(*fields: str) -> None:
    """Beside a field: what the last save had to say about it."""
    refused = st.session_state.get(REFUSED)
    if refused is not None and refused[1] in fields:
        del st.session_state[REFUSED]
        st.error(refused[2], icon=":material/arrow_upward:")


def keep(
    form: str,
    act: Callable[..., Any],
    said: str | Callable[[Any], str],
    *,
    clears: tuple[str, ...] = (),
    **what: Any,
) -> None:
    """Save, then close the dialog and empty its fields. For callbacks."""
    if save(form, act, said, **what):
        for key in clears:
            st.session_state.pop(key, None)
        st.session_state.pop(OPEN, None)
        st.session_state.pop(CORRECTING, None)
