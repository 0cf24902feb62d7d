"""Today in a real browser: the ranked caseload and what one does from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy import select

from casework.vocabulary import CallOutcome, Use
from db.models import Call, Client, ClientVersion
from tests.support import builders
from tests.support.browsing import DESKTOP, Serve
from tests.support.builders import days_ago
from tests.support.client_lines import CALL, MORE, choose, name_in, row, rows
from tests.support.clinic import build_clinic
from tests.support.databases import SqliteTemplates, open_database
from tests.support.fills import fill_nothing
from tests.support.interactions import Counted
from tests.support.journeys import settled, sign_in
from tests.support.server import Served


def fill(url: str) -> None:
    """The small clinic: Ann answered yes to the safety question, Amir returned to use and has been silent."""
    fill_nothing(url)
    database = open_database(url)
    with database.writing() as session:
        clinic = build_clinic(session)
    then = builders.at(days_ago(10))
    builders.check_in(database, clinic.alice, clinic.amir, now=then, use=Use.REGULAR, craving=9)
    builders.check_in(database, clinic.alice, clinic.ann, suicidal=True)
    builders.group(database, clinic.alice, (clinic.ann, clinic.amir))
    database.close()


@pytest.fixture
def url(sqlite_templates: SqliteTemplates, tmp_path: Path) -> Iterator[str]:
    with sqlite_templates.copy("today", fill, tmp_path) as url:
        yield url


@pytest.fixture
def harbor(url: str, serve: Serve) -> Served:
    return serve(url)


def test_who_first_why_and_what_next_stand_on_a_small_laptop_without_scrolling(
    page: Page, served: Served
) -> None:
    # Given the demo clinic on a window of 1366 by 768
    sign_in(page, served, "alice")
    # Then the first clients stand in it with reason, next step and both actions
    expect(rows(page).first).to_be_visible()
    for place in range(6):
        line = rows(page).nth(place)
        box = line.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= DESKTOP["height"]
        expect(line.get_by_role("button", name="Check in")).to_be_visible()
        expect(line.get_by_role("button", name=CALL)).to_be_visible()
        expect(line.locator("strong").first).to_be_visible()
        expect(line.get_by_role("link")).to_have_attribute("href", re.compile(r"^tel:\d+$"))


def test_two_clicks_log_a_call_and_no_answer_is_not_contact(page: Page, harbor: Served, url: str) -> None:
    # Given Amir, overdue to hear from
    sign_in(page, harbor, "alice")
    amir = row(page, "Amir Aziz")
    expect(amir).to_contain_text("Overdue")
    # When Alice clicks twice
    acts = Counted(page)
    acts.click(amir.get_by_role("button", name=CALL))
    acts.click(page.get_by_role("menuitem", name="No answer"))
    assert acts.count <= 2
    # Then the call is on record, and he is still overdue
    expect(page.get_by_test_id("stToast")).to_contain_text("not contact")
    settled(page)
    expect(amir).to_contain_text("No answer today")
    expect(amir).to_contain_text("Overdue")
    database = open_database(url)
    with database.reading() as session:
        assert [call.outcome for call in session.scalars(select(Call))] == [CallOutcome.NO_ANSWER]
    database.close()


def test_a_safety_answer_is_acknowledged_by_name_with_the_steps_taken(page: Page, harbor: Served) -> None:
    # Given Ann's answer, above every rank, with the lines to call
    sign_in(page, harbor, "alice")
    safety = page.get_by_role("region", name="Today, before all others: one client")
    expect(safety).to_contain_text("988")
    expect(safety).to_contain_text("911")
    expect(safety).to_contain_text("Ann Archer")
    expect(safety.get_by_text("Call the on-call clinician.")).to_be_hidden()
    safety.get_by_text("Safety protocol", exact=True).click()
    expect(safety.get_by_text("Call the on-call clinician.")).to_be_visible()
    # When Alice writes what was done and puts her name to it
    safety.get_by_role("button", name="Acknowledge").click()
    page.get_by_label("Steps taken").fill("Stayed on the line until the on-call clinician came.")
    page.get_by_role("button", name="Acknowledge as Alice").click()
    # Then it waits no more and stays on her record
    expect(page.get_by_text("acknowledged by Alice")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^Acknowledge"))).to_have_count(0)
    name_in(row(page, "Ann Archer")).click()
    page.get_by_text("All entries").click()
    expect(page.get_by_text("acknowledged by Alice")).to_be_visible()


def test_one_click_opens_the_check_in_of_that_client(page: Page, harbor: Served, url: str) -> None:
    sign_in(page, harbor, "alice")
    row(page, "Amir Aziz").get_by_role("button", name="Check in").click()
    expect(page).to_have_url(re.compile(r"/check_in\?client="))
    database = open_database(url)
    with database.reading() as session:
        handle = session.scalars(
            select(Client.handle)
            .join(ClientVersion, ClientVersion.client_id == Client.id)
            .where(ClientVersion.name == "Amir Aziz")
        ).one()
    database.close()
    assert page.url.endswith(handle)


def test_a_session_of_the_day_leads_to_its_roll_call(page: Page, harbor: Served) -> None:
    sign_in(page, harbor, "alice")
    page.get_by_role("button", name="Relapse prevention").first.click()
    expect(page).to_have_url(re.compile("/attendance"))
    expect(page.get_by_text("Amir Aziz").first).to_be_visible()


def test_two_interactions_do_what_is_next(page: Page, own_clinic: Served) -> None:
    # Given the demo clinic, where it is next to tell somebody what lowered tolerance means
    sign_in(page, own_clinic, "alice")
    next_ = page.locator(".tideline-client-next").filter(has_text="Say: the amount used before")
    told = rows(page).filter(has=next_).first
    who = name_in(told).inner_text()
    # When Alice has told them
    acts = Counted(page)
    acts.click(told.get_by_role("button", name="Done"))
    acts.click(page.get_by_role("dialog").get_by_role("button", name="Done", exact=True))
    assert acts.count <= 2
    # Then it is done, and something else is next
    expect(page.get_by_text(f"{who}: say what lowered tolerance means: done.")).to_be_visible()
    expect(row(page, who).filter(has=next_)).to_have_count(0)


def test_what_is_next_is_put_off_with_a_day_and_a_reason(page: Page, harbor: Served) -> None:
    sign_in(page, harbor, "alice")
    choose(page, row(page, "Amir Aziz"), MORE, "Later …")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("tab", name="Later")).to_have_attribute("aria-selected", "true")
    # A refusal is said in the dialog, and what was typed stays
    dialog.get_by_label("Why later").fill("He works until Friday")
    dialog.get_by_role("button", name="Put off").click()
    expect(dialog.get_by_role("alert").first).to_be_visible()
    expect(dialog.get_by_label("Why later")).to_have_value("He works until Friday")


def test_a_menu_is_worked_by_keyboard_and_gives_the_focus_back(page: Page, harbor: Served) -> None:
    sign_in(page, harbor, "alice")
    opener = row(page, "Amir Aziz").get_by_role("button", name=CALL)
    opener.focus()
    page.keyboard.press("Enter")
    choices = page.get_by_role("menuitem")
    expect(choices.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(choices.last).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(choices.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stToast")).to_be_visible()


def test_tab_goes_from_line_to_line_and_what_was_opened_stays_open(page: Page, harbor: Served) -> None:
    # Given a line that is opened by keyboard
    sign_in(page, harbor, "alice")
    amir = row(page, "Amir Aziz")
    amir.get_by_role("button", name="More about Amir Aziz").focus()
    page.keyboard.press("Enter")
    expect(amir.get_by_text("Risk", exact=True)).to_be_visible()
    # Then Tab reaches the name, the number and each button of it
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
    assert reached[0] == "Amir Aziz"
    assert {"555-0100", "Call", "Check in"} <= set(reached)
    # And it is open still when the list was drawn anew
    choose(page, amir, CALL, "No answer")
    expect(amir).to_contain_text("No answer today")
    expect(amir.get_by_text("Risk", exact=True)).to_be_visible()


def test_on_a_phone_the_first_name_stands_in_the_upper_half_and_every_button_can_be_hit(
    page: Page, served: Served
) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, served, "alice")
    box = name_in(rows(page)).first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PHONE["height"] / 2
    assert page.evaluate(TOO_SMALL, 24) == []
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE["width"]


PHONE = ViewportSize(width=390, height=844)
TOO_SMALL = """least => [...document.querySelectorAll('.tideline-component :is(button, a, summary)')]
    .map(one => [one.textContent, one.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < least || box.height < least))
    .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
"""The buttons and links of our components that are narrower or lower than so many pixels."""
