"""The menu: its groups, and that it makes room by itself on a narrow window."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.support.journeys import open_screen, settled, sign_in
from tests.support.server import Served

PHONE = ViewportSize(width=390, height=844)
TABLET = ViewportSize(width=820, height=1180)
NARROWEST_WITH_MENU = ViewportSize(width=1024, height=768)
OPEN = "[data-testid=stSidebarCollapseButton] button[aria-expanded=true]"
WORK = ("Work", "Today", "Check-in", "Attendance", "Clients", "Import", "Schedule")
CASELOAD = ("Caseload", "Overview", "Level of care", "Disagreements", "Forecasts")
ABOUT = ("About the scores", "Evidence", "Definitions")


def menu_of(page: Page) -> tuple[str, ...]:
    """What the menu says, headings and links, from top to bottom."""
    found: list[str] = page.get_by_test_id("stSidebarNavItems").evaluate(
        """items => [...items.querySelectorAll("a, header, [data-testid=stNavSectionHeader]")]
            .map(one => one.querySelector("[data-testid=stMarkdownContainer]")?.innerText ?? one.innerText)"""
    )
    return tuple(found)


@pytest.mark.parametrize(
    ("account", "groups"),
    [
        ("alice", (*WORK, *CASELOAD, *ABOUT)),
        ("dana", (*WORK, *CASELOAD, "Team", "Report card", *ABOUT)),
    ],
)
def test_the_menu_stands_in_groups_and_fits_a_small_screen(
    page: Page, served: Served, account: str, groups: tuple[str, ...]
) -> None:
    sign_in(page, served, account, to="definitions")
    assert menu_of(page) == groups
    expect(page.get_by_role("button", name="Sign out")).to_be_in_viewport(ratio=1)


def test_the_menu_is_open_where_there_is_room_and_closed_by_itself_where_there_is_none(
    page: Page, served: Served
) -> None:
    page.set_viewport_size(NARROWEST_WITH_MENU)
    sign_in(page, served, to="definitions")
    expect(page.locator(OPEN)).to_have_count(1)
    page.set_viewport_size(TABLET)
    expect(page.locator(OPEN)).to_have_count(0)
    open_screen(page, served, "evidence")
    expect(page.locator(OPEN)).to_have_count(0)
    page.set_viewport_size(NARROWEST_WITH_MENU)
    expect(page.locator(OPEN)).to_have_count(1)


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_the_menu_closes_after_a_choice_on_a_narrow_window(
    page: Page, served: Served, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    sign_in(page, served, to="definitions")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Evidence").click()
    expect(page.get_by_role("heading", name="Evidence", level=1)).to_be_visible()
    settled(page)
    expect(page.locator(OPEN)).to_have_count(0)


def test_back_goes_back_one_step(page: Page, served: Served) -> None:
    sign_in(page, served, to="definitions")
    for name in ("Evidence", "Forecasts"):
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
        settled(page)
    for name in ("Evidence", "Definitions"):
        page.go_back()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
        settled(page)
