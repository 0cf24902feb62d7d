"""Several people at once: nobody's entry is lost, and of two who contradict each other the second is told."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import select

from casework.actions import attendance, check_ins, clients, medication, rules, safety, schedule, staff, tasks
from casework.actions.claims import claim
from casework.actions.record_numbers import MOST_REFUSED
from casework.checks.check_ins import CheckInAnswers
from casework.checks.clients import ClientDetails
from casework.errors import AlreadyRecorded, ChangedMeanwhile, Refused, RollCallAlreadyTaken, TidelineError
from casework.imports import spreadsheets
from casework.recalibration import Adjustment, Proposal
from casework.users import User
from casework.vocabulary import ActionKind, Level, Mark, Outcome
from db.models import (
    Assignment,
    Attendance,
    AuditEvent,
    CallClaim,
    CheckIn,
    Prescription,
    RefusedNumber,
    RollCall,
    Task,
    TaskAction,
    Team,
)
from tests.support.builders import check_in, count, group, save, token
from tests.support.clinic import NOW, TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.patience import PATIENCE_SECONDS

AT_ONCE = 8


def together(act: Callable[[int], Any], threads: int = AT_ONCE) -> Counter[str]:
    """Start `act` in all threads at the same moment; how often each ended how."""
    barrier = threading.Barrier(threads)

    def run(number: int) -> str:
        barrier.wait(PATIENCE_SECONDS)
        try:
            act(number)
        except TidelineError as told:
            return type(told).__name__
        return "saved"

    with ThreadPoolExecutor(threads) as pool:
        return Counter(pool.map(run, range(threads)))


def test_every_entry_of_concurrent_writers_is_kept(
    database: Database, clinic: SmallClinic, long: bool
) -> None:
    each = 50 if long else 5
    before = count(database, AuditEvent)

    def write(number: int) -> None:
        for _ in range(each):
            check_in(database, clinic.alice, (clinic.ann, clinic.amir)[number % 2])

    assert together(write) == {"saved": AT_ONCE}
    assert count(database, CheckIn) == AT_ONCE * each
    assert count(database, AuditEvent) == before + AT_ONCE * each


def test_one_form_saved_by_many_threads_is_stored_once(database: Database, clinic: SmallClinic) -> None:
    once = {
        "by": clinic.alice,
        "client_id": clinic.ann,
        "answers": CheckInAnswers(craving=0),
        "token": token(),
    }
    ended = together(lambda _: save(database, check_ins.record_check_in, **once))
    assert ended == {"saved": 1, AlreadyRecorded.__name__: AT_ONCE - 1}
    assert count(database, CheckIn) == 1


def test_one_admission_saved_by_many_threads_is_stored_once(database: Database, clinic: SmallClinic) -> None:
    once = {
        "by": clinic.alice,
        "details": ClientDetails("Kim", "100"),
        "counselor_id": clinic.alice.id,
        "level": Level.OUTPATIENT,
        "token": token(),
    }
    ended = together(lambda _: save(database, clients.admit, **once))
    assert ended == {"saved": 1, AlreadyRecorded.__name__: AT_ONCE - 1}


def test_of_many_corrections_one_holds_and_the_others_are_told(
    database: Database, clinic: SmallClinic
) -> None:
    first = check_in(database, clinic.alice, clinic.ann)

    def correct(number: int) -> None:
        save(
            database,
            check_ins.record_check_in,
            by=clinic.alice,
            client_id=clinic.ann,
            answers=CheckInAnswers(craving=number),
            token=token(),
            supersedes=first.id,
            correction_reason="Typing error",
        )

    assert together(correct) == {"saved": 1, ChangedMeanwhile.__name__: AT_ONCE - 1}
    assert count(database, CheckIn) == 2


def test_a_roll_call_is_taken_once(database: Database, clinic: SmallClinic) -> None:
    series = group(database, clinic.alice, (clinic.ann, clinic.amir))

    def take(_: int) -> None:
        save(
            database,
            attendance.take_roll_call,
            by=clinic.alice,
            series_id=series,
            held_on=TODAY,
            marks={clinic.ann: Mark.ATTENDED, clinic.amir: Mark.NO_SHOW},
            token=token(),
        )

    assert together(take) == {"saved": 1, RollCallAlreadyTaken.__name__: AT_ONCE - 1}
    assert (count(database, RollCall), count(database, Attendance)) == (1, 2)


def test_a_client_is_marked_once_in_a_session(database: Database, clinic: SmallClinic) -> None:
    series = group(database, clinic.alice, (clinic.ann,))

    def mark(_: int) -> None:
        save(
            database,
            attendance.mark_in_session,
            by=clinic.alice,
            series_id=series,
            held_on=TODAY,
            client_id=clinic.ann,
            mark=Mark.ATTENDED,
            token=token(),
        )

    assert together(mark) == {"saved": 1, "Refused": AT_ONCE - 1}


def test_edits_of_the_same_version_do_not_overwrite_each_other(
    database: Database, clinic: SmallClinic
) -> None:
    def edit(number: int) -> None:
        details = ClientDetails(f"Name {number}", "R-ann-archer")
        save(database, clients.edit, by=clinic.alice, client_id=clinic.ann, version=1, details=details)

    assert together(edit) == {"saved": 1, ChangedMeanwhile.__name__: AT_ONCE - 1}


def test_a_client_has_one_counselor_at_a_time(database: Database, clinic: SmallClinic) -> None:
    ended = together(
        lambda _: save(
            database,
            clients.assign,
            by=clinic.charlie,
            client_id=clinic.ann,
            counselor_id=clinic.bob.id,
        )
    )
    assert ended["saved"] == 1
    with database.reading() as session:
        of_ann = session.scalars(select(Assignment).where(Assignment.client_id == clinic.ann)).all()
    assert [one.staff_id for one in of_ann if one.superseded_on is None and one.ends_on is None] == [
        clinic.bob.id
    ]
    assert len(of_ann) == 3  # Alice's, its end, and Bob's


def test_a_safety_item_is_acknowledged_by_one(database: Database, clinic: SmallClinic) -> None:
    item = check_in(database, clinic.alice, clinic.ann, suicidal=True).safety_item_id
    ended = together(
        lambda number: save(
            database, safety.acknowledge, by=clinic.alice, safety_item_id=item, steps_taken=f"Steps {number}"
        )
    )
    assert ended == {"saved": 1, ChangedMeanwhile.__name__: AT_ONCE - 1}


def test_a_client_has_one_place_on_a_roster(database: Database, clinic: SmallClinic) -> None:
    series = group(database, clinic.alice)
    ended = together(
        lambda _: save(database, schedule.add_member, by=clinic.alice, series_id=series, client_id=clinic.ann)
    )
    assert ended == {"saved": 1, "Refused": AT_ONCE - 1}


def test_a_reason_is_taken_back_once_a_rule_switched_on_once_and_an_adjustment_revoked_once(
    database: Database, clinic: SmallClinic
) -> None:
    rule: dict[str, Any] = {"rule_id": "engagement.missed_0", "reason": "Roll calls are not kept."}
    override = save(
        database, rules.record_override, by=clinic.alice, client_id=clinic.ann, token=token(), **rule
    )
    save(database, rules.switch_off, by=clinic.charlie, token=token(), **rule)
    adjusted = (Adjustment(0.6, 1.0), Adjustment(0.5, 1.0))
    proposal = Proposal(Outcome.USE, 80, 2400, 140, *adjusted, 0.2, 0.28, 0.3, ())
    save(database, rules.apply_recalibration, by=clinic.charlie, proposal=proposal, token=token())
    one_ends_it = {"saved": 1, ChangedMeanwhile.__name__: AT_ONCE - 1}
    by = {"by": clinic.charlie}
    assert one_ends_it == together(
        lambda _: save(database, rules.take_back_override, override_id=override, **by)
    )
    assert one_ends_it == together(lambda _: save(database, rules.switch_on, rule_id=rule["rule_id"], **by))
    assert one_ends_it == together(
        lambda _: save(database, rules.revoke_recalibration, outcome=Outcome.USE, **by)
    )


def admit(database: Database, by: User, number: str) -> None:
    whose: dict[str, Any] = {"counselor_id": by.id, "level": Level.OUTPATIENT, "token": token()}
    with database.writing(by.acting(TODAY)) as session:
        clients.admit(session, by=by, now=NOW, details=ClientDetails("Kim", number), **whose)


def test_the_limit_of_refused_numbers_holds_for_those_who_ask_in_parallel(
    database: Database, clinic: SmallClinic
) -> None:
    asked = 3 * MOST_REFUSED
    with database.writing() as session:
        for number in range(asked):
            add_client(session, f"Other {number}", counselor=clinic.dave)
    ended = together(lambda number: admit(database, clinic.alice, f"R-other-{number}"), asked)
    assert ended == {"RecordNumberTaken": MOST_REFUSED, "TooManyNumbers": asked - MOST_REFUSED}
    assert count(database, RefusedNumber) == MOST_REFUSED


def test_a_number_that_meets_another_save_is_refused_on_record_and_counted(
    database: Database, clinic: SmallClinic
) -> None:
    whose = [clinic.alice, clinic.dave] * (AT_ONCE // 2)
    ended = together(lambda turn: admit(database, whose[turn], "New"))
    half = AT_ONCE // 2
    # The winner's own are told that it is another client's, the others nothing.
    assert ended == {"saved": 1, "Refused": half - 1, "RecordNumberTaken": half}
    assert count(database, RefusedNumber) == half
    with database.reading() as session:
        refused = session.scalars(select(AuditEvent).where(AuditEvent.action == "refuse_record_number")).all()
    assert [event.client_id is None for event in refused] == [False] * half


def test_a_medication_is_prescribed_once(database: Database, clinic: SmallClinic) -> None:
    given: dict[str, Any] = {
        "by": clinic.alice,
        "client_id": clinic.ann,
        "medication": "methadone",
        "starts_on": TODAY,
    }
    ended = together(lambda _: save(database, medication.prescribe, milligrams=60, token=token(), **given))
    assert ended == {"saved": 1, "Refused": AT_ONCE - 1}
    assert count(database, Prescription) == 1


def test_of_imports_that_contradict_each_other_one_is_stored(database: Database, clinic: SmallClinic) -> None:
    def bring(turn: int) -> None:
        mark = ("attended", "no_show")[turn % 2]
        rows = f"record_number,date,time,kind,mark\nR-amir-aziz,2026-03-09,10:00,group,{mark}\n"
        given: dict[str, Any] = {"by": clinic.alice, "kind": "attendance", "data": rows.encode()}
        digest = save(database, spreadsheets.preview, **given).digest
        save(database, spreadsheets.run, digest=digest, **given)

    together(bring)
    assert count(database, Attendance) == 1


def test_a_team_is_created_once(database: Database, clinic: SmallClinic) -> None:
    before = count(database, Team)
    ended = together(lambda _: save(database, staff.create_team, by=None, name="New"))
    assert ended == {"saved": 1, "Refused": AT_ONCE - 1}
    assert count(database, Team) == before + 1


def test_a_client_has_one_open_task_whoever_opens_one_at_once(
    database: Database, clinic: SmallClinic
) -> None:
    kinds = (ActionKind.PLAN_REVIEW, ActionKind.RECORD_NALOXONE)

    def opening(number: int) -> None:
        asked = {"client_id": clinic.ann, "kind": kinds[number % 2], "due_on": TODAY, "token": token()}
        save(database, tasks.open_task, by=(clinic.alice, clinic.charlie)[number % 2], **asked)

    assert together(opening) == {"saved": AT_ONCE}
    assert (count(database, Task), count(database, TaskAction)) == (1, len(kinds))


def test_an_action_is_done_once(database: Database, clinic: SmallClinic) -> None:
    asked: dict[str, Any] = {"by": clinic.alice, "client_id": clinic.ann, "kind": ActionKind.TELL_TOLERANCE}
    shown = save(database, tasks.open_task, due_on=TODAY, token=token(), **asked).id

    def doing(_: int) -> None:
        save(database, tasks.do_task, action_id=shown, token=token(), **asked)

    assert together(doing) == {"saved": 1, ChangedMeanwhile.__name__: AT_ONCE - 1}


def test_a_call_is_taken_by_one(database: Database, clinic: SmallClinic) -> None:
    def taking(number: int) -> None:
        save(database, claim, by=(clinic.alice, clinic.charlie)[number % 2], client_id=clinic.ann)

    assert together(taking) == {"saved": AT_ONCE // 2, Refused.__name__: AT_ONCE // 2}
    assert count(database, CallClaim) == 1
