"""The worklist and the client record: what they read, in which order, and at what cost."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.actions.notes import write_note
from casework.actions.safety import acknowledge
from casework.caseload.client_record import ClientRecord, client_record
from casework.caseload.entries import chain, entries
from casework.caseload.worklist import Worklist, worklist
from casework.errors import NotYours
from casework.indicators.points import ENGAGEMENT_SHARE
from casework.users import User
from casework.vocabulary import (
    WARNING_SIGNS,
    Band,
    CallOutcome,
    ContactKind,
    FactKind,
    Group,
    Mark,
    Score,
    SessionKind,
    Use,
    ids,
)
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.statements import statements

ALL_SIGNS = {id_: True for id_ in ids(WARNING_SIGNS) if id_ != "not_taking_medication"}


def read(database: Database, user: User, day: dt.date = TODAY) -> Worklist:
    with database.reading() as session:
        return worklist(session, user, day)


def record_of(database: Database, user: User, client_id: int, day: dt.date = TODAY) -> ClientRecord:
    with database.reading() as session:
        return client_record(session, user, client_id, day)


def test_who_returned_to_use_stands_above_who_is_steady(database: Database, clinic: SmallClinic) -> None:
    builders.check_in(database, clinic.alice, clinic.ann, use=Use.NONE, signs=dict.fromkeys(ALL_SIGNS, False))
    builders.check_in(database, clinic.alice, clinic.amir, use=Use.REGULAR, signs=ALL_SIGNS)
    first, second = read(database, clinic.alice).items
    assert (first.client_id, second.client_id) == (clinic.amir, clinic.ann)
    assert first.points > second.points
    assert first.story.group is Group.SLIPPING is not second.story.group
    assert "use" in first.story.headline.lower()
    assert any("sign" in line.lower() for line in first.story.lines)
    assert first.story.action.due >= TODAY


def test_a_client_of_whom_nothing_is_known_is_unknown_and_not_low(
    database: Database, clinic: SmallClinic
) -> None:
    assert {item.band for item in read(database, clinic.alice).items} == {Band.UNKNOWN}


def test_neither_the_start_of_a_score_nor_good_facts_stand_out(
    database: Database, clinic: SmallClinic
) -> None:
    builders.check_in(database, clinic.alice, clinic.ann, use=Use.NONE, signs=dict.fromkeys(ALL_SIGNS, False))
    items = {item.client_id: item for item in read(database, clinic.alice).items}
    assert items[clinic.ann].points > 0
    assert items[clinic.ann].story.lines == ()
    assert "sign" not in items[clinic.ann].story.headline.lower()


def test_a_counselor_sees_their_own_clients_and_a_supervisor_the_teams(
    database: Database, clinic: SmallClinic
) -> None:
    assert {item.client_id for item in read(database, clinic.bob).items} == {clinic.ben}
    team = read(database, clinic.charlie).items
    assert {item.client_id for item in team} == {clinic.ann, clinic.amir, clinic.ben}
    assert {item.counselor for item in team} == {"Alice", "Bob"}


def test_a_call_without_an_answer_is_not_contact(database: Database, clinic: SmallClinic) -> None:
    builders.check_in(database, clinic.alice, clinic.ann, on=days_ago(10), contact=ContactKind.VISIT)
    builders.call(database, clinic.alice, clinic.ann, CallOutcome.NO_ANSWER)
    ann = next(item for item in read(database, clinic.alice).items if item.client_id == clinic.ann)
    assert ann.overdue
    assert ann.last_contact is not None
    assert ann.last_contact.on == days_ago(10)
    assert (ann.unanswered, ann.last_unanswered) == (1, TODAY)


def test_a_call_that_reached_the_client_is_contact(database: Database, clinic: SmallClinic) -> None:
    builders.check_in(database, clinic.alice, clinic.ann, on=days_ago(10), contact=ContactKind.VISIT)
    builders.call(database, clinic.alice, clinic.ann, CallOutcome.REACHED)
    ann = next(item for item in read(database, clinic.alice).items if item.client_id == clinic.ann)
    assert not ann.overdue
    assert ann.last_contact is not None
    assert (ann.last_contact.kind, ann.last_contact.days) == ("call", 0)


def test_a_safety_answer_stands_above_every_rank_until_it_is_acknowledged(
    database: Database, clinic: SmallClinic
) -> None:
    builders.check_in(database, clinic.alice, clinic.amir, use=Use.REGULAR, signs=ALL_SIGNS)
    builders.check_in(database, clinic.alice, clinic.ann, suicidal=True)
    before = read(database, clinic.alice)
    assert before.items[0].client_id == clinic.ann
    assert [(alert.client_id, ids(alert.concerns)) for alert in before.safety] == [
        (clinic.ann, ("suicidal_thoughts",))
    ]
    builders.save(
        database,
        acknowledge,
        by=clinic.alice,
        safety_item_id=before.safety[0].id,
        steps_taken="Stayed on the line; the on-call clinician took over.",
    )
    after = read(database, clinic.alice)
    assert after.safety == ()
    assert after.items[0].client_id == clinic.amir
    ann = next(item for item in after.items if item.client_id == clinic.ann)
    assert (ann.turn.lane, ann.turn.beside) == (False, True), "somebody looks again within 24 hours"
    assert "acknowledged, look again by" in ann.story.headline
    tomorrow = read(database, clinic.alice, TODAY + dt.timedelta(days=1)).items[0]
    assert (tomorrow.client_id, tomorrow.turn.lane) == (clinic.ann, True)


def test_a_day_in_the_past_knows_nothing_of_later(database: Database, clinic: SmallClinic) -> None:
    builders.check_in(database, clinic.alice, clinic.ann, use=Use.REGULAR, signs=ALL_SIGNS)
    yesterday = read(database, clinic.alice, days_ago(1))
    assert {item.band for item in yesterday.items} == {Band.UNKNOWN}
    assert not any("regular" in text.lower() for item in yesterday.items for text in item.story.texts)


def test_sessions_of_the_day_are_those_of_its_weekday_that_the_user_leads(
    database: Database, clinic: SmallClinic
) -> None:
    series = builders.group(database, clinic.alice, (clinic.ann,), first_on=days_ago(28))
    builders.join(database, clinic.bob, series, clinic.ben)
    builders.group(database, clinic.alice, (clinic.ann,), first_on=days_ago(27))
    builders.group(database, clinic.bob, (clinic.ben,), first_on=days_ago(28))
    single = builders.group(database, clinic.alice, (clinic.amir,), kind=SessionKind.INDIVIDUAL)
    assert [
        (one.series_id, one.expected, one.roll_call_taken) for one in read(database, clinic.alice).sessions
    ] == [
        (series, 2, False),
        (single, 1, False),
    ]
    builders.roll_call(database, clinic.alice, series, {clinic.ann: Mark.ATTENDED})
    first, second = read(database, clinic.alice).sessions
    assert first.roll_call_taken
    assert second.title == "Amir Aziz"


def test_the_record_of_somebody_elses_client_is_not_there(database: Database, clinic: SmallClinic) -> None:
    with pytest.raises(NotYours):
        record_of(database, clinic.alice, clinic.ben)


def test_a_group_member_is_not_visible_as_a_client(database: Database, clinic: SmallClinic) -> None:
    series = builders.group(database, clinic.alice)
    builders.join(database, clinic.bob, series, clinic.ben)
    with pytest.raises(NotYours):
        record_of(database, clinic.alice, clinic.ben)


def test_a_number_is_the_same_on_the_worklist_and_on_the_clients_page(
    database: Database, clinic: SmallClinic
) -> None:
    for weeks in range(7, -1, -1):
        then = builders.at(days_ago(7 * weeks))
        builders.check_in(
            database, clinic.alice, clinic.ann, now=then, signs=ALL_SIGNS, craving=weeks, use=Use.NONE
        )
    item = next(one for one in read(database, clinic.alice).items if one.client_id == clinic.ann)
    for viewer in (clinic.alice, clinic.charlie):
        record = record_of(database, viewer, clinic.ann)
        assert (record.item.points, record.item.band, record.item.change) == (
            item.points,
            item.band,
            item.change,
        )
        totals = {}
        for account in record.scores.scores:
            rows = (*account.bad, *account.good, *account.start)
            assert sum(row.points for row in rows) == account.points
            totals[account.score] = account.points
        early, _, engagement, signs = (totals[score] for score in Score)
        assert early + signs + engagement // ENGAGEMENT_SHARE == item.points == record.scores.total


def test_every_indicator_shows_the_rows_that_it_rests_on(database: Database, clinic: SmallClinic) -> None:
    builders.check_in(
        database, clinic.alice, clinic.ann, on=days_ago(2), craving=8, signs={"isolating": True}
    )
    lines = {line.indicator_id: line for line in record_of(database, clinic.alice, clinic.ann).lines}
    assert lines["craving"].value == "8 of 10"
    (row,) = lines["craving"].evidence
    assert (row.on, row.kind) == (days_ago(2), FactKind.CHECK_IN)
    assert "craving 8 of 10" in row.text
    assert "Isolating" in row.text


def test_a_corrected_note_keeps_its_old_version_and_the_reason(
    database: Database, clinic: SmallClinic
) -> None:
    first = builders.note(database, clinic.alice, clinic.ann, "Old words")
    builders.save(
        database,
        write_note,
        by=clinic.alice,
        client_id=clinic.ann,
        text="New words",
        token=builders.token(),
        supersedes=first,
        correction_reason="A slip of the pen",
    )
    with database.reading() as session:
        found = entries(session, clinic.alice, clinic.ann, TODAY, weeks=12)
    current = [one for one in found if one.kind is FactKind.NOTE and not one.old]
    assert [(one.text, one.correction_reason) for one in current] == [("New words", "A slip of the pen")]
    assert [one.text for one in chain(found, current[0])] == ["Old words"]


def test_an_entry_of_an_earlier_day_is_late(database: Database, clinic: SmallClinic) -> None:
    builders.check_in(database, clinic.alice, clinic.ann, on=days_ago(3))
    builders.check_in(database, clinic.alice, clinic.ann)
    with database.reading() as session:
        found = entries(session, clinic.alice, clinic.ann, TODAY, weeks=12)
    assert {one.on: one.late for one in found if one.kind is FactKind.CHECK_IN} == {
        TODAY: False,
        days_ago(3): True,
    }


def test_the_number_of_statements_does_not_grow_with_the_caseload(
    database: Database, clinic: SmallClinic
) -> None:
    def cost() -> tuple[int, int, int]:
        with statements(database) as first:
            read(database, clinic.alice)
        with statements(database) as second:
            record_of(database, clinic.alice, clinic.ann)
        with statements(database) as third, database.reading() as session:
            entries(session, clinic.alice, clinic.ann, TODAY, weeks=12)
        return len(first), len(second), len(third)

    small = cost()
    with database.writing() as session:
        more = [add_client(session, f"Client {number}", counselor=clinic.alice) for number in range(43)]
    for client_id in (*more[:5], clinic.ann):
        builders.check_in(database, clinic.alice, client_id, signs=ALL_SIGNS, craving=5, use=Use.SLIP)
        builders.call(database, clinic.alice, client_id)
        builders.note(database, clinic.alice, client_id)
    assert cost() == small
    assert len(read(database, clinic.alice).items) == 45


def test_who_visited_last_week_is_not_unseen_because_it_was_typed_late(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    # Given a group four weeks ago, and a visit of Friday that is typed in today, on Wednesday
    c = sqlite_clinic
    series = builders.group(sqlite_database, c.alice, (c.ann,), first_on=days_ago(28))
    builders.roll_call(sqlite_database, c.alice, series, {c.ann: Mark.ATTENDED}, on=days_ago(28))
    builders.check_in(
        sqlite_database, c.alice, c.ann, on=days_ago(5), contact=ContactKind.VISIT, use=Use.NONE
    )
    # Then nothing says that she was not seen since the group
    ann = next(item for item in read(sqlite_database, c.alice).items if item.client_id == c.ann)
    assert ann.last_contact is not None
    assert ann.last_contact.on == days_ago(5)
    assert [text for text in ann.story.texts if "28 days" in text] == []
