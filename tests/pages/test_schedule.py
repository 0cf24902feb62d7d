"""The schedule screen: my week, rosters, and planning."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from casework.vocabulary import SessionKind
from db.models import RosterMember, SeriesVersion, SessionSeries
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import TODAY, SmallClinic
from tests.support.databases import Database
from tests.support.pages import said


def planned(database: Database) -> list[tuple[SessionSeries, SeriesVersion]]:
    """The series as they are planned at present."""
    with database.reading() as session:
        rows = session.execute(
            select(SessionSeries, SeriesVersion)
            .join(SeriesVersion, SeriesVersion.series_id == SessionSeries.id)
            .where(SeriesVersion.superseded_on.is_(None))
            .order_by(SessionSeries.id)
        )
        found = [(series, version) for series, version in rows]
        session.expunge_all()
        return found


def roster(database: Database) -> dict[int, dt.date | None]:
    """The last day of each client's place, by client."""
    current = select(RosterMember).where(RosterMember.superseded_on.is_(None))
    with database.reading() as session:
        return {one.client_id: one.ends_on for one in session.scalars(current)}


def test_an_empty_schedule_says_so(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    assert not app.exception
    assert "No session in this week" in said(app)
    assert "No series yet" in said(app)


def test_another_counselors_group_shows_its_session_to_whose_client_belongs_to_it_only(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = builders.group(sqlite_database, sqlite_clinic.bob, (sqlite_clinic.ben,))
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    assert "No session in this week" in said(app)
    builders.join(sqlite_database, sqlite_clinic.alice, series, sqlite_clinic.ann)
    app.run()
    assert app.dataframe[0].value["Led by"].tolist() == ["Bob"]
    assert "Ann Archer" in said(app)
    assert "Ben Brook" not in said(app)


def test_a_weekly_session_stands_in_every_week_from_its_first_on(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.group(sqlite_database, sqlite_clinic.alice, (sqlite_clinic.ann,), first_on=TODAY)
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    assert app.dataframe[0].value["Day"].tolist() == ["Wednesday, today"]
    app.button(key="week-Week after").click().run()
    assert app.dataframe[0].value["Day"].tolist() == ["Wednesday"]
    app.button(key="week-This week").click().run()
    app.button(key="week-Week before").click().run()
    assert not app.dataframe


def test_a_group_is_planned_with_its_members(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    app.text_input(key="plan-title").input("Evening *group*")
    app.multiselect(key="plan-members").set_value([sqlite_clinic.ann, sqlite_clinic.amir])
    app.button(key="plan-save").click().run()
    assert not app.exception
    ((series, version),) = planned(sqlite_database)
    assert (version.title, series.weekly, series.kind) == ("Evening *group*", True, SessionKind.GROUP)
    assert set(roster(sqlite_database)) == {sqlite_clinic.ann, sqlite_clinic.amir}
    assert "Evening *group* is planned every week" in said(app)
    assert app.text_input(key="plan-title").value in (None, "")


def test_a_plan_that_is_refused_keeps_what_was_typed(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    app.selectbox(key="plan-kind").set_value(SessionKind.INDIVIDUAL).run()
    assert app.number_input(key="plan-minutes").value == 50
    app.text_input(key="plan-title").input("First talk")
    app.button(key="plan-save").click().run()
    assert "An individual session needs one client" in said(app)
    assert app.text_input(key="plan-title").value == "First talk"
    assert planned(sqlite_database) == []


def test_clients_join_and_leave_a_roster(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = builders.group(sqlite_database, sqlite_clinic.alice, (sqlite_clinic.ann,))
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    app.selectbox(key=f"add-{series}").set_value(sqlite_clinic.amir).run()
    assert "Amir Aziz is on the roster." in said(app)
    app.button(key=f"remove-{series}-{sqlite_clinic.ann}").click().run()
    assert roster(sqlite_database) == {sqlite_clinic.ann: TODAY, sqlite_clinic.amir: None}
    assert "Ann Archer" not in [text.value for text in app.text]


def test_a_series_ends(open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database) -> None:
    series = builders.group(sqlite_database, sqlite_clinic.alice, first_on=days_ago(28))
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    app.button(key=f"end_series-{series}").click().run()
    assert planned(sqlite_database)[0][1].last_on == TODAY
    app.button(key="week-Week after").click().run()
    assert not app.dataframe


def test_a_supervisor_plans_for_a_counselor_of_the_team(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("schedule", as_user=sqlite_clinic.charlie)
    app.selectbox(key="plan-leader").set_value(sqlite_clinic.bob.id)
    app.button(key="plan-save").click().run()
    assert planned(sqlite_database)[0][1].leader_id == sqlite_clinic.bob.id
