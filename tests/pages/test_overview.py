"""The caseload overview in Streamlit's simulated app."""

from __future__ import annotations

from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from casework.caseload.overview import read_overview
from casework.users import User
from casework.vocabulary import Role, Use
from db.models import Assignment
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.pages import said
from tests.support.statements import statements

CHARTS = 5


def findings(app: AppTest) -> list[str]:
    return [one.value.removeprefix("## ") for one in app.markdown if one.value.startswith("## ")]


def names(app: AppTest) -> list[str]:
    return sorted(app.dataframe[0].value["Client"])


def test_a_counselor_sees_the_own_caseload_and_each_chart_states_its_finding(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = open_page("overview", as_user=sqlite_clinic.alice)
    assert not app.exception
    assert names(app) == ["Amir Aziz", "Ann Archer"]
    assert len(findings(app)) == CHARTS
    assert findings(app)[0] == "Nobody can be compared with 4 weeks ago yet"


def test_a_client_who_worsens_drifts_upward(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    alice, ann = sqlite_clinic.alice, sqlite_clinic.ann
    quiet = dict.fromkeys(["isolating", "boredom"], False)
    then = builders.at(days_ago(30), 11)
    builders.check_in(sqlite_database, alice, ann, on=days_ago(30), now=then, signs=quiet, use=Use.NONE)
    builders.check_in(sqlite_database, alice, ann, on=days_ago(1), signs=quiet, use=Use.REGULAR, craving=9)
    app = open_page("overview", as_user=alice)
    assert findings(app)[0] == "One of 2 clients is drifting upward"
    assert app.dataframe[0].value["Client"][0] == "Ann Archer"
    assert app.dataframe[0].value["Change in 4 weeks"][0].startswith("+")


def test_a_supervisor_sees_the_team_and_narrows_it_to_one_counselor(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = open_page("overview", as_user=sqlite_clinic.charlie)
    assert names(app) == ["Amir Aziz", "Ann Archer", "Ben Brook"]
    app.selectbox(key="overview_counselor").select(sqlite_clinic.bob.id).run()
    assert names(app) == ["Ben Brook"]


def test_a_counselor_has_no_choice_of_other_caseloads(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    state = {"overview_counselor": sqlite_clinic.bob.id}
    app = open_page("overview", as_user=sqlite_clinic.alice, state=state)
    assert names(app) == ["Amir Aziz", "Ann Archer"]


def test_nobody_sees_another_teams_clients(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    assert names(open_page("overview", as_user=sqlite_clinic.dave)) == ["Dee Dale"]


def test_a_stranger_sees_nothing(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("overview", as_user=User(id=9999, name="Mallory", role=Role.COUNSELOR, team_id=1))
    assert not app.dataframe
    assert not findings(app)


def test_an_empty_caseload_says_so_calmly(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.execute(delete(Assignment))
    app = open_page("overview", as_user=sqlite_clinic.alice)
    assert not app.exception
    assert "Nobody is on this caseload yet" in said(app)


def test_the_number_of_statements_does_not_grow_with_the_caseload(
    sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    def run() -> int:
        with statements(sqlite_database) as seen, sqlite_database.reading() as session:
            read_overview(session, sqlite_clinic.alice, TODAY)
        return len(seen)

    before = run()
    with sqlite_database.writing() as session:
        for number in range(30):
            add_client(session, f"Client {number}", counselor=sqlite_clinic.alice)
    assert run() == before
