"""Calls to clients, and how many of them a member of staff can make in a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Integer, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from casework.users import User
from casework.vocabulary import CallOutcome, ContactKind, InformationSource
from db.models import Call, CallBudget, CheckIn, SafetyItem, Staff
from db.queries.known import known
from db.queries.scope import visible_clients
from db.queries.versions import Version


@dataclass(frozen=True, kw_only=True)
class CallRow(Version):
    """A try to reach the client."""

    fact = Call

    occurred_at: dt.datetime
    outcome: CallOutcome
    appointment_on: dt.date | None


@dataclass(frozen=True)
class CalledRow:
    """A client who was called on a day, and whether a call reached them. `for_safety` is True when a safety item of
    theirs was open at some time of that day."""

    client_id: int
    reached: bool
    for_safety: bool


def called_on(session: Session, user: User, day: dt.date) -> tuple[CalledRow, ...]:
    """The user's clients who were called on `day`, by whomever, as known then. A check-in by phone is a call that
    reached the client, unless somebody else gave the answers. One SELECT."""
    mine = visible_clients(user, day).cte("mine")
    reached = case((Call.outcome == CallOutcome.REACHED, 1), else_=0)
    tries = union_all(
        select(Call.client_id, reached.label("reached")).where(
            Call.client_id.in_(select(mine.c.id)), Call.occurred_on == day, known(Call, day)
        ),
        select(CheckIn.client_id, literal(1, Integer)).where(
            CheckIn.client_id.in_(select(mine.c.id)),
            CheckIn.occurred_on == day,
            CheckIn.contact == ContactKind.PHONE,
            CheckIn.source != InformationSource.COLLATERAL,
            known(CheckIn, day),
        ),
    ).subquery("tries")
    for_safety = (  # not EXISTS, for which PostgreSQL may read all items of the clinic
        select(func.count())
        .select_from(SafetyItem)
        .where(
            SafetyItem.client_id == tries.c.client_id,
            SafetyItem.raised_on <= day,
            or_(SafetyItem.acknowledged_on.is_(None), SafetyItem.acknowledged_on >= day),
        )
        .correlate(tries)
        .scalar_subquery()
    )
    rows = session.execute(
        select(tries.c.client_id, func.max(tries.c.reached), for_safety).group_by(tries.c.client_id)
    )
    return tuple(CalledRow(client_id, bool(reached), bool(safety)) for client_id, reached, safety in rows)


def calls_per_day(session: Session, user: User) -> int | None:
    """How many calls the user can make in a day; None when they have not said. One SELECT."""
    return session.scalar(select(CallBudget.calls_per_day).where(CallBudget.staff_id == user.id))


def own_budget(session: Session, user: User) -> CallBudget | None:
    """The user's row, to change it. Locks the user's account first: of two windows that say a number for the first time
    at once, the second one waits and finds the row."""
    session.execute(select(Staff.id).where(Staff.id == user.id).with_for_update())
    return session.get(CallBudget, user.id)
