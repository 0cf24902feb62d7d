"""The script that Streamlit runs for every page: who is there, which pages there are, and the sidebar's foot."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from casework import wording
from casework.users import User
from pages.shared import as_of
from pages.shared.database import clinic
from pages.shared.menu import ENTRIES, Entry, groups
from pages.shared.saving import tell_again
from pages.shared.sign_in import connection, sessions
from pages.shared.sign_in.gate import for_this_run, require_user
from pages.shared.widgets import layout, table

MARK = str(Path(__file__).with_name("mark.svg"))
STYLES = Path(__file__).with_name("styles.css").read_text(encoding="utf-8")


def main() -> None:
    """One run of the script: the gate's second wall, the menu, then the page."""
    user = require_user()
    # Before the menu: without an icon of our own the browser would fetch the page's from a font server elsewhere.
    st.set_page_config(page_icon=MARK, layout="wide")
    pages = {group: [_page(entry, user) for entry in entries] for group, entries in groups().items()}
    page = st.navigation(pages, expanded=True)
    st.set_page_config(page_title=f"{page.title} · Tideline")
    st.logo(MARK, size="large")
    _load_styles()
    _sidebar_foot(user)
    with st.container(key="head"):
        layout.place_head()
    as_of.banner()
    tell_again(page.url_path)
    with for_this_run(user):
        page.run()
    table.forget()


def _load_styles() -> None:
    """The one stylesheet, and the page's own background, which Streamlit's theme does not tell to styles."""
    background = st.get_option(f"theme.{st.context.theme.type or 'light'}.backgroundColor") or "Canvas"
    st.html(f"<style>\n:root {{ --page-background: {background}; }}\n{STYLES}</style>")


def _page(entry: Entry, user: User) -> StreamlitPage:
    return st.Page(
        _render(entry.path),
        title=entry.title,
        icon=entry.icon,
        url_path=entry.path,
        default=entry is ENTRIES[0],
        visibility="visible" if entry.shown_to(user) else "hidden",
    )


def _render(path: str) -> Callable[[], None]:
    """The page's `render`, imported when it is first opened: a start waits for no page that nobody asked for."""

    def render() -> None:
        importlib.import_module(f"pages.{path}.page").render()

    return render


def _sidebar_foot(user: User) -> None:
    """The day that the pages show, where and who one is, and the way out."""
    with st.sidebar:
        as_of.choose_day()
        st.text(f"{clinic().name}\n{user.name}, {wording.within(user.role)}")
        if st.button("Sign out", icon=":material/logout:", width="stretch"):
            _sign_out()


def _sign_out() -> None:
    """End the session on the server and leave for the sign-in.

    The click is as safe from other sites as a form with a token: it comes over the WebSocket, whose origin and session
    the gate has checked.
    """
    sessions.end(st.context.cookies.get(sessions.COOKIE))
    connection.go_to_sign_in(connection.SIGNED_OUT)
    st.stop()


main()
