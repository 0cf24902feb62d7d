"""A form's button whose message comes twice: the second half of a double click is no second entry."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import clock, saving
from tests.support import clinic
from tests.support.pages import field, said
from tests.support.patience import PATIENCE_SECONDS

SAVED: list[tuple[str, str]] = []
"""The token and the text of each entry."""


def record(session: object, *, token: str, text: str, **_: Any) -> int:
    SAVED.append((token, text))
    return len(SAVED)


def _script() -> None:
    """The script of the simulated app. Streamlit runs its source on its own, so it imports what it needs."""
    import streamlit as st

    from pages.shared.form import Form, client
    from pages.shared.saving import notices, tell_again
    from tests.pages import test_double_click as here

    def save(form: Form) -> None:
        form.save(
            here.record,
            "note saved.",
            by=None,  # type: ignore[arg-type]
            text=form.get("text"),
        )

    tell_again("notes")
    notices()
    form = Form("note", client(1, "Ann Archer"), {"text": None})
    st.text_input("Text", **form.field("text"))
    drawn = st.session_state.setdefault("drawn first", form.as_drawn())
    st.button("As it was drawn first", on_click=save, args=(drawn,))
    form.save_button("As it is drawn now", save)


FIRST, NOW = range(2)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], AppTest]:
    """A page with a form, on which a double click takes up to so many seconds."""
    SAVED.clear()

    def opened(seconds: float) -> AppTest:
        monkeypatch.setattr(saving, "DOUBLE_CLICK_SECONDS", seconds)
        monkeypatch.setattr(saving, "writing", nullcontext)
        monkeypatch.setattr(clock, "now", lambda: clinic.NOW)
        monkeypatch.setattr(clock, "today", lambda: clinic.TODAY)
        return AppTest.from_function(_script, default_timeout=PATIENCE_SECONDS).run()

    return opened


def save(app: AppTest, button: int, text: str | None = None) -> AppTest:
    if text is not None:
        field(app, "note", "text").set_value(text)
    app.button[button].click().run()
    assert not app.exception
    return app


def test_a_second_message_of_the_button_that_was_drawn_saves_nothing_whatever_the_time(
    page: Callable[[float], AppTest],
) -> None:
    app = save(page(0.0), FIRST, "Slept well")
    save(app, FIRST)
    assert [text for _, text in SAVED] == ["Slept well"]
    assert "Ann Archer: note saved." in said(app), "the confirmation of the first half still stands"


def test_what_is_typed_after_a_save_is_another_entry_though_the_button_is_the_old_one(
    page: Callable[[float], AppTest],
) -> None:
    app = save(page(0.0), FIRST, "Slept well")
    save(app, FIRST, "Slept badly")
    assert [text for _, text in SAVED] == ["Slept well", "Slept badly"]
    assert len({token for token, _ in SAVED}) == 2


def test_a_click_on_the_button_that_is_drawn_after_a_save_is_the_second_half_for_a_moment(
    page: Callable[[float], AppTest],
) -> None:
    app = save(page(600.0), NOW, "Slept well")
    save(app, NOW)
    assert len(SAVED) == 1
    app = save(page(0.0), NOW, "Slept badly")
    save(app, NOW, "Ate well")
    assert len(SAVED) == 3
