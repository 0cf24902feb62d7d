"""What a page asks the database when nothing has changed since it was drawn: counted, never timed."""

from __future__ import annotations

import re
from typing import Final

import pytest

from casework.caseload.assessment import visible_ids
from pages.shared.database import database
from pages.shared.widgets.components import CLIENT
from tests.pages.conftest import OpenPage
from tests.support.clinic import TODAY, user_named
from tests.support.databases import Database
from tests.support.statements import statements

MOST: Final = 4
"""Who asks, and the version of what they read, once for each part of the page that opens a session of its own."""
SMALL: Final = {"staff", "data_version", "rule_switch"}
"""Tables that do not grow with the clients."""


@pytest.mark.parametrize(
    "name", ["today", "client", "overview", "level_of_care", "disagreements", "check_in", "clients"]
)
def test_a_page_of_which_nothing_has_changed_reads_no_client(
    demo_database: Database, demo_url: str, open_page: OpenPage, name: str
) -> None:
    alice = user_named(demo_database, "alice")
    with demo_database.reading() as session:
        client_id = visible_ids(session, alice, TODAY)[0]
    app = open_page(name, as_user=alice, url=demo_url, state={CLIENT: client_id})
    app.run()  # of the page before it the form keeps what it was drawn with
    with statements(database()) as seen:
        app.run()
    assert not app.exception
    assert set(re.findall(r"(?:FROM|JOIN)\s+(\w+)", " ".join(seen))) <= SMALL
    assert 0 < len(seen) <= MOST, seen
