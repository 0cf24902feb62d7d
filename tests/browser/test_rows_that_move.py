"""A list that changed between drawing and clicking: whoever was shown in the row opens, on every screen with a list."""

from __future__ import annotations

import datetime as dt
import time
from typing import Final

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from casework.actions import clients
from casework.caseload.choices import choices
from casework.checks.clients import ClientDetails
from casework.vocabulary import Level, Use
from tests.support import builders
from tests.support.client_lines import MORE, name_in, open_menu, row, rows, rows_above
from tests.support.clinic import NOW, TODAY, user_named
from tests.support.databases import open_database
from tests.support.fields import unfold
from tests.support.journeys import open_screen, settled, sign_in
from tests.support.patience import PATIENCE_SECONDS
from tests.support.server import ROOT, Served
from tests.support.tables import click_row, rows_of, tables

SCREENS: Final = sorted(path.parent.name for path in (ROOT / "pages").glob("*/page.py"))
WITH_LISTS: Final = {"clients", "level_of_care", "overview"}
"""Screens that are known to have a table of clients: the test must not pass because it found none."""
SEEN_ROW: Final = 2


def newcomer(served: Served, name: str) -> None:
    """Admit somebody to Alice's caseload who stands first by name, and among the first by what was said."""
    database = open_database(served.database_url)
    alice = user_named(database, "alice")
    client = builders.save(
        database,
        clients.admit,
        by=alice,
        now=NOW + dt.timedelta(minutes=1),
        details=ClientDetails(name=name, record_number=f"NEW-{name}"),
        counselor_id=alice.id,
        level=Level.OUTPATIENT,
        token=builders.token(),
    )
    builders.check_in(
        database, alice, client.id, now=NOW + dt.timedelta(minutes=2), use=Use.REGULAR, craving=10
    )
    database.close()


def handles(served: Served) -> dict[str, str]:
    """Alice's clients: each one's part of an address, by name."""
    database = open_database(served.database_url)
    alice = user_named(database, "alice")
    with database.reading() as session:
        found = {one.name: one.handle for one in choices(session, alice, TODAY)}
    database.close()
    return found


@pytest.mark.timeout(600)  # as long as a busy machine takes
def test_the_row_that_was_clicked_is_the_client_who_opens_on_every_screen(
    page: Page, own_clinic: Served
) -> None:
    sign_in(page, own_clinic)
    found = set()
    for screen in SCREENS:
        # Given a screen with a table of clients
        open_screen(page, own_clinic, screen)
        if not page.get_by_test_id("stDataFrame").count():
            continue
        unfold(page)
        known = handles(own_clinic)
        for table in tables(page):
            rows = rows_of(table)
            name = next((cell for cell in rows[min(SEEN_ROW, len(rows) - 1)] if cell in known), None)
            if name is None:
                continue
            # When somebody comes to stand before them, and a row is clicked as it was drawn
            newcomer(own_clinic, f"Aaa {screen}")
            if click_row(table, min(SEEN_ROW, len(rows) - 1)):
                # Then whoever stood in it opens
                page.wait_for_url(lambda url: "client=" in url or "/attendance" in url)
                settled(page)
                if "/attendance" in page.url:  # the row was a session's
                    break
                assert f"client={known[name]}" in page.url
                found.add(screen)
                break
    assert found >= WITH_LISTS


class Wire:
    """What the server sends to the page, which can be held back: the page then shows what it showed before."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._held: list[str | bytes] | None = None
        page.route_web_socket("**/_stcore/stream", self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.connect_to_server().on_message(self._on_message)

    def _on_message(self, message: str | bytes) -> None:
        if self._held is None:
            self._socket.send(message)
        else:
            self._held.append(message)

    def hold(self) -> None:
        self._held = []

    def wait_for_a_run(self) -> None:
        """Wait until the server has finished a run of which the page knows nothing yet."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not any(_ends_a_run(message) for message in self._held or ()):
            assert time.monotonic() < until, "the server did not finish a run"
            self.page.wait_for_timeout(50)

    def release(self) -> None:
        held, self._held = self._held or [], None
        for message in held:
            self._socket.send(message)


def _ends_a_run(message: str | bytes) -> bool:
    return (
        isinstance(message, bytes) and ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"
    )


def test_a_click_on_rows_that_the_server_has_drawn_anew_meanwhile_means_the_row_that_was_seen(
    page: Page, own_clinic: Served
) -> None:
    # Given the list of clients, which the server draws anew with a newcomer before the browser shows it
    wire = Wire(page)
    sign_in(page, own_clinic, to="clients")
    known = handles(own_clinic)
    page.get_by_text("Admit a client").click()
    field = page.get_by_label("Record number", exact=True)
    field.wait_for()
    settled(page)
    (table,) = tables(page)
    name = rows_of(table)[SEEN_ROW][0]
    newcomer(own_clinic, "Aaa Newcomer")
    wire.hold()
    field.fill("7")
    field.blur()
    wire.wait_for_a_run()
    assert rows_of(table)[SEEN_ROW][0] == name
    # When a row is clicked as it is seen
    assert click_row(table, SEEN_ROW)
    wire.release()
    # Then whoever stood in it opens
    page.wait_for_url(f"**client={known[name]}**")


def test_a_call_that_is_taken_on_rows_that_the_server_has_drawn_anew_meanwhile_is_that_of_the_row_that_was_seen(
    page: Page, own_clinic: Served
) -> None:
    # Given Today, which the server draws anew with a newcomer before the browser shows it
    wire = Wire(page)
    sign_in(page, own_clinic)
    seen = rows(page).nth(SEEN_ROW)
    name = name_in(seen).inner_text()
    newcomer(own_clinic, "Aaa Newcomer")
    wire.hold()
    page.locator(".st-key-calls").get_by_test_id("stNumberInputStepUp").click()
    wire.wait_for_a_run()
    # When Alice takes the call of a row as it is seen
    open_menu(seen.get_by_role("button", name=MORE)).filter(has_text="I call").click()
    wire.release()
    # Then she calls whoever stood in it, and nobody else
    taken = rows(page).filter(has_text="You are calling")
    expect(taken).to_have_count(1)
    expect(name_in(taken)).to_have_text(name)


def test_the_client_whose_name_was_clicked_on_today_opens_whoever_has_come_before_them(
    page: Page, own_clinic: Served
) -> None:
    # Given Today as it was drawn before somebody came who stands among the first
    sign_in(page, own_clinic)
    known = handles(own_clinic)
    seen = rows(page).nth(SEEN_ROW)
    name = name_in(seen).inner_text()
    newcomer(own_clinic, "Aaa Newcomer")
    # When a name is clicked, then its client opens
    name_in(seen).click()
    page.wait_for_url(f"**client={known[name]}**")


def test_a_client_who_was_handed_over_meanwhile_is_told_of_as_gone_and_nothing_is_done(
    page: Page, own_clinic: Served
) -> None:
    # Given Today as it was drawn before a client was handed over
    sign_in(page, own_clinic)
    seen = rows_above(page).nth(SEEN_ROW)
    name = name_in(seen).inner_text()
    hand_over(own_clinic, name)
    # When the client's name is clicked
    name_in(row(page, name)).click()
    # Then it is said that the client is gone, and Today shows who is there
    expect(page.get_by_text("What you chose is no longer in this list. Nothing was done.")).to_be_visible()
    expect(row(page, name)).to_have_count(0)
    assert "client=" not in page.url


def hand_over(served: Served, name: str) -> None:
    """Give a client of Alice's to another counselor."""
    database = open_database(served.database_url)
    alice = user_named(database, "alice")
    with database.reading() as session:
        (client_id,) = [one.id for one in choices(session, alice, TODAY) if one.name == name]
    other = user_named(database, "bob")
    builders.save(database, clients.assign, by=alice, client_id=client_id, counselor_id=other.id)
    database.close()
