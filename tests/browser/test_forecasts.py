"""The counselor's forecast in a real browser: three taps, and Tideline's chance only after the third."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from db.models import Forecast
from tests.support.builders import count
from tests.support.databases import open_database
from tests.support.interactions import Counted
from tests.support.journeys import settled, sign_in
from tests.support.server import Served

TIDELINE_SAYS = re.compile(r"you (Un)?likely \d+%, Tideline", re.IGNORECASE)


def to_go(page: Page) -> Locator:
    """The rows of clients without a forecast this week."""
    rows = page.locator("[class*=st-key-forecast-row-]")
    return rows.filter(has=page.get_by_role("button", name="Save and compare"))


def test_three_taps_record_a_forecast_and_show_tidelines_beside_it(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic, to="forecasts")
    expect(to_go(page).first).to_be_visible()
    before = to_go(page).count()
    name = to_go(page).first.get_by_test_id("stMarkdown").first.inner_text()
    taps = Counted(page)
    row = to_go(page).first
    taps.click(row.get_by_role("radio", name="Unlikely 20%", exact=True).first)
    taps.click(row.get_by_role("radio", name="Likely 80%", exact=True).last)
    expect(page.get_by_text(TIDELINE_SAYS)).to_have_count(0)
    taps.click(row.get_by_role("button", name="Save and compare"))
    shown = page.locator("[class*=st-key-forecast-row-]").filter(has_text=name)
    expect(shown).to_contain_text(TIDELINE_SAYS)
    expect(to_go(page)).to_have_count(before - 1)
    assert taps.count == 3


def test_a_double_click_stores_one_forecast(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic, to="forecasts")
    database = open_database(own_clinic.database_url)
    before = count(database, Forecast)
    row = to_go(page).first
    for question in (0, 1):
        row.get_by_role("radio", name="Even 50%").nth(question).click()
        settled(page)
    row.get_by_role("button", name="Save and compare").dblclick()
    expect(page.get_by_text(": your forecast is saved.")).to_be_visible()
    settled(page)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    assert count(database, Forecast) == before + 1
    database.close()
