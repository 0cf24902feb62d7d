"""A list or a form of many rows as one element of the page: the dashboard's own Streamlit components.

Hundreds of widgets make a page slow to run and to draw. A component gets plain data, draws it in the browser (see
`tideline_components/assets`), and tells of each act (a click, a key) by what was drawn there, never by where it stood.
Every act carries a number and is handled once, in order: several that were made while the server was busy come in one
message.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

DISTRIBUTION: Final = "tideline-components"
_HANDLED: Final = "component-handled"
_LISTENS: Final = ":acts came"


class Event(NamedTuple):
    """What somebody did in a component: which kind of act, about what that was drawn (a client, a sign), with what
    value, and the token that was drawn with it, so that a save happens once. All of it comes from a browser: check
    it."""

    kind: str
    about: int | str
    value: Any
    token: str


@cache
def _renderer(name: str) -> ComponentRenderer:
    # Styles stand in the one stylesheet of the pages, so nothing is isolated from it.
    return st.components.v2.component(f"{DISTRIBUTION}.{name}", js=f"{name}.js", isolate_styles=False)


def show(
    name: str,
    data: Mapping[str, Any],
    *,
    key: str,
    kinds: Collection[str],
    on_act: Callable[[Event], None],
) -> None:
    """Draw the component `name` with `data` (JSON; what its acts change as `state`). `on_act` runs as a callback, once
    for every act of one of `kinds`; `key` holds whom the component is about, if it is about one client."""
    of_key, listens = f"{_HANDLED}:{key}", f"{key}{_LISTENS}"

    def acts_came() -> None:
        for number, act in _acts(st.session_state.get(key) or {}):
            if number > st.session_state.get(of_key, 0):
                st.session_state[of_key] = number
                if act.kind in kinds:
                    on_act(act)

    st.session_state[listens] = acts_came
    handled = st.session_state.setdefault(of_key, 0)
    _renderer(name)(key=key, data={**data, "key": key, "handled": handled}, on_acts_change=acts_came)


def catch_up(start_of_keys: str) -> None:
    """Handle what was done in the components whose keys begin so. Streamlit runs a button's callback before those of
    components, also where one message brings both: what saves has to read first what was done before it."""
    for key in [str(one) for one in st.session_state]:
        if key.startswith(start_of_keys) and key.endswith(_LISTENS):
            st.session_state[key]()


def _acts(state: Mapping[str, Any]) -> list[tuple[int, Event]]:
    """The acts that the browser sent, by number; what is none is left out."""
    found = []
    for sent in state.get("acts") or ():
        match sent:
            case {
                "n": int(n),
                "kind": str(kind),
                "about": int() | str() as about,
                "token": str(token),
                **rest,
            }:
                found.append((n, Event(kind, about, rest.get("value"), token)))
    return sorted(found, key=lambda one: one[0])
