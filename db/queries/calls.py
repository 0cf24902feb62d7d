"""Calls to one client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.users import User
from casework.vocabulary import CallOutcome
from db.models import Call, Staff
from db.queries.facts import known
from db.queries.scope import require_client


@dataclass(frozen=True)
class CallRow:
    """A try to reach the client."""

    id: int
    client_id: int
    occurred_on: dt.date
    occurred_at: dt.datetime
    outcome: CallOutcome
    recorded_at: dt.datetime
    recorded_by: str
    late: bool
    supersedes_id: int | None
    superseded_on: dt.date | None
    correction_reason: str | None


def history(
    session: Session,
    user: User,
    client_id: int,
    day: dt.date,
    *,
    since: dt.date | None = None,
    superseded_too: bool = False,
) -> tuple[CallRow, ...]:
    """The calls known on `day`, the latest first."""
    require_client(session, user, client_id, day)
    where = [Call.client_id == client_id, Call.occurred_on <= day]
    where.append(Call.known_on <= day if superseded_too else known(Call, day))
    if since is not None:
        where.append(Call.occurred_on >= since)
    rows = session.execute(
        select(Call, Staff.name)
        .join(Staff, Staff.id == Call.recorded_by_id)
        .where(*where)
        .order_by(Call.occurred_on.desc(), Call.occurred_at.desc(), Call.id.desc())
    )
    return tuple(
        CallRow(
            call.id,
            call.client_id,
            call.occurred_on,
            call.occurred_at,
            call.outcome,
            call.recorded_at,
            name,
            (call.first_known_on or call.known_on) > call.occurred_on,
            call.supersedes_id,
            call.superseded_on,
            call.correction_reason,
        )
        for call, name in rows
    )
