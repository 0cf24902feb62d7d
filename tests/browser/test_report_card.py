"""The Rule report card in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from casework import wording
from casework.caseload.assessment import assess_for
from casework.indicators import Rule
from casework.report_card import FINDINGS, PROTECTED
from casework.vocabulary import Score
from casework.wording import sentence
from db.models import Client
from tests.support.axe import axe_violations, beyond
from tests.support.clinic import TODAY, user_named
from tests.support.databases import open_database
from tests.support.journeys import open_screen, settled, sign_in
from tests.support.server import Served

WHY = "Our *roll calls* are not kept."


TABS = {Score.USE: "Use", Score.ENGAGEMENT: "Keeping contact", Score.SIGNS: "Warning signs"}


def first_client(served: Served) -> tuple[str, Rule]:
    """The handle of the client who stands first for Dana, and the heaviest rule that holds and may be switched off."""
    database = open_database(served.database_url)
    dana = user_named(database, "dana")
    with database.reading() as session:
        _, assessment = assess_for(session, dana, TODAY)
        client_id = int(assessment.table["client_id"].iloc[0])
        handle = session.get_one(Client, client_id).handle
        held = [row.rule_id for row in assessment.score_rows(client_id)]
    database.close()
    rules = [rule for rule in FINDINGS if rule.id in held and rule.id not in PROTECTED]
    return handle, max(rules, key=lambda rule: rule.points)


def open_rule(page: Page, served: Served, rule: Rule) -> None:
    open_screen(page, served, "report_card")
    page.get_by_text(TABS[rule.score], exact=True).click()
    condition = sentence(wording.condition(rule))
    expect(page.get_by_role("rowheader", name=condition, exact=True)).to_be_visible()
    settled(page)
    page.get_by_role("combobox", name="Open a rule").fill(condition)
    page.get_by_role("option", name=condition, exact=True).click()
    settled(page)


def test_a_rule_is_switched_off_with_a_reason_seen_on_the_score_and_switched_on_again(
    page: Page, own_clinic: Served
) -> None:
    handle, rule = first_client(own_clinic)
    note = page.get_by_text(f"Not counted: {wording.condition(rule)}")
    sign_in(page, own_clinic, "dana")
    # When the supervisor switches off a rule that holds for the first client
    open_rule(page, own_clinic, rule)
    page.get_by_label(re.compile("^Why should it be off")).fill(WHY)
    page.get_by_label(re.compile("^Why should it be off")).blur()
    page.get_by_role("button", name="Switch off for the whole clinic").click()
    expect(page.get_by_text("Scores no longer count this rule")).to_be_visible()
    # Then the client's score says so, with the reason as it was typed
    open_screen(page, own_clinic, f"client?client={handle}")
    expect(note).to_be_visible()
    expect(note).to_contain_text(WHY)
    # And when it is on again, the score counts it and says nothing
    open_rule(page, own_clinic, rule)
    page.get_by_role("button", name="Switch on again").click()
    expect(page.get_by_text("Scores count this rule from today on")).to_be_visible()
    open_screen(page, own_clinic, f"client?client={handle}")
    expect(page.locator(".st-key-client-cards")).to_be_visible()
    expect(note).to_have_count(0)


def test_axe_finds_no_more_on_the_chances_than_on_a_stock_page(
    page: Page, served: Served, stock_violations: dict[str, list[str]]
) -> None:
    sign_in(page, served, "dana", to="report_card")
    page.get_by_text("Chances", exact=True).click()
    settled(page)
    assert beyond(axe_violations(page), stock_violations) == {}
