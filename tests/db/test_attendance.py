"""Roll calls, single marks and their correction, and what a group's leader sees of other counselors' clients."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.actions import attendance, entry, notes
from casework.errors import AlreadyRecorded, ChangedMeanwhile, NotYours, Refused, RollCallAlreadyTaken
from casework.vocabulary import Mark, SessionKind
from db.models import Attendance, AuditEvent, RollCall
from db.queries import attendance as queries
from db.queries import notes as note_queries
from db.queries import schedule as schedule_queries
from db.queries.attendance import MarkRow
from db.queries.notes import NoteRow
from db.queries.versions import history
from tests.support.builders import (
    at,
    count,
    days_ago,
    group,
    join,
    last_audit,
    note,
    roll_call,
    save,
    token,
)
from tests.support.clinic import NOW, TODAY, SmallClinic, add_client
from tests.support.databases import Database


@pytest.fixture
def series(database: Database, clinic: SmallClinic) -> int:
    """Alice's group, with Bob's client Ben in it."""
    series_id = group(database, clinic.alice, (clinic.ann, clinic.amir))
    join(database, clinic.bob, series_id, clinic.ben)
    return series_id


def test_any_mix_of_marks_is_saved_together(database: Database, clinic: SmallClinic, series: int) -> None:
    with database.writing() as session:
        others = [add_client(session, f"Extra {number}", counselor=clinic.alice) for number in range(12)]
    for client_id in others:
        join(database, clinic.alice, series, client_id)
    members = [clinic.ann, clinic.amir, clinic.ben, *others]
    assert len(members) == 15
    marks = {client_id: list(Mark)[number % 5] for number, client_id in enumerate(members)}
    taken = roll_call(database, clinic.alice, series, marks)
    with database.reading() as session:
        rows = queries.marks_of_day(session, clinic.alice, series, TODAY, TODAY)
    assert {row.client_id: row.mark for row in rows} == marks
    assert sum(taken.marks.values()) == 15
    assert {row.occurred_at for row in rows} == {at(TODAY, 10)}
    event = last_audit(database)
    assert (event.action, event.details["client_ids"]) == ("take_roll_call", sorted(marks))


def test_not_marked_is_the_absence_of_a_row(database: Database, clinic: SmallClinic, series: int) -> None:
    roll_call(database, clinic.alice, series, {clinic.ann: Mark.ATTENDED})
    assert count(database, Attendance) == 1


def test_a_days_second_roll_call_is_refused(database: Database, clinic: SmallClinic, series: int) -> None:
    roll_call(database, clinic.alice, series, {clinic.ann: Mark.ATTENDED})
    with pytest.raises(RollCallAlreadyTaken):
        roll_call(database, clinic.charlie, series, {clinic.ben: Mark.NO_SHOW})
    assert (count(database, RollCall), count(database, Attendance)) == (1, 1)


def test_a_roll_call_sent_twice_is_saved_once(database: Database, clinic: SmallClinic, series: int) -> None:
    once = {"by": clinic.alice, "series_id": series, "held_on": TODAY, "marks": {clinic.ann: Mark.LATE}}
    once["token"] = token()
    save(database, attendance.take_roll_call, **once)
    with pytest.raises(AlreadyRecorded):
        save(database, attendance.take_roll_call, **once)
    assert count(database, Attendance) == 1


def test_one_client_who_may_not_be_marked_stops_the_whole_roll_call(
    database: Database, clinic: SmallClinic, series: int
) -> None:
    with pytest.raises(NotYours):
        roll_call(database, clinic.alice, series, {clinic.ann: Mark.ATTENDED, clinic.dee: Mark.ATTENDED})
    assert (count(database, RollCall), count(database, Attendance)) == (0, 0)
    assert last_audit(database).action != "take_roll_call"


def test_a_failure_in_the_middle_leaves_nothing_half_saved(
    database: Database, clinic: SmallClinic, series: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_fact, calls = entry.add_fact, []

    def fails_at_the_third(*arguments, **named):
        calls.append(named["client_id"])
        if len(calls) == 3:
            raise RuntimeError("the plug was pulled")
        return add_fact(*arguments, **named)

    monkeypatch.setattr(attendance, "add_fact", fails_at_the_third)
    marks = dict.fromkeys((clinic.ann, clinic.amir, clinic.ben), Mark.ATTENDED)
    with pytest.raises(RuntimeError):
        roll_call(database, clinic.alice, series, marks)
    assert (count(database, RollCall), count(database, Attendance)) == (0, 0)
    monkeypatch.undo()
    roll_call(database, clinic.alice, series, marks)
    assert count(database, Attendance) == 3


def test_own_clients_can_drop_in(database: Database, clinic: SmallClinic) -> None:
    series_id = group(database, clinic.alice, (clinic.ann,))
    roll_call(database, clinic.alice, series_id, {clinic.ann: Mark.ATTENDED, clinic.amir: Mark.ATTENDED})
    assert count(database, Attendance) == 2


@pytest.mark.parametrize("who", ["bob", "dave"])
def test_only_the_leader_and_the_teams_supervisor_take_the_roll_call(
    database: Database, clinic: SmallClinic, series: int, who: str
) -> None:
    with pytest.raises(NotYours):
        roll_call(database, getattr(clinic, who), series, {clinic.ben: Mark.ATTENDED})
    roll_call(database, clinic.charlie, series, {clinic.ben: Mark.ATTENDED})


@pytest.mark.parametrize(
    ("day", "field"),
    [
        (TODAY + dt.timedelta(days=7), "held_on"),
        (TODAY - dt.timedelta(days=1), "held_on"),
        (days_ago(35), "held_on"),
    ],
)
def test_a_roll_call_is_of_a_day_on_which_the_session_was_held(
    database: Database, clinic: SmallClinic, series: int, day: dt.date, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        roll_call(database, clinic.alice, series, {clinic.ann: Mark.ATTENDED}, on=day)
    assert refused.value.field == field


def test_a_roll_call_without_a_mark_is_refused(database: Database, clinic: SmallClinic, series: int) -> None:
    with pytest.raises(Refused):
        roll_call(database, clinic.alice, series, {})


def test_who_was_left_unmarked_can_be_marked_later_and_only_once(
    database: Database, clinic: SmallClinic, series: int
) -> None:
    roll_call(database, clinic.alice, series, {clinic.ann: Mark.ATTENDED})
    mark = {"by": clinic.alice, "series_id": series, "held_on": TODAY, "mark": Mark.EXCUSED}
    save(database, attendance.mark_in_session, **mark, client_id=clinic.ben, token=token())
    with pytest.raises(Refused, match="already"):
        save(database, attendance.mark_in_session, **mark, client_id=clinic.ben, token=token())
    with pytest.raises(NotYours):
        save(database, attendance.mark_in_session, **mark, client_id=clinic.dee, token=token())
    with database.reading() as session:
        rows = queries.marks_of_day(session, clinic.alice, series, TODAY, TODAY)
    assert {row.client_id: row.mark for row in rows} == {clinic.ann: Mark.ATTENDED, clinic.ben: Mark.EXCUSED}


def test_a_corrected_mark_stays_readable(database: Database, clinic: SmallClinic, series: int) -> None:
    roll_call(database, clinic.alice, series, {clinic.ben: Mark.NO_SHOW})
    with database.reading() as session:
        (old,) = history(MarkRow, session, clinic.bob, clinic.ben, TODAY)
    fix = {"attendance_id": old.id, "mark": Mark.EXCUSED, "reason": "Had called the front desk"}
    with pytest.raises(NotYours):
        save(database, attendance.correct_attendance, by=clinic.dave, token=token(), **fix)
    with pytest.raises(Refused):
        save(database, attendance.correct_attendance, by=clinic.bob, token=token(), **{**fix, "reason": ""})
    save(database, attendance.correct_attendance, by=clinic.bob, token=token(), **fix)
    with pytest.raises(ChangedMeanwhile):
        save(database, attendance.correct_attendance, by=clinic.alice, token=token(), **fix)
    with database.reading() as session:
        (holds,) = history(MarkRow, session, clinic.bob, clinic.ben, TODAY)
        everything = history(MarkRow, session, clinic.bob, clinic.ben, TODAY, superseded_too=True)
    assert (holds.mark, holds.supersedes_id, holds.series_id) == (Mark.EXCUSED, old.id, series)
    assert {row.mark for row in everything} == {Mark.EXCUSED, Mark.NO_SHOW}


def test_a_mark_outside_the_schedule_is_for_own_clients(database: Database, clinic: SmallClinic) -> None:
    meeting = {"kind": SessionKind.OUTSIDE_MEETING, "mark": Mark.ATTENDED, "occurred_at": at(days_ago(1), 9)}
    save(
        database,
        attendance.record_attendance,
        by=clinic.alice,
        client_id=clinic.ann,
        token=token(),
        **meeting,
    )
    with pytest.raises(NotYours):
        save(
            database,
            attendance.record_attendance,
            by=clinic.bob,
            client_id=clinic.ann,
            token=token(),
            **meeting,
        )
    with pytest.raises(Refused):
        save(
            database,
            attendance.record_attendance,
            by=clinic.alice,
            client_id=clinic.ann,
            token=token(),
            **{**meeting, "occurred_at": NOW + dt.timedelta(hours=1)},
        )


def test_a_leader_sees_of_other_members_the_name_the_marks_and_that_groups_notes_only(
    database: Database, clinic: SmallClinic, series: int
) -> None:
    roll_call(database, clinic.alice, series, {clinic.ben: Mark.LATE, clinic.ann: Mark.ATTENDED})
    note(database, clinic.bob, clinic.ben, "Bob's own note")
    note(database, clinic.alice, clinic.ben, "Spoke little", series_id=series)
    with database.reading() as session:
        members = schedule_queries.roster(session, clinic.alice, [series], TODAY, known_by=TODAY)
        assert [(one.name, one.mine) for one in members] == [
            ("Amir Aziz", True),
            ("Ann Archer", True),
            ("Ben Brook", False),
        ]
        assert [row.text for row in note_queries.of_group(session, clinic.alice, series, TODAY)] == [
            "Spoke little"
        ]
        assert {row.name for row in queries.marks_of_day(session, clinic.alice, series, TODAY, TODAY)} == {
            "Ann Archer",
            "Ben Brook",
        }
        for forbidden in (MarkRow, NoteRow):
            with pytest.raises(NotYours):
                history(forbidden, session, clinic.alice, clinic.ben, TODAY)


def test_a_members_counselor_sees_their_own_client_in_the_group_and_nobody_else(
    database: Database, clinic: SmallClinic, series: int
) -> None:
    roll_call(database, clinic.alice, series, {clinic.ben: Mark.LATE, clinic.ann: Mark.ATTENDED})
    note(database, clinic.alice, clinic.ann, "About Ann", series_id=series)
    with database.reading() as session:
        assert [
            one.name for one in schedule_queries.roster(session, clinic.bob, [series], TODAY, known_by=TODAY)
        ] == ["Ben Brook"]
        seen = queries.marks_of_day(session, clinic.bob, series, TODAY, TODAY)
        assert [row.name for row in seen] == ["Ben Brook"]
        with pytest.raises(NotYours):
            note_queries.of_group(session, clinic.bob, series, TODAY)
        with pytest.raises(NotYours):
            queries.marks_of_day(session, clinic.dave, series, TODAY, TODAY)
        assert schedule_queries.roster(session, clinic.dave, [series], TODAY, known_by=TODAY) == ()


def test_a_group_note_is_for_members_of_a_group_that_one_leads(
    database: Database, clinic: SmallClinic, series: int
) -> None:
    for by, client_id in ((clinic.alice, clinic.dee), (clinic.bob, clinic.ann), (clinic.dave, clinic.ben)):
        with pytest.raises(NotYours):
            save(
                database,
                notes.write_note,
                by=by,
                client_id=client_id,
                series_id=series,
                text="x",
                token=token(),
            )


def test_saving_a_group_of_fifteen_writes_one_audit_event(
    database: Database, clinic: SmallClinic, series: int
) -> None:
    before = count(database, AuditEvent)
    roll_call(database, clinic.alice, series, dict.fromkeys((clinic.ann, clinic.amir, clinic.ben), Mark.LATE))
    assert count(database, AuditEvent) == before + 1
