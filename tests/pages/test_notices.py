"""What a save had to tell, when a double click runs the page a second time."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import components


def _script() -> None:
    """The script of the simulated app. Streamlit runs its source on its own, so it imports what it needs."""
    import streamlit as st

    from pages.shared.components import notices, tell, tell_again

    tell_again()
    notices()
    st.button("Save", on_click=tell, args=("Saved.",))
    st.button("Save with a toast", on_click=tell, args=("Saved.", "toast"))
    st.button("Again")


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(_script, default_timeout=30).run()


def test_a_second_click_at_once_leaves_the_confirmation_on_the_page(page: AppTest) -> None:
    page.button[0].click().run()
    page.button[2].click().run()
    assert [one.value for one in page.success] == ["Saved\\."]


def test_a_confirmation_is_gone_with_the_next_thing_that_is_done(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(components, "DOUBLE_CLICK_SECONDS", 0.0)  # no click comes that soon
    page.button[0].click().run()
    assert len(page.success) == 1
    page.button[2].click().run()
    assert len(page.success) == 0


def test_a_toast_is_not_told_twice(page: AppTest) -> None:
    page.button[1].click().run()
    assert len(page.toast) == 1
    page.button[2].click().run()
    assert len(page.toast) == 0
