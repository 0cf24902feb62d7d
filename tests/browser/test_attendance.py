"""A roll call in a real browser, counted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.availability import LONG
from tests.support.interactions import Counted
from tests.support.journeys import settled, sign_in
from tests.support.server import Served

GROUP = 15
MOST = 18
MARKS = ("Late", "Excused", "No-show", "Cancelled by clinic")


def group_button(page: Page) -> Locator:
    """On Today, the session of the whole group."""
    return page.get_by_role("button", name="Relapse prevention group").first


def rows(page: Page) -> Locator:
    return page.locator("[class*=st-key-row-mark]")


@pytest.mark.parametrize("exceptions", [0, 4, GROUP] if LONG else [GROUP])
def test_a_roll_call_of_fifteen_takes_at_most_eighteen_interactions(
    exceptions: int, page: Page, own_clinic: Served
) -> None:
    sign_in(page, own_clinic)
    interactions = Counted(page)
    interactions.click(group_button(page))
    expect(rows(page)).to_have_count(GROUP)
    interactions.click(page.get_by_role("button", name="Mark all present"))
    expect(page.get_by_text(f"{GROUP} attended")).to_be_visible()
    for n in range(exceptions):
        interactions.click(rows(page).nth(n).get_by_text(MARKS[n % len(MARKS)], exact=True))
    settled(page)
    interactions.click(page.get_by_role("button", name="Save roll call"))
    expect(page.get_by_role("button", name="Correct")).to_have_count(GROUP)
    assert interactions.count == 3 + exceptions
    assert interactions.count <= MOST
    for n in range(exceptions):
        expect(rows(page).nth(n)).to_contain_text(MARKS[n % len(MARKS)])


def test_marks_stay_while_another_screen_is_open(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic)
    group_button(page).click()
    rows(page).nth(2).get_by_text("Excused").click()
    expect(page.get_by_text("1 excused, 14 not marked")).to_be_visible()
    page.get_by_role("link", name="Clients").click()
    expect(page.get_by_label("Find a client")).to_be_visible()
    page.get_by_role("link", name="Attendance").click()
    expect(page.get_by_text("1 excused, 14 not marked")).to_be_visible()
