"""The caseload overview in Streamlit's simulated app."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from casework.caseload import overview_charts
from casework.caseload.overview import Overview, read_overview
from casework.caseload.overview_charts import MOST
from casework.users import User
from casework.vocabulary import Group, Role, Use
from db.models import Assignment
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.figures import attendance, clients, flow, history, tags
from tests.support.pages import said
from tests.support.statements import statements

CHARTS = 6
OPEN = {"overview-points": True}
"""What opens at a click is open."""


def findings(app: AppTest) -> list[str]:
    return [one.value.removeprefix("## ") for one in app.markdown if one.value.startswith("## ")]


def names(app: AppTest) -> list[str]:
    return sorted(everybody(app)["Client"])


def everybody(app: AppTest) -> pd.DataFrame:
    """The table of all clients."""
    (found,) = [one.value for one in app.dataframe if "Risk" in one.value]
    return found


def drift_finding(app: AppTest) -> str:
    (found,) = [one for one in findings(app) if "drifting" in one or "compared" in one]
    return found


def test_a_counselor_sees_the_own_caseload_and_each_chart_states_its_finding(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = open_page("overview", as_user=sqlite_clinic.alice, state=OPEN)
    assert not app.exception
    assert names(app) == ["Amir Aziz", "Ann Archer"]
    assert len(findings(app)) == CHARTS
    assert drift_finding(app) == "Nobody can be compared with 4 weeks ago yet"


def test_a_client_who_worsens_drifts_upward(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    alice, ann = sqlite_clinic.alice, sqlite_clinic.ann
    quiet = dict.fromkeys(["isolating", "boredom"], False)
    then = builders.at(days_ago(30), 11)
    builders.check_in(sqlite_database, alice, ann, on=days_ago(30), now=then, signs=quiet, use=Use.NONE)
    builders.check_in(sqlite_database, alice, ann, on=days_ago(1), signs=quiet, use=Use.REGULAR, craving=9)
    app = open_page("overview", as_user=alice, state=OPEN)
    assert drift_finding(app) == "One of 2 clients is drifting upward"
    assert everybody(app)["Client"][0] == "Ann Archer"
    assert everybody(app)["Change in 4 weeks"][0].startswith("+")


def test_a_supervisor_sees_the_team_and_narrows_it_to_one_counselor(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = open_page("overview", as_user=sqlite_clinic.charlie, state=OPEN)
    assert names(app) == ["Amir Aziz", "Ann Archer", "Ben Brook"]
    app.selectbox(key="overview_counselor").select(sqlite_clinic.bob.id).run()
    assert names(app) == ["Ben Brook"]


def test_a_counselor_has_no_choice_of_other_caseloads(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    state = OPEN | {"overview_counselor": sqlite_clinic.bob.id}
    app = open_page("overview", as_user=sqlite_clinic.alice, state=state)
    assert names(app) == ["Amir Aziz", "Ann Archer"]


def test_nobody_sees_another_teams_clients(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    assert names(open_page("overview", as_user=sqlite_clinic.dave, state=OPEN)) == ["Dee Dale"]


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


def test_who_changed_group_in_the_last_week_is_named_with_where_from(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    c = sqlite_clinic
    for days in (20, 13):
        builders.check_in(
            sqlite_database,
            c.alice,
            c.ann,
            on=days_ago(days),
            now=builders.at(days_ago(days), 11),
            use=Use.NONE,
        )
    builders.check_in(sqlite_database, c.alice, c.ann, on=days_ago(1), use=Use.REGULAR)
    with sqlite_database.reading() as session:
        seen = read_overview(session, c.alice, TODAY)
    (ann,) = [one for one in seen.moved if one.client_id == c.ann]
    assert ann.group is Group.SLIPPING
    assert ann.before not in (None, Group.SLIPPING)
    app = open_page("overview", as_user=c.alice)
    (moved,) = [one.value for one in app.dataframe if "A week before" in one.value]
    assert moved["Now"][list(moved["Client"]).index("Ann Archer")] == "Slipping now"
    assert findings(app)[0].startswith("One client slipping now: one came this week")


def test_the_groups_of_the_last_week_are_those_that_every_screen_shows(
    sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    c = sqlite_clinic
    builders.check_in(sqlite_database, c.alice, c.ann, on=days_ago(1), use=Use.REGULAR)
    with sqlite_database.reading() as session:
        seen = read_overview(session, c.charlie, TODAY)
    now = seen.flow[seen.flow["day"] == seen.flow["day"].max()]
    assert dict(zip(now["client_id"], now["group"], strict=True)) == {
        one.client_id: one.story.group.value for one in seen.rows
    }


def test_a_mark_that_is_none_names_nobody(sqlite_clinic: SmallClinic, sqlite_database: Database) -> None:
    with sqlite_database.reading() as session:
        seen = read_overview(session, sqlite_clinic.alice, TODAY)
    day = int(seen.flow["day"].max())
    assert sum(len(seen.stood(day, place)) for place in range(len(Group))) == len(seen.rows)
    assert seen.stood(day, -1) == seen.stood(day, 99) == seen.stood(0, 0) == ()


def test_points_and_bands_are_behind_a_click(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("overview", as_user=sqlite_clinic.alice)
    assert len(findings(app)) == CHARTS - 2
    assert not [one for one in findings(app) if "drifting" in one or "compared" in one]


def test_each_chart_has_its_figures_as_a_table_behind_a_click(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    state = {"overview-table-attendance": True, "overview-table-tags": True}
    app = open_page("overview", as_user=sqlite_clinic.alice, state=state)
    assert not app.exception
    heads = [list(one.value) for one in app.dataframe]
    assert ["Week to", "Kept", "No-shows"] in heads
    assert ["Client", "Stage", "Latest evidence", "Signs"] in heads


def test_of_a_large_caseload_those_who_come_first_are_drawn_and_everybody_is_counted() -> None:
    people = clients(MOST + 50)
    seen = Overview(
        today=TODAY,
        clients=people,
        history=history(people),
        flow=flow(people),
        tags=tags(people),
        attendance=attendance(),
        missed=pd.DataFrame({"client_id": [], "name": [], "day": []}),
        counselors={},
        stories={},
    )
    for draw in (
        overview_charts.drift,
        overview_charts.weeks,
        overview_charts.stage_tags,
        overview_charts.levels,
    ):
        chart = draw(seen, dark=False)
        marks = [one for one in chart.figure.data if one.customdata is not None]
        assert len({int(one) for trace in marks for one in trace.customdata}) <= MOST
        assert "The first" in chart.note
        assert "350" in chart.finding.title or "350" in chart.finding.alt
