"""Whose weeks the rules are held against: everybody who was ever on a caseload, also those who have left.

Only counts come of it, and no names: it is the one query on clients that is not scoped to the user.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Assignment, Client
from db.queries.known import known


def everybody(session: Session, day: dt.date) -> dict[int, dt.date]:
    """By client id, ascending, the last day up to `day` on which the clinic looked after the client."""
    after = day + dt.timedelta(days=1)
    rows = session.execute(
        select(Assignment.client_id, func.max(func.coalesce(Assignment.ends_on, after)))
        .join(Client, Client.id == Assignment.client_id)
        .where(Assignment.starts_on <= day, known(Assignment, day), Client.admitted_on <= day)
        .group_by(Assignment.client_id)
        .order_by(Assignment.client_id)
    )
    return {client_id: min(ends_on, after) - dt.timedelta(days=1) for client_id, ends_on in rows}
