"""Fixtures for page tests: a page in Streamlit's simulated app, as a signed-in user, on a real database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from casework.users import User
from pages.shared import clock
from pages.shared.sign_in import gate
from tests.support.clinic import NOW
from tests.support.databases import Database
from tests.support.patience import PATIENCE_SECONDS
from tests.support.server import ROOT

PAGES = sorted(path.parent.name for path in (ROOT / "pages").glob("*/page.py"))
"""Each page's address is its module's name."""


class OpenPage(Protocol):
    """Opens `pages/<name>.py` as `as_user`; the database is that of `sqlite_url` unless `url` names another."""

    def __call__(
        self,
        name: str,
        *,
        as_user: User | None,
        url: str | None = None,
        now: dt.datetime = NOW,
        query: Mapping[str, str] | None = None,
        state: Mapping[str, Any] | None = None,
    ) -> AppTest: ...


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """Streamlit's caches belong to the process: no test may see what another one cached."""
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def open_page(sqlite_database: Database, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Run one page in Streamlit's simulated app; the answer has run once and takes clicks: `.click().run()`.

    Use it together with `sqlite_clinic`, which fills the same database. The page may switch to any other;
    `session_state["test:page"]` says which one ran last.
    """

    def opening(
        name: str,
        *,
        as_user: User | None,
        url: str | None = None,
        now: dt.datetime = NOW,
        query: Mapping[str, str] | None = None,
        state: Mapping[str, Any] | None = None,
    ) -> AppTest:
        monkeypatch.setenv("TIDELINE_DATABASE_URL", url or sqlite_url)
        monkeypatch.setenv(clock.OVERRIDE, now.isoformat())
        monkeypatch.setattr(gate, "signed_in", lambda: as_user)
        app = AppTest.from_function(_show, default_timeout=PATIENCE_SECONDS, args=(name, PAGES))
        app.user = {} if as_user is None else {"staff_id": str(as_user.id)}
        for key, value in (query or {}).items():
            app.query_params[key] = value
        for key, value in (state or {}).items():
            app.session_state[key] = value
        return app.run()

    return opening


def _show(opened: str, names: list[str]) -> None:
    """The script of the simulated app. Streamlit runs its source on its own, so it imports what it needs."""
    import importlib
    from collections.abc import Callable

    import streamlit as st

    from pages.shared import as_of, clock

    def render_of(name: str) -> Callable[[], None]:
        def render() -> None:
            st.session_state["test:page"] = name
            importlib.import_module(f"pages.{name}.page").render()

        return render

    pages = [st.Page(render_of(name), url_path=name, title=name, default=name == opened) for name in names]
    page = st.navigation(pages, position="hidden")
    if clock.AS_OF in st.session_state:  # only for tests that turn it: others count a page's own fields
        as_of.choose_day()
    as_of.banner()
    page.run()
