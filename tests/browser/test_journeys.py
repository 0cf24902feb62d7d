"""The main journeys, from the sign-in to what changes on Today."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.support.client_lines import names, row, rows
from tests.support.journeys import answer_button, open_screen, settled, sign_in, sign_in_by_form
from tests.support.server import Served

SIGNS = ("isolating", "boredom", "glamorizing", "old_places", "contact_with_sellers", "refusing_support")


def worklist(page: Page) -> list[str]:
    """The names on Today in order of priority."""
    expect(rows(page).first).to_be_visible()
    settled(page)
    return names(rows(page))


def listed_as(page: Page, heading: str) -> list[str]:
    """The names above the line under the heading of a group, in order."""
    settled(page)
    return names(page.get_by_role("region", name=heading).locator(".tideline-client"))


def choose(page: Page, label: str, name: str) -> None:
    """Choose from a list by typing."""
    page.get_by_role("combobox", name=label).first.click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name).first.click()
    settled(page)


def test_a_counselor_signs_in_and_sees_whom_to_call_first(page: Page, served: Served) -> None:
    sign_in_by_form(page, served)
    assert worklist(page)
    expect(page.get_by_role("button", name="Check in").first).to_be_visible()


def test_a_check_in_moves_a_client_up_the_worklist(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic)
    before = worklist(page)
    who = listed_as(page, "Looks well")[-1]  # not somebody new, whose early use is no return to use
    row(page, who).get_by_role("button", name="Check in").click()
    expect(page.get_by_role("button", name=re.compile("Save check-in"))).to_be_visible()
    for sign in SIGNS:
        answer_button(page, f"sign:{sign}", "present").click()
    page.get_by_role("radiogroup", name=re.compile("Opioid use")).get_by_text("Regular").click()
    expect(page.get_by_text(re.compile(f"^{len(SIGNS)} of 1[12] warning signs asked"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Save check-in")).click()
    expect(page.get_by_text(f"{who}: the check-in is saved.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Slipping now, was looks well"))).to_be_visible()
    page.get_by_role("button", name="Back to Today").click()
    after = worklist(page)
    assert after.index(who) < before.index(who)


def test_a_roll_call_makes_a_no_show_who_stands_with_a_phone_number(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic)
    page.get_by_role("button", name="Relapse prevention group").first.click()
    page.get_by_role("button", name="Mark all present").click()
    first = page.locator("[data-row]").first
    who = first.get_attribute("aria-label") or "nobody"
    first.get_by_text("No-show", exact=True).click()
    expect(page.get_by_text("14 attended, 1 no-show")).to_be_visible()
    page.get_by_role("button", name="Save roll call").click()
    no_shows = page.locator(".st-key-no-shows")
    expect(no_shows).to_contain_text(who)
    expect(no_shows).to_contain_text(re.compile(r"\d{3}-555-\d{4}"))
    open_screen(page, own_clinic, "attendance")
    page.get_by_role("radio", name=re.compile("Relapse prevention group")).click()
    expect(page.locator(".st-key-no-shows")).to_contain_text(who)


def test_a_level_of_care_is_accepted(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic)
    who = worklist(page)[0]
    open_screen(page, own_clinic, "level_of_care")
    choose(page, "Client", who)
    decision = page.get_by_role("radiogroup", name="Decision")
    decision.locator("label").first.click()
    expect(page.get_by_role("button", name="Save the decision")).to_be_enabled()
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_text(re.compile(", accepted, Alice"))).to_be_visible()


def test_a_level_of_care_is_overridden_with_a_reason(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic)
    who = worklist(page)[0]
    open_screen(page, own_clinic, "level_of_care")
    choose(page, "Client", who)
    page.get_by_role("radiogroup", name="Decision").get_by_text("Something else").click()
    choose(page, "Level of care", "Intensive outpatient")
    page.get_by_label("Why this one instead (needed)").fill("The home is not safe this week")
    page.get_by_label("Why this one instead (needed)").press("Tab")
    settled(page)
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_text(re.compile(", chosen instead, Alice"))).to_be_visible()
    expect(page.get_by_text("“The home is not safe this week”")).to_be_visible()
