"""The list of disagreements in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.support.journeys import sign_in
from tests.support.server import Served


def test_one_click_from_today_leads_to_the_list_and_one_more_to_the_client(
    page: Page, served: Served
) -> None:
    # Given Alice on Today
    sign_in(page, served)
    # When she opens the list from the menu
    page.get_by_role("link", name="Disagreements").click()
    expect(page.get_by_role("heading", name="Disagreements", level=1)).to_be_visible()
    # Then each row has both sides with their days
    row = page.locator("[class*=st-key-differs-]").first
    for side in ("The client says", "On record", "Next"):
        expect(row.get_by_text(side, exact=True)).to_be_visible()
    expect(row.locator("time").first).to_have_attribute("title", re.compile(r"^\w+day, \w+ \d+, \d{4}$"))
    # And its name opens the client, with the same line there and nothing personal in the address
    name = row.get_by_role("button")
    who = name.inner_text().strip()
    name.click()
    expect(page).to_have_url(re.compile(r"/client\?client="))
    expect(page.get_by_role("heading", name=who)).to_be_visible()
    expect(page.get_by_text(re.compile("^Says (fine|it is hard), the record"))).to_be_visible()
    assert not any(part.lower() in page.url.lower() for part in who.split())
