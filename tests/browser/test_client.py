"""The Client page in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.support.axe import axe_violations, beyond
from tests.support.browsing import DESKTOP, PHONE
from tests.support.client_lines import name_in, rows
from tests.support.journeys import settled, sign_in
from tests.support.server import Served


def open_first(page: Page, served: Served) -> str:
    """Sign in as Alice and open the client who stands first; returns the name."""
    sign_in(page, served, "alice")
    name = name_in(rows(page)).first
    who = name.inner_text().strip()
    name.click()
    expect(page).to_have_url(re.compile(r"/client\?client="))
    settled(page)
    return who


def test_the_record_opens_from_the_worklist_and_answers_in_one_view(page: Page, served: Served) -> None:
    # When Alice opens the client who stands first
    who = open_first(page, served)
    # Then how, why and what next stand on a window of 1366 by 768, and nothing personal in the address
    expect(page.get_by_role("heading", name=who)).to_be_visible()
    for words in ("Now", "Why", "Do next", re.compile(r"^In 12 weeks: ")):
        box = page.get_by_role("heading", name=words).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= DESKTOP["height"], words
    expect(page.get_by_role("button", name="Check in")).to_be_in_viewport()
    assert not any(part.lower() in page.url.lower() for part in who.split())
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def test_a_refresh_keeps_the_client(page: Page, served: Served) -> None:
    who = open_first(page, served)
    page.reload()
    expect(page.get_by_role("heading", name=who)).to_be_visible()


def test_every_indicator_opens_the_rows_that_it_rests_on(page: Page, served: Served) -> None:
    open_first(page, served)
    page.get_by_text("Indicators and their evidence").click()
    settled(page)
    line = page.locator("[class*=st-key-line-]").first
    line.locator("summary").click()
    expect(line.locator("time").first).to_have_attribute("title", re.compile(r"^\w+day, \w+ \d+, \d{4}$"))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_who_it_is_stays_in_sight_and_on_a_phone_the_actions_too(
    page: Page, served: Served, size: ViewportSize
) -> None:
    who = open_first(page, served)
    page.set_viewport_size(size)
    settled(page)
    page.locator(".st-key-timeline").scroll_into_view_if_needed()
    page.get_by_test_id("stMain").evaluate("main => main.scrollBy(0, 2000)")
    page.wait_for_timeout(500)
    expect(page.get_by_role("heading", name=who)).to_be_in_viewport()
    banner = page.locator(".st-key-client-banner").bounding_box()
    assert banner is not None
    assert banner["height"] <= 70, "two lines"
    if size is PHONE:
        expect(page.get_by_role("button", name="Check in")).to_be_in_viewport()


def test_a_mark_of_the_timeline_opens_its_entry_and_again_after_it_was_closed(
    page: Page, served: Served
) -> None:
    open_first(page, served)
    for _ in range(2):
        mark = page.locator(".st-key-timeline-plot .points path.point").last
        mark.scroll_into_view_if_needed()
        mark.click(force=True)
        dialog = page.get_by_role("dialog", name=re.compile("^Entry: "))
        expect(dialog).to_contain_text(re.compile("Happened|Due"))
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_have_count(0)
        settled(page)


def test_axe_finds_no_more_on_a_whole_record_than_on_a_stock_page(
    page: Page, served: Served, stock_violations: dict[str, list[str]]
) -> None:
    open_first(page, served)
    for section in ("Indicators and their evidence", "All entries", "Chances and points"):
        page.get_by_text(section).click()
        settled(page)
        page.wait_for_timeout(1_000)  # charts draw after the script has finished
        assert beyond(axe_violations(page), stock_violations) == {}, section


def test_a_note_is_written_and_read_again(page: Page, own_clinic: Served) -> None:
    # Given a record
    open_first(page, own_clinic)
    # When Alice writes a note that looks like Markdown
    page.get_by_role("button", name="Write a note").click()
    page.get_by_label("Note", exact=True).fill("*Called* <b>her</b> sister ![x](https://example.org/x.png)")
    page.get_by_label("Note", exact=True).blur()
    page.get_by_role("button", name="Save note").click()
    # Then it stands on the record exactly as it was typed
    expect(page.get_by_text(re.compile("note saved"))).to_be_visible()
    page.get_by_text("All entries").click()
    settled(page)
    page.locator("summary").filter(has_text=re.compile("· Note")).first.click()
    text = "*Called* <b>her</b> sister ![x](https://example.org/x.png)"
    expect(page.get_by_test_id("stText").get_by_text(text)).to_be_visible()
