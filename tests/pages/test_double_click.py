"""A form's button whose message comes twice: the second half of a double click is no second entry."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from casework.errors import Refused
from pages.shared import clock, saving
from tests.support import clinic
from tests.support.pages import field, said
from tests.support.patience import PATIENCE_SECONDS

SAVED: list[tuple[str, str]] = []
"""The token and the text of each entry."""


def record(session: object, *, text: str | None, kind: str, token: str = "", **_: Any) -> int:
    if not text:
        raise Refused("Please write the note.", field="text")
    SAVED.append((token, text))
    return len(SAVED)


def record_call(session: object, *, token: str, outcome: str, **_: Any) -> int:
    SAVED.append((token, outcome))
    return len(SAVED)


def _script() -> None:
    """The script of the simulated app. Streamlit runs its source on its own, so it imports what it needs."""
    import streamlit as st

    from pages.shared.form import Form, client
    from pages.shared.saving import notices
    from tests.pages import test_double_click as here

    def save(form: Form) -> None:
        form.save(
            here.record,
            "note saved.",
            by=None,  # type: ignore[arg-type]
            with_token=st.session_state.get("with token", True),
            text=form.get("text"),
            kind=form.get("kind"),
        )

    def call(outcome: str) -> None:
        form = Form("call", client(1, "Ann Archer"))
        form.save(here.record_call, f"{outcome}.", toast=True, by=None, outcome=outcome)  # type: ignore[arg-type]

    notices()
    form = Form("note", client(1, "Ann Archer"), {"text": None, "kind": None, "day": "today"})
    st.text_input("Text", **form.field("text"))
    st.selectbox("Kind", ["call", "visit"], **form.field("kind"))
    st.text_input("Day", **form.field("day"))
    drawn = st.session_state.setdefault("drawn first", form.as_drawn())
    st.button("As it was drawn first", on_click=save, args=(drawn,))
    form.save_button("As it is drawn now", save)
    for outcome in ("No answer", "Reached"):
        st.button(outcome, on_click=call, args=(outcome,))


FIRST, NOW, NO_ANSWER, REACHED = range(4)
TOLD = ["Ann Archer\\: note saved\\."]
REFUSED = ["Please write the note\\."]


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


def without_token(app: AppTest) -> AppTest:
    app.session_state["with token"] = False
    return app.run()


def told(app: AppTest) -> tuple[list[str], list[str]]:
    """The confirmations and the errors."""
    return [one.value for one in app.success], [one.value for one in app.error]


@pytest.mark.parametrize("with_token", [True, False])
@pytest.mark.parametrize("button", [FIRST, NOW])
def test_what_is_typed_right_after_a_save_is_saved_too(
    page: Callable[[float], AppTest], button: int, with_token: bool
) -> None:
    app = page(600.0) if with_token else without_token(page(600.0))
    for text in ("Slept well", "Slept badly", "Slept badly"):
        assert told(save(app, button, text)) == (TOLD, [])
    assert [text for _, text in SAVED] == ["Slept well", "Slept badly", "Slept badly"]


@pytest.mark.parametrize("with_token", [True, False])
@pytest.mark.parametrize("button", [FIRST, NOW])
def test_an_untouched_form_right_after_a_save_is_told_the_confirmation_again(
    page: Callable[[float], AppTest], button: int, with_token: bool
) -> None:
    app = page(600.0) if with_token else without_token(page(600.0))
    save(app, button, "Slept well")
    for _ in range(2):
        assert told(save(app, button)) == (TOLD, [])
    assert len(SAVED) == 1


@pytest.mark.parametrize("with_token", [True, False])
def test_an_empty_form_long_after_a_save_is_refused(
    page: Callable[[float], AppTest], with_token: bool
) -> None:
    app = page(0.0) if with_token else without_token(page(0.0))
    save(app, NOW, "Slept well")
    assert told(save(app, NOW)) == ([], REFUSED)


@pytest.mark.parametrize("with_token", [True, False])
@pytest.mark.parametrize(("name", "value"), [("kind", "visit"), ("day", "yesterday"), ("day", "")])
def test_what_is_incomplete_right_after_a_save_is_refused_aloud(
    page: Callable[[float], AppTest], name: str, value: str, with_token: bool
) -> None:
    app = page(600.0) if with_token else without_token(page(600.0))
    save(app, NOW, "Slept well")
    field(app, "note", name).set_value(value)
    assert told(save(app, NOW)) == ([], REFUSED)
    assert len(SAVED) == 1


def test_another_choice_of_a_form_without_fields_is_another_entry_and_the_same_one_is_not(
    page: Callable[[float], AppTest],
) -> None:
    app = page(600.0)
    for button, outcome in ((NO_ANSWER, "No answer"), (NO_ANSWER, "No answer"), (REACHED, "Reached")):
        save(app, button)
        assert [one.value for one in app.toast] == [f"Ann Archer\\: {outcome}\\."]
    assert [text for _, text in SAVED] == ["No answer", "Reached"]
