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

from collections.abc import Iterable
from dataclasses import dataclass, replace
from time import monotonic
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
GIVEN_UP_SECONDS: Final = 10.0
"""A page that was called back and did not come to its end by then (an error) is not left any more."""


@dataclass(frozen=True)
class Visit:
    """A page (Streamlit's hash of it) that one has come to, at a time of the monotonic clock, from another.

    came_from: the page that one was on before; those that nobody can have seen in between do not count. to: the page
    that was asked for in between, and is to be opened yet. first_run: of this visit. drawn: a run came to its end.
    switching: a button of this page leads to another, which is no accident.
    """

    page: str
    came_from: str | None = None
    since: float = 0.0
    to: str | None = None
    first_run: bool = True
    drawn: bool = False
    switching: bool = False

    def left_at_once(self, now: float) -> bool:
        """True when nobody can have seen the page yet."""
        return now - self.since < (AT_ONCE_SECONDS if self.drawn else UNDRAWN_SECONDS)


_VISITS: Final[WeakKeyDictionary[PagesManager, Visit]] = WeakKeyDictionary()


def begin() -> None:
    """Take down which page this run is for. Call it first of all: whatever is drawn may end the run."""
    pages = _pages()
    if pages is not None:
        _come_to(pages, pages.current_page_script_hash)


def opened(page: StreamlitPage) -> Visit | None:
    """The visit of this run, now that the menu has said which page it is; None outside of a session.

    In a session's first run it was not known before, and an older run that is still ending can have written its own
    page over it.
    """
    pages = _pages()
    if pages is None:
        return None
    visit, found = _VISITS[pages], _hash_of(page, pages)
    if visit.page == pages.main_script_hash:
        _VISITS[pages] = visit = replace(visit, page=found)
    elif visit.page != found:
        visit = _come_to(pages, found)
    if visit.to is not None:
        _keep_texts()
    return visit


def end(visit: Visit | None, shown: Iterable[StreamlitPage], *, told: bool) -> None:
    """Go on to the page that was asked for, if this one was only called back. Call it when the page has run.

    Not when this run `told` something that has to be read: a save that was refused is the reason to stay.
    """
    pages = _pages()
    if pages is None or visit is None or _VISITS[pages] is not visit:  # a newer run is at work already
        return
    _VISITS[pages] = replace(visit, drawn=True, to=None)
    if visit.to is not None and not told:
        switch(next(page for page in shown if _hash_of(page, pages) == visit.to))


def switch(page: StreamlitPage) -> None:
    """Go to another page on purpose. What the address says of the day that is shown goes along."""
    pages = _pages()
    if pages is not None and pages in _VISITS:
        _VISITS[pages] = replace(_VISITS[pages], switching=True)
    # Without parameters of its own Streamlit clears all, and refuses to while a field is bound to one.
    st.switch_page(page, query_params={})


def just_come() -> bool:
    """True in the first run of a page since one came to it from another."""
    pages = _pages()
    visit = None if pages is None else _VISITS.get(pages)
    return visit is not None and visit.first_run


def _hash_of(page: StreamlitPage, pages: PagesManager) -> str:
    return next(hash_ for hash_, one in pages.get_pages().items() if one["url_pathname"] == page.url_path)


def _come_to(pages: PagesManager, page: str) -> Visit:
    now, before = monotonic(), _VISITS.get(pages)
    if before is None:
        visit = Visit(page, since=now)
    elif before.page == page:
        to = before.to if now - before.since < GIVEN_UP_SECONDS else None
        visit = replace(before, first_run=False, to=to, switching=False)
    else:
        meant = before.switching or before.to is not None or _by_the_browsers_buttons()
        at_once = before.left_at_once(now)
        called_back = not meant and before.came_from == page and at_once
        came_from = before.came_from if at_once and before.came_from is not None else before.page
        visit = Visit(page, came_from, now, to=before.page if called_back else None)
    _VISITS[pages] = visit
    return visit


def _keep_texts() -> None:
    """Set what fields hold anew. What one of them said just now for the first time, Streamlit would forget with the
    page; only texts are said so late, everything else is when it is chosen."""
    for key, value in list(st.session_state.items()):
        if isinstance(value, str) and value:
            st.session_state[key] = value


def _pages() -> PagesManager | None:
    """The session's list of pages, which lives as long as the session; None outside of one."""
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else context.pages_manager


def _by_the_browsers_buttons() -> bool:
    """True when this run is of the browser's own Back or Forward."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation
