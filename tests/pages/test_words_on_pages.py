"""What every page of the demo clinic says: no number that nobody would say, and no word that says it wrong."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from casework.users import User
from db.models import Client, Staff
from pages.evidence.page import PART, VIEWS
from pages.shared.widgets.components import CLIENT
from pages.shared.widgets.layout import STATISTICS
from tests.pages.conftest import PAGES, OpenPage
from tests.support.databases import Database
from tests.support.pages import every_text
from tests.support.words_of_the_field import jargon, misnamed

EVERY_NTH = 8
"""Of the demo's clients so many are looked at; among them are several of each of its made-up histories."""
PARTS = {
    "definitions": [{"definitions_part": one} for one in ("Indicators", "Level of care", "Word lists")],
    "evidence": [{PART: one} for one in VIEWS],
    "report_card": [{"report_card_part": "Chances"}],
}
SECTIONS: list[tuple[str, dict[str, Any]]] = [
    ("client", {"client_section": "entries"}),
    ("client", {"client_section": "indicators"}),
    ("level_of_care", {}),
    ("check_in", {}),
]


def staff(database: Database, username: str) -> User:
    with database.reading() as session:
        one = session.scalars(select(Staff).where(Staff.username == username)).one()
        return User(one.id, one.name, one.role, one.team_id)


class Looking:
    """Opens pages of the demo clinic and keeps what they should not say."""

    def __init__(self, open_page: OpenPage, database: Database, url: str) -> None:
        self.open_page, self.url = open_page, url
        self.users = {name: staff(database, name) for name in ("alice", "dana")}

    def found(self, page: str, who: str = "dana", /, **state: Any) -> dict[str, list[str]]:
        app = self.open_page(page, as_user=self.users[who], url=self.url, state=state)
        assert not app.exception
        texts = every_text(app)
        assert texts
        plain = every_text(app, but_in=STATISTICS)
        return {
            f"{page} {state}: {text[:120]}": wrong
            for text in texts
            if (wrong := [*(jargon(text) if text in plain else ()), *misnamed(text)])
        }


@pytest.fixture
def looking(open_page: OpenPage, demo_database: Database, demo_url: str) -> Looking:
    return Looking(open_page, demo_database, demo_url)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_everything_as_people_say_it(looking: Looking, page: str) -> None:
    assert not {**looking.found(page), **looking.found(page, "alice")}
    for state in PARTS.get(page, []):
        assert not looking.found(page, **state)


@pytest.mark.parametrize(("page", "state"), SECTIONS)
def test_what_is_said_of_a_client_is_said_as_people_say_it(
    looking: Looking, demo_database: Database, page: str, state: dict[str, Any]
) -> None:
    with demo_database.reading() as session:
        clients = session.scalars(select(Client.id).order_by(Client.id)).all()[::EVERY_NTH]
    for client_id in clients:
        assert not looking.found(page, **{CLIENT: client_id, **state})
