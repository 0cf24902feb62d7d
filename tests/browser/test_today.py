"""Today in a real browser: the ranked caseload and what one does from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from casework.vocabulary import CallOutcome, Use
from db.models import Call, Client, ClientVersion
from tests.support import builders
from tests.support.browsing import DESKTOP, Serve
from tests.support.builders import days_ago
from tests.support.clinic import build_clinic
from tests.support.databases import SqliteTemplates, open_database
from tests.support.fields import menu_choices
from tests.support.fills import fill_nothing
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


def row(page: Page, name: str) -> Locator:
    """The client's full row."""
    return page.locator("[class*=st-key-worklist-row-]").filter(has_text=name)


def test_who_first_why_and_what_next_stand_on_a_small_laptop_without_scrolling(
    page: Page, served: Served
) -> None:
    # Given the demo clinic on a window of 1366 by 768
    sign_in(page, served, "alice")
    # Then the first clients stand in it with reason, next step and both actions
    rows = page.locator("[class*=st-key-worklist-row-]")
    expect(rows.first).to_be_visible()
    for place in range(3):
        box = rows.nth(place).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= DESKTOP["height"]
        expect(rows.nth(place).get_by_role("button", name="Check in")).to_be_visible()
        expect(rows.nth(place).get_by_role("button", name=re.compile("^Call"))).to_be_visible()
        expect(rows.nth(place).locator("strong").first).to_be_visible()


def test_two_clicks_log_a_call_and_no_answer_is_not_contact(page: Page, harbor: Served, url: str) -> None:
    # Given Amir, overdue to hear from
    sign_in(page, harbor, "alice")
    amir = row(page, "Amir Aziz")
    expect(amir).to_contain_text("Overdue")
    # When Alice clicks twice
    amir.get_by_role("button", name=re.compile("^Call")).click()
    menu_choices(page, "No answer").click()
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
    safety = page.locator(".st-key-safety")
    expect(safety).to_contain_text("988")
    expect(safety).to_contain_text("911")
    expect(safety).to_contain_text("Ann Archer")
    # When Alice writes what was done and puts her name to it
    safety.get_by_role("button", name="Acknowledge").click()
    page.get_by_label("Steps taken").fill("Stayed on the line until the on-call clinician came.")
    page.get_by_role("button", name="Acknowledge as Alice").click()
    # Then it is off Today and stays on her record
    expect(page.get_by_text("acknowledged by Alice")).to_be_visible()
    expect(safety).to_have_count(0)
    page.get_by_role("button", name="Ann Archer").click()
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
    page.get_by_role("button", name="Relapse prevention").click()
    expect(page).to_have_url(re.compile("/attendance"))
    expect(page.get_by_text("Amir Aziz").first).to_be_visible()
