"""What several screens share: user text that stays text, bands, days in words, choosing a client, and saving.

User text (names, notes, phones) is never Markdown: show it with `plain`, or in a label through `escaped`.
"""

from __future__ import annotations

import re
import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

import pandas as pd
import streamlit as st

from casework.caseload.choices import Choice, choices
from casework.errors import AlreadyRecorded, NotYours, Refused, TidelineError
from casework.users import User
from casework.vocabulary import Band
from pages.shared import clock, page_transition
from pages.shared.database import database
from pages.shared.widgets import html_text

CLIENT: Final = "client_id"
"""Key in the session state of the client whose record is open; the address holds `?client=<handle>` beside it."""
HANDLE: Final = "client"
REFUSED: Final = "refused"
"""Key in the session state of (field, what was said of it) when the last save was refused for one of its fields."""
NOTICES: Final = "notices"
"""Key in the session state of what callbacks had to tell and no page has shown yet: (kind, text) each."""
TOLD, TELLING_AT = "told", "telling_at"
"""Keys in the session state of what the last run of a page `Told`, and of where and since when this one tells."""
DOUBLE_CLICK_SECONDS: Final = 1.0
"""A second save of the same form within this time is the second half of a double click."""

Saved = TypeVar("Saved")


@dataclass(frozen=True)
class Told:
    """Notices that a page showed: `place` is its path and the open client, `since` the monotonic second of their first
    time."""

    place: tuple[str, int | None]
    since: float
    notices: tuple[tuple[str, str], ...]


# --- the page ----------------------------------------------------------------------------------------------------


def wide() -> None:
    """Narrow margins, for screens with a worklist or a table, and chosen pills that can be told from the others in
    the dark too. Call it first in `render`."""
    st.html(_STYLE)


# As many conditions as in Streamlit's own rule for one that the mouse is over, and one more.
_CHOSEN: Final = (
    'button[role="radio"][aria-checked="true"][data-selected]:not([data-disabled])'
    ':is([data-variant="pills"], [data-variant="segmented_control"])'
)
_STYLE: Final = """<style>
.stMainBlockContainer { padding-left: 2rem; padding-right: 2rem; }
%CHOSEN% { background: var(--st-primary-color, #0f766e); border-color: var(--st-primary-color, #0f766e); }
%CHOSEN% p { color: #fff; font-weight: 600; }
</style>""".replace("%CHOSEN%", _CHOSEN)


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


def band_badge(band: Band) -> None:
    """Show a band as symbol, word and color."""
    st.html(html_text.badge(band, dark=is_dark()), width="content")


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
    with database().reading() as session:
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


# --- saving -------------------------------------------------------------------------------------------------------


def token(form: str) -> str:
    """The idempotency token of a form: the same until the entry was saved, and through a double click after that."""
    saved_at = st.session_state.get(f"saved_at:{form}")
    fresh = saved_at is not None and time.monotonic() - saved_at > DOUBLE_CLICK_SECONDS
    if fresh or f"token:{form}" not in st.session_state:
        st.session_state[f"token:{form}"] = secrets.token_urlsafe(24)
        st.session_state.pop(f"saved_at:{form}", None)
    kept: str = st.session_state[f"token:{form}"]
    return kept


def save(
    form: str,
    act: Callable[..., Saved],
    said: str | Callable[[Saved], str],
    *,
    toast: bool = False,
    with_token: bool = True,
    **what: object,
) -> bool:
    """Run one act in a transaction; call it in an `on_click` callback. True when the entry is saved.

    `act(session, now=…, token=…, **what)` is a function of `casework.actions`; `with_token=False` is for those that
    take no token. `said` is the confirmation, as user text; `toast` shows it for a moment beside the page. An
    error is kept for `notices` and every input stays as it was; the same entry sent twice counts as saved.
    """
    sent = token(form)
    if with_token:
        what["token"] = sent
    just_saved = f"saved_at:{form}" in st.session_state
    st.session_state.pop(REFUSED, None)
    try:
        with database().writing() as session:
            result = act(session, now=clock.now(), **what)
            confirmation = said(result) if callable(said) else said
    except AlreadyRecorded:
        if not just_saved:
            tell("This was already saved.")
    except TidelineError as error:
        if not (just_saved and isinstance(error, Refused)):  # the emptied form of a double click
            tell(str(error), kind="error")
            if isinstance(error, Refused) and error.field is not None:
                st.session_state[REFUSED] = (error.field, str(error))
        return False
    else:
        tell(confirmation, kind="toast" if toast else "success")
    st.session_state[f"saved_at:{form}"] = time.monotonic()
    return True


def tell(text: str, kind: str = "success") -> None:
    """Keep a notice ("success", "toast", "warning" or "error"; user text) until a page shows it."""
    st.session_state.setdefault(NOTICES, []).append((kind, text))


def tell_again(page: str) -> None:
    """Keep what the last run of this page (by its `url_path`) showed a moment ago, unless there is news. Call it before
    the page runs.

    The second half of a double click runs the page anew, and would wipe the confirmation that the first half earned. A
    toast outlives a run, and is not told twice.
    """
    place = (page, st.session_state.get(CLIENT))
    kept: Told | None = st.session_state.pop(TOLD, None)
    st.session_state[TELLING_AT] = place, time.monotonic()
    if kept is None or st.session_state.get(NOTICES) or kept.place != place:
        return
    if time.monotonic() - kept.since < DOUBLE_CLICK_SECONDS:
        st.session_state[NOTICES] = list(kept.notices)
        st.session_state[TELLING_AT] = place, kept.since


def notices() -> None:
    """Show what callbacks had to tell, once. Call it at the top of a page."""
    told = st.session_state.pop(NOTICES, [])
    lasting = tuple(one for one in told if one[0] != "toast")
    if lasting and TELLING_AT in st.session_state:
        place, since = st.session_state[TELLING_AT]
        st.session_state[TOLD] = Told(place, since, lasting)
    for kind, text in told:
        if kind == "toast":
            st.toast(escaped(text), icon=":material/check:", duration="long")
        else:
            {"success": st.success, "warning": st.warning, "error": st.error}[kind](escaped(text))
