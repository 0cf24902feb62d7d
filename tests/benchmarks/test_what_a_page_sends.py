"""How many bytes and elements each page sends for a caseload of forty: counts, which no busy machine changes.

A page gets slow by what it draws: every element costs the server and the browser. The limits stand a tenth or so above
what was counted when they were set; 26 kB of each page are the stylesheet, which comes with every run. Whoever draws
less lowers them; whoever needs more says why in the same commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from sqlalchemy import select

from casework.caseload.assessment import visible_ids
from db.models import Client
from tests.support.browsing import CLOCK
from tests.support.clinic import TODAY, password_of, user_named
from tests.support.databases import SqliteTemplates, open_database
from tests.support.fills import fill_demo
from tests.support.large_clinic import CASELOAD, enlarge
from tests.support.load_client import Sent, Session, sign_in, under_load
from tests.support.server import Served, running_dashboard

COUNSELOR = "counselor1"


class Most(NamedTuple):
    """What a page may send at a rerun."""

    kilobytes: int
    elements: int


PAGES = {
    "": Most(100, 25),
    "check_in?client={handle}": Most(66, 55),
    "client?client={handle}": Most(88, 125),
    "attendance": Most(50, 32),
    "clients": Most(54, 36),
    "schedule": Most(57, 52),
    "overview": Most(165, 36),
    "level_of_care": Most(70, 18),
    "disagreements": Most(50, 75),
}


@pytest.fixture(scope="module")
def clinic(sqlite_templates: SqliteTemplates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A counselor with forty clients, beside the demo clinic."""
    folder = tmp_path_factory.mktemp("sends")
    with sqlite_templates.copy("demo", fill_demo, folder) as url:
        database = open_database(url)
        enlarge(database, 1)
        database.close()
        with running_dashboard(url, folder, CLOCK) as served:
            yield served


@pytest.fixture(scope="module")
def cookie(clinic: Served) -> str:
    """Of the counselor, who has signed in by the form."""
    return sign_in(clinic, COUNSELOR, password_of("alice"))


@pytest.fixture(scope="module")
def handle(clinic: Served) -> str:
    """How an address names one of the counselor's clients."""
    database = open_database(clinic.database_url)
    user = user_named(database, COUNSELOR)
    with database.reading() as session:
        ids = visible_ids(session, user, TODAY)
        assert len(ids) == CASELOAD
        found = session.scalars(select(Client.handle).where(Client.id == ids[0])).one()
    database.close()
    return found


async def _runs(served: Served, cookie: str, path: str, number: int) -> list[Sent]:
    session = await Session.open(served, cookie, path)
    sent = [await session.run() for _ in range(number)]
    await session.close()
    return sent


@pytest.mark.parametrize("page", PAGES)
def test_a_page_sends_no_more_than_it_has_to(clinic: Served, cookie: str, handle: str, page: str) -> None:
    *_, sent = asyncio.run(_runs(clinic, cookie, page.format(handle=handle), 2))
    most = PAGES[page]
    assert sent.bytes <= most.kilobytes * 1_000, sent
    assert sent.drawn <= most.elements, sent


def test_reruns_of_one_page_do_not_grow(clinic: Served, cookie: str) -> None:
    sent = asyncio.run(_runs(clinic, cookie, "", 6))
    assert len({(one.bytes, one.drawn) for one in sent[1:]}) == 1, sent


def test_many_sessions_at_once_end_without_an_error(clinic: Served, cookie: str) -> None:
    """Every one of them gets every run."""
    load = under_load(clinic, [cookie] * 8, runs=3, every=0.5)
    assert not load.errors
    assert len(load.seconds) == 24
