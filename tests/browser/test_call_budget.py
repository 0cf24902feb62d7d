"""The day's calls in a real browser: one click changes the number, and it is remembered."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.support.browsing import DESKTOP
from tests.support.client_lines import CALL, choose, name_in, names, rows, rows_above
from tests.support.journeys import open_screen, settled, sign_in
from tests.support.server import Served


def calls(page: Page) -> Locator:
    return page.get_by_label("Calls that I can make today")


def test_one_click_changes_how_many_calls_fit_into_the_day_and_it_is_remembered(
    page: Page, own_clinic: Served
) -> None:
    # Given Alice's caseload: one safety answer and five calls
    sign_in(page, own_clinic, "alice")
    expect(calls(page)).to_have_value("5")
    expect(rows_above(page)).to_have_count(6)
    # When she takes one call off with a click
    page.locator(".st-key-calls").get_by_test_id("stNumberInputStepDown").click()
    # Then the line moves up by one client
    expect(rows_above(page)).to_have_count(5)
    settled(page)
    # And it is so after a reload
    open_screen(page, own_clinic, "today")
    expect(calls(page)).to_have_value("4")
    expect(rows_above(page)).to_have_count(5)
    # And a keystroke gives it back
    calls(page).press("ArrowUp")
    calls(page).press("Enter")
    expect(rows_above(page)).to_have_count(6)


def test_ten_clients_stand_on_a_small_laptop_without_scrolling(page: Page, served: Served) -> None:
    sign_in(page, served, "alice")
    expect(rows_above(page)).to_have_count(6)
    tenth = rows(page).nth(9)
    for part in (name_in(tenth), tenth.get_by_role("link"), tenth.get_by_role("button", name=CALL)):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= DESKTOP["height"]


def test_a_call_is_counted_and_nobody_moves_up(page: Page, own_clinic: Served) -> None:
    # Given the first client above the line who can be called
    sign_in(page, own_clinic, "alice")
    expect(rows_above(page)).to_have_count(6)
    before = sorted(names(rows_above(page)))
    # When Alice reaches them
    choose(page, rows_above(page).nth(1), CALL, "Reached")
    # Then it counts, and the same clients stand above the line
    expect(page.get_by_role("heading", name="1 of 5 calls made today.")).to_be_visible()
    settled(page)
    assert sorted(names(rows_above(page))) == before
