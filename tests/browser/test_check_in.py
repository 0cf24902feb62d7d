"""A check-in in a real browser: by keyboard, counted, and without losing anything."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from casework.vocabulary import SELF_CARE_SIGN, WARNING_SIGNS
from db.models import CheckIn
from tests.support.databases import open_database
from tests.support.interactions import Counted
from tests.support.journeys import click_from_a_field, open_screen, settled, sign_in, tap_from_a_field
from tests.support.server import Served

SCREEN_ORDER = [*(sign.id for sign in WARNING_SIGNS if sign.id != SELF_CARE_SIGN), SELF_CARE_SIGN]
NOT_ASKED, ABSENT, PRESENT = "0", "1", "2"
MOST = 14
HAND_MS = 80
"""How long a hand holds the mouse button down: the field that it leaves is sent before the page (see
`pages.shared.page_transition`). A tap has no length."""


def radios(page: Page, sign: str) -> Locator:
    return page.locator(f".st-key-row-sign-{sign} input[type=radio]")


def answer(page: Page, sign: str) -> str | None:
    return page.locator(f".st-key-row-sign-{sign} input:checked").get_attribute("value")


def focus_first_sign(page: Page) -> None:
    """Tab to the first sign: Tab is free. It passes over rows that are not drawn yet, so all are drawn before."""
    for sign in SCREEN_ORDER:
        radios(page, sign).first.wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(
            "document.activeElement.closest('.st-key-row-sign-" + SCREEN_ORDER[0] + "') !== null"
        ):
            return
    raise AssertionError("Tab does not reach the first sign")


def open_check_in(page: Page, served: Served) -> Counted:
    """Sign in and open the check-in of a client with a prescription, from Today, counting from there."""
    sign_in(page, served)
    interactions = Counted(page)
    interactions.click(page.get_by_role("button", name="Check in").first)
    expect(page.get_by_role("button", name=re.compile("Save check-in"))).to_be_visible()
    return interactions


def test_twelve_signs_by_keyboard_take_at_most_fourteen_interactions(page: Page, own_clinic: Served) -> None:
    interactions = open_check_in(page, own_clinic)
    expect(page.get_by_text("0 of 12 warning signs asked")).to_be_visible()
    focus_first_sign(page)
    for n in range(len(SCREEN_ORDER)):
        interactions.press("ArrowLeft" if n % 2 else "ArrowRight")
        page.keyboard.press("Tab")
    expect(page.get_by_text("12 of 12 warning signs asked")).to_be_visible()
    told = [answer(page, sign) for sign in SCREEN_ORDER]
    assert told == [PRESENT if n % 2 else ABSENT for n in range(len(SCREEN_ORDER))]
    page.get_by_role("button", name=re.compile("Save check-in")).focus()  # by Tab, which is free
    interactions.press("Enter")
    expect(page.get_by_text(re.compile(": the check-in is saved"))).to_be_visible()
    assert interactions.count == MOST


def test_fast_typing_loses_no_answer_when_halt_parts_open(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    focus_first_sign(page)
    for _ in SCREEN_ORDER:
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Tab")
    expect(page.locator("[class*=st-key-row-halt]")).to_have_count(4)
    expect(page.get_by_text("12 of 12 warning signs asked")).to_be_visible()
    assert [answer(page, sign) for sign in SCREEN_ORDER] == [PRESENT] * len(SCREEN_ORDER)


def test_the_focus_stays_while_halt_parts_open(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    radios(page, SELF_CARE_SIGN).first.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[class*=st-key-row-halt]")).to_have_count(4)
    settled(page)
    inside = f"document.activeElement.closest('.st-key-row-sign-{SELF_CARE_SIGN}') !== null"
    assert page.evaluate(inside)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.st-key-row-halt-hungry') !== null")


def test_an_uncommitted_note_is_saved_with_the_shortcut(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    page.get_by_label("Note").fill("Typed and not left")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Back to Today")).to_be_visible()
    page.get_by_role("button", name="Record another check-in").click()
    settled(page)
    page.get_by_role("button", name="Correct an earlier check-in").click()
    page.get_by_role("button", name="Correct it", exact=True).click()
    expect(page.get_by_label("Note")).to_have_value("Typed and not left")


def test_tab_reaches_a_save_from_the_last_sign(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    radios(page, SELF_CARE_SIGN).first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("1 of 12 warning signs asked")).to_be_visible()
    for _ in range(3):  # past the two safety questions
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save without the rest")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(": the check-in is saved"))).to_be_visible()


def test_two_safety_questions_take_two_keys_and_are_stored_each_on_its_own(
    page: Page, own_clinic: Served
) -> None:
    interactions = open_check_in(page, own_clinic)
    radios(page, SELF_CARE_SIGN).first.focus()
    page.keyboard.press("Tab")
    for question in ("Thoughts of suicide", "An overdose since"):
        answers = page.get_by_role("radiogroup", name=re.compile(question))
        expect(answers.get_by_role("radio").first).to_be_focused()
        interactions.press("ArrowRight")
        expect(answers.get_by_role("radio", name="No", exact=True)).to_be_checked()
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save without the rest")).to_be_focused()
    interactions.press("Enter")
    expect(page.get_by_text(re.compile(": the check-in is saved"))).to_be_visible()
    assert interactions.count == 4, "from Today: open, two answers, save"
    assert stored(own_clinic)[-1] == (False, False, None, None)


def test_an_overdose_shows_help_at_once_and_takes_its_day_by_keyboard(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    overdose = page.get_by_role("radiogroup", name=re.compile("An overdose since"))
    overdose.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("Act now.")).to_be_visible()
    day = page.get_by_test_id("stDateInput").filter(has_text="Day of the overdose")
    expect(day).to_be_visible()
    settled(page)
    day.get_by_role("spinbutton").first.focus()
    page.keyboard.type("2026-03-09")
    page.keyboard.press("Tab")
    naloxone = page.get_by_role("radiogroup", name=re.compile("naloxone"))
    naloxone.get_by_role("radio", name="Yes").check(force=True)
    settled(page)
    page.get_by_role("button", name=re.compile("Save check-in")).click()
    expect(page.get_by_text("waits for a named person")).to_be_visible()
    assert stored(own_clinic)[-1] == (None, True, dt.date(2026, 3, 9), True)


def stored(served: Served) -> list[tuple[bool | dt.date | None, ...]]:
    """The safety answers of the check-ins, the latest last."""
    database = open_database(served.database_url)
    columns = (CheckIn.suicidal, CheckIn.overdosed, CheckIn.overdosed_on, CheckIn.naloxone_used)
    with database.reading() as session:
        found = [tuple(row) for row in session.execute(select(*columns).order_by(CheckIn.id))]
    database.close()
    return found


@pytest.mark.parametrize("held_ms", [pytest.param(0, id="by a tap"), pytest.param(HAND_MS, id="by a click")])
def test_what_was_typed_is_still_there_after_another_screen(
    page: Page, own_clinic: Served, held_ms: int
) -> None:
    open_check_in(page, own_clinic)
    radios(page, "isolating").nth(2).check(force=True)
    page.get_by_label("Note").fill("Half a sentence")
    page.get_by_role("link", name="Schedule").click(delay=held_ms)
    expect(page.get_by_text("Plan a session")).to_be_visible()
    settled(page)
    expect(page).to_have_url(re.compile("/schedule$"))
    page.get_by_role("link", name="Check-in").click()
    expect(page.get_by_label("Note")).to_have_value("Half a sentence")
    assert answer(page, "isolating") == PRESENT


@pytest.mark.parametrize("stalled", [pytest.param(False, id="idle"), pytest.param(True, id="stalled")])
@pytest.mark.parametrize("leave", [tap_from_a_field, click_from_a_field])
def test_a_page_that_is_tapped_right_from_a_field_opens_and_what_was_typed_is_kept(
    page: Page, own_clinic: Served, leave: Callable[[Page, str], None], stalled: bool
) -> None:
    open_check_in(page, own_clinic)
    settled(page)
    address = page.url
    for screen in ("Schedule", "Definitions"):
        open_screen(
            page, own_clinic, address.removeprefix(own_clinic.url)
        )  # by its address, in a session of its own
        radios(page, "isolating").nth(2).check(force=True)
        page.get_by_label("Note").fill(f"Left for {screen}")
        with own_clinic.stopped() if stalled else nullcontext():
            leave(page, screen)
        expect(page).to_have_url(re.compile(f"/{screen.lower()}$"))
        settled(page)
        expect(page).to_have_url(re.compile(f"/{screen.lower()}$"))
        page.go_back()
        expect(page.get_by_label("Note")).to_have_value(f"Left for {screen}")
        assert answer(page, "isolating") == PRESENT


def test_a_double_click_on_save_stores_one_check_in(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    radios(page, "isolating").nth(1).check(force=True)
    expect(page.get_by_text("1 of 12 warning signs asked")).to_be_visible()
    page.get_by_role("button", name=re.compile("Save check-in")).dblclick()
    expect(page.get_by_role("button", name="Back to Today")).to_be_visible()
    page.get_by_role("button", name="Record another check-in").click()
    settled(page)
    page.get_by_role("button", name="Correct an earlier check-in").click()
    page.get_by_role("combobox", name="Check-in").click()
    expect(page.get_by_role("option", name=re.compile("^Today"))).to_have_count(1)


def test_a_yes_to_the_safety_question_shows_help_at_once(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    page.get_by_role("radiogroup", name=re.compile("Thoughts of suicide")).get_by_text("Yes").click()
    route = page.locator(".st-key-safety-route")
    expect(route).to_contain_text("988")
    expect(route).to_contain_text("911")
