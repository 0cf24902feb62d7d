"""Planning sessions: who plans for whom, rosters that change over time, and which sessions a user sees on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from casework.actions import schedule
from casework.caseload.sessions import plans, sessions_of_week
from casework.caseload.sessions import roll_call as roll_call_sheet
from casework.caseload.worklist import sessions_today, worklist
from casework.errors import AlreadyRecorded, NotYours, Refused
from casework.users import User
from casework.vocabulary import Mark, Role, SessionKind
from db.models import RosterMember, SeriesVersion, SessionSeries
from db.queries import clients
from db.queries import schedule as queries
from tests.support.builders import (
    ZONE,
    check_in,
    count,
    count_statements,
    days_ago,
    group,
    join,
    roll_call,
    save,
    token,
)
from tests.support.clinic import TODAY, SmallClinic, add_client
from tests.support.databases import Database

WEEK = dt.timedelta(days=7)


def create(database: Database, by: User, **more: Any) -> int:
    usual = {
        "kind": SessionKind.GROUP,
        "title": "One to one",
        "first_on": TODAY,
        "starts_at": dt.time(14, 30),
        "minutes": 50,
        "weekly": False,
        "token": token(),
    }
    return save(database, schedule.create_series, by=by, **{**usual, **more})


def names(database: Database, user: User, series_id: int, day: dt.date) -> list[str]:
    with database.reading() as session:
        return [one.name for one in queries.roster(session, user, [series_id], day, known_by=TODAY)]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": "x" * 201}, "title"),
        ({"title": "a\0"}, "title"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": 721}, "minutes"),
        ({"first_on": TODAY + 110 * WEEK}, "first_on"),
        ({"first_on": TODAY - 110 * WEEK}, "first_on"),
        ({"weekly": True, "last_on": days_ago(1)}, "last_on"),
        ({"weekly": True, "last_on": dt.date(9999, 1, 1)}, "last_on"),
        ({"leader_id": 2}, "leader_id"),
    ],
)
def test_a_series_that_cannot_be_right_is_refused(
    database: Database, clinic: SmallClinic, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        create(database, clinic.alice, **more)
    assert refused.value.field == field
    assert count(database, SessionSeries) == 0


def test_a_supervisor_plans_for_counselors_of_the_team(database: Database, clinic: SmallClinic) -> None:
    series = create(database, clinic.charlie, leader_id=clinic.bob.id, members=(clinic.ben,))
    with database.reading() as session:
        (held,) = queries.sessions_between(session, clinic.bob, TODAY, TODAY, ZONE, known_by=TODAY)
    assert (held.series.id, held.series.leader, held.members) == (series, "Bob", 1)
    with pytest.raises(Refused):
        create(database, clinic.charlie, leader_id=clinic.dave.id)
    with pytest.raises(NotYours):
        create(database, User(clinic.alice.id, "Ada", Role.ADMIN, 1))


def test_a_series_without_a_title_stores_none_and_is_called_by_its_kind(
    database: Database, clinic: SmallClinic
) -> None:
    create(database, clinic.alice, title=" ", kind=SessionKind.OUTSIDE_MEETING, members=(clinic.ann,))
    with database.reading() as session:
        assert session.scalars(select(SeriesVersion.title)).all() == [""]
        (plan,) = plans(session, clinic.alice, TODAY)
        (held,) = sessions_of_week(
            session, clinic.alice, TODAY - dt.timedelta(days=TODAY.weekday()), ZONE, today=TODAY
        )
        (led,) = sessions_today(session, clinic.alice, TODAY)
        roll = roll_call_sheet(session, clinic.alice, plan.id, TODAY, TODAY)
    titles = [plan.title, held.title, led.title, roll.session.title]
    assert titles == ["Outside support meeting"] * 4


def test_a_series_sent_twice_is_planned_once(database: Database, clinic: SmallClinic) -> None:
    same = token()
    create(database, clinic.alice, token=same)
    with pytest.raises(AlreadyRecorded):
        create(database, clinic.alice, token=same)
    assert count(database, SessionSeries) == 1


def test_members_are_clients_whom_one_sees(database: Database, clinic: SmallClinic) -> None:
    with pytest.raises(NotYours):
        create(database, clinic.alice, members=(clinic.ann, clinic.ben))
    assert (count(database, SessionSeries), count(database, RosterMember)) == (0, 0)


def test_colleagues_of_a_team_put_their_clients_into_each_others_groups(
    database: Database, clinic: SmallClinic
) -> None:
    series = group(database, clinic.alice, (clinic.ann,))
    join(database, clinic.bob, series, clinic.ben)
    assert names(database, clinic.alice, series, TODAY) == ["Ann Archer", "Ben Brook"]
    for by, client_id in ((clinic.dave, clinic.dee), (clinic.alice, clinic.dee), (clinic.bob, clinic.amir)):
        with pytest.raises(NotYours):
            join(database, by, series, client_id)
    with pytest.raises(Refused, match="already"):
        join(database, clinic.bob, series, clinic.ben)


def test_a_roster_is_as_of_a_day(database: Database, clinic: SmallClinic) -> None:
    series = group(database, clinic.alice, (clinic.ann, clinic.amir))
    save(database, schedule.remove_member, by=clinic.alice, series_id=series, client_id=clinic.ann)
    assert names(database, clinic.alice, series, TODAY) == ["Amir Aziz"]
    assert names(database, clinic.alice, series, TODAY - WEEK) == ["Amir Aziz", "Ann Archer"]
    save(
        database,
        schedule.add_member,
        by=clinic.alice,
        series_id=series,
        client_id=clinic.ann,
        starts_on=TODAY + WEEK,
    )
    assert names(database, clinic.alice, series, TODAY) == ["Amir Aziz"]
    assert names(database, clinic.alice, series, TODAY + WEEK) == ["Amir Aziz", "Ann Archer"]


def test_a_member_is_taken_off_by_the_leader_or_by_the_clients_counselor(
    database: Database, clinic: SmallClinic
) -> None:
    series = group(database, clinic.alice, (clinic.ann,))
    join(database, clinic.bob, series, clinic.ben)
    off = {"series_id": series, "client_id": clinic.ben}
    with pytest.raises(NotYours):
        save(database, schedule.remove_member, by=clinic.dave, **off)
    save(database, schedule.remove_member, by=clinic.bob, **off)
    with pytest.raises(Refused):
        save(database, schedule.remove_member, by=clinic.alice, **off)


def test_an_ended_series_is_not_held_again_and_takes_nobody(database: Database, clinic: SmallClinic) -> None:
    series = group(database, clinic.alice, (clinic.ann,))
    with pytest.raises(NotYours):
        save(database, schedule.end_series, by=clinic.bob, series_id=series, last_on=TODAY)
    with pytest.raises(Refused):
        save(database, schedule.end_series, by=clinic.alice, series_id=series, last_on=days_ago(29))
    with pytest.raises(Refused, match="last session is needed"):
        save(database, schedule.end_series, by=clinic.alice, series_id=series, last_on=None)
    save(database, schedule.end_series, by=clinic.alice, series_id=series, last_on=days_ago(1))
    with database.reading() as session:
        assert (
            queries.sessions_between(session, clinic.alice, TODAY, TODAY + WEEK, ZONE, known_by=TODAY) == ()
        )
    with pytest.raises(Refused, match="held"):
        roll_call(database, clinic.alice, series, {clinic.ann: Mark.ATTENDED})
    with pytest.raises(Refused) as refused:
        save(database, schedule.add_member, by=clinic.alice, series_id=series, client_id=clinic.amir)
    assert refused.value.field == "starts_on"


def test_everybody_sees_the_sessions_that_concern_them(database: Database, clinic: SmallClinic) -> None:
    series = group(database, clinic.alice, (clinic.ann,))
    join(database, clinic.bob, series, clinic.ben)
    create(database, clinic.alice, members=(clinic.amir,))
    roll_call(database, clinic.alice, series, {clinic.ann: Mark.ATTENDED})
    with database.reading() as session:

        def seen(user: User) -> list[tuple[str, bool]]:
            held = queries.sessions_between(session, user, TODAY, TODAY, ZONE, known_by=TODAY)
            return [(one.series.title, one.roll_call_id is not None) for one in held]

        everything = [("Relapse prevention", True), ("One to one", False)]
        assert seen(clinic.alice) == seen(clinic.charlie) == everything
        assert seen(clinic.bob) == everything[:1]
        assert seen(clinic.dave) == []
        assert seen(User(9, "Ada", Role.ADMIN, clinic.alice.team_id)) == []
        with pytest.raises(NotYours):
            queries.require_series(session, clinic.bob, series, to_lead=True, day=TODAY)
        with pytest.raises(NotYours):
            queries.one_of_team(session, clinic.dave, series, day=TODAY)


def test_lists_take_as_many_statements_for_many_clients_as_for_few(
    database: Database, clinic: SmallClinic
) -> None:
    def statements() -> list[int]:
        with database.reading() as session:
            return [
                count_statements(session, lambda: clients.all_of(session, clinic.alice, TODAY)),
                count_statements(
                    session, lambda: sessions_of_week(session, clinic.alice, TODAY, ZONE, today=TODAY)
                ),
                count_statements(session, lambda: worklist(session, clinic.alice, TODAY)),
                count_statements(
                    session,
                    lambda: queries.sessions_between(
                        session, clinic.alice, TODAY, TODAY + WEEK, ZONE, known_by=TODAY
                    ),
                ),
                count_statements(
                    session, lambda: queries.roster(session, clinic.alice, [1, 2], TODAY, known_by=TODAY)
                ),
            ]

    few = statements()
    with database.writing() as session:
        many = [add_client(session, f"Client {number}", counselor=clinic.alice) for number in range(20)]
    group(database, clinic.alice, tuple(many))
    group(database, clinic.alice, tuple(many))
    for client_id in many[:5]:
        check_in(database, clinic.alice, client_id, suicidal=True)
    assert statements() == few
    assert few[0] == 1


def test_no_day_of_a_series_or_a_roster_is_more_than_two_years_away(
    database: Database, clinic: SmallClinic
) -> None:
    series = group(database, clinic.alice, (clinic.ann,))
    of: dict[str, Any] = {"by": clinic.alice, "series_id": series}
    far = TODAY + dt.timedelta(days=2 * 366 + 1)
    for act, more, field in (
        (schedule.end_series, {}, "last_on"),
        (schedule.add_member, {"client_id": clinic.amir}, "starts_on"),
        (schedule.remove_member, {"client_id": clinic.ann}, "ends_on"),
    ):
        with pytest.raises(Refused, match="more than two years away") as refused:
            save(database, act, **of, **more, **{field: far})
        assert refused.value.field == field
    save(database, schedule.end_series, **of, last_on=far - dt.timedelta(days=1))
