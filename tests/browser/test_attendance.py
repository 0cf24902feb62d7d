"""A roll call in a real browser, counted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.availability import LONG
from tests.support.interactions import Counted
from tests.support.journeys import sign_in
from tests.support.server import Served

GROUP = 15
MOST = 18
MARKS = ("Late", "Excused", "No-show", "Cancelled by clinic")


def group_button(page: Page) -> Locator:
    """On Today, the session of the whole group."""
    return page.get_by_role("button", name="Relapse prevention group").first


def rows(page: Page) -> Locator:
    return page.locator("[data-row]")


def given(page: Page) -> Locator:
    """The rows of a roll call that was taken."""
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
    interactions.click(page.get_by_role("button", name="Save roll call"))
    expect(page.get_by_role("button", name="Correct")).to_have_count(GROUP)
    assert interactions.count == 3 + exceptions
    assert interactions.count <= MOST
    for n in range(exceptions):
        expect(given(page).nth(n)).to_contain_text(MARKS[n % len(MARKS)])


def test_marks_stay_while_another_screen_is_open(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic)
    group_button(page).click()
    rows(page).nth(2).get_by_text("Excused").click()
    expect(page.get_by_text("1 excused, 14 not marked")).to_be_visible()
    page.get_by_role("link", name="Clients").click()
    expect(page.get_by_label("Find a client")).to_be_visible()
    page.get_by_role("link", name="Attendance").click()
    expect(page.get_by_text("1 excused, 14 not marked")).to_be_visible()


def test_a_roll_call_by_keyboard(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic)
    group_button(page).click()
    expect(rows(page)).to_have_count(GROUP)
    names = [row.get_attribute("aria-label") for row in rows(page).all()]
    rows(page).first.focus()
    for _ in range(GROUP - 1):
        page.keyboard.press("1")
    page.keyboard.press("4")
    expect(page.get_by_role("button", name="Save roll call")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-no-shows")).to_contain_text(names[-1] or "nobody")


def test_each_mark_says_whose_it_is(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic)
    group_button(page).click()
    expect(rows(page)).to_have_count(GROUP)
    marks = rows(page).get_by_role("button").all()
    names = [mark.get_attribute("aria-label") or "" for mark in marks]
    assert len(set(names)) == len(names) == 5 * GROUP
    for row in rows(page).all():
        who = row.get_attribute("aria-label") or "nobody"
        expect(row.get_by_role("button", name=f"No-show: {who}", exact=True)).to_have_count(1)


def test_what_is_marked_while_the_server_stands_still_is_saved(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic)
    group_button(page).click()
    expect(rows(page)).to_have_count(GROUP)
    with own_clinic.stopped():
        page.get_by_role("button", name="Mark all present").click()
        rows(page).first.get_by_text("Late", exact=True).click()
        expect(rows(page).first.locator("button[value=late]")).to_have_attribute("aria-pressed", "true")
        page.get_by_role("button", name="Save roll call").click()
    expect(page.get_by_text("the roll call is saved: 14 attended, 1 late.")).to_be_visible()
