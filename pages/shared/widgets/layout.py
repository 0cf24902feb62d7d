"""How every page is laid out: its title and sections, what stands where there is nothing, and what opens on a click.

All texts are our own words; a name in them goes through `components.escaped`, except in `empty`, which shows text only.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.widgets.components import go_to

STATISTICS: Final = "Figures for statisticians"
SAME_AS_TABLE: Final = "The same as a table"
_HEAD: Final = "page_head"
"""Key in the session state of the container that holds the title of the page that runs."""


def place_head() -> None:
    """Keep the container that one is in as the place of the page's title: beside what stands above every page."""
    st.session_state[_HEAD] = st.container(
        key="head-title", horizontal=True, vertical_alignment="center", gap="medium"
    )


@contextmanager
def head() -> Iterator[None]:
    """Draw in the line of the page's title."""
    with st.session_state.get(_HEAD) or st.container():
        yield


def title(text: str) -> None:
    """The page's one title, which says where one is."""
    with head():
        st.title(text, anchor=False, width="content")


def section(text: str) -> None:
    """The heading of a part of the page."""
    st.header(text, anchor=False)


def part(text: str) -> None:
    """The heading of a part of a section."""
    st.subheader(text, anchor=False)


def empty(said: str, do: str, *, go: tuple[str, str] | None = None) -> None:
    """What stands where there is nothing: that there is nothing (`said`), and what to do (`do`).

    go: a button that does it, as its label and the `url_path` of the page that it opens.
    """
    st.html(
        f'<div class="tideline-empty"><strong>{html.escape(said)}</strong> <span>{html.escape(do)}</span></div>'
    )
    if go is not None and st.button(go[0], key=f"go-{go[1]}", type="primary"):
        go_to(go[1])


def disclosure(
    label: str, *, key: str | None = None, expanded: bool = False, icon: str | None = None
) -> DeltaGenerator:
    """What opens on a click and is closed until then: `with disclosure("The rules in words"):`."""
    return st.expander(label, key=key, expanded=expanded, icon=icon, type="compact")


def on_demand(label: str, draw: Callable[[], None], *, key: str) -> None:
    """A disclosure whose content is worked out only while it is open; `key` names the client if it is about one."""
    opened = st.expander(label, key=key, on_change="rerun", type="compact")
    if opened.open:
        with opened:
            draw()


def for_statisticians() -> DeltaGenerator:
    """The disclosure behind which stands what only a statistician reads."""
    return disclosure(STATISTICS)
