"""Lists from which somebody picks: a pick that is not among the rows of now is told of, and nothing is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable

import pytest
import streamlit as st
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from casework.vocabulary import CallOutcome, Permission, Use
from db.models import Call, ClientVersion, Staff
from pages.shared.widgets import table
from tests.pages.conftest import PAGES, OpenPage
from tests.support import pages
from tests.support.builders import check_in, count, days_ago, group, screen
from tests.support.client_lines import DAY, LIST, act
from tests.support.clinic import TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.pages import said
from tests.support.patience import PATIENCE_SECONDS

NOWHERE = 999_999
LISTS: list[tuple[str, str, Hashable]] = [
    ("clients", "clients", NOWHERE),
    ("today", "worklist", NOWHERE),
    ("today", "screens-due", NOWHERE),
    ("today", "sessions", NOWHERE),
    ("client", "safety", NOWHERE),
    ("schedule", "schedule", (NOWHERE, TODAY)),
    ("level_of_care", "levels-of-care", NOWHERE),
    ("forecasts", "forecasts", NOWHERE),
    ("forecasts", "forecast-cases", NOWHERE),
    ("disagreements", "disagreements", NOWHERE),
    ("overview", "overview", NOWHERE),
]


@pytest.mark.parametrize(("page", "name", "identifier"), LISTS, ids=lambda one: str(one))
def test_a_row_that_is_gone_is_told_of_and_nothing_opens(
    open_page: OpenPage, sqlite_clinic: SmallClinic, page: str, name: str, identifier: Hashable
) -> None:
    state = {table.PICKED: table.Pick(name, identifier, "Open"), "client_id": sqlite_clinic.ann}
    if name == "forecast-cases":
        state["forecast-view"] = "review"
    if page == "level_of_care":
        state["client_id"] = None
    app = open_page(page, as_user=sqlite_clinic.alice, state=state)
    assert table.GONE in said(app)
    assert app.session_state["test:page"] == page
    assert table.PICKED not in app.session_state


def test_a_row_of_somebody_who_is_not_in_sight_any_more_opens_nothing_and_names_nobody(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    c = sqlite_clinic
    app = open_page("clients", as_user=c.alice, state={table.PICKED: table.Pick("clients", c.dee, "Open")})
    assert table.GONE in said(app)
    assert "Dee" not in said(app)
    assert app.session_state["test:page"] == "clients"


def test_a_mark_of_a_chart_opens_only_whom_the_user_may_see(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    c = sqlite_clinic
    screen(sqlite_database, c.alice, c.ann, "fentanyl", on=days_ago(2))
    for client_id, opened in ((c.dee, "overview"), (c.ann, "client")):
        state = {table.PICKED: table.Pick("overview", client_id, "open")}
        app = open_page("overview", as_user=c.alice, state=state)
        assert app.session_state["test:page"] == opened


def test_a_button_of_a_row_opens_its_client_whatever_place_the_row_has_by_now(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    # Given Today with Amir first
    c = sqlite_clinic
    check_in(sqlite_database, c.alice, c.amir, use=Use.REGULAR, craving=9)
    app = open_page("today", as_user=c.alice)
    # When Ann comes to stand before him, and his row is clicked
    screen(sqlite_database, c.alice, c.ann, "fentanyl", on=days_ago(1))
    check_in(sqlite_database, c.alice, c.ann, use=Use.REGULAR, craving=10)
    act(app, c.amir, "open")
    # Then he opens
    assert app.session_state["test:page"] == "client"
    assert app.session_state["client_id"] == c.amir


def test_an_act_on_a_line_that_was_never_drawn_is_told_of_and_nothing_is_done(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    c = sqlite_clinic
    for kind, value in (("open", ""), ("call", CallOutcome.REACHED), ("done", "plan_review"), ("take", "")):
        for about in (c.dee, NOWHERE, "worklist"):
            app = pages.act(open_page("today", as_user=c.alice), LIST, kind, about, value)
            assert table.GONE in said(app), (kind, about)
            assert "Dee" not in said(app)
            assert app.session_state["test:page"] == "today"
    assert count(sqlite_database, Call) == 0


@pytest.mark.parametrize("value", ["promoted", "", 7, ["reached"], {"outcome": "reached"}, True])
def test_a_choice_that_the_line_does_not_offer_is_told_of_and_nothing_is_saved(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database, value: object
) -> None:
    app = pages.act(open_page("today", as_user=sqlite_clinic.alice), LIST, "call", sqlite_clinic.ann, value)
    assert not app.exception
    assert table.GONE in said(app)
    assert count(sqlite_database, Call) == 0


def test_no_message_is_left_where_that_is_not_safe_whatever_a_browser_sends(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.execute(update(ClientVersion).values(safe_to_leave_message=Permission.NO))
    app = open_page("today", as_user=sqlite_clinic.alice)
    pages.act(app, LIST, "call", sqlite_clinic.ann, CallOutcome.LEFT_MESSAGE)
    assert table.GONE in said(app)
    assert count(sqlite_database, Call) == 0


@pytest.mark.parametrize("token", ["", "short", "x" * 500, "\N{SNOWMAN}" * 32, "a b" * 10])
def test_a_token_that_was_never_drawn_does_no_harm(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database, token: str
) -> None:
    app = open_page("today", as_user=sqlite_clinic.alice)
    act(app, sqlite_clinic.ann, "call", CallOutcome.REACHED, token=token)
    assert not app.exception
    assert count(sqlite_database, Call) == 1


def test_a_session_of_the_day_opens_its_own_roll_call(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    c = sqlite_clinic
    series = group(sqlite_database, c.alice, (c.ann,), first_on=days_ago(28))
    app = open_page("today", as_user=c.alice)
    pages.act(app, DAY, "roll_call", series)
    held_on: dt.date = app.session_state["held_on"]
    assert (app.session_state["series_id"], held_on) == (series, TODAY)


@pytest.mark.parametrize("page", PAGES)
def test_no_two_options_of_a_list_look_the_same(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database, page: str
) -> None:
    """Streamlit chooses by label: of two that are alike it takes the last, whichever was clicked."""
    # Given two clients and two counselors of one name each
    c = sqlite_clinic
    with sqlite_database.writing() as session:
        session.execute(
            update(ClientVersion).where(ClientVersion.client_id == c.amir).values(name="Ann Archer")
        )
        session.execute(update(Staff).where(Staff.id == c.bob.id).values(name="Alice"))
    group(sqlite_database, c.alice, (c.ann, c.amir), first_on=days_ago(28))
    with sqlite_database.writing() as session:
        for number in range(2):
            add_client(session, f"Ada Abel {number}", counselor=c.alice)
        session.execute(
            update(ClientVersion).where(ClientVersion.name.like("Ada Abel%")).values(name="Ada Abel")
        )
    # Then every list has labels that tell its options apart
    for user in (c.alice, c.charlie):
        app = open_page(page, as_user=user, state={"edit_client": c.ann, "client_id": c.ann})
        for choice in (*app.selectbox, *app.multiselect, *app.radio, *app.get("button_group")):
            labels = [getattr(option, "content", option) for option in choice.options]
            assert len(labels) == len(set(labels)), (choice.label, labels)


def test_rows_in_another_order_are_another_table_in_the_browser() -> None:
    """A menu that hangs open over a row, and a click under way, would else mean whoever takes its place."""
    app = AppTest.from_function(_draw, default_timeout=PATIENCE_SECONDS)
    seen = []
    for rows in (["Ann", "Amir"], ["Amir", "Ann"], ["Ann", "Amir"]):
        app.session_state["rows"] = rows
        app.run()
        around = next(block.proto.id for block in app.main.children.values())
        seen.append((around, app.dataframe[0].proto.button_click_widgets["Open"]))
    assert seen[0] == seen[2]
    assert seen[0][0] != seen[1][0]
    assert seen[0][1] != seen[1][1]


@pytest.mark.parametrize("outcome", CallOutcome)
def test_an_option_of_a_cell_is_saved_as_what_it_is_whatever_its_words(
    monkeypatch: pytest.MonkeyPatch, outcome: CallOutcome
) -> None:
    # Given a list of calls' outcomes in words of another language
    words = {one: f"Palabra {number}" for number, one in enumerate(CallOutcome)}
    saved: list[tuple[int, CallOutcome]] = []
    calls = table.Cells(
        80, format_func=words.__getitem__, on_click=lambda id_, chosen: saved.append((id_, chosen))
    )
    drawn = [None, list(CallOutcome)]
    assert [calls.labels(cell) for cell in drawn] == [None, list(words.values())]
    # When one of them is clicked, then it arrives as its identifier, for the client of that row
    monkeypatch.setattr(st, "session_state", {"Call": {"row": 1, "label": words[outcome]}})
    table._clicked("Call", "worklist", "Call", (7, 8), calls, drawn)
    assert saved == [(8, outcome)]


def _draw() -> None:
    """The script of a simulated app with one table."""
    import streamlit as st

    from pages.shared.widgets import table

    table.show(
        "people",
        st.session_state["rows"],
        {"Who": lambda name: name, "Open": lambda _: "Open"},
        identifier=lambda name: name,
        buttons={"Open": table.Cells(60)},
        alt="People.",
    )
