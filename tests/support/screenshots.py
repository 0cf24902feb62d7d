"""The pictures of the README: `make screenshots` takes them of the demo clinic, into docs/screenshots."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser
from sqlalchemy import select

from db.models import Client, ClientVersion
from tests.support.browsing import CLOCK, DESKTOP
from tests.support.chromium import chromium_path, running_chromium
from tests.support.databases import open_database
from tests.support.fills import fill_demo
from tests.support.journeys import open_screen, sign_in
from tests.support.patience import PATIENCE_MS
from tests.support.server import ROOT, Served, running_dashboard

FOLDER = ROOT / "docs" / "screenshots"
CLIENT = "Jeremy Hill"
"""A client of the demo who drifts visibly."""


class Picture(NamedTuple):
    """One picture: a screen as an account sees it; `{client}` stands for the handle of `CLIENT`."""

    name: str
    path: str
    account: str = "alice"
    scheme: Literal["light", "dark"] = "light"
    height: int = DESKTOP["height"]
    width: int = DESKTOP["width"]


PICTURES = (
    Picture("today", "today"),
    Picture("today-dark", "today", scheme="dark"),
    Picture("today-phone", "today", width=390, height=844),
    Picture("check-in", "check_in?client={client}"),
    Picture("attendance", "attendance"),
    Picture("client", "client?client={client}", height=1200),
    Picture("overview", "overview", account="dana", height=1100),
    Picture("level-of-care", "level_of_care?client={client}", height=1000),
    Picture("definitions", "definitions"),
)


def main() -> int:
    """Take all pictures; 1 when there is no browser for it."""
    executable = chromium_path()
    if executable is None:
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tideline-pictures-") as scratch:
        url = f"sqlite:///{scratch}/tideline.db"
        fill_demo(url)
        client = handle_of(url, CLIENT)
        with running_dashboard(url, Path(scratch), CLOCK) as served, running_chromium(executable) as browser:
            for picture in PICTURES:
                take(picture, client, browser, served)
                print(f"docs/screenshots/{picture.name}.png")
    return 0


def take(picture: Picture, client: str, browser: Browser, served: Served) -> None:
    """Take one picture, in a browser profile of its own."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
        locale="en-US",
        timezone_id="America/New_York",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    sign_in(page, served, picture.account)
    open_screen(page, served, picture.path.format(client=client))
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(1500)  # charts draw after Streamlit has finished
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    context.close()


def handle_of(url: str, name: str) -> str:
    """The client's name in addresses."""
    database = open_database(url)
    with database.reading() as session:
        query = select(Client.handle).join(ClientVersion).where(ClientVersion.name == name)
        handle: str = session.scalars(query.limit(1)).one()
    database.close()
    return handle


if __name__ == "__main__":
    sys.exit(main())
