"""What several screens share: user text that stays text, bands, days in words, and choosing a client.

User text (names, notes, phones) is never Markdown: show it with `plain`, or in a label through `escaped`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, Literal

import pandas as pd
import streamlit as st

from casework.caseload.choices import Choice, choices
from casework.errors import NotYours
from casework.users import User
from pages.shared import clock, page_transition
from pages.shared.transactions import reading

CLIENT: Final = "client_id"
"""Key in the session state of the client whose record is open; the address holds `?client=<handle>` beside it."""
HANDLE: Final = "client"


# --- text ---------------------------------------------------------------------------------------------------------


def plain(text: str, *, help: str | None = None) -> None:
    """Show user text exactly as it was typed. `help` is Markdown: our own words only."""
    st.text(text, help=help)


_PUNCTUATION: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~$:@^=])")
# These become emoji, arrows and links after Markdown's own escapes are undone, so they are broken up instead.
_REWRITTEN: Final = re.compile(r"(?<=:)(?=[\w+/-])|(?<=[-<>~])(?=[-=>])|(?<=[wW]{3})(?=\.)|(?<=@)")
_INVISIBLE: Final = "\N{WORD JOINER}"


def escaped(text: str) -> str:
    """User text for a label (button, expander, tab, toast, notice): one line, with nothing that Markdown would read."""
    one_line = " ".join(text.split())
    return _PUNCTUATION.sub(r"\\\1", _REWRITTEN.sub(_INVISIBLE, one_line))


def told_apart(names: dict[int, str]) -> dict[int, str]:
    """Names by id as labels of a choice: a number behind each that occurs twice, because Streamlit picks by label."""
    often = Counter(names.values())
    return {id_: f"{name} (no. {id_})" if often[name] > 1 else name for id_, name in names.items()}


def table(columns: dict[str, list[str]]) -> None:
    """A table whose cells wrap, for words; the first column names the rows. Our own words: cells are Markdown."""
    frame = pd.DataFrame(columns)
    st.table(frame.set_index(frame.columns[0]))


# --- bands and days -----------------------------------------------------------------------------------------------


def is_dark() -> bool:
    """True when the reader's browser shows the dark theme."""
    return st.context.theme.type == "dark"


# --- the open client ----------------------------------------------------------------------------------------------


def open_client(client_id: int, page: str = "client") -> None:
    """Go to a page (by its `url_path`) with this client chosen. Call it in the page's body, not in a callback."""
    st.session_state[CLIENT] = client_id
    go_to(page)


def go_to(page: str) -> None:
    """Go to the page with this `url_path`."""
    # Streamlit finds a page by its url_path alone, so a stand-in spares importing the navigation, which imports us.
    page_transition.switch(st.Page(_stand_in, url_path=page))


def _stand_in() -> None: ...


def client_picker(
    user: User, *, label: str = "Client", label_visibility: Literal["visible", "collapsed"] = "visible"
) -> int | None:
    """Choose one of the user's clients; None when none is chosen. Keeps the session state and the address in step.

    An address with a client who is not among them gets the calm message of NotYours.
    """
    with reading(user) as session:
        mine = {choice.id: choice for choice in choices(session, user, clock.today())}
    asked = st.query_params.get(HANDLE)
    if asked is not None:
        found = next((one.id for one in mine.values() if one.handle == asked), None)
        if found is None:
            st.warning(_NOT_YET if clock.past() else str(NotYours()))
        st.session_state[CLIENT] = found
    chosen = st.session_state.get(CLIENT)
    chosen = chosen if chosen in mine else None
    st.session_state["client_picker"] = chosen
    st.selectbox(
        label,
        list(mine),
        format_func=lambda id_: mine[id_].label,
        key="client_picker",
        placeholder="Type a name" if mine else _nobody_to_choose(),
        on_change=_picked,
        args=(mine,),
        index=None,
        label_visibility=label_visibility,
    )
    if chosen is not None and st.query_params.get(HANDLE) != mine[chosen].handle:
        # Only when it differs: each setting sends the address anew, and that undoes a click on the menu meanwhile.
        st.query_params[HANDLE] = mine[chosen].handle
    return chosen


def _nobody_to_choose() -> str:
    return "Nobody was known by this day" if clock.past() else "You have no clients yet"


_NOT_YET: Final = "On that day there was no such record yet among those that you can see."


def _picked(mine: dict[int, Choice]) -> None:
    chosen = st.session_state["client_picker"]
    st.session_state[CLIENT] = chosen
    if chosen is None:
        st.query_params.pop(HANDLE, None)
    else:
        st.query_params[HANDLE] = mine[chosen].handle
