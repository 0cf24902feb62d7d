"""Clients' lines, as the one component draws them: in the simulated app by their data, in a browser by their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from playwright.sync_api import Locator, Page
from streamlit.testing.v1 import AppTest

from tests.support import pages
from tests.support.journeys import settled

LANE, LIST, DAY = "today-lane", "today-list", "today-day"
"""The components of Today, by key."""
BELOW: Final = ("line", "dense")
"""The tones of sections below the line of the day's calls."""
CALL: Final = re.compile("^Call")
MORE: Final = re.compile("^More to do")

# --- in the simulated app ------------------------------------------------------------------------------------------


def sections(app: AppTest) -> list[dict[str, Any]]:
    """The sections of Today, from the top."""
    return [section for key in _keys(app) for section in pages.drawn_in(app, key)["sections"]]


def _keys(app: AppTest) -> list[str]:
    """The components that draw clients; the lane is left out when nobody is in it."""
    ids = [one.proto.id for one in app.get("bidi_component")]
    return [key for key in (LANE, LIST) if any(one.endswith(f"-{key}") for one in ids)]


def lines(app: AppTest) -> dict[int, dict[str, Any]]:
    """Everybody's line on Today by client id, from the top."""
    return {line["id"]: line for section in sections(app) for line in section.get("lines", ())}


def above(app: AppTest) -> list[int]:
    """Client ids above the line, from the top: the lane and the groups."""
    found = (one for one in sections(app) if one.get("tone") not in BELOW)
    return [line["id"] for one in found for line in one.get("lines", ())]


def below(app: AppTest) -> list[int]:
    """Client ids below the line, from the top."""
    found = (one for one in sections(app) if one.get("tone") in BELOW)
    return [line["id"] for one in found for line in one.get("lines", ())]


def just_under(app: AppTest) -> list[int]:
    """Client ids just under the line, whose turn comes next."""
    found = (one for one in sections(app) if one.get("tone") == "line")
    return [line["id"] for one in found for line in one.get("lines", ())]


def choices(app: AppTest, key: str, act: dict[str, Any]) -> list[dict[str, Any]]:
    """What an act's menu has to choose from; the act itself where it has none."""
    menus = pages.drawn_in(app, key)["menus"]
    return [choice for number in act.get("menu", ()) for choice in menus[number]["choices"]] or [act]


def offered(app: AppTest, client_id: int) -> Iterator[dict[str, Any]]:
    """All that is to be done from a client's line."""
    line = lines(app)[client_id]
    for act in (*line.get("next_acts", ()), *line["acts"]):
        yield from choices(app, _key(app, client_id), act)


def act(app: AppTest, client_id: int, kind: str, value: str = "", *, token: str | None = None) -> AppTest:
    """Do in a client's line what is offered there, with the token that was drawn."""
    key, line = _key(app, client_id), lines(app)[client_id]
    one = next(
        one
        for one in ({"kind": "open"}, *offered(app, client_id))
        if one["kind"] == kind and value in ("", one.get("value"))
    )
    about = one.get("about", client_id)
    sent = line["token"] if token is None else token
    return pages.act(app, key, kind, about, one.get("value", ""), sent)


def call(app: AppTest, client_id: int, outcome: str) -> AppTest:
    """Log a call from a client's line."""
    return act(app, client_id, "call", outcome)


def _key(app: AppTest, client_id: int) -> str:
    """The component in which a client's line is drawn."""
    return next(
        key
        for key in _keys(app)
        for section in pages.drawn_in(app, key)["sections"]
        if any(line["id"] == client_id for line in section.get("lines", ()))
    )


# --- in a browser --------------------------------------------------------------------------------------------------


def rows(page: Page) -> Locator:
    """Everybody's line."""
    return page.locator(".tideline-client")


def rows_above(page: Page) -> Locator:
    """The lines above the line of the day's calls."""
    not_below = "".join(f":not(.tideline-clients-{tone})" for tone in BELOW)
    return page.locator(f".tideline-clients{not_below} .tideline-client")


def row(page: Page, name: str) -> Locator:
    """A client's line."""
    return rows(page).filter(has=page.get_by_role("button", name=name, exact=True))


def name_in(line: Locator) -> Locator:
    """The name in a line, which opens the record."""
    return line.locator(".tideline-client-name")


def names(lines_: Locator) -> list[str]:
    """The names in lines, from the top."""
    return name_in(lines_).all_inner_texts()


def open_menu(opener: Locator) -> Locator:
    """Open the menu of a line's button; what it has to choose from."""
    opener.click()
    return opener.page.get_by_role("menuitem")


def choose(page: Page, line: Locator, opener: str | re.Pattern[str], choice: str) -> None:
    """Choose from the menu of a line's button, and wait for what comes of it: two interactions."""
    open_menu(line.get_by_role("button", name=opener)).filter(has_text=choice).first.click()
    settled(page)


def open_client(page: Page, name: str) -> None:
    """Open a client from Today."""
    name_in(row(page, name)).click()
    settled(page)
