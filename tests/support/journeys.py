"""Steps that many journeys share, in a user's words."""

from __future__ import annotations

from itertools import count
from typing import Final

from playwright.sync_api import Locator, Page

from casework.actions.sign_in import sign_in as start_session
from db.session import open_database
from pages.shared.sign_in import sessions
from tests.support.clinic import password_of
from tests.support.server import Served


def sign_in(page: Page, served: Served, username: str = "alice", *, to: str = "") -> None:
    """Open a screen as somebody who has signed in, and wait until it is drawn. The browser gets the cookie of a new
    session, as from the form (`sign_in_by_form`)."""
    page.context.add_cookies(
        [
            {
                "name": sessions.COOKIE,
                "value": _session_token(served.database_url, username),
                "url": served.url,
                "httpOnly": True,
                "sameSite": "Strict",
            }
        ]
    )
    open_screen(page, served, to)


def sign_in_by_form(page: Page, served: Served, username: str = "alice") -> None:
    """Sign in with username and password, and wait until the first screen is drawn."""
    page.goto(f"{served.url}/login")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password_of(username))
    page.get_by_role("button", name="Sign in").click()
    settled(page)


def _session_token(database_url: str, username: str) -> str:
    database = open_database(database_url)
    try:
        return start_session(
            database, username=username, password=password_of(username), now=sessions.utc_now()
        ).token
    finally:
        database.close()


def open_screen(page: Page, served: Served, path: str) -> None:
    """Go to a screen's address as a signed-in user, and wait until it is drawn."""
    page.goto(f"{served.url}/{path.lstrip('/')}")
    settled(page)


def row_of(page: Page, id_: str) -> Locator:
    """A row with one answer of a check-in ("sign:isolating", "suicidal") or a roll call (the client's id)."""
    return page.locator(f'[data-row="{id_}"]')


def answer_button(page: Page, id_: str, value: str) -> Locator:
    """The button of such a row that gives this answer ("absent", "present"; a mark)."""
    return row_of(page, id_).locator(f'button[value="{value}"]')


def answer_of(page: Page, id_: str) -> str | None:
    """What such a row is answered with."""
    pressed = row_of(page, id_).locator('button[aria-pressed="true"]')
    return pressed.get_attribute("value") if pressed.count() else None


def tap_from_a_field(page: Page, link: str) -> None:
    """Leave the field that has the focus by a tap on a link of the menu. Both happen in one task of the browser, as on
    a phone, so that the field's text would be sent after the change of page."""
    page.get_by_role("link", name=link).evaluate("link => { document.activeElement.blur(); link.click(); }")


def click_from_a_field(page: Page, link: str) -> None:
    """Leave the field that has the focus by a mouse click on a link of the menu: the field's text is sent first."""
    page.get_by_role("link", name=link).click(delay=_HAND_MS)


def settled(page: Page) -> None:
    """Wait until Streamlit has finished its run, nothing on the page is stale or still loading, and it stays so."""
    page.wait_for_function(_IS_SETTLED, arg={"call": next(_CALLS), "stays": _STAYS_SO_MS})


_HAND_MS: Final = 80
"""How long a hand holds the mouse button down."""
_STAYS_SO_MS: Final = 150
"""A click takes some of this until its run begins, and a run until its last elements are drawn."""
_CALLS: Final = count()
_IS_SETTLED: Final = """({call, stays}) => {
    if (window.settling !== call) {  // how long it was at rest before does not count
        window.settling = call;
        window.at_rest_since = undefined;
    }
    const app = document.querySelector("[data-testid=stApp]");
    const at_rest = app?.dataset.testScriptState === "notRunning"
        && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]");
    window.at_rest_since = at_rest ? (window.at_rest_since ?? performance.now()) : undefined;
    return at_rest && performance.now() - window.at_rest_since >= stays;
}"""
