"""Trying to reach a client by phone, and how many calls fit into a day. No answer is not contact."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.actions.entry import Correction, add_fact, begin, check_token
from casework.checks.calls import check, check_calls_per_day
from casework.users import User
from casework.vocabulary import CallOutcome
from db.models import Call, CallBudget
from db.queries.calls import own_budget


@dataclass(frozen=True)
class LoggedCall:
    """A saved call."""

    id: int
    client_id: int
    occurred_on: dt.date
    outcome: CallOutcome


def log_call(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    outcome: CallOutcome | None,
    token: str,
    occurred_at: dt.datetime | None = None,
    supersedes: int | None = None,
    correction_reason: str | None = None,
) -> LoggedCall:
    """Save how a call ended (`occurred_at` None: just now, or for a correction when the old entry says).

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
    act.audit(
        "log_call" if supersedes is None else "correct_call",
        client_id=client_id,
        subject=("call", call.id),
        outcome=call.outcome.value,
        supersedes=supersedes,
    )
    return LoggedCall(call.id, client_id, call.occurred_on, call.outcome)


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
