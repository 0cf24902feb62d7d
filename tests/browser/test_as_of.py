"""The time machine in a real browser: back to a past day, through the pages, and home again."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.support.axe import axe_violations
from tests.support.client_lines import CALL, name_in, rows
from tests.support.journeys import open_screen, settled, sign_in
from tests.support.server import Served

PAST = "2026-02-17"
BANNER = "You are looking at Tuesday, Feb 17, as it was known then. Nothing can be saved."


def test_a_past_day_is_chosen_kept_through_the_pages_and_left_with_one_click(
    page: Page, served: Served, stock_violations: dict[str, list[str]]
) -> None:
    # Given Alice on the present day
    sign_in(page, served, "alice")
    banner = page.locator(".st-key-looking-back")
    expect(banner).to_have_count(0)
    # When she opens the dashboard as of a day in February
    open_screen(page, served, f"?as_of={PAST}")
    # Then the page says so above everything, and shows that day
    expect(banner).to_contain_text(BANNER)
    expect(page.get_by_text("Tuesday, February 17, 2026")).to_be_visible()
    assert not set(axe_violations(page)) - set(stock_violations)
    first = rows(page).first
    expect(first.get_by_role("button", name="Check in")).to_be_disabled()
    expect(first.get_by_role("button", name=CALL)).to_be_disabled()
    expect(name_in(first)).to_be_enabled()
    # And the day stays while she goes from page to page
    for name in ("Clients", "Schedule", "Level of care", "Import", "Check-in"):
        page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()
        settled(page)
        expect(banner).to_contain_text(BANNER)
    expect(page.get_by_text("Nothing can be saved while you look at a past day.")).to_be_visible()
    expect(page).to_have_url(re.compile(f"as_of={PAST}"))
    page.reload()
    settled(page)
    expect(banner).to_contain_text(BANNER)
    # When she clicks once
    banner.get_by_role("button", name="Back to today").click()
    settled(page)
    # Then she is back in the present, in the address too
    expect(banner).to_have_count(0)
    expect(page.get_by_role("group", name="As known on: today")).to_be_visible()
    expect(page).not_to_have_url(re.compile("as_of"))


def test_a_button_that_leads_to_another_page_takes_the_past_day_along(page: Page, served: Served) -> None:
    sign_in(page, served, "alice")
    open_screen(page, served, f"?as_of={PAST}")
    name_in(rows(page).first).click()
    settled(page)
    expect(page).to_have_url(re.compile(rf"/client\?.*as_of={PAST}"))
    expect(page.locator(".st-key-looking-back")).to_contain_text(BANNER)
    expect(page.locator(".st-key-client-banner")).to_be_visible()


def test_a_past_day_is_typed_into_the_sidebar(page: Page, served: Served) -> None:
    sign_in(page, served, "alice")
    field = page.get_by_test_id("stSidebar").get_by_test_id("stDateInput")
    field.get_by_role("spinbutton").first.click()
    page.keyboard.type("20260217")
    page.get_by_role("button", name="Tuesday, February 17, 2026").click()
    expect(page.locator(".st-key-looking-back")).to_contain_text(BANNER)
