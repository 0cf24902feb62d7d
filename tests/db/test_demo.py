"""Loading the demo clinic."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select, text

from casework import demo
from casework.actions.clinic import set_clinic
from casework.actions.sign_in import sign_in
from casework.caseload.standing import known_caseload, stories
from casework.demo.archetypes import CASELOADS, UNASKED
from casework.errors import Refused
from casework.forecasts import MIN_FORECASTS, week_of
from casework.frames import FAR, to_day
from casework.indicators import assess
from casework.users import User
from casework.vocabulary import ActionKind, Band, ClinicKind, Group, InformationSource, Role, ScreenStatus
from db.models import (
    Assignment,
    AuditEvent,
    Base,
    Call,
    CheckIn,
    Client,
    ClientVersion,
    Clinic,
    ClosedDay,
    Forecast,
    RollCall,
    RosterMember,
    SafetyItem,
    SeriesVersion,
    SessionSeries,
    Staff,
    UrineScreen,
)
from db.queries import facts
from tests.support.clinic import NOW, TODAY
from tests.support.databases import Database, SqliteTemplates, open_database
from tests.support.fills import fill_nothing
from tests.support.one_rule import assert_one_story


def contents(database: Database) -> dict[str, list[str]]:
    """All rows of all tables, as text. Password hashes carry a random salt, and versions of the data grow by random
    steps: both are left out."""
    said = {}
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.c if column.name not in ("password_hash", "version")]
            said[table.name] = sorted(map(repr, session.execute(select(*columns))))
    return said


def test_sixty_clients_each_on_one_of_three_caseloads(database: Database):
    demo.load(database, today=TODAY)
    with database.reading() as session:
        counts = dict(
            session.execute(
                select(Staff.username, func.count())
                .join(Assignment, Assignment.staff_id == Staff.id)
                .group_by(Staff.username)
            ).all()
        )
        assert counts == {"alice": 22, "bob": 20, "charlie": 18}
        assert session.scalar(select(func.count(func.distinct(ClientVersion.name)))) == 60
        phones = session.scalars(select(ClientVersion.phone)).all()
        assert all(phone is not None and phone.split("-")[1:][0] == "555" for phone in phones)
        assert all(100 <= int(str(phone).split("-")[2]) <= 199 for phone in phones)
        clinic = session.get_one(Clinic, 1)
        assert (clinic.kind, clinic.time_zone) == (ClinicKind.DEMO, "America/New_York")


def test_the_frames_of_every_client_are_as_promised(database: Database):
    demo.load(database, today=TODAY)
    with database.reading() as session:
        client_ids = list(session.scalars(select(Client.id).order_by(Client.id)))
        read = facts.read(session, client_ids, TODAY)  # checks columns, dtypes and order
    assert len(read.clients) == 60
    assert read.check_ins["client_id"].nunique() > 50


def test_every_counselor_has_forecasts_to_look_back_on_and_this_week_still_to_make(
    sqlite_database: Database,
):
    demo.load(sqlite_database, today=TODAY)
    with sqlite_database.reading() as session:
        rows = session.scalars(select(Forecast)).all()
        own = set(session.execute(select(Assignment.staff_id, Assignment.client_id)).all())
    assert {row.by_id for row in rows} == {staff_id for staff_id, _ in own}
    assert all((row.by_id, row.client_id) in own for row in rows)
    assert max(row.made_on for row in rows) < week_of(TODAY) < TODAY
    assert sum(row.made_on <= TODAY - dt.timedelta(days=28) for row in rows) > 3 * MIN_FORECASTS


def test_there_is_something_to_do_today(sqlite_database: Database):
    demo.load(sqlite_database, today=TODAY)
    with sqlite_database.reading() as session:
        held = session.execute(
            select(SessionSeries.first_on, SeriesVersion.leader_id, func.count())
            .join(SeriesVersion, SeriesVersion.series_id == SessionSeries.id)
            .join(RosterMember, RosterMember.series_id == SessionSeries.id)
            .group_by(SessionSeries.id, SeriesVersion.leader_id)
        )
        groups_today = [n for first_on, _, n in held if (TODAY - first_on).days % 7 == 0 and n > 10]
        assert len(groups_today) == 2
        assert session.scalar(select(func.count()).where(RollCall.held_on == TODAY)) == 0
        due_today = session.scalar(
            select(func.count()).where(UrineScreen.status == ScreenStatus.DUE, UrineScreen.due_on == TODAY)
        )
        assert due_today
        open_items = session.scalars(select(SafetyItem).where(SafetyItem.acknowledged_on.is_(None))).all()
        told = [session.get_one(CheckIn, item.check_in_id) for item in open_items]
        assert [(one.suicidal, one.overdosed, one.source) for one in told] == [
            (True, False, InformationSource.CLIENT),
            (None, True, InformationSource.COLLATERAL),
        ]


def test_every_course_stands_in_the_band_that_its_story_tells(sqlite_database: Database):
    demo.load(sqlite_database, today=TODAY)
    bands: dict[str, set[Band]] = {}
    with sqlite_database.reading() as session:
        ids = list(session.scalars(select(Client.id).order_by(Client.id)))
        assessment = assess(facts.read(session, ids, TODAY), TODAY)
    courses = [archetype for caseload in CASELOADS for archetype in caseload]
    for client_id, archetype in zip(ids, courses, strict=True):
        bands.setdefault(archetype.name, set()).add(assessment.band(client_id))
    worried = {Band.WATCH, Band.ELEVATED, Band.HIGH}
    for steady in ("steady", "long steady", "ready to step down", "recovered from a hard spell"):
        assert bands[steady] == {Band.LOW}, steady
    for drifting in ("signs creep up", "signs, then missed sessions", "stopped taking medication"):
        assert bands[drifting] <= worried, drifting
    for lost in ("silent", "returned to use"):
        assert bands[lost] == {Band.HIGH}, lost
    assert bands["comes, but was not asked"] == {Band.UNKNOWN}


def test_the_same_day_gives_the_same_clinic(sqlite_templates: SqliteTemplates, tmp_path):
    said = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        with sqlite_templates.copy("empty", fill_nothing, tmp_path / name) as url:
            database = open_database(url)
            demo.load(database, today=TODAY)
            said.append(contents(database))
            database.close()
    assert said[0] == said[1]


@pytest.mark.parametrize("today", [dt.date(2026, 3, 8), dt.date(2024, 2, 29)])
def test_any_day_can_be_today(sqlite_database: Database, today: dt.date):
    demo.load(sqlite_database, today=today)
    with sqlite_database.reading() as session:
        assert session.scalar(select(func.max(CheckIn.occurred_on))) == today - dt.timedelta(days=1)


def test_the_accounts_sign_in_with_the_passwords_that_the_page_shows(sqlite_database: Database):
    demo.load(sqlite_database, today=TODAY)
    roles = [
        sign_in(sqlite_database, username=username, password=password, now=NOW).user.role
        for username, password, _ in demo.ACCOUNTS
    ]
    assert roles == [Role.COUNSELOR, Role.COUNSELOR, Role.COUNSELOR, Role.SUPERVISOR, Role.ADMIN]


def test_a_load_is_one_audit_event_with_its_counts(sqlite_database: Database):
    demo.load(sqlite_database, today=TODAY)
    with sqlite_database.reading() as session:
        (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "load_demo"))
        assert event.details["clients"] == 60
        for table, name in (("check_in", "check_ins"), ("attendance", "attendance"), ("dose", "doses")):
            stored = session.scalar(text(f"select count(*) from {table}"))
            extra = event.details["safety_items"] if table == "check_in" else 0
            assert stored == event.details[name] + extra


def test_some_tasks_wait_some_are_done_and_appointments_and_closed_days_are_on_record(
    sqlite_database: Database,
):
    demo.load(sqlite_database, today=TODAY)
    with sqlite_database.reading() as session:
        clients = session.scalars(select(Client.id).order_by(Client.id)).all()
        tasks = facts.read(session, clients, TODAY).tasks
        appointments = session.scalars(
            select(Call.appointment_on).where(Call.appointment_on.is_not(None))
        ).all()
        closed = session.scalars(select(ClosedDay.day)).all()
    waiting = tasks[tasks["done"] == FAR]
    assert len(waiting) >= 5
    assert waiting["client_id"].is_unique
    assert (waiting["due"] < to_day(TODAY)).any()
    kinds = {list(ActionKind)[kind] for kind in tasks[tasks["done"] != FAR]["kind"]}
    assert kinds == {ActionKind.PREGNANCY_REVIEW, ActionKind.PRESCRIBER_DOSE}
    assert appointments
    assert closed
    assert all(day > TODAY and day.weekday() < 5 for day in closed)


def test_no_task_waits_for_a_steady_client_and_who_was_not_asked_is_not_heard_from_enough(
    sqlite_database: Database,
):
    demo.load(sqlite_database, today=TODAY)
    with sqlite_database.reading() as session:
        counselors = session.scalars(select(Staff).where(Staff.role == Role.COUNSELOR)).all()
        users = [User(one.id, one.name, one.role, one.team_id) for one in counselors]
        told = {id_: story for user in users for id_, story in stories(session, user, TODAY).items()}
        order = sorted(told)
    kinds = [archetype for caseload in CASELOADS for archetype in caseload]
    waiting = [one for one in told.values() if any(action.task for action in (one.action, *one.also))]
    assert len(waiting) > 5
    assert not [one for one in waiting if one.group is Group.STEADY]
    unasked = [told[id_].group for id_, kind in zip(order, kinds, strict=True) if kind is UNASKED]
    assert set(unasked) == {Group.NOT_HEARD}


def test_a_database_with_anything_in_it_is_left_alone(database: Database):
    demo.load(database, today=TODAY)
    before = contents(database)
    with pytest.raises(Refused):
        demo.load(database, today=TODAY + dt.timedelta(days=1))
    assert contents(database) == before


def test_a_real_clinic_never_becomes_a_demo(sqlite_database: Database):
    with sqlite_database.writing() as session:
        set_clinic(session, by=None, now=NOW, name="Real Clinic", kind=ClinicKind.REAL)
    with pytest.raises(Refused):
        demo.load(sqlite_database, today=TODAY)
    with sqlite_database.reading() as session:
        assert demo.is_empty(session)


@pytest.mark.parametrize("days_before", [0, 1, 3, 7, 12, 14, 21, 28, 35, 49, 63])
def test_group_headline_flags_actions_and_level_of_care_tell_one_story(
    demo_database: Database, days_before: int
) -> None:
    today = TODAY - dt.timedelta(days=days_before)
    with demo_database.reading() as session:
        for who in session.scalars(select(Staff).where(Staff.role == Role.SUPERVISOR)):
            read = known_caseload(session, User(who.id, who.name, who.role, who.team_id), today)
            assert_one_story(read.facts, today, read.days)
