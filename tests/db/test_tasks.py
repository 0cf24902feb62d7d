"""What is to be done about a client: one open task that gathers what comes, put off with a reason, done with what came
of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from casework.actions import calls
from casework.actions.clients import record_naloxone_kit
from casework.actions.tasks import RecordedTask, do_task, open_task, put_off
from casework.caseload.entries import entries
from casework.caseload.tasks import ClientTask, open_tasks, owners, tasks_of
from casework.errors import AlreadyRecorded, ChangedMeanwhile, NotYours, Refused
from casework.frames import FAR, to_day
from casework.users import User
from casework.vocabulary import ActionKind, CallOutcome, ContactKind, FactKind, InformationSource
from db.models import Task, TaskAction
from db.queries import facts
from tests.support.builders import at, check_in, count, days_ago, last_audit, save, token
from tests.support.clinic import NOW, TODAY, SmallClinic
from tests.support.databases import Database

TOMORROW = TODAY + dt.timedelta(days=1)
IN_A_WEEK = TODAY + dt.timedelta(days=7)
REVIEW, DOSE, KIT = ActionKind.PLAN_REVIEW, ActionKind.PRESCRIBER_DOSE, ActionKind.RECORD_NALOXONE


def opened(database: Database, clinic: SmallClinic, kind: ActionKind = REVIEW, **more: Any) -> RecordedTask:
    asked = {"by": clinic.alice, "client_id": clinic.ann, "due_on": TOMORROW, "token": token()}
    return save(database, open_task, kind=kind, **asked | more)


def done(database: Database, clinic: SmallClinic, kind: ActionKind = REVIEW, **more: Any) -> RecordedTask:
    asked = {"by": clinic.alice, "client_id": clinic.ann, "token": token()}
    return save(database, do_task, kind=kind, **asked | more)


def later(database: Database, clinic: SmallClinic, kind: ActionKind = REVIEW, **more: Any) -> RecordedTask:
    asked = {"by": clinic.alice, "client_id": clinic.ann, "due_on": IN_A_WEEK, "token": token()}
    return save(database, put_off, kind=kind, **{"reason": "She is away."} | asked | more)


def waiting(database: Database, user: User, day: dt.date = TODAY) -> tuple[ClientTask, ...]:
    with database.reading() as session:
        return open_tasks(session, user, day)


def all_of(database: Database, user: User, client_id: int, day: dt.date = TODAY) -> tuple[ClientTask, ...]:
    with database.reading() as session:
        return tasks_of(session, user, day, client_id)


# --- opening ------------------------------------------------------------------------------------------------------


def test_a_second_action_is_added_to_the_open_task_and_opens_no_second_one(
    database: Database, clinic: SmallClinic
) -> None:
    opened(database, clinic, REVIEW, due_on=IN_A_WEEK)
    opened(database, clinic, DOSE)
    assert count(database, Task) == 1
    assert [(one.kind, one.owner) for one in waiting(database, clinic.alice)] == [
        (DOSE, "Alice"),
        (REVIEW, "Alice"),
    ]


def test_an_action_that_waits_already_is_the_same_and_the_earlier_day_holds(
    database: Database, clinic: SmallClinic
) -> None:
    opened(database, clinic, due_on=IN_A_WEEK, what="The no-show of Monday")
    opened(database, clinic, due_on=TOMORROW, what="A slip on Sunday")
    opened(database, clinic, due_on=IN_A_WEEK, what="A slip on Sunday")
    (one,) = waiting(database, clinic.alice)
    assert (one.due_on, one.what) == (TOMORROW, "The no-show of Monday\nA slip on Sunday")
    assert count(database, TaskAction) == 2  # the third said nothing new


def test_the_database_itself_holds_one_open_task_a_client(database: Database, clinic: SmallClinic) -> None:
    opened(database, clinic)
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(
            text("INSERT INTO task (client_id, opened_on) VALUES (:client, '2026-03-11')"),
            {"client": clinic.ann},
        )


def test_the_same_form_sent_twice_is_stored_once(database: Database, clinic: SmallClinic) -> None:
    once = token()
    opened(database, clinic, token=once)
    with pytest.raises(AlreadyRecorded):
        opened(database, clinic, token=once)
    done(database, clinic, outcome="Agreed.", token=(again := token()))
    with pytest.raises(AlreadyRecorded):
        done(database, clinic, outcome="Agreed.", token=again)
    assert all_of(database, clinic.alice, clinic.ann)[0].done_on == TODAY


def test_the_task_is_the_counselors_unless_somebody_of_the_team_is_named(
    database: Database, clinic: SmallClinic
) -> None:
    opened(database, clinic, by=clinic.charlie)
    (mine,) = waiting(database, clinic.alice)
    assert mine.mine
    opened(database, clinic, owner_id=clinic.charlie.id)
    (his,) = waiting(database, clinic.alice)
    assert (his.owner, his.mine) == ("Charlie", False)
    with pytest.raises(Refused) as refused:
        opened(database, clinic, owner_id=clinic.dave.id)
    assert refused.value.field == "owner_id"


def test_who_can_have_a_task_is_who_works_in_the_team(database: Database, clinic: SmallClinic) -> None:
    with database.reading() as session:
        assert [one.name for one in owners(session, clinic.alice)] == ["Alice", "Bob", "Charlie"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": None}, "kind"),
        ({"due_on": None}, "due_on"),
        ({"due_on": days_ago(1)}, "due_on"),
        ({"due_on": TODAY + dt.timedelta(days=400)}, "due_on"),
    ],
)
def test_a_task_needs_what_and_a_day_to_come(
    database: Database, clinic: SmallClinic, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        opened(database, clinic, **more)
    assert refused.value.field == field


def test_nobody_opens_or_reads_a_task_about_somebody_elses_client(
    database: Database, clinic: SmallClinic
) -> None:
    opened(database, clinic)
    for act in (opened, later, done):
        with pytest.raises(NotYours):
            act(database, clinic, by=clinic.bob)
    assert waiting(database, clinic.bob) == ()
    with pytest.raises(NotYours):
        all_of(database, clinic.bob, clinic.ann)


# --- done ---------------------------------------------------------------------------------------------------------


def test_the_last_action_that_is_done_closes_the_task_and_the_next_one_opens_another(
    database: Database, clinic: SmallClinic
) -> None:
    opened(database, clinic, REVIEW)
    opened(database, clinic, KIT)
    done(database, clinic, KIT)
    assert closed(database) == [None]
    done(database, clinic, REVIEW, outcome="Group twice a week.")
    assert closed(database) == [TODAY]
    opened(database, clinic, REVIEW)
    assert closed(database) == [TODAY, None]


def closed(database: Database) -> list[dt.date | None]:
    with database.reading() as session:
        return list(session.scalars(select(Task.closed_on).order_by(Task.id)))


def test_what_nobody_had_opened_can_be_done_at_once(database: Database, clinic: SmallClinic) -> None:
    done(database, clinic, KIT, by=clinic.charlie)
    (one,) = all_of(database, clinic.alice, clinic.ann)
    assert (one.kind, one.opened_on, one.done_on, one.owner) == (KIT, TODAY, TODAY, "Charlie")
    assert closed(database) == [TODAY]


def test_a_review_is_done_only_with_what_came_of_it(database: Database, clinic: SmallClinic) -> None:
    for kind in (ActionKind.PLAN_REVIEW, ActionKind.CASE_REVIEW, ActionKind.PREGNANCY_REVIEW):
        with pytest.raises(Refused) as refused:
            done(database, clinic, kind, outcome="  ")
        assert refused.value.field == "outcome"


@pytest.mark.parametrize("left_out", ["prescriber", "answered_on", "outcome"])
def test_a_prescribers_answer_is_a_name_a_day_and_a_text(
    database: Database, clinic: SmallClinic, left_out: str
) -> None:
    answer = {"prescriber": "Dr. Lee", "answered_on": TODAY, "outcome": "Split the dose."}
    with pytest.raises(Refused) as refused:
        done(database, clinic, DOSE, **answer | {left_out: None})
    assert refused.value.field == left_out
    done(database, clinic, DOSE, **answer)
    (one,) = all_of(database, clinic.alice, clinic.ann)
    assert (one.prescriber, one.answered_on, one.outcome) == ("Dr. Lee", TODAY, "Split the dose.")


def test_a_prescriber_has_not_answered_tomorrow(database: Database, clinic: SmallClinic) -> None:
    with pytest.raises(Refused) as refused:
        done(database, clinic, DOSE, prescriber="Dr. Lee", answered_on=TOMORROW, outcome="Yes.")
    assert refused.value.field == "answered_on"


def test_of_two_who_do_the_same_action_the_second_is_told(database: Database, clinic: SmallClinic) -> None:
    shown = opened(database, clinic, KIT).id
    done(database, clinic, KIT, action_id=shown)
    for act in (done, later):
        with pytest.raises(ChangedMeanwhile):
            act(database, clinic, KIT, action_id=shown)


def test_a_call_that_reached_the_client_does_what_waited_for_it(
    database: Database, clinic: SmallClinic
) -> None:
    opened(database, clinic, ActionKind.CALL_TODAY, due_on=TODAY)
    opened(database, clinic, REVIEW)
    for outcome in (CallOutcome.NO_ANSWER, CallOutcome.REACHED):
        before = [one.kind for one in waiting(database, clinic.alice)]
        assert before == [ActionKind.CALL_TODAY, REVIEW]
        log(database, clinic, outcome)
    assert [one.kind for one in waiting(database, clinic.alice)] == [REVIEW]


def test_a_call_of_an_earlier_day_does_not_do_what_was_opened_since(
    database: Database, clinic: SmallClinic
) -> None:
    opened(database, clinic, ActionKind.CALL_TODAY, due_on=TODAY)
    log(database, clinic, CallOutcome.REACHED, occurred_at=at(days_ago(1)))
    assert [one.kind for one in waiting(database, clinic.alice)] == [ActionKind.CALL_TODAY]


def log(database: Database, clinic: SmallClinic, outcome: CallOutcome, **more: Any) -> calls.LoggedCall:
    return save(
        database,
        calls.log_call,
        by=clinic.alice,
        client_id=clinic.ann,
        outcome=outcome,
        token=token(),
        **more,
    )


def test_a_kit_that_is_recorded_does_what_asked_for_one(database: Database, clinic: SmallClinic) -> None:
    opened(database, clinic, KIT)
    save(database, record_naloxone_kit, by=clinic.alice, client_id=clinic.ann, on=days_ago(1))
    assert [one.kind for one in waiting(database, clinic.alice)] == [KIT]  # it was asked for after that day
    save(database, record_naloxone_kit, by=clinic.alice, client_id=clinic.ann)
    assert waiting(database, clinic.alice) == ()
    assert closed(database) == [TODAY]


@pytest.mark.parametrize(
    ("answers", "talked"),
    [
        ({"contact": ContactKind.VISIT}, True),
        ({"contact": ContactKind.PHONE}, True),
        ({"contact": ContactKind.MESSAGE}, False),
        ({"contact": ContactKind.PHONE, "source": InformationSource.COLLATERAL}, False),
        ({"contact": ContactKind.COLLATERAL, "source": InformationSource.COLLATERAL}, False),
    ],
)
def test_a_check_in_that_is_a_talk_with_the_client_does_what_waited_for_one(
    database: Database, clinic: SmallClinic, answers: dict[str, Any], talked: bool
) -> None:
    for kind in (ActionKind.REACH_TODAY, ActionKind.CHECK_IN, REVIEW):
        opened(database, clinic, kind)
    check_in(database, clinic.alice, clinic.ann, **answers)
    assert len(waiting(database, clinic.alice)) == (1 if talked else 3)


def test_what_was_done_and_what_waits_stand_among_the_entries(
    database: Database, clinic: SmallClinic
) -> None:
    opened(database, clinic, REVIEW, what="The no-show")
    done(database, clinic, DOSE, prescriber="Dr. Lee", answered_on=TODAY, outcome="Split the dose.")
    with database.reading() as session:
        found = entries(session, clinic.alice, clinic.ann, TODAY, weeks=2)
    told = {(one.said, one.text) for one in found if one.kind is FactKind.TASK}
    assert told == {
        ("Plan review: due on March 12, 2026 (Alice)", "The no-show"),
        ("Prescriber looks at the dose: done on March 11, 2026 (answered by Dr. Lee)", "Split the dose."),
    }


# --- later --------------------------------------------------------------------------------------------------------


def test_later_needs_a_reason_and_a_later_day(database: Database, clinic: SmallClinic) -> None:
    opened(database, clinic)
    for more, field in (
        ({"reason": " "}, "reason"),
        ({"due_on": TOMORROW}, "due_on"),
        ({"due_on": None}, "due_on"),
    ):
        with pytest.raises(Refused) as refused:
            later(database, clinic, **more)
        assert refused.value.field == field
    later(database, clinic)
    (one,) = waiting(database, clinic.alice)
    assert (one.due_on, one.later_reason, one.opened_on) == (IN_A_WEEK, "She is away.", TODAY)


def test_what_nobody_had_opened_is_opened_by_putting_it_off(database: Database, clinic: SmallClinic) -> None:
    with pytest.raises(Refused):
        later(database, clinic, KIT, due_on=TODAY)
    later(database, clinic, KIT)
    assert [(one.kind, one.due_on) for one in waiting(database, clinic.alice)] == [(KIT, IN_A_WEEK)]


def test_what_is_late_is_overdue(database: Database, clinic: SmallClinic) -> None:
    opened(database, clinic)
    assert [one.overdue for one in waiting(database, clinic.alice, TOMORROW)] == [False]
    assert [one.overdue for one in waiting(database, clinic.alice, IN_A_WEEK)] == [True]


# --- looking back, the frame, the audit -----------------------------------------------------------------------------


def test_on_a_past_day_a_task_stands_as_it_did(database: Database, clinic: SmallClinic) -> None:
    first = dt.timedelta(days=1)
    opened(database, clinic, now=NOW - 3 * first)
    later(database, clinic, now=NOW - 2 * first)
    done(database, clinic, now=NOW - first, outcome="Talked it over.")
    for days, due_on, is_done in ((3, TOMORROW, False), (2, IN_A_WEEK, False), (1, IN_A_WEEK, True)):
        (one,) = all_of(database, clinic.alice, clinic.ann, days_ago(days))
        assert (one.due_on, one.done_on is not None, one.outcome is not None) == (due_on, is_done, is_done)
    assert all_of(database, clinic.alice, clinic.ann, days_ago(4)) == ()


def test_the_frame_has_a_row_an_action_from_the_day_on_which_it_was_opened(
    database: Database, clinic: SmallClinic
) -> None:
    before = NOW - dt.timedelta(days=3)
    opened(database, clinic, REVIEW, now=before)
    opened(database, clinic, KIT, now=before)
    done(database, clinic, KIT)
    with database.reading() as session:
        found = facts.read(session, [clinic.ann], TODAY).tasks
    kinds = list(ActionKind)
    assert found["kind"].tolist() == [kinds.index(REVIEW), kinds.index(KIT)]
    assert found["day"].tolist() == found["known"].tolist() == [to_day(days_ago(3))] * 2
    assert found["due"].tolist() == [to_day(TOMORROW)] * 2
    assert found["done"].tolist() == [int(FAR), to_day(TODAY)]
    assert found["owner"].tolist() == [clinic.alice.id] * 2


def test_every_step_is_in_the_audit_and_tells_no_text(database: Database, clinic: SmallClinic) -> None:
    opened(database, clinic, what="Something personal")
    assert (last_audit(database).action, last_audit(database).details) == (
        "open_task",
        {"kind": "plan_review"},
    )
    later(database, clinic)
    assert last_audit(database).action == "put_task_off"
    done(database, clinic, outcome="Something personal")
    assert (last_audit(database).action, last_audit(database).details) == ("do_task", {"kind": "plan_review"})
