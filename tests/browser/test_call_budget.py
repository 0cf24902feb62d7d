"""The day's calls in a real browser: one click changes the number, and it is remembered."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.support.browsing import DESKTOP
from tests.support.fields import menu_choices
from tests.support.journeys import open_screen, settled, sign_in
from tests.support.server import Served


def rows(page: Page) -> Locator:
    """The full rows: the clients above the line."""
    return page.locator("[class*=st-key-worklist-row-]")


def names(page: Page) -> list[str]:
    """The names in full rows, sorted."""
    return sorted(rows(page).locator("[class*=st-key-open] button").all_inner_texts())


def calls(page: Page) -> Locator:
    return page.get_by_label("Calls that I can make today")


def test_one_click_changes_how_many_calls_fit_into_the_day_and_it_is_remembered(
    page: Page, own_clinic: Served
) -> None:
    # Given Alice's caseload: one safety answer and five calls
    sign_in(page, own_clinic, "alice")
    expect(calls(page)).to_have_value("5")
    expect(rows(page)).to_have_count(6)
    # When she takes one call off with a click
    page.locator(".st-key-calls").get_by_test_id("stNumberInputStepDown").click()
    # Then the line moves up by one client
    expect(rows(page)).to_have_count(5)
    settled(page)
    # And it is so after a reload
    open_screen(page, own_clinic, "today")
    expect(calls(page)).to_have_value("4")
    expect(rows(page)).to_have_count(5)
    # And a keystroke gives it back
    calls(page).press("ArrowUp")
    calls(page).press("Enter")
    expect(rows(page)).to_have_count(6)


def test_the_first_five_clients_stand_on_a_small_laptop_without_scrolling(page: Page, served: Served) -> None:
    sign_in(page, served, "alice")
    expect(rows(page)).to_have_count(6)
    box = rows(page).nth(4).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= DESKTOP["height"]


def test_a_call_is_counted_and_nobody_moves_up(page: Page, own_clinic: Served) -> None:
    # Given the first client above the line who can be called
    sign_in(page, own_clinic, "alice")
    expect(rows(page)).to_have_count(6)
    before = names(page)
    # When Alice reaches them
    rows(page).nth(1).get_by_role("button", name=re.compile("^Call")).click()
    menu_choices(page, "Reached").click()
    # Then it counts, and the same clients stand above the line
    expect(page.locator(".st-key-calls-line")).to_contain_text("1 of 5 calls made today")
    settled(page)
    assert names(page) == before
