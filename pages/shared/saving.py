"""Telling on the page what came of a callback; and the saving of an entry, for `Form.save` alone, which knows whom the
entry is about.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import streamlit as st

from casework.errors import AlreadyRecorded, Refused, TidelineError
from casework.users import User
from pages.shared import clock
from pages.shared.transactions import writing
from pages.shared.widgets.components import CLIENT, escaped

REFUSED: Final = "refused"
"""Key in the session state of (form, field, what was said of it) when the last save was refused for a field."""
NOTICES: Final = "notices"
"""Key in the session state of what callbacks had to tell and no page has shown yet: (kind, text) each."""
SHOWN, SHOWING_AT = "shown_notices", "showing_at"
"""Keys in the session state: the `ShownNotices` of the last run of a page; where and since when this run shows some."""
DOUBLE_CLICK_SECONDS: Final = 1.0
"""A second save of an untouched form within this time is the second half of a double click.

While the button of the first half stands, the second is known by the token that was drawn, whatever the time. But the
page may be drawn anew between the halves: then the second one hits a new button of an empty form, and nothing but its
haste tells it from a click that is meant. What was typed since is another entry, however soon it comes.
"""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Saved(Generic[Result]):
    """An entry that is saved: what the action answered; None when it was saved before (a double click)."""

    result: Result | None


@dataclass(frozen=True)
class LastSave:
    """The last save of a form, at a monotonic second: its token, what was `chosen` with its button, and its
    confirmation (kind, text)."""

    token: str
    at: float
    chosen: Mapping[str, object]
    told: tuple[str, str]


@dataclass(frozen=True)
class ShownNotices:
    """Notices that a page showed: `place` is its path and the open client, `since` the monotonic second of their first
    time."""

    place: tuple[str, int | None]
    since: float
    notices: tuple[tuple[str, str], ...]


# --- saving -------------------------------------------------------------------------------------------------------


def save(
    form: str,
    token: str,
    act: Callable[..., Result],
    confirmation: str | Callable[[Result], str],
    *,
    already: str = "This was already saved.",
    toast: bool = False,
    with_token: bool = True,
    untouched: bool,
    chosen: Mapping[str, object],
    answers: Callable[[], Mapping[str, Any]] | None = None,
    by: User,
    **what: object,
) -> Saved[Result] | None:
    """Run one act in a transaction; call it in an `on_click` callback. None when it was refused.

    An `untouched` form with the token of its last save, or right after it with the same `chosen`, is the second half
    of a double click, and is told the confirmation again. Every other call is an entry, and is saved or refused aloud.

    `act(session, now=…, by=…, token=…, **what, **answers())` is a function of `casework.actions`; `with_token=False` is
    for those that take no token. `confirmation` and `already` (of the same entry sent twice) are user text;
    `toast` shows the first for a moment. An error is kept for `notices`, and every field stays as it was.
    """
    last: LastSave | None = st.session_state.get(f"saved:{form}")
    if last is not None and untouched:
        just_saved = time.monotonic() - last.at < DOUBLE_CLICK_SECONDS
        if token == last.token or (just_saved and chosen == last.chosen):
            _tell_once(last.told)
            return Saved(None)
    st.session_state.pop(REFUSED, None)
    result = None
    try:
        if with_token:
            what["token"] = token
        if answers is not None:
            what |= answers()
        with writing(by) as session:
            result = act(session, now=clock.now(), by=by, **what)
            text = confirmation(result) if callable(confirmation) else confirmation
        told = ("toast" if toast else "success", text)
    except AlreadyRecorded:
        told = ("success", already)
    except TidelineError as error:
        tell(str(error), kind="error")
        if isinstance(error, Refused) and error.field is not None:
            st.session_state[REFUSED] = (form, error.field, str(error))
        return None
    tell(told[1], kind=told[0])
    st.session_state[f"saved:{form}"] = LastSave(token, time.monotonic(), chosen, told)
    return Saved(result)


def refusal(form: str, *fields: str) -> str | None:
    """What the last save had to say about one of these fields; it is told once."""
    refused: tuple[str, str, str] | None = st.session_state.get(REFUSED)
    if refused is None or refused[0] != form or refused[1] not in fields:
        return None
    del st.session_state[REFUSED]
    return refused[2]


# --- telling ------------------------------------------------------------------------------------------------------


def tell(text: str, kind: str = "success") -> None:
    """Keep a notice ("success", "toast", "warning" or "error"; user text) until a page shows it."""
    st.session_state.setdefault(NOTICES, []).append((kind, text))


def _tell_once(told: tuple[str, str]) -> None:
    """Keep a notice (kind, text), unless it still waits to be shown."""
    kind, text = told
    if told not in st.session_state.get(NOTICES, []):
        tell(text, kind)


def tell_again(page: str) -> None:
    """Keep what the last run of this page (by its `url_path`) showed a moment ago, unless there is news. Call it before
    the page runs.

    The second half of a double click runs the page anew, and would wipe the confirmation that the first half earned. A
    toast outlives a run, and is not told twice.
    """
    place = (page, st.session_state.get(CLIENT))
    shown: ShownNotices | None = st.session_state.pop(SHOWN, None)
    st.session_state[SHOWING_AT] = place, time.monotonic()
    if shown is None or st.session_state.get(NOTICES) or shown.place != place:
        return
    if time.monotonic() - shown.since < DOUBLE_CLICK_SECONDS:
        st.session_state[NOTICES] = list(shown.notices)
        st.session_state[SHOWING_AT] = place, shown.since


def notices() -> None:
    """Show what callbacks had to tell, once. Call it at the top of a page."""
    waiting = st.session_state.pop(NOTICES, [])
    lasting = tuple(one for one in waiting if one[0] != "toast")
    if lasting and SHOWING_AT in st.session_state:
        place, since = st.session_state[SHOWING_AT]
        st.session_state[SHOWN] = ShownNotices(place, since, lasting)
    for kind, text in waiting:
        if kind == "toast":
            st.toast(escaped(text), icon=":material/check:", duration="long")
        else:
            {"success": st.success, "warning": st.warning, "error": st.error}[kind](escaped(text))
