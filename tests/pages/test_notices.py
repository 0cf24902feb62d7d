"""What a save had to tell, when a double click runs the page a second time."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import saving
from pages.shared.widgets import components
from tests.support.patience import PATIENCE_SECONDS


def _script() -> None:
    """The script of the simulated app. Streamlit runs its source on its own, so it imports what it needs."""
    import streamlit as st

    from pages.shared.saving import notices, tell, tell_again

    tell_again(st.session_state.get("page", "today"))
    notices()
    st.button("Save", on_click=tell, args=("Saved.",))
    st.button("Refused", on_click=tell, args=("Please say why.", "error"))
    st.button("Save with a toast", on_click=tell, args=("Saved.", "toast"))
    st.button("Again")


SAVE, REFUSED, TOAST, AGAIN = range(4)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """A page on which a double click may take as long as this test does."""
    monkeypatch.setattr(saving, "DOUBLE_CLICK_SECONDS", 600.0)
    return AppTest.from_function(_script, default_timeout=PATIENCE_SECONDS).run()


def click(page: AppTest, button: int) -> AppTest:
    return page.button[button].click().run()


def test_a_second_click_at_once_leaves_the_confirmation_on_the_page(page: AppTest) -> None:
    click(page, SAVE)
    click(page, AGAIN)
    assert [one.value for one in page.success] == ["Saved\\."]


def test_an_error_that_the_second_click_earns_again_stands_there_once(page: AppTest) -> None:
    click(page, REFUSED)
    click(page, REFUSED)
    assert len(page.error) == 1


def test_what_is_told_next_takes_the_place_of_what_was_told_before(page: AppTest) -> None:
    click(page, REFUSED)
    click(page, SAVE)
    assert (len(page.error), len(page.success)) == (0, 1)


def test_a_confirmation_does_not_follow_to_another_page_or_client(page: AppTest) -> None:
    click(page, SAVE)
    page.session_state["page"] = "clients"
    assert not click(page, AGAIN).success
    click(page, SAVE)
    page.session_state[components.CLIENT] = 7
    assert not click(page, AGAIN).success


def test_a_confirmation_is_gone_a_double_click_after_its_first_time_however_often_the_page_runs(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    click(page, SAVE)
    first = page.session_state[saving.SHOWN].since
    click(page, AGAIN)
    assert page.session_state[saving.SHOWN].since == first
    monkeypatch.setattr(saving, "DOUBLE_CLICK_SECONDS", 0.0)
    assert not click(page, AGAIN).success


def test_a_toast_is_not_told_twice(page: AppTest) -> None:
    assert len(click(page, TOAST).toast) == 1
    assert not click(page, AGAIN).toast
