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
from db.queries.versions import Version, row_of


@dataclass(frozen=True, kw_only=True)
class CallRow(Version):
    """A try to reach the client."""

    occurred_at: dt.datetime
    outcome: CallOutcome


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
    return tuple(row_of(CallRow, call, name, day) for call, name in rows)
