"""One story about a client: group, headline, flags and next action are the same on every screen, over whole clinics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.caseload.check_in_form import standing
from casework.caseload.client_record import client_record
from casework.caseload.disagreements import read_disagreements
from casework.caseload.level_of_care import read_levels
from casework.caseload.overview import read_overview
from casework.caseload.standing import chips_of, stories
from casework.caseload.story import Story
from casework.caseload.worklist import worklist
from casework.imports.ctn0094 import load, read_folder, study_day
from casework.imports.ctn0094.files import Trial
from casework.users import User
from casework.vocabulary import Role
from db.models import Staff
from pages.shared.widgets import story as drawn
from pages.shared.widgets.components import CLIENT
from tests.pages.conftest import OpenPage
from tests.support.client_lines import sections
from tests.support.clinic import NOW, TODAY
from tests.support.databases import Database
from tests.support.pages import every_text, words_of

DEMO_CLIENTS: Final = 60
TRIAL_WEEKS: Final = (4, 12, 20)
EVERY_NTH_PERSON: Final = 40
SAMPLED: Final = 7
"""Every so many of a counselor's clients are opened on pages that show one client."""

Told = dict[int, Story]
Reading = Callable[[Session, User, dt.date], Told]


def _clients(session: Session, user: User, today: dt.date) -> Told:
    ids = stories(session, user, today)
    return {id_: client_record(session, user, id_, today).story for id_ in ids}


def _check_ins(session: Session, user: User, today: dt.date) -> Told:
    return {id_: standing(session, user, today, id_).story for id_ in stories(session, user, today)}


def _opened_levels(session: Session, user: User, today: dt.date) -> Told:
    found = {
        id_: read_levels(session, user, today, client_id=id_).open for id_ in stories(session, user, today)
    }
    return {id_: one.story for id_, one in found.items() if one is not None}


EVERYBODY: Final[dict[str, Reading]] = {
    "today": lambda *of: {one.client_id: one.story for one in worklist(*of).items},
    "client": _clients,
    "check_in": _check_ins,
    "overview": lambda *of: {one.client_id: one.story for one in read_overview(*of).rows},
    "level_of_care": lambda *of: {one.client_id: one.story for one in read_levels(*of).rows},
    "level_of_care, one client": _opened_levels,
}
"""What a page reads of every client whom the user sees."""
SOME: Final[dict[str, Reading]] = {
    "disagreements": lambda *of: {one.client_id: one.story for one in read_disagreements(*of).rows},
}
"""What a page reads of those clients whom it is about."""


def staff(session: Session, *roles: Role) -> list[User]:
    rows = session.scalars(select(Staff).where(Staff.role.in_(roles)).order_by(Staff.id))
    return [User(row.id, row.name, row.role, row.team_id) for row in rows]


def compare(session: Session, users: list[User], today: dt.date) -> set[int]:
    """Hold every screen's reading against the story, for each user; the clients who were compared."""
    compared: set[int] = set()
    for user in users:
        told = stories(session, user, today)
        for screen, read in EVERYBODY.items():
            assert read(session, user, today) == told, (screen, user.name)
        for screen, read in SOME.items():
            some = read(session, user, today)
            assert some == {id_: told[id_] for id_ in some}, (screen, user.name)
        assert chips_of(session, user, today) == {id_: one.chips for id_, one in told.items()}
        compared |= told.keys()
    return compared


def test_every_screen_of_the_demo_clinic_tells_the_same_of_each_client(demo_database: Database) -> None:
    with demo_database.reading() as session:
        users = staff(session, Role.COUNSELOR, Role.SUPERVISOR)
        assert len(compare(session, users, TODAY)) == DEMO_CLIENTS


@pytest.fixture
def trial_clinic(sqlite_database: Database, trial_data: Path) -> Database:
    """Some of the trial's people as a clinic."""
    trial = read_folder(trial_data)
    people = trial.people.iloc[::EVERY_NTH_PERSON].reset_index(drop=True)
    events = trial.events[trial.events["who"].isin(people["who"])].reset_index(drop=True)
    load(sqlite_database, Trial(people, events, trial.never_known, trial.digest), now=NOW)
    return sqlite_database


@pytest.mark.parametrize("week", TRIAL_WEEKS)
def test_every_screen_of_the_trial_clinic_tells_the_same_of_each_client(
    trial_clinic: Database, week: int
) -> None:
    with trial_clinic.reading() as session:
        assert compare(session, staff(session, Role.SUPERVISOR), study_day(7 * week))


# --- what is drawn -------------------------------------------------------------------------------------------------


def told_to(database: Database, username: str) -> tuple[User, Told]:
    with database.reading() as session:
        row = session.scalars(select(Staff).where(Staff.username == username)).one()
        user = User(row.id, row.name, row.role, row.team_id)
        return user, stories(session, user, TODAY)


def missing(text: str, told: Story) -> list[str]:
    """What a page does not say of the four things that it should."""
    expected = [
        drawn.group_words(told),
        told.headline,
        *(chip.text for chip in told.chips),
        drawn.next_words(told.action),
    ]
    return [words for words in expected if " ".join(words.split()) not in text]


@pytest.fixture
def text_of(open_page: OpenPage, demo_url: str) -> Callable[..., str]:
    """All that a page of the demo clinic says, as one line."""

    def reading(page: str, user: User, client_id: int | None = None) -> str:
        state = {} if client_id is None else {CLIENT: client_id}
        app = open_page(page, as_user=user, url=demo_url, state=state)
        assert not app.exception
        return " ".join(" ".join(every_text(app)).split())

    return reading


@pytest.mark.parametrize("page", ["today", "overview", "level_of_care"])
def test_a_page_of_everybody_draws_the_story_of_each_client(
    demo_database: Database, text_of: Callable[..., str], page: str
) -> None:
    user, told = told_to(demo_database, "alice")
    text = text_of(page, user)
    assert {id_: left for id_, one in told.items() if (left := missing(text, one))} == {}


def test_each_client_of_today_has_one_line_which_tells_that_clients_story(
    open_page: OpenPage, demo_database: Database, demo_url: str
) -> None:
    user, told = told_to(demo_database, "alice")
    app = open_page("today", as_user=user, url=demo_url)
    drawn = [
        (line["id"], " ".join([one.get("heading", ""), *words_of(line)]))
        for one in sections(app)
        for line in one.get("lines", ())
    ]
    assert sorted(id_ for id_, _ in drawn) == sorted(told)
    assert {id_: left for id_, text in drawn if (left := missing(text, told[id_]))} == {}


@pytest.mark.parametrize("page", ["client", "level_of_care"])
def test_a_page_of_one_client_draws_the_story(
    demo_database: Database, text_of: Callable[..., str], page: str
) -> None:
    user, told = told_to(demo_database, "alice")
    for id_ in list(told)[::SAMPLED]:
        assert missing(text_of(page, user, id_), told[id_]) == []


def test_disagreements_draw_the_story_of_those_whose_word_and_record_differ(
    demo_database: Database, text_of: Callable[..., str]
) -> None:
    user, told = told_to(demo_database, "alice")
    with demo_database.reading() as session:
        rows = read_disagreements(session, user, TODAY).rows
    assert rows
    text = text_of("disagreements", user)
    assert {row.name: left for row in rows if (left := missing(text, told[row.client_id]))} == {}
