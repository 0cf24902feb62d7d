"""The schedule in a real browser: a session is planned, and its roll call opens from the week."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.support.journeys import settled, sign_in
from tests.support.server import Served


def test_a_planned_session_can_be_taken_at_once(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic, to="schedule")
    page.get_by_label("Title").fill("Evening <b>group</b>")
    page.get_by_label("Title").press("Tab")
    settled(page)
    page.get_by_role("combobox", name="Clients expected").press_sequentially("Andrew Nixon")
    page.get_by_role("option", name="Andrew Nixon").click()
    page.keyboard.press("Escape")
    settled(page)
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_text("Evening <b>group</b> is planned every week")).to_be_visible()
    page.get_by_role("link", name="Attendance").click()
    page.get_by_role("radio", name="Evening <b>group</b>").click()
    expect(page.locator("[class*=st-key-row-mark]")).to_have_count(1)
