"""Which facts a call, a task, a decision or an acknowledgement has answered: what happened since is new."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from casework.actions.calls import log_call
from casework.actions.check_ins import record_check_in
from casework.actions.safety import acknowledge
from casework.actions.tasks import do_task
from casework.checks.check_ins import CheckInAnswers
from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import ActionKind, AnsweredBy, CallOutcome, FactKind
from casework.windows import FactRef
from db.models import AnsweredFact, Call, SafetyItem
from db.queries import facts
from tests.support.builders import check_in, count, days_ago, note, save, screen, token
from tests.support.clinic import NOW, TODAY, SmallClinic
from tests.support.databases import Database


def answered(
    database: Database, client_id: int, day: dt.date = TODAY
) -> set[tuple[AnsweredBy, FactKind, int]]:
    with database.reading() as session:
        found = facts.read(session, [client_id], day).answered
    return {
        (list(AnsweredBy)[by], list(FactKind)[kind], fact)
        for by, kind, fact in zip(found["by"], found["kind"], found["fact"], strict=True)
    }


def reach(
    database: Database,
    by: User,
    client_id: int,
    *refs: FactRef,
    outcome: CallOutcome = CallOutcome.REACHED,
    supersedes: int | None = None,
) -> int:
    return save(
        database,
        log_call,
        by=by,
        client_id=client_id,
        outcome=outcome,
        facts=refs,
        token=token(),
        supersedes=supersedes,
        correction_reason=None if supersedes is None else "A slip of the pen",
    ).id


def found_in(database: Database, clinic: SmallClinic) -> FactRef:
    """A screen of Ann's that found heroin."""
    return FactRef("screens", screen(database, clinic.alice, clinic.ann, "heroin", on=days_ago(3)), 0)


def safety_item(database: Database, clinic: SmallClinic) -> SafetyItem:
    """One that a check-in of Ann's raised, which was corrected since."""
    first = check_in(database, clinic.alice, clinic.ann, overdosed=True, note="Told at the window")
    again = save(
        database,
        record_check_in,
        by=clinic.alice,
        client_id=clinic.ann,
        answers=CheckInAnswers(overdosed=True, note="Told in the waiting room"),
        token=token(),
        supersedes=first.id,
        correction_reason="The place",
    )
    with database.reading() as session:
        item = session.scalars(select(SafetyItem)).one()
        session.expunge(item)
    assert item.check_in_id == first.id != again.id
    item.check_in_id = again.id
    return item


def test_a_call_that_reached_the_client_keeps_what_it_answered(
    database: Database, clinic: SmallClinic
) -> None:
    shown = found_in(database, clinic)
    reach(database, clinic.alice, clinic.ann, shown, shown)
    assert answered(database, clinic.ann) == {(AnsweredBy.CALL, FactKind.SCREEN, shown.id)}
    assert answered(database, clinic.amir) == set()


def test_a_call_that_reached_nobody_answers_nothing(database: Database, clinic: SmallClinic) -> None:
    for outcome in set(CallOutcome) - {CallOutcome.REACHED}:
        reach(database, clinic.alice, clinic.ann, found_in(database, clinic), outcome=outcome)
    assert count(database, AnsweredFact) == 0


def test_a_fact_of_another_client_is_no_answer_and_nothing_is_saved(
    database: Database, clinic: SmallClinic
) -> None:
    of_amir = FactRef("screens", screen(database, clinic.alice, clinic.amir, on=days_ago(3)), 0)
    for other in (of_amir, FactRef("screens", 99_999, 0)):
        with pytest.raises(NotYours):
            reach(database, clinic.alice, clinic.ann, found_in(database, clinic), other)
    assert count(database, AnsweredFact) == 0
    assert count(database, Call) == 0


def test_a_correction_of_the_call_takes_its_answers_along_or_back(
    database: Database, clinic: SmallClinic
) -> None:
    shown = found_in(database, clinic)
    first = reach(database, clinic.alice, clinic.ann, shown)
    same = reach(database, clinic.alice, clinic.ann, shown, supersedes=first)
    assert answered(database, clinic.ann) == {(AnsweredBy.CALL, FactKind.SCREEN, shown.id)}
    reach(database, clinic.alice, clinic.ann, outcome=CallOutcome.NO_ANSWER, supersedes=same)
    assert answered(database, clinic.ann) == set()


def test_a_task_that_is_done_answers_what_it_was_opened_for(database: Database, clinic: SmallClinic) -> None:
    shown = found_in(database, clinic)
    asked = {"by": clinic.alice, "client_id": clinic.ann, "outcome": "Group twice a week."}
    save(database, do_task, kind=ActionKind.PLAN_REVIEW, facts=[shown], token=token(), **asked)
    assert answered(database, clinic.ann) == {(AnsweredBy.TASK, FactKind.SCREEN, shown.id)}
    of_ben = FactRef("screens", screen(database, clinic.bob, clinic.ben, on=days_ago(3)), 0)
    with pytest.raises(NotYours):
        save(database, do_task, kind=ActionKind.CASE_REVIEW, facts=[of_ben], token=token(), **asked)


def test_an_acknowledgement_answers_its_item_and_the_check_in_behind_it_as_it_stands_now(
    database: Database, clinic: SmallClinic
) -> None:
    shown = found_in(database, clinic)
    item = safety_item(database, clinic)
    save(
        database,
        acknowledge,
        by=clinic.alice,
        safety_item_id=item.id,
        steps_taken="Stayed with her.",
        facts=[shown, FactRef("safety_items", item.id, 0)],
    )
    by = AnsweredBy.ACKNOWLEDGEMENT
    assert answered(database, clinic.ann) == {
        (by, FactKind.SCREEN, shown.id),
        (by, FactKind.SAFETY, item.id),
        (by, FactKind.CHECK_IN, item.check_in_id),
    }


def test_on_a_past_day_nothing_is_told_of_later_answers(database: Database, clinic: SmallClinic) -> None:
    shown = found_in(database, clinic)
    reach(database, clinic.alice, clinic.ann, shown)
    assert answered(database, clinic.ann, days_ago(1)) == set()
    save(
        database,
        log_call,
        by=clinic.alice,
        now=NOW + dt.timedelta(days=1),
        client_id=clinic.ann,
        outcome=CallOutcome.REACHED,
        token=token(),
    )
    assert len(answered(database, clinic.ann)) == 1


def test_a_fact_that_came_after_the_call_is_not_answered(database: Database, clinic: SmallClinic) -> None:
    reach(database, clinic.alice, clinic.ann, found_in(database, clinic))
    later = screen(database, clinic.alice, clinic.ann, "heroin", on=TODAY)
    note(database, clinic.alice, clinic.ann)
    assert later not in {fact for _, _, fact in answered(database, clinic.ann)}
