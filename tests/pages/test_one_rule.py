"""A page turns its fields into answers; what is refused, and in which words, is its subject's rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casework.checks import attendance, notes, screens
from casework.errors import Refused
from casework.vocabulary import SUBSTANCES, Certainty, ScreenStatus, SessionKind, ids
from pages.client.screens import NOTHING, SOMETHING
from pages.shared.client_dialog import OPEN, Opened
from pages.shared.widgets.components import CLIENT
from tests.pages.conftest import OpenPage
from tests.support.clinic import SmallClinic
from tests.support.pages import button, field

COLLECTED, CERTAIN = ScreenStatus.COLLECTED, Certainty.PRESUMPTIVE
ALL = ids(SUBSTANCES)


@pytest.mark.parametrize(
    ("dialog", "form", "typed", "rule"),
    [
        ("note", "note", {}, lambda: notes.check(None)),
        ("note", "note", {"text": " "}, lambda: notes.check(" ")),
        ("session", "mark", {}, lambda: attendance.check(SessionKind.GROUP, None)),
        ("screen", "screen", {}, lambda: screens.check_result(None, (), None, None)),
        (
            "screen",
            "screen",
            {"status": COLLECTED},
            lambda: screens.check_result(COLLECTED, ALL, None, None),
        ),
        (
            "screen",
            "screen",
            {"status": COLLECTED, "tested": [], "result": NOTHING},
            lambda: screens.check_result(COLLECTED, (), (), None),
        ),
        (
            "screen",
            "screen",
            {"status": COLLECTED, "result": SOMETHING, "certainty": CERTAIN},
            lambda: screens.check_result(COLLECTED, ALL, None, CERTAIN),
        ),
        (
            "screen",
            "screen",
            {"status": COLLECTED, "result": NOTHING},
            lambda: screens.check_result(COLLECTED, ALL, (), None),
        ),
    ],
)
def test_a_page_refuses_in_the_words_of_the_rule_at_the_field(
    open_page: OpenPage,
    sqlite_clinic: SmallClinic,
    dialog: str,
    form: str,
    typed: dict[str, Any],
    rule: Callable[[], object],
) -> None:
    with pytest.raises(Refused) as refused:
        rule()
    app = open_page(
        "client",
        as_user=sqlite_clinic.alice,
        state={CLIENT: sqlite_clinic.ann, OPEN: Opened(sqlite_clinic.ann, dialog)},
    )
    for name, value in typed.items():
        field(app, form, name).set_value(value).run()
    button(app, form).click().run()
    assert not app.exception
    at_field = [one.value for one in app.error if one.icon == ":material/arrow_upward:"]
    assert at_field == [str(refused.value)]
