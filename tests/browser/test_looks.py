"""How each screen looks to everybody: for axe-core, on a tablet, in light and dark."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, StorageState, ViewportSize
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.support.axe import axe_violations, beyond
from tests.support.browsing import DESKTOP
from tests.support.journeys import open_screen, sign_in
from tests.support.server import ROOT, Served

SCREENS = sorted(path.stem for path in (ROOT / "pages").glob("[a-z]*.py"))
CUT_OFF = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
    .filter(element => element.getClientRects().length
        && element.getBoundingClientRect().right > innerWidth + 1
        && !element.closest('[data-testid=stDataFrame]'))
    .map(element => element.outerHTML.slice(0, 160)).slice(0, 5)"""
"""Elements of the page that reach past its right edge. A table scrolls inside its own frame."""
TABLET = ViewportSize(width=820, height=1180)


@pytest.fixture(scope="module")
def alices_cookies(browser: Browser, served: Served) -> StorageState:
    """What a browser keeps in which Alice has signed in."""
    page = browser.new_page(viewport=DESKTOP)
    sign_in(page, served)
    kept = page.context.storage_state()
    page.close()
    return kept


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_no_more_than_on_a_stock_streamlit_page(
    screen: str,
    scheme: Literal["light", "dark"],
    browser: Browser,
    served: Served,
    alices_cookies: StorageState,
    stock_violations: dict[str, list[str]],
) -> None:
    page = browser.new_page(viewport=DESKTOP, color_scheme=scheme, storage_state=alices_cookies)
    open_screen(page, served, screen)
    assert beyond(axe_violations(page), stock_violations) == {}
    page.close()


def test_axe_finds_nothing_on_the_sign_in_page(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/login")
    assert axe_violations(page) == {}


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_cut_off_on_a_tablet(
    screen: str, browser: Browser, served: Served, alices_cookies: StorageState
) -> None:
    page = browser.new_page(viewport=TABLET, storage_state=alices_cookies)
    open_screen(page, served, screen)
    with suppress(PlaywrightTimeout):  # the sidebar may still be sliding away
        page.wait_for_function(f"() => ({CUT_OFF})().length === 0", timeout=5_000)
    assert page.evaluate(CUT_OFF) == []
    page.close()
