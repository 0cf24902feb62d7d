"""Behind the gate each page asks again who is there: a page without an open session shows and reads nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from casework.actions.sign_in import sign_in
from pages.shared.menu import ENTRIES
from pages.shared.sign_in import sessions
from tests.support.clinic import SmallClinic, password_of
from tests.support.databases import Database
from tests.support.patience import PATIENCE_SECONDS

NAVIGATION = Path(__file__).resolve().parents[2] / "pages" / "shared" / "navigation.py"


@pytest.fixture(autouse=True)
def cookies(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The cookies that the page's connection brought: none, until a test adds one."""
    brought: dict[str, str] = {}
    monkeypatch.setenv("TIDELINE_DATABASE_URL", sqlite_url)
    monkeypatch.setattr(ContextProxy, "cookies", brought)
    st.cache_resource.clear()
    return brought


@pytest.fixture
def session_of_alice(sqlite_database: Database, sqlite_clinic: SmallClinic) -> str:
    """The token of a session that is open."""
    return sign_in(
        sqlite_database, username="alice", password=password_of("alice"), now=dt.datetime.now(dt.UTC)
    ).token


def shown(app: AppTest) -> list[str]:
    """The kinds of the elements on the page and in the sidebar."""
    return [type(node).__name__ for node in (*app.main, *app.sidebar) if not isinstance(node, Block)]


def _show(path: str) -> None:
    """The script of the simulated app: a page as if the gate were not there."""
    import importlib

    importlib.import_module(f"pages.{path}.page").render()


@pytest.mark.parametrize("path", [entry.path for entry in ENTRIES])
def test_a_page_shows_nothing_to_a_stranger(sqlite_clinic: SmallClinic, path: str):
    app = AppTest.from_function(_show, args=(path,), default_timeout=PATIENCE_SECONDS).run()
    assert not app.exception
    assert shown(app) == []


def _whoami() -> None:
    import streamlit as st

    from pages.shared.sign_in.gate import require_user

    st.text(require_user().name)


def who_am_i() -> AppTest:
    return AppTest.from_function(_whoami, default_timeout=PATIENCE_SECONDS).run()


@pytest.mark.parametrize("claim", [None, "", "2", "1 ", "0x1", "one"])
def test_a_session_is_nobody_but_the_one_whom_the_gate_vouched_for(
    session_of_alice: str, cookies: dict[str, str], monkeypatch: pytest.MonkeyPatch, claim: str | None
):
    cookies[sessions.COOKIE] = session_of_alice
    monkeypatch.setattr(st, "user", {"staff_id": claim})
    assert shown(who_am_i()) == []


def test_with_an_open_session_the_page_knows_who_it_is(
    session_of_alice: str,
    sqlite_clinic: SmallClinic,
    cookies: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
):
    cookies[sessions.COOKIE] = session_of_alice
    monkeypatch.setattr(st, "user", {"staff_id": str(sqlite_clinic.alice.id)})
    assert [text.value for text in who_am_i().text] == ["Alice"]
    cookies[sessions.COOKIE] = "guessed"
    assert shown(who_am_i()) == []


def _whoami_in_a_run() -> None:
    import streamlit as st

    from casework.users import User
    from casework.vocabulary import Role
    from pages.shared.sign_in import gate

    with gate.for_this_run(User(7, "Found by the menu", Role.COUNSELOR, 1)):
        st.text(gate.require_user().name)
    st.text(gate.require_user().name)


def test_whom_the_menu_found_holds_for_that_run_of_the_script_alone(sqlite_clinic: SmallClinic):
    app = AppTest.from_function(_whoami_in_a_run, default_timeout=PATIENCE_SECONDS).run()
    assert [text.value for text in app.text] == ["Found by the menu"]


def test_nor_does_the_menu(sqlite_clinic: SmallClinic):
    app = AppTest.from_file(str(NAVIGATION), default_timeout=PATIENCE_SECONDS).run()
    assert not app.exception
    assert shown(app) == []
