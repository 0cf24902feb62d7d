"""What would change this, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.test_client import open_first
from tests.support.axe import axe_violations, beyond
from tests.support.journeys import settled
from tests.support.server import Served

LABEL = "What would change this"
MEANING = "It is not a goal for the client, and never a reason to enter something that did not happen."


def test_it_opens_where_the_band_and_the_recommendation_stand(
    page: Page, served: Served, stock_violations: dict[str, list[str]]
) -> None:
    # Given a client's record, and then their options
    open_first(page, served)
    opens_and_closes(page, stock_violations)
    page.get_by_role("button", name="Level of care", exact=True).click()
    settled(page)
    opens_and_closes(page, stock_violations)


def opens_and_closes(page: Page, stock_violations: dict[str, list[str]]) -> None:
    # Then it is closed, and says nothing until somebody asks
    expect(page.get_by_text(LABEL)).to_be_visible()
    expect(page.get_by_text(MEANING)).to_have_count(0)
    # When it is opened
    page.get_by_text(LABEL).click()
    settled(page)
    # Then the answer stands there with what it means, and closes again
    expect(page.get_by_text(MEANING)).to_be_visible()
    assert beyond(axe_violations(page), stock_violations) == {}
    page.get_by_text(LABEL).click()
    settled(page)
    expect(page.get_by_text(MEANING)).to_have_count(0)
