"""The attendance screen: taking a roll call, correcting it, and what stands outside the schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from casework.users import User
from casework.vocabulary import Mark, SessionKind
from db.models import Attendance, Note, RollCall
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.pages import act, answer, answered, button, drawn_in, field, rows_in, said


def rows_key(series_id: int, on: dt.date = TODAY) -> str:
    """The key of the roll call's rows."""
    return f"roll_call:session-{series_id}-{on.isoformat()}:0:marks"


def press(app: AppTest, series_id: int, marks: Mapping[int, str | None]) -> AppTest:
    """Press marks in the roll call."""
    return answer(app, rows_key(series_id), {str(id_): mark for id_, mark in marks.items()})


def all_present(app: AppTest, series_id: int, on: dt.date = TODAY) -> AppTest:
    """Press "Mark all present": a mark for whoever has none."""
    key = rows_key(series_id, on)
    (part,) = drawn_in(app, key)["parts"]
    open_ = [id_ for id_ in part["all"]["of"] if id_ not in answered(app, key)]
    return act(app, key, "all", part["all"]["value"], open_)


def a_group(database: Database, leader: User, members: Sequence[int]) -> int:
    """A weekly group that is held on the day of the tests."""
    return builders.group(database, leader, tuple(members), first_on=days_ago(28))


def marks(database: Database) -> dict[int, Mark]:
    """The marks that hold, by client."""
    with database.reading() as session:
        rows = session.scalars(select(Attendance).where(Attendance.superseded_on.is_(None)))
        return {row.client_id: row.mark for row in rows}


def test_without_a_session_it_says_so(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    assert not app.exception
    assert "You lead no session today" in said(app)


def test_another_counselors_group_is_not_there(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.bob, [sqlite_clinic.ben])
    app = open_page("attendance", as_user=sqlite_clinic.alice, state={"series_id": series, "held_on": TODAY})
    assert not app.exception
    assert "You lead no session today" in said(app)
    assert "Ben" not in said(app)


def test_all_present_then_the_exceptions_then_one_save(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        more = [add_client(session, f"Client {n:02d}", counselor=sqlite_clinic.alice) for n in range(13)]
    members = [sqlite_clinic.ann, sqlite_clinic.amir, *more]
    series = a_group(sqlite_database, sqlite_clinic.alice, members)
    app = open_page("attendance", as_user=sqlite_clinic.alice, state={"series_id": series, "held_on": TODAY})
    all_present(app, series)
    exceptions = {sqlite_clinic.ann: "no_show", sqlite_clinic.amir: "cancelled_by_clinic", more[0]: None}
    press(app, series, exceptions)
    button(app, "roll_call").click().run()
    assert not app.exception
    saved = marks(sqlite_database)
    assert saved.pop(sqlite_clinic.ann) is Mark.NO_SHOW
    assert saved.pop(sqlite_clinic.amir) is Mark.CANCELLED_BY_CLINIC
    assert more[0] not in saved
    assert saved == dict.fromkeys(more[1:], Mark.ATTENDED)
    assert "12 attended, 1 no-show, 1 cancelled by clinic, 1 not marked" in said(app)


def test_all_present_leaves_marks_that_were_given_alone(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann, sqlite_clinic.amir])
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    press(app, series, {sqlite_clinic.ann: "excused"})
    all_present(app, series)
    given = {str(sqlite_clinic.ann): "excused", str(sqlite_clinic.amir): "attended"}
    assert answered(app, rows_key(series)) == given


def test_each_row_is_named_and_offers_every_mark_with_a_key_of_its_own(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann, sqlite_clinic.amir])
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    rows = rows_in(app, rows_key(series))
    assert {row["label"] for row in rows.values()} == {"Ann Archer", "Amir Aziz"}
    for row in rows.values():
        assert [one["value"] for one in row["options"]] == [mark.value for mark in Mark]
        assert len({one["keys"] for one in row["options"]}) == len(Mark)


def test_a_mark_that_comes_with_the_click_on_save_is_saved(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann])
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    button(app, "roll_call").click()
    press(app, series, {sqlite_clinic.ann: "late"})
    assert marks(sqlite_database) == {sqlite_clinic.ann: Mark.LATE}
    assert "the roll call is saved: 1 late." in said(app)


def test_a_mark_for_whoever_is_not_in_the_session_is_not_taken(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann])
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    press(app, series, {sqlite_clinic.ben: "attended", sqlite_clinic.amir: "attended"})
    act(app, rows_key(series), "all", "attended", [str(sqlite_clinic.ben)])
    press(app, series, {sqlite_clinic.ann: "attended"})
    button(app, "roll_call").click().run()
    assert marks(sqlite_database) == {sqlite_clinic.ann: Mark.ATTENDED}


def test_no_shows_come_with_the_phone_numbers_of_own_clients_only(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann])
    builders.join(sqlite_database, sqlite_clinic.bob, series, sqlite_clinic.ben)
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    press(app, series, {sqlite_clinic.ann: "no_show", sqlite_clinic.ben: "no_show"})
    button(app, "roll_call").click().run()
    assert "Two no-shows to call" in said(app)
    assert said(app).count("555-0100") == 1
    assert "On another counselor's caseload" in said(app)


def test_nothing_marked_is_refused_and_nothing_saved(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann])
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    button(app, "roll_call").click().run()
    assert "Nobody is marked yet." in said(app)
    assert builders.count(sqlite_database, RollCall) == 0


def test_a_second_roll_call_of_a_day_is_told_and_loses_nothing(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann, sqlite_clinic.amir])
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    press(app, series, {sqlite_clinic.ann: "no_show"})
    builders.roll_call(sqlite_database, sqlite_clinic.charlie, series, {sqlite_clinic.ann: Mark.ATTENDED})
    button(app, "roll_call").click().run()
    assert not app.exception
    assert "has been taken" in said(app)
    assert marks(sqlite_database) == {sqlite_clinic.ann: Mark.ATTENDED}


def test_a_drop_in_joins_the_roll_call(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann])
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    field(app, "roll_call", "drop_in").set_value(sqlite_clinic.amir).run()
    assert answered(app, rows_key(series)) == {str(sqlite_clinic.amir): "attended"}
    all_present(app, series)
    button(app, "roll_call").click().run()
    assert marks(sqlite_database) == dict.fromkeys((sqlite_clinic.ann, sqlite_clinic.amir), Mark.ATTENDED)
    assert "(drop-in)" in said(app)


def test_a_mark_is_corrected_with_a_reason(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann, sqlite_clinic.amir])
    builders.roll_call(sqlite_database, sqlite_clinic.alice, series, {sqlite_clinic.ann: Mark.NO_SHOW})
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    change, who = f"change-session-{series}-{TODAY.isoformat()}", f"client-{sqlite_clinic.ann}"
    field(app, change, "mark", who).set_value(Mark.LATE)
    button(app, change, about=who).click().run()
    assert marks(sqlite_database) == {sqlite_clinic.ann: Mark.NO_SHOW}
    assert "cannot be empty" in said(app)
    field(app, change, "reason", who).input("She was in the other room")
    button(app, change, about=who).click().run()
    assert marks(sqlite_database) == {sqlite_clinic.ann: Mark.LATE}
    assert "She was in the other room" in said(app)


def test_who_was_left_unmarked_is_marked_later(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann, sqlite_clinic.amir])
    builders.roll_call(sqlite_database, sqlite_clinic.alice, series, {sqlite_clinic.ann: Mark.ATTENDED})
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    change, who = f"change-session-{series}-{TODAY.isoformat()}", f"client-{sqlite_clinic.amir}"
    field(app, change, "mark", who).set_value(Mark.EXCUSED)
    button(app, change, about=who).click().run()
    assert marks(sqlite_database)[sqlite_clinic.amir] is Mark.EXCUSED


def test_another_day_is_taken_late(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann])
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    app.date_input(key="attendance_day").set_value(days_ago(7)).run()
    all_present(app, series, days_ago(7))
    button(app, "roll_call").click().run()
    with sqlite_database.reading() as session:
        row = session.scalars(select(Attendance)).one()
        assert (row.series_id, row.occurred_on, row.known_on) == (series, days_ago(7), TODAY)
    assert "entered later" in said(app)


def test_a_meeting_outside_the_schedule_is_recorded(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    field(app, "outside_whom", "client").set_value(sqlite_clinic.ann).run()
    button(app, "outside").click().run()
    assert "Ann Archer: outside meeting marked as attended." in said(app)
    assert field(app, "outside_whom", "client").value is None
    with sqlite_database.reading() as session:
        row = session.scalars(select(Attendance)).one()
        assert (row.client_id, row.kind, row.mark) == (
            sqlite_clinic.ann,
            SessionKind.OUTSIDE_MEETING,
            Mark.ATTENDED,
        )


def test_names_are_shown_as_they_were_typed(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        odd = add_client(session, "**Bo** <b>x</b>", counselor=sqlite_clinic.alice)
    series = a_group(sqlite_database, sqlite_clinic.alice, [odd])
    app: AppTest = open_page("attendance", as_user=sqlite_clinic.alice)
    assert rows_in(app, rows_key(series))[str(odd)]["label"] == "**Bo** <b>x</b>"


def test_a_leader_writes_and_reads_the_groups_notes_and_no_others(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann])
    builders.join(sqlite_database, sqlite_clinic.bob, series, sqlite_clinic.ben)
    builders.note(sqlite_database, sqlite_clinic.bob, sqlite_clinic.ben, "Between Ben and Bob alone")
    form = f"group_note-session-{series}-{TODAY.isoformat()}"
    app = open_page("attendance", as_user=sqlite_clinic.alice, state={"series_id": series, "held_on": TODAY})
    field(app, "group_note_whom", "client").select("Ben Brook").run()
    field(app, form, "text").set_value("Spoke **up** in the group")
    button(app, form).click().run()
    assert not app.exception
    texts = [one.value for one in app.text]
    assert {"Spoke **up** in the group", "Ben Brook, by Alice"} <= set(texts)
    assert "Between Ben and Bob alone" not in said(app)
    field(app, "group_note_whom", "client").select("Ben Brook").run()
    assert field(app, form, "text").value == ""
    with sqlite_database.reading() as session:
        note = session.scalars(select(Note).where(Note.series_id == series)).one()
        assert (note.client_id, note.recorded_by_id) == (sqlite_clinic.ben, sqlite_clinic.alice.id)


def test_a_session_with_one_client_has_no_group_notes(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = builders.group(
        sqlite_database, sqlite_clinic.alice, (sqlite_clinic.ann,), kind=SessionKind.INDIVIDUAL
    )
    app = open_page("attendance", as_user=sqlite_clinic.alice, state={"series_id": series, "held_on": TODAY})
    assert not [one for one in app.expander if "Notes of this group" in one.label]


def test_nobody_drops_in_on_an_individual_session(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    alice, ann = sqlite_clinic.alice, sqlite_clinic.ann
    series = builders.group(sqlite_database, alice, (ann,), kind=SessionKind.INDIVIDUAL)
    app = open_page("attendance", as_user=alice, state={"series_id": series, "held_on": TODAY})
    assert "Add a drop-in" not in [one.label for one in app.selectbox]
    assert set(rows_in(app, rows_key(series))) == {str(ann)}
    assert answered(app, rows_key(series)) == {}


def test_what_is_typed_of_one_member_of_a_group_does_not_follow_to_another(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = a_group(sqlite_database, sqlite_clinic.alice, [sqlite_clinic.ann, sqlite_clinic.amir])
    form = f"group_note-session-{series}-{TODAY.isoformat()}"
    app = open_page("attendance", as_user=sqlite_clinic.alice, state={"series_id": series, "held_on": TODAY})
    field(app, "group_note_whom", "client").select("Ann Archer").run()
    field(app, form, "text").set_value("Ann spoke of her sister.").run()
    field(app, "group_note_whom", "client").select("Amir Aziz").run()
    assert field(app, form, "text").value == ""


def test_a_mark_outside_the_schedule_does_not_follow_to_another_client(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = open_page("attendance", as_user=sqlite_clinic.alice)
    field(app, "outside_whom", "client").set_value(sqlite_clinic.ann).run()
    field(app, "outside", "mark").set_value(Mark.NO_SHOW).run()
    field(app, "outside_whom", "client").set_value(sqlite_clinic.amir).run()
    assert field(app, "outside", "mark").value is Mark.ATTENDED
