"""The schedule in a real browser: a session is planned, and the calendar opens it by mouse, key and thumb."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.support.journeys import settled, sign_in
from tests.support.server import Served


def test_a_planned_session_can_be_taken_at_once(page: Page, own_clinic: Served) -> None:
    sign_in(page, own_clinic, to="schedule")
    page.get_by_text("Plan a session").click()
    page.get_by_label("Title").fill("Evening <b>group</b>")
    page.get_by_label("Title").press("Tab")
    settled(page)
    page.get_by_role("combobox", name="Clients expected").press_sequentially("Andrew Nixon")
    page.get_by_role("option", name="Andrew Nixon").click()
    page.keyboard.press("Escape")
    settled(page)
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_text("Evening <b>group</b> is planned every week")).to_be_visible()
    page.get_by_role("link", name="Attendance").click()
    page.get_by_role("radio", name="Evening <b>group</b>").click()
    expect(page.locator("[data-row]")).to_have_count(1)


def test_the_week_is_a_table_of_days_and_hours_and_a_session_opens_by_the_keyboard(
    page: Page, served: Served
) -> None:
    sign_in(page, served, to="schedule")
    week = page.get_by_role("table", name="Sessions of the week")
    expect(week.get_by_role("columnheader")).to_have_text(
        [re.compile(day) for day in ("Monday", "Tuesday", "Wednesday.*today", "Thursday", "Friday")]
    )
    expect(week.get_by_role("rowheader", name="10 am")).to_be_visible()
    group = week.get_by_role("button", name="10:00 am to take Relapse prevention group")
    group.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("attendance"))
    expect(page.get_by_role("radio", name="Relapse prevention group")).to_be_checked()


def test_a_session_to_come_opens_its_series_above_the_week(page: Page, served: Served) -> None:
    sign_in(page, served, to="schedule")
    page.get_by_role("button", name="11:00 am Juan Quinn").click()
    expect(page.get_by_role("combobox", name="Series")).to_have_value(re.compile("Juan Quinn"))
    series, week = page.get_by_role("combobox", name="Series"), page.locator(".tideline-week")
    assert series.bounding_box()["y"] < week.bounding_box()["y"]  # type: ignore[index]


def test_a_phone_shows_the_chosen_day_as_a_list_and_today_first(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, served, to="schedule")
    sessions = page.locator(".tideline-week-session").filter(visible=True)
    expect(sessions.first).to_contain_text("Relapse prevention group")
    expect(sessions).to_have_count(6)
    expect(page.get_by_role("button", name="Wednesday, Mar 11, today")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="Thursday, Mar 12").click()
    expect(sessions.first).to_contain_text("Juan Quinn")
    boxes = [one.bounding_box() for one in sessions.all()]
    assert all(
        box and box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["height"] >= 44 for box in boxes
    )
