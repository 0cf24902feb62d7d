"""Screens that open a client, or a client's group, by a row, a choice or what is folded, and not by the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Locator, Page

from tests.support.client_lines import CALL, MORE, choose, open_menu, row
from tests.support.fields import ASKS_MORE, press, root
from tests.support.journeys import settled
from tests.support.tables import click_row, rows_of, tables

ANN, AMIR, TESS = "Ann Archer", "Amir Aziz", "Tess Thorn"
WORD: Final = "only-of-Ann"
"""What is typed for Ann alone."""
ALL: Final = "Circle of everybody"
"""The group of all clients, whose roll call of today is taken."""
NOBODY: Final = "Circle of nobody"
"""The group to which nobody came, whose roll call of today is taken."""
UP_TO_EDIT: Final = 160
"""Pixels from the first button in a row of Clients to "Edit": two columns of buttons lie between."""


@dataclass(frozen=True)
class Way:
    """One way to open what has fields about somebody: `open` does it for a name, `part` is where the fields are then,
    and `prepare` is done there before they are filled."""

    screen: str
    what: str
    open: Callable[[Page, str], None]
    part: Callable[[Page, str], Locator]
    prepare: Callable[[Page], None] | None = None

    def __str__(self) -> str:
        return f"{self.screen}-{self.what}"


def _choose(page: Page, label: str, name: str) -> None:
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(name)
    page.get_by_role("option").filter(has_text=name).first.click()
    settled(page)


def _unfold(page: Page, words: str) -> None:
    for summary in _expander(page, words).locator("details:not([open]) > summary").all():
        summary.click()
        settled(page)


def _expander(page: Page, words: str) -> Locator:
    return page.get_by_test_id("stExpander").filter(has_text=words)


def _session(page: Page, words: str) -> None:
    page.locator(".st-key-attendance_session").get_by_text(words).click()
    settled(page)


def _group_note(page: Page, name: str) -> None:
    _session(page, ALL)
    _unfold(page, "Notes of this group")
    _choose(page, "On whom", name)


def _change(page: Page, name: str) -> None:
    _session(page, ALL)
    page.locator("[class*=st-key-row-mark-]").filter(has_text=name).get_by_role("button").click()
    settled(page)


def _edit(page: Page, name: str) -> None:
    page.get_by_role("heading", name="Clients", exact=True).click()  # calendars that hang over the list close
    (table,) = tables(page)
    row = next(n for n, cells in enumerate(rows_of(table)) if name in cells)
    assert click_row(table, row, beyond=UP_TO_EDIT)
    page.get_by_text(f"Particulars of {name}").wait_for()
    settled(page)


def _acknowledge(page: Page, name: str) -> None:
    row(page, name).get_by_role("button", name="Acknowledge").click()
    settled(page)


def _appointment(page: Page, name: str) -> None:
    press(page, row(page, name).get_by_role("button", name=CALL))


def _no_shows_appointment(page: Page, name: str) -> None:
    _session(page, NOBODY)
    no_shows = page.locator(
        ".st-key-no-shows [data-testid=stHorizontalBlock], .st-key-no-shows .stHorizontalBlock"
    )
    press(page, no_shows.filter(has_text=name).get_by_role("button", name=CALL))


def _next_action(page: Page, name: str) -> None:
    choose(page, row(page, name), MORE, "Done …")


def _put_off(page: Page, name: str) -> None:
    choose(page, row(page, name), MORE, "Later …")


def _another_action(page: Page, name: str) -> None:
    also = open_menu(row(page, name).get_by_role("button", name=MORE)).filter(has_text=ASKS_MORE)
    also.last.click()
    settled(page)


def _end_series(page: Page, name: str) -> None:
    if not page.get_by_role("combobox", name="Series").is_visible():
        page.get_by_text("Series and rosters").click()
        settled(page)
    _choose(page, "Series", name)
    page.get_by_role("button", name="End this series").click()
    settled(page)


def _forecast(page: Page, name: str) -> None:
    if not _forecast_row(page, name).count():
        _choose(page, "Somebody else", name)


def _forecast_row(page: Page, name: str) -> Locator:
    return page.locator("[class*=st-key-forecast-row-]").filter(has_text=name)


def _hanging(page: Page, _: str) -> Locator:
    return root(page)


# A visit outside the schedule is not among them: its fields fold away while one of their lists is open. Their keys hold
# their client all the same (tests/unit/test_forms_of_pages.py).
WAYS: Final = (
    Way("attendance", "appointment", _no_shows_appointment, _hanging),
    Way("attendance", "change", _change, _hanging),
    Way("attendance", "group_note", _group_note, lambda page, _: page.locator(".st-key-group-notes")),
    Way(
        "attendance",
        "roll_call",
        _session,
        lambda page, _: page.locator(".tideline-choices"),
        prepare=lambda page: _choose(page, "Add a drop-in", TESS),
    ),
    Way("clients", "edit", _edit, lambda page, _: page.locator(".st-key-particulars")),
    Way("forecasts", "forecast", _forecast, _forecast_row),
    Way("schedule", "end_series", _end_series, _hanging),
    Way("today", "another_action", _another_action, _hanging),
    Way("today", "appointment", _appointment, _hanging),
    Way("today", "next_action", _next_action, _hanging),
    Way("today", "put_off", _put_off, _hanging),
    Way("today", "safety", _acknowledge, _hanging),
)
WITHOUT_FIELDS: Final = {
    "definitions": "words and rules, about nobody",
    "disagreements": "rows that open a client, with no field of their own",
    "evidence": "figures of the trials, about nobody",
    "imports": "one file of many clients; each of its rows names its client",
    "overview": "charts that open a client, with no field of their own",
    "report_card": "about rules and the clinic, and no client",
}
"""Screens that have no field about a client, and why."""
