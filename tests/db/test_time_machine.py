"""As known on a past day: versions say how everything stood, and today's rights hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from casework.actions import clients, notes, safety, schedule
from casework.caseload.client_record import client_record
from casework.caseload.entries import entries
from casework.caseload.people import people
from casework.caseload.sessions import plans, roll_call, sessions_of_week
from casework.caseload.worklist import worklist
from casework.checks.clients import ClientDetails
from casework.errors import NotYours
from casework.frames import to_day
from casework.users import User
from casework.vocabulary import FactKind, Level, Mark, Permission, SessionKind
from db.queries import clients as clients_query
from db.queries import facts
from db.queries import safety as safety_query
from db.queries.notes import NoteRow
from db.queries.scope import visible_clients
from db.queries.versions import history
from tests.support import builders
from tests.support.builders import ZONE, at, days_ago, save, token
from tests.support.clinic import TODAY, SmallClinic
from tests.support.databases import Database

BEFORE = days_ago(10)
ANN = ClientDetails("Ann Archer", "R-ann-archer", "555-0100", Permission.YES, Permission.UNKNOWN)


def edit(database: Database, clinic: SmallClinic, version: int, on: dt.date, **changed: Any) -> None:
    save(
        database,
        clients.edit,
        by=clinic.alice,
        now=at(on),
        client_id=clinic.ann,
        version=version,
        details=replace(ANN, **changed),
    )


@pytest.mark.parametrize(("hour", "known"), [(3, True), (4, False)])
def test_the_day_ends_at_the_clinics_midnight(
    database: Database, clinic: SmallClinic, hour: int, known: bool
) -> None:
    sunday = dt.date(2026, 3, 8)  # summer time began on that day
    now = dt.datetime(2026, 3, 9, hour, 59, tzinfo=dt.UTC)
    details = replace(ANN, pregnant=True)
    save(database, clients.edit, by=clinic.alice, now=now, client_id=clinic.ann, version=1, details=details)
    with database.reading() as session:
        assert (clients_query.one(session, clinic.alice, clinic.ann, sunday).pregnant is True) == known


def test_particulars_that_were_edited_later_are_those_of_the_day(
    database: Database, clinic: SmallClinic
) -> None:
    kit = days_ago(12)
    edit(database, clinic, 1, days_ago(11), naloxone_on=kit, contact_interval_days=3, pregnant=False)
    edit(database, clinic, 2, days_ago(5), pregnant=True, co_occurring=frozenset({"depression"}))
    edit(database, clinic, 3, days_ago(2), pregnant=None, naloxone_on=TODAY - dt.timedelta(days=3))
    with database.reading() as session:
        row = clients_query.one(session, clinic.alice, clinic.ann, BEFORE)
        assert (row.naloxone_on, row.contact_interval_days, row.pregnant) == (kit, 3, False)
        assert (row.co_occurring, row.version) == (0, 2)
        (frame,) = facts.read(session, [clinic.ann], BEFORE).clients.to_dict("records")
        assert (frame["naloxone"], frame["interval"], frame["pregnant"]) == (to_day(kit), 3, 0)
        (first,) = facts.read(session, [clinic.ann], days_ago(12)).clients.to_dict("records")
        assert (first["naloxone"], first["interval"], first["pregnant"]) == (-1, 7, -1)
        assert clients_query.one(session, clinic.alice, clinic.ann, TODAY).version == 4


@pytest.mark.parametrize("changed", [{"phone": "555-0177"}, {"safe_to_call": Permission.NO}])
def test_a_number_is_left_out_on_days_before_it_or_its_permission_changed(
    database: Database, clinic: SmallClinic, changed: dict[str, Any]
) -> None:
    edit(database, clinic, 1, days_ago(5), **changed)
    with database.reading() as session:
        row = clients_query.one(session, clinic.alice, clinic.ann, BEFORE)
        assert (row.phone, row.safe_to_call) == (None, Permission.YES)
        assert [one.name for one in people(session, clinic.alice, BEFORE, text="0100")] == ["Amir Aziz"]
        assert people(session, clinic.alice, BEFORE, text="0177") == ()
        assert [one.name for one in people(session, clinic.alice, BEFORE, text="arch")] == ["Ann Archer"]
        assert clients_query.one(session, clinic.alice, clinic.ann, days_ago(5)).phone is not None


def test_of_a_later_acknowledgement_nothing_is_told(database: Database, clinic: SmallClinic) -> None:
    builders.check_in(database, clinic.alice, clinic.ann, now=at(BEFORE), suicidal=True)
    with database.reading() as session:
        (item,) = safety_query.items_of(session, clinic.alice, clinic.ann, BEFORE)
    save(
        database,
        safety.acknowledge,
        by=clinic.charlie,
        safety_item_id=item.id,
        steps_taken="Stayed with her.",
    )
    with database.reading() as session:
        (then,) = safety_query.items_of(session, clinic.alice, clinic.ann, BEFORE)
        assert then.open
        assert (then.acknowledged_at, then.acknowledged_by, then.steps_taken) == (None, None, None)
        (now,) = safety_query.items_of(session, clinic.alice, clinic.ann, TODAY)
        assert (now.acknowledged_by, now.steps_taken) == ("Charlie", "Stayed with her.")
        (entry,) = [
            one
            for one in entries(session, clinic.alice, clinic.ann, BEFORE, weeks=12)
            if one.kind is FactKind.SAFETY
        ]
        assert entry.said.endswith("open")
        assert len(worklist(session, clinic.alice, BEFORE).safety) == 1


def test_of_a_later_correction_nothing_is_told(database: Database, clinic: SmallClinic) -> None:
    old = save(
        database,
        notes.write_note,
        by=clinic.alice,
        now=at(BEFORE),
        client_id=clinic.ann,
        text="A",
        token=token(),
    )
    save(
        database,
        notes.write_note,
        by=clinic.alice,
        client_id=clinic.ann,
        text="B",
        supersedes=old.id,
        correction_reason="Typed wrongly.",
        token=token(),
    )
    with database.reading() as session:
        (then,) = history(NoteRow, session, clinic.alice, clinic.ann, BEFORE, superseded_too=True)
        assert (then.text, then.superseded_on) == ("A", None)
        assert (
            history(NoteRow, session, clinic.alice, clinic.ann, TODAY, superseded_too=True)[-1].superseded_on
            == TODAY
        )


def test_series_rosters_and_roll_calls_are_those_of_the_day(database: Database, clinic: SmallClinic) -> None:
    by = {"by": clinic.alice}
    series = save(
        database,
        schedule.create_series,
        **by,
        now=at(days_ago(14)),
        kind=SessionKind.GROUP,
        title="Group",
        first_on=days_ago(14),
        starts_at=dt.time(10),
        minutes=60,
        weekly=True,
        members=(clinic.ann,),
        token=token(),
    )
    on = {**by, "series_id": series}
    save(database, schedule.add_member, **on, now=at(days_ago(8)), client_id=clinic.amir)
    save(database, schedule.remove_member, **on, now=at(days_ago(6)), client_id=clinic.ann)
    save(database, schedule.end_series, **on, now=at(days_ago(6)), last_on=TODAY)
    save(database, schedule.end_series, **on, now=at(days_ago(3)), last_on=days_ago(3))
    builders.roll_call(database, clinic.alice, series, {clinic.ann: Mark.ATTENDED}, on=days_ago(7))

    def then(day: dt.date) -> tuple[dt.date | None, list[str], bool]:
        with database.reading() as session:
            (plan,) = plans(session, clinic.alice, day)
            taken = [
                one.taken
                for one in sessions_of_week(session, clinic.alice, days_ago(9), ZONE, today=day)
                if one.held_on == days_ago(7)
            ]
            marks = roll_call(session, clinic.alice, series, days_ago(7), day)
        assert marks.session.taken == any(taken) == any(one.given for one in marks.people)
        return plan.last_on, [one.name for one in plan.members], any(taken)

    assert then(days_ago(9)) == (None, ["Ann Archer"], False)
    assert then(days_ago(7)) == (None, ["Amir Aziz", "Ann Archer"], False)
    assert then(days_ago(5)) == (TODAY, ["Amir Aziz"], False)
    with database.reading() as session:
        assert plans(session, clinic.alice, days_ago(15)) == ()
        assert plans(session, clinic.alice, TODAY) == ()
        assert [one.title for one in worklist(session, clinic.alice, days_ago(7)).sessions] == ["Group"]


def test_who_was_admitted_later_is_not_there_though_the_admission_lies_back(
    database: Database, clinic: SmallClinic
) -> None:
    save(
        database,
        clients.admit,
        by=clinic.alice,
        details=ClientDetails("New", "N-1"),
        counselor_id=clinic.alice.id,
        level=Level.OUTPATIENT,
        admitted_on=days_ago(4),
        token=token(),
    )

    def names(user: User, day: dt.date) -> list[str]:
        with database.reading() as session:
            return [one.name for one in people(session, user, day)]

    looking = replace(clinic.alice, rights_on=TODAY)
    assert "New" in names(clinic.alice, TODAY)
    assert names(looking, days_ago(2)) == names(clinic.alice, days_ago(2)) == ["Amir Aziz", "Ann Archer"]


def test_todays_rights_say_whose_past_may_be_opened(database: Database, clinic: SmallClinic) -> None:
    save(database, clients.assign, by=clinic.alice, client_id=clinic.ann, counselor_id=clinic.bob.id)
    alice, bob = replace(clinic.alice, rights_on=TODAY), replace(clinic.bob, rights_on=TODAY)
    with database.reading() as session:
        assert session.scalars(visible_clients(alice, BEFORE)).all() == [clinic.amir]
        with pytest.raises(NotYours):
            client_record(session, alice, clinic.ann, BEFORE)
        record = client_record(session, bob, clinic.ann, BEFORE)
        assert (record.item.counselor, record.item.mine) == ("Alice", False)
        assert {one.client_id for one in worklist(session, bob, BEFORE).items} == {clinic.ann, clinic.ben}
        assert worklist(session, bob, dt.date(2024, 1, 1)).items == ()


def test_last_weeks_schedule_names_nobody_who_was_handed_over_since(
    database: Database, clinic: SmallClinic
) -> None:
    builders.group(database, clinic.charlie, (clinic.ann,), kind=SessionKind.INDIVIDUAL)
    monday = days_ago(TODAY.weekday() + 7)
    with database.reading() as session:
        (held,) = sessions_of_week(session, clinic.alice, monday, ZONE, today=TODAY)
        assert held.only == "Ann Archer"
    save(database, clients.assign, by=clinic.alice, client_id=clinic.ann, counselor_id=clinic.bob.id)
    with database.reading() as session:
        assert sessions_of_week(session, clinic.alice, monday, ZONE, today=TODAY) == ()
