"""Recording check-ins: what is kept, what is refused, corrections, and the safety item that a yes opens."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from casework.actions import check_ins, safety
from casework.caseload.worklist import worklist
from casework.checks.check_ins import CheckInAnswers
from casework.errors import AlreadyRecorded, ChangedMeanwhile, NotYours, Refused
from casework.vocabulary import (
    HALT,
    SAFETY_CONCERNS,
    STAGE_SIGNS,
    SUBSTANCES,
    WARNING_SIGNS,
    ContactKind,
    Flag,
    InformationSource,
    Use,
    mask,
)
from db.models import CheckIn, SafetyItem
from db.queries import check_ins as queries
from db.queries import safety as safety_queries
from db.queries.check_ins import CheckInRow
from db.queries.versions import history
from tests.support.builders import at, check_in, count, days_ago, last_audit, prescription, save, token
from tests.support.clinic import ADMITTED_ON, NOW, TODAY, SmallClinic
from tests.support.databases import Database


def test_all_answers_come_back_as_they_were_given(database: Database, clinic: SmallClinic) -> None:
    prescription(database, clinic.alice, clinic.ann)
    signs = {sign.id: sign.id in ("isolating", "no_self_care") for sign in WARNING_SIGNS}
    recorded = check_in(
        database,
        clinic.alice,
        clinic.ann,
        contact=ContactKind.PHONE,
        source=InformationSource.COLLATERAL,
        signs=signs,
        halt={"hungry": True, "tired": False},
        stage_signs={"bargaining": True},
        protective={"meetings": True, "routine": False},
        craving=7,
        craving_causes=frozenset({"stress"}),
        use=Use.SLIP,
        use_days=1,
        other_substances=frozenset({"alcohol"}),
        withdrawal=2,
        withdrawal_from=frozenset({"alcohol"}),
        medication_days_taken=5,
        medication_days_of=7,
        used_on=days_ago(1),
        suicidal=False,
        overdosed=True,
        overdosed_on=days_ago(2),
        naloxone_used=True,
        note="Slept badly.",
    )
    with database.reading() as session:
        row = queries.last(session, clinic.alice, clinic.ann, TODAY)
    assert row is not None
    assert row.id == recorded.id
    assert row.signs_asked == 2**12 - 1
    assert row.signs_present == mask(WARNING_SIGNS, ["isolating", "no_self_care"])
    assert (row.halt_asked, row.halt_present) == (mask(HALT, ["hungry", "tired"]), mask(HALT, ["hungry"]))
    assert row.stage_asked == row.stage_present == mask(STAGE_SIGNS, ["bargaining"])
    assert (row.craving, row.use, row.use_days) == (7, Use.SLIP, 1)
    assert row.other_substances == row.withdrawal_from == mask(SUBSTANCES, ["alcohol"])
    assert (row.medication_days_taken, row.medication_days_of) == (5, 7)
    assert (row.suicidal, row.overdosed) == (False, True)
    assert (row.used_on, row.overdosed_on, row.naloxone_used) == (days_ago(1), days_ago(2), True)
    assert (row.note, row.recorded_by, row.late) == ("Slept badly.", "Alice", False)
    assert (row.contact, row.source) == (ContactKind.PHONE, InformationSource.COLLATERAL)


def test_what_was_not_asked_is_null_and_never_no(database: Database, clinic: SmallClinic) -> None:
    check_in(database, clinic.alice, clinic.ann)
    with database.reading() as session:
        row = session.scalars(select(CheckIn)).one()
        assert (row.signs_asked, row.halt_asked, row.stage_asked, row.protective_asked) == (0, 0, 0, 0)
        assert row.craving is row.use is row.use_days is row.other_substances is row.withdrawal is None
        assert row.medication_days_taken is row.used_on is None
        assert row.suicidal is row.overdosed is row.overdosed_on is row.naloxone_used is None


def test_no_other_substances_is_an_answer(database: Database, clinic: SmallClinic) -> None:
    check_in(database, clinic.alice, clinic.ann, other_substances=frozenset())
    with database.reading() as session:
        assert session.scalars(select(CheckIn)).one().other_substances == 0


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"craving": 11}, "craving"),
        ({"craving": -1}, "craving"),
        ({"signs": {"invented": True}}, "signs"),
        ({"halt": {"bored": True}}, "halt"),
        ({"stage_signs": {"isolating": True}}, "stage"),
        ({"protective": {"money": True}}, "protective"),
        ({"craving_causes": frozenset({"weather"})}, "craving_causes"),
        ({"signs": {"not_taking_medication": False}}, "not_taking_medication"),
        ({"medication_days_taken": 3, "medication_days_of": 7}, "medication_days_taken"),
        ({"medication_days_taken": 8, "medication_days_of": 7}, "medication_days_taken"),
        ({"medication_days_taken": 3}, "medication_days_taken"),
        ({"use_days": 2}, "use"),
        ({"use": Use.NONE, "use_days": 1}, "use_days"),
        ({"use": Use.REGULAR, "use_days": 367}, "use_days"),
        ({"withdrawal": 4}, "withdrawal"),
        ({"withdrawal_from": frozenset({"alcohol"})}, "withdrawal"),
        ({"used_on": TODAY}, "use"),
        ({"use": Use.NONE, "used_on": TODAY}, "use"),
        ({"use": Use.SLIP, "used_on": TODAY + dt.timedelta(days=1)}, "used_on"),
        ({"use": Use.SLIP, "used_on": ADMITTED_ON - dt.timedelta(days=400)}, "used_on"),
        ({"overdosed_on": TODAY}, "overdosed"),
        ({"overdosed": False, "naloxone_used": True}, "overdosed"),
        ({"suicidal": True, "overdosed_on": TODAY}, "overdosed"),
        ({"overdosed": True, "overdosed_on": TODAY + dt.timedelta(days=1)}, "overdosed_on"),
        ({"overdosed": True, "overdosed_on": ADMITTED_ON - dt.timedelta(days=400)}, "overdosed_on"),
        ({"note": "a\0b"}, "note"),
        ({"note": "lone \ud800 surrogate"}, "note"),
        ({"note": "x" * 50_001}, "note"),
        ({"occurred_at": NOW + dt.timedelta(minutes=6)}, "occurred_at"),
        ({"occurred_at": NOW + dt.timedelta(days=1)}, "occurred_at"),
        ({"occurred_at": at(ADMITTED_ON - dt.timedelta(days=400))}, "occurred_at"),
        ({"occurred_at": dt.datetime(1899, 12, 31, tzinfo=dt.UTC)}, "occurred_at"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_saved(
    database: Database, clinic: SmallClinic, answers: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        check_in(database, clinic.alice, clinic.ann, **answers)
    assert refused.value.field == field
    assert count(database, CheckIn) == 0


def test_a_note_of_50_kb_is_kept_whole(database: Database, clinic: SmallClinic) -> None:
    text = "*[click](https://example.org)* <b>é</b> " * 1_219
    assert 49_000 < len(text.strip().encode()) <= 50_000
    check_in(database, clinic.alice, clinic.ann, note=text)
    with database.reading() as session:
        assert session.scalars(select(CheckIn)).one().note == text.strip()


def test_days_of_use_cannot_exceed_the_days_since_the_last_check_in(
    database: Database, clinic: SmallClinic
) -> None:
    check_in(database, clinic.alice, clinic.ann, on=days_ago(7))
    with pytest.raises(Refused, match="7 days"):
        check_in(database, clinic.alice, clinic.ann, use=Use.REGULAR, use_days=9)
    check_in(database, clinic.alice, clinic.ann, use=Use.REGULAR, use_days=8)


def test_the_medication_sign_applies_while_a_prescription_holds(
    database: Database, clinic: SmallClinic
) -> None:
    prescription(database, clinic.alice, clinic.ann, since=days_ago(10))
    asked = {"not_taking_medication": True}
    check_in(database, clinic.alice, clinic.ann, on=days_ago(10), signs=asked)
    with pytest.raises(Refused, match="no prescription"):
        check_in(database, clinic.alice, clinic.ann, on=days_ago(11), signs=asked)


def test_a_form_sent_twice_is_saved_once(database: Database, clinic: SmallClinic) -> None:
    once = {
        "by": clinic.alice,
        "client_id": clinic.ann,
        "answers": CheckInAnswers(craving=0),
        "token": token(),
    }
    save(database, check_ins.record_check_in, **once)
    with pytest.raises(AlreadyRecorded) as again:
        save(database, check_ins.record_check_in, **once)
    assert "Ann" not in str(again.value)
    assert count(database, CheckIn) == 1


@pytest.mark.parametrize("who", ["bob", "dave"])
def test_a_counselor_cannot_record_for_somebody_elses_client(
    database: Database, clinic: SmallClinic, who: str
) -> None:
    with pytest.raises(NotYours):
        check_in(database, getattr(clinic, who), clinic.ann)
    with pytest.raises(NotYours):
        check_in(database, clinic.alice, 987_654)
    assert count(database, CheckIn) == 0


def test_a_supervisor_records_for_the_teams_clients_only(database: Database, clinic: SmallClinic) -> None:
    check_in(database, clinic.charlie, clinic.ben)
    with pytest.raises(NotYours):
        check_in(database, clinic.charlie, clinic.dee)


def test_the_day_is_the_clinics_and_not_utcs(database: Database, clinic: SmallClinic) -> None:
    late_in_the_evening = dt.datetime(2026, 3, 11, 2, 30, tzinfo=dt.UTC)  # 22:30 on the 10th in New York
    recorded = check_in(database, clinic.alice, clinic.ann, occurred_at=late_in_the_evening)
    assert recorded.occurred_on == dt.date(2026, 3, 10)


def test_an_entry_of_an_earlier_day_is_late_and_keeps_both_times(
    database: Database, clinic: SmallClinic
) -> None:
    assert check_in(database, clinic.alice, clinic.ann, on=days_ago(3)).late
    with database.reading() as session:
        row = history(CheckInRow, session, clinic.alice, clinic.ann, TODAY)[0]
    assert row.late
    assert (row.occurred_on, row.known_on, row.recorded_at) == (days_ago(3), TODAY, NOW)


def test_a_correction_supersedes_and_the_old_entry_stays_readable(
    database: Database, clinic: SmallClinic
) -> None:
    first = check_in(database, clinic.alice, clinic.ann, on=days_ago(2), craving=2)
    corrected = _correct(database, clinic, first.id, craving=8)
    with database.reading() as session:
        holds = history(CheckInRow, session, clinic.alice, clinic.ann, TODAY)
        everything = history(CheckInRow, session, clinic.alice, clinic.ann, TODAY, superseded_too=True)
    assert [row.id for row in holds] == [corrected.id]
    assert (holds[0].craving, holds[0].supersedes_id, holds[0].correction_reason) == (
        8,
        first.id,
        "Typing error",
    )
    assert {row.id: row.craving for row in everything} == {first.id: 2, corrected.id: 8}
    assert last_audit(database).action == "correct_check_in"


def test_a_correction_needs_a_reason(database: Database, clinic: SmallClinic) -> None:
    first = check_in(database, clinic.alice, clinic.ann)
    with pytest.raises(Refused) as refused:
        _correct(database, clinic, first.id, reason="  ", craving=8)
    assert refused.value.field == "correction_reason"
    with database.reading() as session:
        assert session.get_one(CheckIn, first.id).superseded_on is None


def test_the_second_of_two_corrections_is_told(database: Database, clinic: SmallClinic) -> None:
    first = check_in(database, clinic.alice, clinic.ann)
    _correct(database, clinic, first.id, craving=8)
    with pytest.raises(ChangedMeanwhile):
        _correct(database, clinic, first.id, craving=9)
    assert count(database, CheckIn) == 2


def test_a_correction_cannot_move_an_entry_to_another_client(database: Database, clinic: SmallClinic) -> None:
    first = check_in(database, clinic.alice, clinic.ann)
    with pytest.raises(NotYours):
        save(
            database,
            check_ins.record_check_in,
            by=clinic.alice,
            client_id=clinic.amir,
            answers=CheckInAnswers(craving=0),
            token=token(),
            supersedes=first.id,
            correction_reason="wrong client",
        )


def test_a_yes_to_a_safety_question_opens_an_item_for_a_named_person(
    database: Database, clinic: SmallClinic
) -> None:
    recorded = check_in(database, clinic.alice, clinic.ann, suicidal=True)
    with database.reading() as session:
        (item,) = safety_queries.items_of(session, clinic.alice, clinic.ann, TODAY)
        with pytest.raises(NotYours):
            safety_queries.items_of(session, clinic.bob, clinic.ann, TODAY)
    assert item.open
    assert item.id == recorded.safety_item_id
    assert item.concerns == mask(SAFETY_CONCERNS, ["suicidal_thoughts"])

    save(
        database,
        safety.acknowledge,
        by=clinic.charlie,
        safety_item_id=item.id,
        steps_taken="Called, is safe.",
    )
    with database.reading() as session:
        (closed,) = safety_queries.items_of(session, clinic.alice, clinic.ann, TODAY)
    assert not closed.open
    assert (closed.acknowledged_by, closed.steps_taken) == ("Charlie", "Called, is safe.")


@pytest.mark.parametrize(
    ("answers", "concerns"),
    [
        ({"suicidal": True, "overdosed": False}, ["suicidal_thoughts"]),
        ({"suicidal": None, "overdosed": True}, ["overdose"]),
        ({"suicidal": True, "overdosed": True}, ["suicidal_thoughts", "overdose"]),
    ],
)
@pytest.mark.parametrize("source", InformationSource)
def test_each_yes_opens_an_item_that_says_which_whoever_told_of_it(
    sqlite_database: Database,
    sqlite_clinic: SmallClinic,
    answers: dict[str, Any],
    concerns: list[str],
    source: InformationSource,
) -> None:
    by, client_id = sqlite_clinic.alice, sqlite_clinic.ann
    recorded = check_in(sqlite_database, by, client_id, source=source, **answers)
    with sqlite_database.reading() as session:
        item = session.get_one(SafetyItem, recorded.safety_item_id)
        assert item.concerns == mask(SAFETY_CONCERNS, concerns)


@pytest.mark.parametrize("answer", [None, False])
def test_self_harm_among_the_stage_signs_opens_the_safety_route(
    database: Database, clinic: SmallClinic, answer: bool | None
) -> None:
    recorded = check_in(
        database, clinic.alice, clinic.ann, stage_signs={"self_harm_for_urges": True}, suicidal=answer
    )
    with database.reading() as session:
        item = session.get_one(SafetyItem, recorded.safety_item_id)
        assert item.concerns == mask(SAFETY_CONCERNS, ["self_harm"])


@pytest.mark.parametrize("answer", [None, False])
def test_no_danger_opens_no_item(database: Database, clinic: SmallClinic, answer: bool | None) -> None:
    recorded = check_in(
        database,
        clinic.alice,
        clinic.ann,
        suicidal=answer,
        overdosed=answer,
        stage_signs={"self_harm_for_urges": False},
    )
    assert recorded.safety_item_id is None
    assert count(database, SafetyItem) == 0


def test_a_correction_closes_no_safety_item_and_raises_none_twice(
    database: Database, clinic: SmallClinic
) -> None:
    first = check_in(database, clinic.alice, clinic.ann, suicidal=True)
    second = _correct(database, clinic, first.id, suicidal=False)
    third = _correct(database, clinic, second.id, suicidal=True)
    assert (second.safety_item_id, third.safety_item_id) == (None, None)
    with database.reading() as session:
        items = safety_queries.items_of(session, clinic.alice, clinic.ann, TODAY)
    assert [item.id for item in items if item.open] == [first.safety_item_id]
    fourth = _correct(database, clinic, third.id, overdosed=True)
    assert fourth.safety_item_id is not None


def test_a_correction_to_yes_opens_an_item_when_none_is_open_for_it(
    database: Database, clinic: SmallClinic
) -> None:
    signs: dict[str, Any] = {"stage_signs": {"self_harm_for_urges": True}}
    first = check_in(database, clinic.alice, clinic.ann, **signs)
    save(
        database,
        safety.acknowledge,
        by=clinic.alice,
        safety_item_id=first.safety_item_id,
        steps_taken="Called.",
    )
    second = _correct(database, clinic, first.id, suicidal=True, **signs)
    assert second.safety_item_id is not None
    third = _correct(database, clinic, second.id, suicidal=True, craving=3, **signs)
    assert third.safety_item_id is None
    fourth = _correct(database, clinic, third.id, suicidal=False, **signs)
    fifth = _correct(database, clinic, fourth.id, suicidal=True, **signs)
    assert fifth.safety_item_id is None
    with database.reading() as session:
        items = safety_queries.items_of(session, clinic.alice, clinic.ann, TODAY)
    assert [item.id for item in items if item.open] == [second.safety_item_id]


def test_a_safety_item_is_acknowledged_once_with_steps_and_by_somebody_who_may(
    database: Database, clinic: SmallClinic
) -> None:
    item = check_in(database, clinic.alice, clinic.ann, suicidal=True).safety_item_id
    with pytest.raises(Refused) as refused:
        save(database, safety.acknowledge, by=clinic.alice, safety_item_id=item, steps_taken=" ")
    assert refused.value.field == "steps_taken"
    for outsider in (clinic.bob, clinic.dave):
        with pytest.raises(NotYours):
            save(database, safety.acknowledge, by=outsider, safety_item_id=item, steps_taken="x")
    with pytest.raises(NotYours):
        save(database, safety.acknowledge, by=clinic.alice, safety_item_id=12345, steps_taken="x")
    save(database, safety.acknowledge, by=clinic.alice, safety_item_id=item, steps_taken="First.")
    with pytest.raises(ChangedMeanwhile):
        save(database, safety.acknowledge, by=clinic.charlie, safety_item_id=item, steps_taken="Second.")
    with database.reading() as session:
        assert session.get_one(SafetyItem, item).steps_taken == "First."


def test_the_audit_event_holds_identifiers_and_no_free_text(database: Database, clinic: SmallClinic) -> None:
    recorded = check_in(database, clinic.alice, clinic.ann, note="met her sister", signs={"isolating": True})
    event = last_audit(database)
    assert (event.action, event.by_id, event.client_id) == ("record_check_in", clinic.alice.id, clinic.ann)
    assert (event.subject, event.subject_id) == ("check_in", recorded.id)
    assert "sister" not in str(event.details)
    assert event.details["signs_asked"] == 1


def _correct(
    database: Database, clinic: SmallClinic, of: int, *, reason: str = "Typing error", **answers: Any
) -> check_ins.RecordedCheckIn:
    return save(
        database,
        check_ins.record_check_in,
        by=clinic.alice,
        client_id=clinic.ann,
        answers=CheckInAnswers(occurred_at=at(days_ago(2)), **answers),
        token=token(),
        supersedes=of,
        correction_reason=reason,
    )


def test_a_check_in_that_was_another_clients_counts_for_nothing_once_it_is_taken_back(
    sqlite_database: Database, sqlite_clinic: SmallClinic
) -> None:
    # Given Amir's overdose, filed under Ann
    c = sqlite_clinic
    filed = check_in(
        sqlite_database,
        c.alice,
        c.ann,
        use=Use.REGULAR,
        overdosed=True,
    )
    # When all is done that can be done: the check-in is emptied, its safety item acknowledged
    save(
        sqlite_database,
        check_ins.record_check_in,
        by=c.alice,
        client_id=c.ann,
        answers=CheckInAnswers(
            occurred_at=at(TODAY), suicidal=False, overdosed=False, note="Another client's."
        ),
        supersedes=filed.id,
        correction_reason="Wrong client",
        token=token(),
    )
    save(
        sqlite_database,
        safety.acknowledge,
        by=c.alice,
        safety_item_id=filed.safety_item_id,
        steps_taken="Another client's.",
    )
    # Then nothing on Today says that Ann had an overdose
    with sqlite_database.reading() as session:
        items = worklist(session, c.alice, TODAY).items
    ann = next(item for item in items if item.client_id == c.ann)
    assert [text for text in (ann.story.headline, *ann.story.lines) if "overdose" in text.lower()] == []
    assert Flag.OVERDOSE not in {chip.flag for chip in ann.story.chips}
