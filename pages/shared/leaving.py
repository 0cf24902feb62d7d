"""From one page to the next, without losing what was typed on the way out.

A field sends what was typed when it loses the focus. Somebody who taps a link of the menu right from a field leaves
both at once, and Streamlit's browser part then sends the change of page first and the field second, still for the page
that is being left. That second message would call the page back, with fields that look empty while the server knows
what they hold. So a page that is run again so soon after one has left it is run to its end, for the field's sake, and
then the page that was asked for is opened after all.

The second message may cut the other page's run short before that has drawn anything, or has reached the session state:
so pages are known by Streamlit's own hash of them, and are remembered beside the session's list of pages.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

AT_ONCE_SECONDS: Final = 0.3
"""The second message follows within some hundredths of a second. Nobody sees a page and is back in so short a time."""
UNDRAWN_SECONDS: Final = 1.0
"""A busy server may take longer, and then has not drawn the other page yet; who waits for it longer may go back."""


@dataclass(frozen=True)
class _Visit:
    """A page that one has come to, at a time of the monotonic clock, from another. `to`: the page that was asked for in
    between, and is to be opened yet. `first_run`: of this visit. `drawn`: a run came to its end."""

    page: str
    came_from: str | None = None
    since: float = 0.0
    to: str | None = None
    first_run: bool = True
    drawn: bool = False

    def left_at_once(self, now: float) -> bool:
        return now - self.since < (AT_ONCE_SECONDS if self.drawn else UNDRAWN_SECONDS)


_VISITS: Final[WeakKeyDictionary[PagesManager, _Visit]] = WeakKeyDictionary()


def begin() -> None:
    """Take down which page this run is for. Call it first of all: whatever is drawn may end the run."""
    pages = _pages()
    if pages is None:
        return
    page, now, before = pages.current_page_script_hash, time.monotonic(), _VISITS.get(pages)
    if before is None:
        visit = _Visit(page, since=now)
    elif before.page == page:
        visit = replace(before, first_run=False)
    else:
        called_back = before.came_from == page and before.to is None and before.left_at_once(now)
        visit = _Visit(page, before.page, now, to=before.page if called_back else None)
    _VISITS[pages] = visit


def opened() -> None:
    """The menu has said which page it is: in a session's first run it is not known before."""
    pages = _pages()
    if pages is not None:
        _VISITS[pages] = replace(_VISITS[pages], page=pages.current_page_script_hash)


def end(shown: Iterable[StreamlitPage]) -> None:
    """Go on to the page that was asked for, if this one was only called back. Call it when the page has run."""
    pages = _pages()
    if pages is None:
        return
    _VISITS[pages] = visit = replace(_VISITS[pages], drawn=True)
    if visit.to is not None:
        wanted = pages.get_pages()[visit.to]["url_pathname"]
        st.switch_page(next(page for page in shown if page.url_path == wanted))


def just_come() -> bool:
    """True in the first run of a page since one came to it from another."""
    pages = _pages()
    visit = None if pages is None else _VISITS.get(pages)
    return visit is not None and visit.first_run


def _pages() -> PagesManager | None:
    """The session's list of pages, which lives as long as the session; None outside of one."""
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else context.pages_manager
