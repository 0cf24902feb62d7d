"""The day's calls on both databases: the number that is remembered, and what the facts of the day say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import text, update

from casework.actions import clients
from casework.actions.calls import log_call, set_calls_per_day
from casework.actions.safety import acknowledge
from casework.actions.schedule import remove_member
from casework.caseload.call_budget import USUAL_CALLS, CallMade, Calls, NextSession, plan
from casework.caseload.calls import calls_of_day
from casework.caseload.entries import entries
from casework.caseload.worklist import worklist
from casework.checks.clients import ClientDetails
from casework.errors import Refused
from casework.frames import to_day
from casework.users import User
from casework.vocabulary import CallOutcome, ContactKind, FactKind, InformationSource, Mark, Permission, Use
from db.models import AuditEvent, CallBudget, ClientVersion
from db.queries import clients as clients_query
from db.queries import facts
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.clinic import NOW, TODAY, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.statements import statements


def calls(database: Database, user: User, day: dt.date = TODAY) -> Calls:
    with database.reading() as session:
        return calls_of_day(session, user, day, worklist(session, user, day).items)


def say(database: Database, by: User, number: object) -> int:
    return builders.save(database, set_calls_per_day, by=by, calls=number)


def test_the_number_is_five_until_somebody_says_otherwise_and_everybody_has_their_own(
    database: Database, clinic: SmallClinic
) -> None:
    assert calls(database, clinic.alice).per_day == USUAL_CALLS == 5
    say(database, clinic.alice, 8)
    say(database, clinic.alice, 0)
    assert calls(database, clinic.alice).per_day == 0
    assert calls(database, clinic.bob).per_day == 5


def test_saying_a_number_is_audited_and_saying_it_again_changes_nothing(
    database: Database, clinic: SmallClinic
) -> None:
    say(database, clinic.alice, 8)
    event = builders.last_audit(database)
    assert (event.action, event.by_id, event.subject) == ("set_calls_per_day", clinic.alice.id, "call_budget")
    assert event.details == {"calls": 8}
    before = builders.count(database, AuditEvent)
    say(database, clinic.alice, 8)
    assert builders.count(database, AuditEvent) == before


@pytest.mark.parametrize("number", [-1, 51, 2.5, "7", None, True])
def test_a_bad_number_is_refused_and_nothing_is_saved(
    database: Database, clinic: SmallClinic, number: object
) -> None:
    with pytest.raises(Refused, match="whole number from 0 to 50") as refused:
        say(database, clinic.alice, number)
    assert refused.value.field == "calls_per_day"
    assert builders.count(database, CallBudget) == 0


@pytest.mark.parametrize("number", [-1, 51])
def test_the_database_itself_refuses_a_number_out_of_bounds(
    database: Database, clinic: SmallClinic, number: int
) -> None:
    with pytest.raises(Exception, match=r"(?i)constraint"), database.writing() as session:
        session.execute(text(f"INSERT INTO call_budget VALUES ({clinic.alice.id}, {number})"))


def test_a_call_of_today_is_known_whoever_made_it_and_only_to_those_who_see_the_client(
    database: Database, clinic: SmallClinic
) -> None:
    builders.call(database, clinic.alice, clinic.ann, CallOutcome.NO_ANSWER)
    builders.call(database, clinic.charlie, clinic.amir, CallOutcome.LEFT_MESSAGE)
    builders.call(database, clinic.alice, clinic.amir)
    made = {clinic.ann: CallMade(reached=False), clinic.amir: CallMade(reached=True)}
    assert calls(database, clinic.alice).made == made
    assert calls(database, clinic.charlie).made == made
    assert calls(database, clinic.bob).made == {}
    assert calls(database, clinic.dave).made == {}


def test_a_call_of_another_day_is_none_of_todays(database: Database, clinic: SmallClinic) -> None:
    builders.save(
        database,
        log_call,
        by=clinic.alice,
        client_id=clinic.ann,
        outcome=CallOutcome.REACHED,
        occurred_at=builders.at(days_ago(1)),
        token=builders.token(),
    )
    assert calls(database, clinic.alice).made == {}


def test_a_corrected_call_counts_as_it_was_corrected(database: Database, clinic: SmallClinic) -> None:
    first = builders.call(database, clinic.alice, clinic.ann)
    builders.save(
        database,
        log_call,
        by=clinic.alice,
        client_id=clinic.ann,
        outcome=CallOutcome.WRONG_NUMBER,
        token=builders.token(),
        supersedes=first,
        correction_reason="It was somebody else",
    )
    assert calls(database, clinic.alice).made == {clinic.ann: CallMade(reached=False)}


@pytest.mark.parametrize(
    ("answers", "is_call"),
    [
        ({"contact": ContactKind.PHONE}, True),
        ({"contact": ContactKind.PHONE, "source": InformationSource.COLLATERAL}, False),
        ({"contact": ContactKind.VISIT}, False),
    ],
)
def test_a_check_in_by_phone_with_the_client_is_a_call(
    database: Database, clinic: SmallClinic, answers: dict[str, Any], is_call: bool
) -> None:
    builders.check_in(database, clinic.alice, clinic.ann, **answers)
    assert (clinic.ann in calls(database, clinic.alice).made) == is_call


def test_a_call_for_safety_stays_outside_the_number_on_the_day_of_its_acknowledgment(
    database: Database, clinic: SmallClinic
) -> None:
    builders.check_in(database, clinic.alice, clinic.ann, suicidal=True, contact=ContactKind.VISIT)
    builders.call(database, clinic.alice, clinic.ann)
    with database.reading() as session:
        (alert,) = worklist(session, clinic.alice, TODAY).safety
    outside = {clinic.ann: CallMade(reached=True, for_safety=True)}
    assert calls(database, clinic.alice).made == outside
    builders.save(
        database, acknowledge, by=clinic.alice, safety_item_id=alert.id, steps_taken="Stayed on the line."
    )
    assert calls(database, clinic.alice).made == outside


def test_who_may_not_be_called_has_the_next_session(database: Database, clinic: SmallClinic) -> None:
    with database.writing() as session:
        session.execute(
            update(ClientVersion)
            .where(ClientVersion.client_id == clinic.ann)
            .values(safe_to_call=Permission.NO)
        )
    assert calls(database, clinic.alice).next_sessions == {}
    series = builders.group(database, clinic.alice, (clinic.ann, clinic.amir), first_on=days_ago(28))
    builders.group(database, clinic.alice, (clinic.ann,), first_on=days_ago(26))
    assert calls(database, clinic.alice).next_sessions == {clinic.ann: NextSession(TODAY, dt.time(10))}
    builders.roll_call(database, clinic.alice, series, {clinic.ann: Mark.NO_SHOW, clinic.amir: Mark.NO_SHOW})
    in_two_days = NextSession(TODAY + dt.timedelta(days=2), dt.time(10))
    assert calls(database, clinic.alice).next_sessions == {clinic.ann: in_two_days}
    assert calls(database, clinic.bob).next_sessions == {}


def test_a_session_that_the_client_has_left_is_no_way_to_speak(
    database: Database, clinic: SmallClinic
) -> None:
    with database.writing() as session:
        session.execute(
            update(ClientVersion)
            .where(ClientVersion.client_id == clinic.ann)
            .values(safe_to_call=Permission.NO)
        )
    series = builders.group(database, clinic.alice, (clinic.ann,), first_on=days_ago(27))
    builders.save(database, remove_member, by=clinic.alice, series_id=series, client_id=clinic.ann)
    assert calls(database, clinic.alice).next_sessions == {}


def test_logging_a_call_moves_nobody_over_the_line(database: Database, clinic: SmallClinic) -> None:
    with database.writing() as session:
        more = [add_client(session, f"Client {number}", counselor=clinic.alice) for number in range(6)]
    for number, client_id in enumerate(more):
        then = builders.at(days_ago(10 + number))
        builders.check_in(database, clinic.alice, client_id, now=then, use=Use.SLIP, craving=8)
    say(database, clinic.alice, 3)

    def above() -> set[int]:
        with database.reading() as session:
            mine = worklist(session, clinic.alice, TODAY)
            day = plan(mine.items, calls_of_day(session, clinic.alice, TODAY, mine.items))
        return {one.item.client_id for one in day.within}

    before = above()
    assert len(before) == 3 + 1  # one of those who need a plan stands beside the places
    for client_id in sorted(before):
        builders.call(database, clinic.alice, client_id)
        assert above() == before


def test_the_order_is_the_same_for_the_counselor_and_the_supervisor(
    database: Database, clinic: SmallClinic
) -> None:
    builders.check_in(database, clinic.bob, clinic.ben, use=Use.REGULAR)
    with database.writing() as session:
        for number in range(6):
            add_client(session, f"Client {number}", counselor=clinic.alice)

    def order(user: User) -> list[int]:
        with database.reading() as session:
            items = worklist(session, user, TODAY).items
        return [one.client_id for one in items if one.counselor_id == clinic.alice.id]

    assert order(clinic.alice) == order(clinic.charlie)


def test_the_number_of_statements_does_not_grow_with_the_caseload(
    database: Database, clinic: SmallClinic
) -> None:
    def cost() -> int:
        with database.reading() as session:
            items = worklist(session, clinic.alice, TODAY).items
            with statements(database) as sent:
                calls_of_day(session, clinic.alice, TODAY, items)
        return len(sent)

    with database.writing() as session:
        session.execute(update(ClientVersion).values(safe_to_call=Permission.NO))
    small = cost()
    with database.writing() as session:
        more = [add_client(session, f"Client {number}", counselor=clinic.alice) for number in range(20)]
        session.execute(update(ClientVersion).values(safe_to_call=Permission.NO))
    for client_id in more[:5]:
        builders.call(database, clinic.alice, client_id)
    assert cost() == small == 3


# --- an appointment, a wrong number ---------------------------------------------------------------------------------


IN_FIVE_DAYS = TODAY + dt.timedelta(days=5)


def log(database: Database, clinic: SmallClinic, outcome: CallOutcome, **more: Any) -> int:
    asked = {"by": clinic.alice, "client_id": clinic.ann, "outcome": outcome, "token": builders.token()}
    return builders.save(database, log_call, **asked | more).id


def test_an_appointment_is_made_in_a_call_that_reached(database: Database, clinic: SmallClinic) -> None:
    log(database, clinic, CallOutcome.REACHED, appointment_on=IN_FIVE_DAYS)
    log(database, clinic, CallOutcome.REACHED)
    with database.reading() as session:
        calls_read = facts.read(session, [clinic.ann], TODAY).calls
        told = entries(session, clinic.alice, clinic.ann, TODAY, weeks=2)
    assert calls_read["appointment"].tolist() == [to_day(IN_FIVE_DAYS), -1]
    said = [one.said for one in told if one.kind is FactKind.CALL]
    assert sorted(said) == ["Reached", "Reached, appointment on March 16, 2026"]
    for outcome in set(CallOutcome) - {CallOutcome.REACHED}:
        with pytest.raises(Refused) as refused:
            log(database, clinic, outcome, appointment_on=IN_FIVE_DAYS)
        assert refused.value.field == "appointment_on"


@pytest.mark.parametrize("days", [-1, 400])
def test_an_appointment_is_not_before_its_call_and_within_a_year(
    database: Database, clinic: SmallClinic, days: int
) -> None:
    with pytest.raises(Refused) as refused:
        log(database, clinic, CallOutcome.REACHED, appointment_on=TODAY + dt.timedelta(days=days))
    assert refused.value.field == "appointment_on"


def test_a_call_that_is_logged_late_can_have_had_an_appointment_of_a_past_day(
    database: Database, clinic: SmallClinic
) -> None:
    log(
        database,
        clinic,
        CallOutcome.REACHED,
        occurred_at=builders.at(days_ago(6)),
        appointment_on=days_ago(2),
    )
    with database.reading() as session:
        assert facts.read(session, [clinic.ann], TODAY).calls["appointment"].tolist() == [to_day(days_ago(2))]


def wrong_since(database: Database, clinic: SmallClinic, day: dt.date = TODAY) -> dt.date | None:
    with database.reading() as session:
        return clients_query.one(session, clinic.alice, clinic.ann, day).wrong_number_on


def edit_phone(database: Database, clinic: SmallClinic, phone: str, now: dt.datetime) -> None:
    with database.reading() as session:
        old = clients_query.current(session, clinic.ann)
        details, version = ClientDetails(old.name, old.record_number, phone=phone), old.number
    builders.save(
        database,
        clients.edit,
        by=clinic.alice,
        now=now,
        client_id=clinic.ann,
        version=version,
        details=details,
    )


def test_a_wrong_number_is_wrong_until_somebody_edits_it(database: Database, clinic: SmallClinic) -> None:
    hour = dt.timedelta(hours=1)
    assert wrong_since(database, clinic) is None
    log(database, clinic, CallOutcome.WRONG_NUMBER, now=NOW)
    log(database, clinic, CallOutcome.NO_ANSWER, now=NOW + hour)
    assert wrong_since(database, clinic) == TODAY
    assert wrong_since(database, clinic, days_ago(1)) is None
    edit_phone(database, clinic, "555-0100", NOW + 2 * hour)  # the same: something else was edited
    assert wrong_since(database, clinic) == TODAY
    edit_phone(database, clinic, "555-0199", NOW + 3 * hour)
    assert wrong_since(database, clinic) is None
    edit_phone(database, clinic, "555-0100", NOW + 4 * hour)
    assert wrong_since(database, clinic) is None
    log(database, clinic, CallOutcome.WRONG_NUMBER, now=NOW + 5 * hour)
    assert wrong_since(database, clinic) == TODAY
    log(database, clinic, CallOutcome.REACHED, now=NOW + 6 * hour)
    assert wrong_since(database, clinic) is None


def test_a_wrong_number_does_not_depend_on_the_numbers_of_others(
    database: Database, clinic: SmallClinic
) -> None:
    with database.writing() as session:
        clients_query.current(session, clinic.ben).phone = "555-0111"
    log(database, clinic, CallOutcome.WRONG_NUMBER, now=NOW)
    edit_phone(database, clinic, "555-0100", NOW + dt.timedelta(hours=1))  # something else was edited
    assert wrong_since(database, clinic) == TODAY


def test_a_wrong_number_that_was_logged_by_mistake_is_none(database: Database, clinic: SmallClinic) -> None:
    first = log(database, clinic, CallOutcome.WRONG_NUMBER)
    log(
        database,
        clinic,
        CallOutcome.NO_ANSWER,
        supersedes=first,
        correction_reason="It was the right one",
    )
    assert wrong_since(database, clinic) is None
