"""Signing in and out in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.axe import axe_violations
from tests.support.browsing import Serve
from tests.support.clinic import password_of
from tests.support.databases import SqliteTemplates
from tests.support.fills import fill_small
from tests.support.journeys import open_screen, sign_in
from tests.support.server import Served

SIGN_IN = re.compile(r"/login\b")


def fill_in(page: Page, username: str, password: str) -> None:
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_one_is_led_to_the_page_that_was_asked_for_and_a_refresh_stays_there(
    page: Page, served_small: Served
):
    page.goto(f"{served_small.url}/definitions")
    expect(page).to_have_url(re.compile(r"/login\?next=/definitions$"))
    fill_in(page, "alice", password_of("alice"))
    expect(page).to_have_url(f"{served_small.url}/definitions")
    expect(page.get_by_text("Alice, counselor")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Alice, counselor")).to_be_visible()
    expect(page).to_have_url(f"{served_small.url}/definitions")


def test_a_wrong_password_keeps_the_user_name_and_says_so(page: Page, served_small: Served):
    page.goto(f"{served_small.url}/login")
    fill_in(page, "bob", "open sesame")
    expect(page.get_by_role("alert")).to_have_text("The username or the password is not right.")
    expect(page.get_by_label("Username")).to_have_value("bob")
    expect(page.get_by_label("Password")).to_be_focused()
    fill_in(page, "bob", password_of("bob"))
    expect(page.get_by_text("Bob, counselor")).to_be_visible()


def test_the_sign_in_works_with_the_keyboard_alone(page: Page, served_small: Served):
    page.goto(f"{served_small.url}/login")
    expect(page.get_by_label("Username")).to_be_focused()
    page.keyboard.type("alice")
    page.keyboard.press("Tab")
    page.keyboard.type(password_of("alice"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Alice, counselor")).to_be_visible()


def test_signing_out_ends_every_tab_and_the_way_back_is_closed(
    page: Page, context: BrowserContext, served_small: Served
):
    sign_in(page, served_small, "alice", to="definitions")
    second = context.new_page()
    open_screen(second, served_small, "definitions")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("alert")).to_have_text("You have signed out.")
    expect(second).to_have_url(SIGN_IN)
    page.go_back()
    expect(page).to_have_url(SIGN_IN)
    page.goto(f"{served_small.url}/definitions")
    expect(page).to_have_url(SIGN_IN)


def test_an_unattended_page_leaves_for_the_sign_in(
    page: Page, serve: Serve, sqlite_templates: SqliteTemplates, tmp_path
):
    with sqlite_templates.copy("small", fill_small, tmp_path) as url:
        served = serve(url, {"TIDELINE_IDLE_MINUTES": "0.1"})
        sign_in(page, served, "alice")
        expect(page.get_by_text("Alice, counselor")).to_be_visible()
        expect(page).to_have_url(SIGN_IN)
        expect(page.get_by_role("alert")).to_have_text("Your session has ended. Please sign in again.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 360])
def test_the_sign_in_page_is_accessible_and_nothing_is_cut_off(
    page: Page, served_small: Served, scheme, width: int
):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"{served_small.url}/login")
    fill_in(page, "nobody", "open sesame")
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe_violations(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
