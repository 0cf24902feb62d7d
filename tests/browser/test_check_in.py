"""A check-in in a real browser: by keyboard, counted, and without losing anything."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from contextlib import nullcontext

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from casework.vocabulary import SELF_CARE_SIGN, WARNING_SIGNS, mask
from db.models import CheckIn
from tests.support.databases import open_database
from tests.support.interactions import Counted
from tests.support.journeys import (
    answer_button,
    answer_of,
    click_from_a_field,
    open_screen,
    row_of,
    settled,
    sign_in,
    tap_from_a_field,
)
from tests.support.server import Served

SCREEN_ORDER = [*(sign.id for sign in WARNING_SIGNS if sign.id != SELF_CARE_SIGN), SELF_CARE_SIGN]
SAFETY = ("suicidal", "overdosed")
ABSENT, PRESENT = "absent", "present"
SELF_CARE = f"sign:{SELF_CARE_SIGN}"
BY_MOUSE, BY_KEYBOARD = 14, 15
"""The most interactions for a whole check-in, from the drawn form with the first sign focused to the confirmation."""
HAND_MS = 80
"""How long a hand holds the mouse button down: the field that it leaves is sent before the page (see
`pages.shared.page_transition`). A tap has no length."""


def answer(page: Page, sign: str) -> str | None:
    return answer_of(page, f"sign:{sign}")


def expect_answers(page: Page, told: Mapping[str, str | None]) -> None:
    """The rows show these answers, as soon as they are drawn."""
    for sign, value in told.items():
        for option in (ABSENT, PRESENT):
            pressed = str(option == value).lower()
            expect(answer_button(page, f"sign:{sign}", option)).to_have_attribute("aria-pressed", pressed)


def focus_first_sign(page: Page) -> None:
    """Tab to the first sign, once it is drawn."""
    row_of(page, f"sign:{SCREEN_ORDER[0]}").wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused_row(page) == f"sign:{SCREEN_ORDER[0]}":
            return
    raise AssertionError("Tab does not reach the first sign")


def focused_row(page: Page) -> str | None:
    row: str | None = page.evaluate("document.activeElement.closest('[data-row]')?.dataset.row ?? null")
    return row


def confirmed(page: Page) -> None:
    expect(page.get_by_text(re.compile(": the check-in is saved"))).to_be_visible()


def open_check_in(page: Page, served: Served) -> Counted:
    """Sign in and open the check-in of a client with a prescription, from Today, counting from there."""
    sign_in(page, served)
    interactions = Counted(page)
    interactions.click(page.get_by_role("button", name="Check in").first)
    expect(page.get_by_role("button", name=re.compile("Save check-in"))).to_be_visible()
    return interactions


def test_a_whole_check_in_takes_at_most_fifteen_keys(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    focus_first_sign(page)
    interactions = Counted(page)
    for n, sign in enumerate(SCREEN_ORDER):
        assert focused_row(page) == f"sign:{sign}", "the next row comes by itself"
        interactions.press("2" if n % 2 and sign != SELF_CARE_SIGN else "1")
    for question in SAFETY:
        assert focused_row(page) == question
        interactions.press("1")
    expect(page.get_by_role("button", name="Save without the rest")).to_be_focused()
    interactions.press("Enter")
    confirmed(page)
    assert interactions.count <= BY_KEYBOARD
    asked, present = signs_stored(own_clinic)
    assert asked == mask(WARNING_SIGNS, SCREEN_ORDER)
    assert present == mask(WARNING_SIGNS, [sign for n, sign in enumerate(SCREEN_ORDER[:-1]) if n % 2])
    assert stored(own_clinic)[-1] == (False, False, None, None)


def test_a_whole_check_in_takes_at_most_fourteen_clicks(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    interactions = Counted(page)
    for n, sign in enumerate(SCREEN_ORDER):
        yes = n % 2 and sign != SELF_CARE_SIGN
        interactions.click(answer_button(page, f"sign:{sign}", PRESENT if yes else ABSENT))
    interactions.click(page.get_by_role("button", name="No to both"))
    interactions.click(page.get_by_role("button", name=re.compile("Save check-in")))
    confirmed(page)
    assert interactions.count <= BY_MOUSE
    assert signs_stored(own_clinic)[0] == mask(WARNING_SIGNS, SCREEN_ORDER)
    assert stored(own_clinic)[-1] == (False, False, None, None)


def test_no_to_both_is_there_only_while_neither_question_is_answered(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    both = page.get_by_role("button", name="No to both")
    answer_button(page, "suicidal", PRESENT).click()
    expect(both).to_be_disabled()
    answer_button(page, "suicidal", PRESENT).click()
    expect(both).to_be_enabled()


def test_what_is_typed_while_the_server_stands_still_shows_at_once_and_is_not_lost(
    page: Page, own_clinic: Served
) -> None:
    open_check_in(page, own_clinic)
    focus_first_sign(page)
    with own_clinic.stopped():
        for key in "2222" + "1111" + "2222":
            page.keyboard.press(key)
        told = {sign: answer(page, sign) for sign in SCREEN_ORDER}
        assert list(told.values()) == [PRESENT] * 4 + [ABSENT] * 4 + [PRESENT] * 4
        expect(page.locator("[data-row^='halt:']:visible")).to_have_count(4)
        answer_button(page, "suicidal", PRESENT).click()
        expect(page.locator(".tideline-choices-help").first).to_be_visible()
    expect(page.get_by_text("12 of 12 warning signs asked")).to_be_visible()
    expect_answers(page, told)
    page.get_by_role("button", name=re.compile("Save check-in")).click()
    expect(page.get_by_text("waits for a named person")).to_be_visible()
    assert signs_stored(own_clinic)[0] == mask(WARNING_SIGNS, SCREEN_ORDER)


def test_a_key_that_is_held_down_answers_one_row(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    focus_first_sign(page)
    for _ in range(5):  # without the key being let go these are repeats
        page.keyboard.down("1")
    page.keyboard.up("1")
    expect_answers(page, {sign: ABSENT if sign == SCREEN_ORDER[0] else None for sign in SCREEN_ORDER})


def test_enter_passes_a_row_by_and_leads_from_the_last_one_to_save(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    focus_first_sign(page)
    page.keyboard.press("1")
    for _ in (*SCREEN_ORDER[1:], *SAFETY):
        page.keyboard.press("Enter")
    expect_answers(page, {sign: ABSENT if sign == SCREEN_ORDER[0] else None for sign in SCREEN_ORDER})
    expect(page.get_by_role("button", name="Save without the rest")).to_be_focused()
    page.keyboard.press("Tab")
    assert focused_row(page) is None, "Tab goes on to the rest"


def test_the_focus_stays_while_halt_parts_open(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    row_of(page, SELF_CARE).focus()
    page.keyboard.press("2")
    assert focused_row(page) == "halt:hungry", "the parts come next"
    settled(page)
    assert focused_row(page) == "halt:hungry"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("0")
    assert focused_row(page) == SELF_CARE
    expect(page.locator("[data-row^='halt:']:visible")).to_have_count(0)


def test_a_click_counts_while_an_earlier_answer_comes_back(page: Page, own_clinic: Served) -> None:
    """The button is the same one when the mouse is let go, whatever the server said meanwhile."""
    open_check_in(page, own_clinic)
    answer_button(page, "sign:boredom", ABSENT).click()
    answer_button(page, "sign:isolating", PRESENT).hover()
    page.mouse.down()
    expect(page.get_by_text("1 of 12 warning signs asked")).to_be_visible()
    settled(page)
    page.mouse.up()
    expect(page.get_by_text("2 of 12 warning signs asked")).to_be_visible()
    expect_answers(page, {"isolating": PRESENT})


@pytest.mark.parametrize("width", [1366, 820, 390])
def test_the_first_sign_is_in_sight_and_buttons_are_for_a_thumb(
    page: Page, served: Served, width: int
) -> None:
    heights = {1366: 768, 820: 1180, 390: 844}
    page.set_viewport_size({"width": width, "height": heights[width]})
    sign_in(page, served)
    page.get_by_role("button", name="Check in").first.click()
    first = row_of(page, f"sign:{SCREEN_ORDER[0]}")
    expect(first).to_be_visible()
    settled(page)
    bar = page.locator(".st-key-save-bar").bounding_box()
    box = first.bounding_box()
    assert bar
    assert box
    assert box["y"] + box["height"] <= bar["y"] < bar["y"] + bar["height"] <= heights[width]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    if width == 390:
        for one in row_of(page, f"sign:{SCREEN_ORDER[0]}").get_by_role("button").all():
            size = one.bounding_box()
            assert size
            assert min(size["width"], size["height"]) >= 44


def test_answers_reach_no_other_client_from_a_server_that_stands_still(
    page: Page, own_clinic: Served
) -> None:
    open_check_in(page, own_clinic)
    picker = page.get_by_role("combobox", name="Client", exact=True)
    first = picker.input_value()
    settled(page)
    with own_clinic.stopped():
        answer_button(page, "sign:boredom", PRESENT).click()
        picker.click()
        other = page.get_by_role("option").filter(has_not_text=first).first
        other.click()
    expect(picker).not_to_have_value(first)
    expect(page.get_by_text(re.compile("^0 of 1[12] warning signs asked"))).to_be_visible()
    expect_answers(page, {"boredom": None, "isolating": None})
    answer_button(page, "sign:isolating", ABSENT).click()
    expect(page.get_by_text(re.compile("^1 of 1[12] warning signs asked"))).to_be_visible()
    picker.click()
    picker.fill(first)
    page.get_by_role("option", name=first).click()
    expect(page.get_by_text(re.compile(f"^1 of 1[12] warning signs asked, {first}"))).to_be_visible()
    expect_answers(page, {"boredom": PRESENT, "isolating": None})


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
    row_of(page, SELF_CARE).focus()
    page.keyboard.press("1")
    expect(page.get_by_text("1 of 12 warning signs asked")).to_be_visible()
    for question in SAFETY:
        assert focused_row(page) == question
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save without the rest")).to_be_focused()
    page.keyboard.press("Enter")
    confirmed(page)


def test_an_overdose_shows_help_at_once_and_takes_its_day_by_keyboard(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    row_of(page, "overdosed").focus()
    page.keyboard.press("y")
    expect(page.get_by_text("Act now.").first).to_be_visible()
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


def signs_stored(served: Served) -> tuple[int, int]:
    """The signs of the last check-in: asked, and present."""
    database = open_database(served.database_url)
    with database.reading() as session:
        columns = select(CheckIn.signs_asked, CheckIn.signs_present).order_by(CheckIn.id.desc())
        asked, present = session.execute(columns).first() or (0, 0)
    database.close()
    return asked, present


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
    answer_button(page, "sign:isolating", PRESENT).click()
    page.get_by_label("Note").fill("Half a sentence")
    page.get_by_role("link", name="Schedule").click(delay=held_ms)
    expect(page.get_by_text("Plan a session")).to_be_visible()
    settled(page)
    expect(page).to_have_url(re.compile("/schedule$"))
    page.get_by_role("link", name="Check-in").click()
    expect(page.get_by_label("Note")).to_have_value("Half a sentence")
    expect_answers(page, {"isolating": PRESENT})


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
        answer_button(page, "sign:isolating", PRESENT).click()
        page.get_by_label("Note").fill(f"Left for {screen}")
        with own_clinic.stopped() if stalled else nullcontext():
            leave(page, screen)
        expect(page).to_have_url(re.compile(f"/{screen.lower()}$"))
        settled(page)
        expect(page).to_have_url(re.compile(f"/{screen.lower()}$"))
        page.go_back()
        expect(page.get_by_label("Note")).to_have_value(f"Left for {screen}")
        expect_answers(page, {"isolating": PRESENT})


def test_a_double_click_on_save_stores_one_check_in(page: Page, own_clinic: Served) -> None:
    open_check_in(page, own_clinic)
    answer_button(page, "sign:isolating", ABSENT).click()
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
    help_ = page.locator(".tideline-choices-help").first
    expect(help_).to_be_hidden()
    answer_button(page, "suicidal", PRESENT).click()
    expect(help_).to_contain_text("988")
    expect(help_).to_contain_text("911")
    expect(help_).to_be_in_viewport()
