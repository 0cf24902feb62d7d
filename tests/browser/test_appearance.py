"""How each screen looks to everybody: for axe-core, on a tablet, in light and dark, and within its security policy."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, ViewportSize
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.support.availability import LONG
from tests.support.axe import axe_violations, beyond
from tests.support.journeys import open_screen, settled, sign_in
from tests.support.patience import PATIENCE_MS
from tests.support.server import ROOT, Served

Scheme = Literal["light", "dark"]
SCREENS = sorted(path.parent.name for path in (ROOT / "pages").glob("*/page.py"))
CUT_OFF = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
    .filter(element => element.getClientRects().length
        && element.getBoundingClientRect().right > innerWidth + 1
        && !element.closest('[data-testid=stDataFrame]'))
    .map(element => element.outerHTML.slice(0, 160)).slice(0, 5)"""
"""Elements of the page that reach past its right edge. A table scrolls inside its own frame."""
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
COLORED: Final = ("evidence", "overview", "report_card", "today")
"""Screens with charts, bands or chosen options, whose colors are not those of every page."""
OF_SUPERVISORS: Final = ("disagreements", "report_card")
"""Screens on which supervisors see more."""
TABLET = ViewportSize(width=820, height=1180)


@dataclass(frozen=True)
class Look:
    """What was found on one screen. `axe`: in which light, the rules that axe-core finds broken, and the elements that
    break them; `cut_off`: see `CUT_OFF`; `blocked`: what the browser said of the content security policy; `outside`:
    what was asked of other machines."""

    axe: dict[Scheme, dict[str, list[str]]]
    cut_off: list[str]
    blocked: list[str]
    outside: tuple[str, ...]


@pytest.fixture(scope="module", params=SCREENS)
def look(request: pytest.FixtureRequest, profile: tuple[BrowserContext, list[str]], served: Served) -> Look:
    """One screen, in one tab for all that is asked of it."""
    screen: str = request.param
    context, outside = profile
    context.clear_cookies()
    outside.clear()
    page = context.new_page()
    blocked = _said_of_the_policy(page)
    sign_in(page, served, "dana" if screen in OF_SUPERVISORS else "alice", to=screen)
    axe = {}
    for scheme in _schemes(screen):
        page.emulate_media(color_scheme=scheme)
        settled(page)
        axe[scheme] = axe_violations(page)
    page.set_viewport_size(TABLET)
    open_screen(page, served, screen)
    cut_off = _cut_off(page)
    page.close()
    return Look(axe, cut_off, blocked, tuple(outside))


def _schemes(screen: str) -> tuple[Scheme, ...]:
    """Both; in the short form one by turns where a screen has no colors of its own."""
    both = LONG or screen in COLORED
    return SCHEMES if both else (SCHEMES[SCREENS.index(screen) % len(SCHEMES)],)


def _said_of_the_policy(page: Page) -> list[str]:
    """What the browser says of the content security policy from now on."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            said.append(message.text)

    page.on("console", listen)
    return said


def _cut_off(page: Page) -> list[str]:
    with suppress(PlaywrightTimeout):  # the sidebar may still be sliding away
        page.wait_for_function(f"() => ({CUT_OFF})().length === 0", timeout=PATIENCE_MS)
    found: list[str] = page.evaluate(CUT_OFF)
    return found


def test_axe_finds_no_more_than_on_a_stock_streamlit_page(
    look: Look, stock_violations: dict[str, list[str]]
) -> None:
    assert look.axe
    for found in look.axe.values():
        assert beyond(found, stock_violations) == {}


def test_nothing_is_cut_off_on_a_tablet(look: Look) -> None:
    assert look.cut_off == []


def test_no_screen_needs_more_than_its_content_security_policy_allows(look: Look) -> None:
    assert look.blocked == []


def test_no_screen_asks_another_machine_for_anything(look: Look) -> None:
    assert look.outside == ()


def test_the_sign_in_page_is_without_a_finding_and_within_its_policy(page: Page, served: Served) -> None:
    blocked = _said_of_the_policy(page)
    page.goto(f"{served.url}/login")
    assert axe_violations(page) == {}
    assert blocked == []
