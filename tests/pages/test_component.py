"""Our own components: what was done in them reaches the server once, and only as what may be done there."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.support import pages
from tests.support.patience import PATIENCE_SECONDS


def _script() -> None:
    import streamlit as st

    from pages.shared.widgets import component

    done = st.session_state.setdefault("done", [])
    component.show(
        "client_list",
        {"label": "Clients", "clients": [{"id": 7, "name": "Alice"}]},
        key="clients-of-test",
        kinds=("open",),
        on_act=lambda one: done.append(tuple(one)),
    )


def _app() -> AppTest:
    return AppTest.from_function(_script, default_timeout=PATIENCE_SECONDS).run()


def test_an_act_names_what_was_drawn_and_is_handled_once() -> None:
    app = _app()
    pages.act(app, "clients-of-test", "open", 7, token="t")
    assert app.session_state["done"] == [("open", 7, None, "t")]
    app.run()
    assert app.session_state["done"] == [("open", 7, None, "t")]


def test_what_a_component_does_not_offer_is_not_done() -> None:
    app = _app()
    pages.act(app, "clients-of-test", "delete", 7)
    assert app.session_state["done"] == []


def test_the_server_says_which_acts_it_has_handled() -> None:
    app = _app()
    pages.act(app, "clients-of-test", "open", 7)
    assert pages.drawn_in(app, "clients-of-test")["handled"] == 1
