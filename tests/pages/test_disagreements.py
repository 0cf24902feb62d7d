"""The page of disagreements, and its line on the Client page, in Streamlit's simulated app."""

from __future__ import annotations

from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from casework.users import User
from casework.vocabulary import Role, Use
from db.models import Assignment
from pages.shared.widgets.components import CLIENT, escaped
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import SmallClinic, add_client
from tests.support.databases import Database
from tests.support.pages import said

FINE, HARD = "The client says fine", "The client says it is hard"


def differ(database: Database, by: User, client_id: int) -> None:
    """The client reports no use, and a screen finds fentanyl."""
    builders.check_in(database, by, client_id, on=days_ago(3), use=Use.NONE, craving=1)
    builders.screen(database, by, client_id, "fentanyl", on=days_ago(2))


def names(app: AppTest) -> list[str]:
    return [one.label for one in app.button if str(one.key).startswith("open-")]


def test_a_row_says_both_sides_with_days_what_it_does_not_mean_and_what_next(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    differ(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann)
    app = open_page("disagreements", as_user=sqlite_clinic.alice)
    assert not app.exception
    assert names(app) == ["Ann Archer"]
    words = said(app)
    for expected in (
        "no opioid use; craving 1 of 10",
        "urine screen: Fentanyl found",
        "Mar 8",
        "Mar 9",
        "No judgement of the client",
        "fentanyl shows only where it was tested for",
        "say calmly what both sides show",
        "One of 2 clients cannot be compared",
    ):
        assert expected in words, expected


def test_an_honest_early_word_is_thanked(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, on=days_ago(3), craving=9)
    builders.screen(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, on=days_ago(2))
    words = said(open_page("disagreements", as_user=sqlite_clinic.alice))
    assert "craving 9 of 10" in words
    assert "thank the client for telling early" in words


def test_a_row_opens_its_client(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    differ(sqlite_database, sqlite_clinic.alice, sqlite_clinic.amir)
    app = open_page("disagreements", as_user=sqlite_clinic.alice)
    app.button(key=f"open-{sqlite_clinic.amir}").click().run()
    assert not app.exception
    assert app.session_state["test:page"] == "client"
    assert app.session_state[CLIENT] == sqlite_clinic.amir


def test_a_name_is_shown_as_it_is_written(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    name = "![x](https://example.org)"
    with sqlite_database.writing() as session:
        odd = add_client(session, name, counselor=sqlite_clinic.alice)
    differ(sqlite_database, sqlite_clinic.alice, odd)
    assert names(open_page("disagreements", as_user=sqlite_clinic.alice)) == [escaped(name)] != [name]


def test_where_everything_agrees_it_says_nobody(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    for client_id in (sqlite_clinic.ann, sqlite_clinic.amir):
        builders.check_in(sqlite_database, sqlite_clinic.alice, client_id, on=days_ago(3), use=Use.NONE)
        builders.screen(sqlite_database, sqlite_clinic.alice, client_id, on=days_ago(2))
    app = open_page("disagreements", as_user=sqlite_clinic.alice)
    assert [one.value for one in app.text].count("Nobody.") == 2
    assert "cannot be compared" not in said(app)


def test_a_caseload_of_which_nothing_is_known_is_not_called_in_agreement(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    assert "Two of 2 clients cannot be compared" in said(
        open_page("disagreements", as_user=sqlite_clinic.alice)
    )


def test_an_empty_caseload_says_so_calmly(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.execute(delete(Assignment))
    app = open_page("disagreements", as_user=sqlite_clinic.alice)
    assert not app.exception
    assert "Nobody is on this caseload yet" in said(app)


def test_a_supervisor_sees_the_team_and_narrows_it_to_one_counselor(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    differ(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann)
    differ(sqlite_database, sqlite_clinic.bob, sqlite_clinic.ben)
    app = open_page("disagreements", as_user=sqlite_clinic.charlie)
    assert sorted(names(app)) == ["Ann Archer", "Ben Brook"]
    app.selectbox(key="disagreements_counselor").select(sqlite_clinic.bob.id).run()
    assert names(app) == ["Ben Brook"]


def test_another_teams_client_stays_unseen_whatever_was_chosen_before(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    differ(sqlite_database, sqlite_clinic.dave, sqlite_clinic.dee)
    state = {"disagreements_counselor": sqlite_clinic.dave.id}
    for user in (sqlite_clinic.alice, sqlite_clinic.charlie):
        app = open_page("disagreements", as_user=user, state=dict(state))
        assert not app.exception
        assert names(app) == []


def test_a_stranger_sees_nothing(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    differ(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann)
    app = open_page("disagreements", as_user=User(id=9999, name="Mallory", role=Role.COUNSELOR, team_id=1))
    assert not names(app)
    assert "Ann" not in said(app)


def test_the_client_page_has_one_line_where_they_differ_and_none_where_not(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    differ(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann)
    line = "Says fine, the record differs"
    for client_id, shown in ((sqlite_clinic.ann, True), (sqlite_clinic.amir, False)):
        app = open_page("client", as_user=sqlite_clinic.alice, state={CLIENT: client_id})
        assert not app.exception
        assert (line in said(app)) is shown
