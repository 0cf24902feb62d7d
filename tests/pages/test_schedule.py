"""The schedule screen: my week, rosters, and planning."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from casework.actions.clinic import add_closed_day
from casework.vocabulary import Mark, SessionKind
from db.models import RosterMember, SeriesVersion, SessionSeries
from pages.schedule import week
from pages.shared import saving
from pages.shared.open_session import HELD_ON, SERIES
from pages.shared.widgets import table
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import TODAY, SmallClinic
from tests.support.databases import Database
from tests.support.pages import act, button, drawn_in, field, said


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


def week_of(app: AppTest) -> dict[str, Any]:
    """The week as it is drawn."""
    return drawn_in(app, week.KEY)


def session_id(series: int, day: dt.date = TODAY) -> str:
    return f"{series}@{day.isoformat()}"


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
    assert [one["opens"] for one in week_of(app)["sessions"]] == ["Show the series"]
    assert "· Bob" in app.selectbox(key="schedule-series").options[0]
    assert "Ann Archer" in said(app)
    assert "Ben Brook" not in said(app)


def test_a_weekly_session_stands_in_every_week_from_its_first_on(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.group(sqlite_database, sqlite_clinic.alice, (sqlite_clinic.ann,), first_on=TODAY)
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    assert [one["day"] for one in week_of(app)["sessions"]] == [TODAY.isoformat()]
    assert [one["name"] for one in week_of(app)["days"] if one["today"]] == ["Wednesday"]
    app.button(key="week-Week after").click().run()
    later = TODAY + dt.timedelta(days=7)
    assert [one["day"] for one in week_of(app)["sessions"]] == [later.isoformat()]
    assert not [one for one in week_of(app)["days"] if one["today"]]
    app.button(key="week-This week").click().run()
    app.button(key="week-Week before").click().run()
    assert not app.get("bidi_component")
    assert "No session in this week" in said(app)


def test_a_group_is_planned_with_its_members(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    field(app, "plan", "title").input("Evening *group*")
    field(app, "plan", "members").set_value([sqlite_clinic.ann, sqlite_clinic.amir])
    button(app, "plan").click().run()
    assert not app.exception
    ((series, version),) = planned(sqlite_database)
    assert (version.title, series.weekly, series.kind) == ("Evening *group*", True, SessionKind.GROUP)
    assert set(roster(sqlite_database)) == {sqlite_clinic.ann, sqlite_clinic.amir}
    assert "Evening *group* is planned every week" in said(app)
    assert field(app, "plan", "title").value in (None, "")


def test_a_group_planned_without_a_title_stores_none(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    button(app, "plan").click().run()
    assert "Group is planned every week" in said(app)
    assert [version.title for _, version in planned(sqlite_database)] == [""]


def test_a_plan_that_is_refused_keeps_what_was_typed(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    field(app, "plan", "kind").set_value(SessionKind.INDIVIDUAL).run()
    assert field(app, "plan", "minutes").value == 50
    field(app, "plan", "title").input("First talk")
    button(app, "plan").click().run()
    assert "An individual session needs one client" in said(app)
    assert field(app, "plan", "title").value == "First talk"
    assert planned(sqlite_database) == []


def test_clients_join_and_leave_a_roster(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = builders.group(sqlite_database, sqlite_clinic.alice, (sqlite_clinic.ann,))
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    field(app, "add_member", "client").set_value(sqlite_clinic.amir).run()
    assert "Relapse prevention: Amir Aziz is on the roster." in said(app)
    button(app, f"remove_member-{series}", about=f"client-{sqlite_clinic.ann}").click().run()
    assert "Ann Archer: off the roster of Relapse prevention from today on." in said(app)
    assert roster(sqlite_database) == {sqlite_clinic.ann: TODAY, sqlite_clinic.amir: None}
    assert "Ann Archer" not in [text.value for text in app.text]


def test_a_series_ends(open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database) -> None:
    builders.group(sqlite_database, sqlite_clinic.alice, first_on=days_ago(28))
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    button(app, "end_series").click().run()
    assert "Relapse prevention: ends after March 11, 2026." in said(app)
    assert planned(sqlite_database)[0][1].last_on == TODAY
    app.button(key="week-Week after").click().run()
    assert not app.get("bidi_component")


def test_a_session_without_its_time_is_refused_beside_the_field_and_keeps_what_was_typed(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    field(app, "plan", "title").input("Evening group")
    field(app, "plan", "starts_at").set_value(None)
    button(app, "plan").click().run()
    assert not app.exception
    assert "Day, time and length are needed" in said(app)
    assert field(app, "plan", "title").value == "Evening group"
    assert planned(sqlite_database) == []


def test_the_next_session_to_plan_is_of_the_same_kind(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    field(app, "plan", "kind").set_value(SessionKind.OUTSIDE_MEETING).run()
    field(app, "plan", "minutes").set_value(75)
    button(app, "plan").click().run()
    assert planned(sqlite_database)[0][1].minutes == 75
    assert field(app, "plan", "kind").value is SessionKind.OUTSIDE_MEETING
    assert field(app, "plan", "minutes").value == 60


def test_what_is_chosen_for_one_series_does_not_stand_in_the_next_one(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    first, second = (
        builders.group(sqlite_database, sqlite_clinic.alice, first_on=days_ago(28)) for _ in range(2)
    )
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    app.selectbox(key="schedule-series").set_value(first).run()
    field(app, "end_series", "last_on", f"series-{first}").set_value(days_ago(7)).run()
    app.selectbox(key="schedule-series").set_value(second).run()
    assert field(app, "end_series", "last_on", f"series-{second}").value == TODAY


def test_a_supervisor_plans_for_a_counselor_of_the_team(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("schedule", as_user=sqlite_clinic.charlie)
    field(app, "plan", "leader").set_value(sqlite_clinic.bob.id)
    button(app, "plan").click().run()
    assert planned(sqlite_database)[0][1].leader_id == sqlite_clinic.bob.id


def test_two_clients_who_are_put_on_a_roster_in_one_breath_are_both_there(
    open_page: OpenPage,
    sqlite_clinic: SmallClinic,
    sqlite_database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(saving, "DOUBLE_CLICK_SECONDS", 600.0)  # as long as this test may take
    builders.group(sqlite_database, sqlite_clinic.alice, ())
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    for client_id in (sqlite_clinic.ann, sqlite_clinic.amir):
        field(app, "add_member", "client").set_value(client_id).run()
    assert roster(sqlite_database).keys() == {sqlite_clinic.ann, sqlite_clinic.amir}


def test_a_double_click_plans_one_session_whatever_is_proposed_for_the_next_one(
    open_page: OpenPage,
    sqlite_clinic: SmallClinic,
    sqlite_database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(saving, "DOUBLE_CLICK_SECONDS", 600.0)  # as long as this test may take
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    field(app, "plan", "kind").set_value(SessionKind.INDIVIDUAL).run()
    field(app, "plan", "members").set_value([sqlite_clinic.ann]).run()
    for _ in range(2):
        button(app, "plan").click().run()
        assert (len(app.success), len(app.error)) == (1, 0)
    assert len(planned(sqlite_database)) == 1


def test_a_supervisor_enters_the_days_on_which_the_clinic_is_closed_and_takes_them_back(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("schedule", as_user=sqlite_clinic.charlie)
    day = TODAY + dt.timedelta(days=9)
    field(app, "closed-day", "day").set_value(day)
    field(app, "closed-day", "reason").set_value("<b>Founders</b> day")
    button(app, "closed-day").click().run()
    assert not app.exception
    assert "Friday, March 20, 2026: <b>Founders</b> day" in [one.value for one in app.text]
    theirs = open_page("schedule", as_user=sqlite_clinic.alice)
    assert "Friday, March 20, 2026: <b>Founders</b> day" in [one.value for one in theirs.text]
    assert not any("closed-day" in (one.key or "") for one in theirs.button)
    button(app, "take-back-closed-day").click().run()
    assert "None is entered" in said(app)


# --- the week as a calendar -------------------------------------------------------------------------------------------


def test_a_session_stands_on_its_day_at_its_hour_and_says_what_is_to_do(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    c = sqlite_clinic
    series = builders.group(sqlite_database, c.alice, (c.ann, c.amir), first_on=days_ago(7))
    builders.roll_call(sqlite_database, c.alice, series, {c.ann: Mark.ATTENDED}, on=days_ago(7))
    app = open_page("schedule", as_user=c.alice)
    (one,) = week_of(app)["sessions"]
    assert (one["id"], one["day"], one["hour"]) == (session_id(series), TODAY.isoformat(), 10)
    assert (one["time"], one["title"], one["note"]) == (
        "10:00 am",
        "Relapse prevention",
        "90 min, 2 expected",
    )
    assert (one["state"], one["opens"]) == ("to take", "Open the roll call")
    app.button(key="week-Week before").click().run()
    (one,) = week_of(app)["sessions"]
    assert (one["state"], one["opens"]) == ("✓ taken", "Open the roll call")


def test_a_session_opens_its_roll_call_when_it_is_time_and_its_series_before(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    c = sqlite_clinic
    builders.group(sqlite_database, c.alice, (c.ann,), first_on=days_ago(8))
    series = builders.group(sqlite_database, c.alice, (c.amir,), first_on=days_ago(7))
    app = open_page("schedule", as_user=c.alice)
    app.button(key="week-Week after").click().run()
    act(app, week.KEY, "open", session_id(series, TODAY + dt.timedelta(days=7)))
    assert app.session_state["test:page"] == "schedule"
    assert app.session_state["schedule-series-panel"] is True
    assert app.selectbox(key="schedule-series").value == series
    app.button(key="week-This week").click().run()
    act(app, week.KEY, "open", session_id(series))
    assert app.session_state["test:page"] == "attendance"
    assert (app.session_state[SERIES], app.session_state[HELD_ON]) == (series, TODAY)


@pytest.mark.parametrize("about", ["", "nonsense", "1@", "x@2026-03-11", 7])
def test_what_names_no_session_opens_nothing(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database, about: str | int
) -> None:
    builders.group(sqlite_database, sqlite_clinic.alice)
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    act(app, week.KEY, "open", about)
    assert not app.exception
    assert app.session_state["test:page"] == "schedule"


def test_a_session_that_the_user_does_not_see_opens_nothing_and_is_not_named(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    theirs = builders.group(sqlite_database, sqlite_clinic.dave, (sqlite_clinic.dee,))
    builders.group(sqlite_database, sqlite_clinic.alice)
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    act(app, week.KEY, "open", session_id(theirs))
    assert table.GONE in said(app)
    assert app.session_state["test:page"] == "schedule"


def test_a_closed_day_is_marked_in_the_week_with_its_reason(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    c = sqlite_clinic
    builders.group(sqlite_database, c.alice, first_on=days_ago(7))
    day = TODAY + dt.timedelta(days=1)
    builders.save(sqlite_database, add_closed_day, by=c.charlie, day=day, reason="<b>Founders</b> day")
    app = open_page("schedule", as_user=c.alice)
    assert [one["closed"] for one in week_of(app)["days"]] == ["", "", "", "Closed: <b>Founders</b> day", ""]


def test_a_weekend_is_there_when_something_happens_on_it(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.group(sqlite_database, sqlite_clinic.alice, first_on=TODAY)
    app = open_page("schedule", as_user=sqlite_clinic.alice)
    assert len(week_of(app)["days"]) == 5
    builders.group(sqlite_database, sqlite_clinic.alice, first_on=TODAY + dt.timedelta(days=3))
    app.run()
    assert [one["short"] for one in week_of(app)["days"]][-1] == "Sat"


def test_a_supervisor_reads_who_leads_each_session(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    c = sqlite_clinic
    for leader in (c.alice, c.bob):
        builders.group(sqlite_database, leader)
    app = open_page("schedule", as_user=c.charlie)
    assert {one["note"].rpartition(", ")[2] for one in week_of(app)["sessions"]} == {"Alice", "Bob"}
