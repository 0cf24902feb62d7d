"""Trying to reach a client by phone, and how many calls fit into a day. No answer is not contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.actions.answered import answer, follow
from casework.actions.entry import Correction, add_fact, begin, check_token, flush
from casework.actions.tasks import DONE_BY_REACHING, done_by_doing
from casework.checks.calls import check, check_appointment, check_calls_per_day
from casework.users import User
from casework.vocabulary import AnsweredBy, CallOutcome
from casework.windows import FactRef
from db.models import Call, CallBudget
from db.queries.calls import own_budget


@dataclass(frozen=True)
class LoggedCall:
    """A saved call; `appointment_on`: the day of the appointment that was made in it."""

    id: int
    client_id: int
    occurred_on: dt.date
    outcome: CallOutcome
    appointment_on: dt.date | None


def log_call(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    outcome: CallOutcome | None,
    token: str,
    occurred_at: dt.datetime | None = None,
    appointment_on: dt.date | None = None,
    facts: Collection[FactRef] = (),
    supersedes: int | None = None,
    correction_reason: str | None = None,
) -> LoggedCall:
    """Save how a call ended (`occurred_at` None: just now, or for a correction when the old entry says).

    A call that reached the client does what waited for it, and answers the facts that the page showed (`facts`): what
    comes later is new. One that reached nobody answers nothing.
    Raises Refused, NotYours, AlreadyRecorded.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    ended = check(outcome)
    call = add_fact(
        act,
        Call,
        client_id=client_id,
        occurred_at=act.moment_of(client, occurred_at, supersedes=supersedes),
        token=check_token(token),
        correction=None if supersedes is None else Correction(supersedes, correction_reason or ""),
        outcome=ended,
    )
    call.appointment_on = check_appointment(appointment_on, ended, called_on=call.occurred_on)
    flush(session)
    reached = ended is CallOutcome.REACHED
    if supersedes is not None:
        follow(act, by=AnsweredBy.CALL, old_id=supersedes, new_id=call.id, holds=reached)
    if reached:
        answer(act, client_id=client_id, by=AnsweredBy.CALL, by_id=call.id, facts=facts)
        done_by_doing(act, client_id, DONE_BY_REACHING, on=call.occurred_on)
    act.audit(
        "log_call" if supersedes is None else "correct_call",
        client_id=client_id,
        subject=("call", call.id),
        outcome=call.outcome.value,
        supersedes=supersedes,
    )
    return LoggedCall(call.id, client_id, call.occurred_on, call.outcome, call.appointment_on)


def set_calls_per_day(session: Session, *, by: User, now: dt.datetime, calls: object) -> int:
    """Remember how many calls `by` can make in a day; `calls` is what a form sent. Raises Refused.

    It takes no token: the same number again changes nothing.
    """
    per_day = check_calls_per_day(calls)
    act = begin(session, by=by, now=now)
    budget = own_budget(session, by)
    if budget is not None and budget.calls_per_day == per_day:
        return per_day
    if budget is None:
        session.add(CallBudget(staff_id=by.id, calls_per_day=per_day))
    else:
        budget.calls_per_day = per_day
    act.audit("set_calls_per_day", subject=("call_budget", by.id), calls=per_day)
    return per_day
