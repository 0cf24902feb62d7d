"""The time machine on the pages: every page in the past, the way back, and that nothing can be saved meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import func, select, update
from streamlit.testing.v1 import AppTest

from casework.actions import schedule
from casework.actions.clients import assign, edit
from casework.checks.clients import ClientDetails
from casework.errors import LookingBack
from casework.vocabulary import CallOutcome, ClinicKind, Permission, SessionKind, Use
from db.models import AuditEvent, Call, Clinic
from pages.shared import as_of, clock
from pages.shared.widgets import components
from tests.pages.conftest import PAGES, OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.client_lines import LANE, LIST, call
from tests.support.clinic import NOW, SmallClinic
from tests.support.databases import Database
from tests.support.pages import drawn_in, said

PAST = days_ago(8)  # Tuesday, March 3
BANNER = "You are looking at **Tuesday, Mar 3**, as it was known then. Nothing can be saved."


@pytest.fixture
def some_weeks(sqlite_database: Database, sqlite_clinic: SmallClinic) -> SmallClinic:
    """Alice's group and a check-in of Ann before the past day; afterwards Ann told of regular use."""
    then = builders.at(days_ago(20))
    alice = sqlite_clinic.alice
    builders.save(
        sqlite_database,
        schedule.create_series,
        by=alice,
        now=then,
        kind=SessionKind.GROUP,
        title="Relapse prevention",
        first_on=days_ago(15),
        starts_at=dt.time(10),
        minutes=90,
        weekly=True,
        members=(sqlite_clinic.ann,),
        token=builders.token(),
    )
    builders.check_in(sqlite_database, alice, sqlite_clinic.ann, now=then, use=Use.NONE, suicidal=True)
    builders.check_in(sqlite_database, alice, sqlite_clinic.ann, use=Use.REGULAR, craving=9)
    return sqlite_clinic


def in_the_past(open_page: OpenPage, name: str, clinic: SmallClinic, **state: Any) -> AppTest:
    app = open_page(name, as_user=clinic.alice, state={clock.AS_OF: PAST, **state})
    assert not app.exception
    return app


def events(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditEvent)) or 0


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_in_the_past_and_says_so(
    open_page: OpenPage, some_weeks: SmallClinic, name: str
) -> None:
    app = in_the_past(open_page, name, some_weeks, **{components.CLIENT: some_weeks.ann})
    assert BANNER in said(app)
    app.button(key="back_to_today").click().run()
    assert not app.exception
    assert BANNER not in said(app)
    assert app.session_state[clock.AS_OF] is None


@pytest.mark.parametrize("name", PAGES)
def test_in_the_past_no_page_draws_a_field_that_could_keep_the_past_day(
    open_page: OpenPage, some_weeks: SmallClinic, name: str
) -> None:
    """What is typed would be misdated once one is back in the present."""
    app = in_the_past(open_page, name, some_weeks, **{components.CLIENT: some_weeks.ann})
    keys = {field.key for field in (*app.date_input, *app.text_area, *app.get("time_input"))}
    assert keys <= {clock.AS_OF, "attendance_day"}


@pytest.mark.parametrize("name", PAGES)
def test_on_the_present_day_no_page_says_anything_of_the_past(
    open_page: OpenPage, some_weeks: SmallClinic, name: str
) -> None:
    words = said(open_page(name, as_user=some_weeks.alice, state={components.CLIENT: some_weeks.ann}))
    assert "You are looking at" not in words
    assert as_of.LOCKED not in words


def test_a_past_day_shows_what_was_known_on_it(open_page: OpenPage, some_weeks: SmallClinic) -> None:
    assert "Regular use reported" in said(open_page("today", as_user=some_weeks.alice))
    words = said(in_the_past(open_page, "today", some_weeks))
    assert "Tuesday, March 3, 2026" in words
    assert "Regular use reported" not in words


def test_a_save_from_a_past_day_is_refused_in_words_and_changes_nothing(
    open_page: OpenPage, some_weeks: SmallClinic, sqlite_database: Database
) -> None:
    before = events(sqlite_database)
    app = open_page("today", as_user=some_weeks.alice, state={clock.AS_OF: None})
    app.date_input(key=clock.AS_OF).set_value(PAST)
    # In the same breath, when the button was not disabled yet.
    call(app, some_weeks.ann, CallOutcome.REACHED)
    assert "nothing was saved. Go back to today first." in said(app)
    assert all(drawn_in(app, key)["locked"] for key in (LANE, LIST))
    assert events(sqlite_database) == before
    with sqlite_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Call)) == 0


def test_the_moment_of_an_act_is_never_that_of_a_past_day(
    at_clinic: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "session_state", {clock.AS_OF: PAST})
    assert (clock.today(), clock.present_day()) == (PAST, days_ago(0))
    with pytest.raises(LookingBack):
        clock.now()


@pytest.fixture
def at_clinic(sqlite_clinic: SmallClinic, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' clock reads the small clinic, on the tests' own day."""
    monkeypatch.setenv("TIDELINE_DATABASE_URL", sqlite_url)
    monkeypatch.setenv(clock.OVERRIDE, NOW.isoformat())


def test_a_day_that_has_not_come_shows_today_and_says_so(
    open_page: OpenPage, some_weeks: SmallClinic
) -> None:
    app = open_page("today", as_user=some_weeks.alice, state={clock.AS_OF: days_ago(-5)})
    words = said(app)
    assert "Monday, March 16, 2026 has not come yet. You see today." in words
    assert "Wednesday, March 11, 2026" in words
    call(app, some_weeks.ann, CallOutcome.REACHED)
    assert "That is contact" in app.toast[0].value


@pytest.mark.parametrize("name", ["today", "clients", "overview", "level_of_care"])
def test_before_anybody_was_known_a_page_says_to_choose_a_later_day(
    open_page: OpenPage, some_weeks: SmallClinic, name: str
) -> None:
    app = open_page(name, as_user=some_weeks.alice, state={clock.AS_OF: dt.date(2024, 1, 1)})
    assert not app.exception
    for part in ("Nobody was known by this day.", "Choose a later one under “As known on”."):
        assert part in said(app)


def test_a_client_handed_over_since_is_not_seen_again_by_going_back(
    open_page: OpenPage, some_weeks: SmallClinic, sqlite_database: Database
) -> None:
    builders.save(
        sqlite_database,
        assign,
        by=some_weeks.alice,
        client_id=some_weeks.ann,
        counselor_id=some_weeks.bob.id,
    )
    assert "Ann Archer" not in str(in_the_past(open_page, "clients", some_weeks).dataframe[0].value)
    app = open_page(
        "client", as_user=some_weeks.alice, state={clock.AS_OF: PAST}, query={"client": "ann-archer"}
    )
    words = said(app)
    assert "no such record yet among those that you can see" in words
    assert "Ann Archer" not in words
    app = open_page(
        "client", as_user=some_weeks.bob, state={clock.AS_OF: PAST}, query={"client": "ann-archer"}
    )
    assert "Ann Archer" in said(app)


def test_a_number_is_left_out_where_it_or_its_permission_was_changed_later(
    open_page: OpenPage, some_weeks: SmallClinic, sqlite_database: Database
) -> None:
    builders.save(
        sqlite_database,
        edit,
        by=some_weeks.alice,
        client_id=some_weeks.ann,
        version=1,
        details=ClientDetails("Ann Archer", "R-ann-archer", "555-0199", Permission.NO),
    )
    state = {clock.AS_OF: PAST, components.CLIENT: some_weeks.ann}
    words = said(open_page("client", as_user=some_weeks.alice, state=state))
    assert "Safe to call: yes" in words
    assert "555-01" not in words


def test_the_control_says_what_an_empty_day_means(open_page: OpenPage, some_weeks: SmallClinic) -> None:
    app = open_page("today", as_user=some_weeks.alice, state={clock.AS_OF: None})
    assert app.date_input(key=clock.AS_OF).label == "As known on: today"
    app.date_input(key=clock.AS_OF).set_value(PAST).run()
    assert app.date_input(key=clock.AS_OF).label == "As known on"
    assert BANNER in said(app)


def test_turning_the_day_forgets_which_days_were_open(open_page: OpenPage, some_weeks: SmallClinic) -> None:
    app = in_the_past(open_page, "attendance", some_weeks, held_on=days_ago(15))
    app.button(key="back_to_today").click().run()
    assert app.date_input(key="attendance_day").value == days_ago(0)


def test_a_study_is_played_on_its_day(
    open_page: OpenPage, some_weeks: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.execute(update(Clinic).values(kind=ClinicKind.STUDY, opens_on=PAST))
    app = open_page("today", as_user=some_weeks.alice, state={clock.AS_OF: PAST})
    assert "You are looking at" not in said(app)
    assert app.date_input(key=clock.AS_OF).label == "As of"
    call(app, some_weeks.ann, CallOutcome.NO_ANSWER)
    with sqlite_database.reading() as session:
        assert session.scalars(select(Call.known_on)).all() == [PAST]
