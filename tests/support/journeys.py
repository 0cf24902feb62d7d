"""Steps that many journeys share, in a user's words."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.support.clinic import password_of
from tests.support.server import Served


def sign_in(page: Page, served: Served, username: str = "alice", password: str | None = None) -> None:
    """Sign in through the form, and wait until the dashboard has drawn its first page."""
    page.goto(f"{served.url}/login")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password or password_of(username))
    page.get_by_role("button", name="Sign in").click()
    settled(page)


def open_screen(page: Page, served: Served, path: str) -> None:
    """Go to a screen's address as a signed-in user, and wait until it is drawn."""
    page.goto(f"{served.url}/{path.lstrip('/')}")
    settled(page)


def settled(page: Page) -> None:
    """Wait until Streamlit has finished its run and nothing on the page is stale."""
    expect(page.get_by_test_id("stApp")).to_be_visible()
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(
        0
    )  # stands where code of an element is still loading
