"""What would change this, on the Client and the Level of care page."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from casework.users import User
from casework.vocabulary import Level, Mark, Role, Use
from pages.shared.widgets import what_if
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import SmallClinic
from tests.support.databases import Database
from tests.support.pages import said

PAGES = ("client", "level_of_care")
MEANING = "never a reason to enter something that did not happen"


@pytest.fixture
def slipped(sqlite_clinic: SmallClinic, sqlite_database: Database) -> SmallClinic:
    """Ann has come to group for four weeks and reported a slip three days ago; of Amir nothing is known."""
    alice, ann = sqlite_clinic.alice, sqlite_clinic.ann
    series = builders.group(sqlite_database, alice, (ann,))
    for days in (28, 21, 14, 7):
        builders.roll_call(sqlite_database, alice, series, {ann: Mark.ATTENDED}, on=days_ago(days))
    builders.check_in(sqlite_database, alice, ann, on=days_ago(3), use=Use.SLIP, signs={"isolating": True})
    return sqlite_clinic


def opened(open_page: OpenPage, page: str, user: User, client_id: int, *, asked: bool = True) -> AppTest:
    app = open_page(page, as_user=user, state={"client_id": client_id, f"what-if-{client_id}": asked})
    assert not app.exception
    return app


@pytest.mark.parametrize("page", PAGES)
def test_it_is_worked_out_only_when_it_is_opened(
    page: str, open_page: OpenPage, slipped: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any) -> Any:
        raise AssertionError("nobody asked")

    monkeypatch.setattr(what_if, "answers", never)
    app = opened(open_page, page, slipped.alice, slipped.ann, asked=False)
    assert [one.label for one in app.expander if one.label == what_if.LABEL]
    assert MEANING not in said(app)


def test_the_client_page_says_what_would_change_the_band(open_page: OpenPage, slipped: SmallClinic) -> None:
    words = said(opened(open_page, "client", slipped.alice, slipped.ann))
    assert "Toward more risk" in words
    assert "would bring this to" in words
    assert MEANING in words


def test_the_level_page_says_what_would_change_the_first_option(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    """In aftercare another slip would: the one that the decision has answered does not."""
    builders.decide(sqlite_database, slipped.alice, slipped.ann, Level.AFTERCARE, **builders.AGREED)
    words = said(opened(open_page, "level_of_care", slipped.alice, slipped.ann))
    assert "Toward more care" in words
    assert "would make Outpatient the first option" in words
    assert MEANING in words


@pytest.mark.parametrize("page", PAGES)
def test_a_client_of_whom_nothing_is_known_gets_a_calm_answer(
    page: str, open_page: OpenPage, slipped: SmallClinic
) -> None:
    assert MEANING in said(opened(open_page, page, slipped.alice, slipped.amir))


@pytest.mark.parametrize("page", PAGES)
def test_an_open_safety_item_comes_first(
    page: str, open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(
        sqlite_database,
        slipped.alice,
        slipped.ann,
        on=days_ago(1),
        suicidal=True,
    )
    words = said(opened(open_page, page, slipped.alice, slipped.ann))
    assert "An open safety item comes first" in words
    assert "Toward" not in words


@pytest.mark.parametrize("page", PAGES)
def test_a_foreign_client_and_a_stranger_get_nothing(
    page: str, open_page: OpenPage, slipped: SmallClinic
) -> None:
    stranger = User(id=9999, name="Mallory", role=Role.COUNSELOR, team_id=1)
    for user in (slipped.dave, stranger):
        app = open_page(page, as_user=user, state={"client_id": slipped.ann, f"what-if-{slipped.ann}": True})
        assert MEANING not in said(app)
        assert what_if.LABEL not in [one.label for one in app.expander]
