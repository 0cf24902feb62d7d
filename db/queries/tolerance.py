"""Times of lowered tolerance of one client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.users import User
from casework.vocabulary import ToleranceCause
from db.models import Staff, ToleranceEvent
from db.queries.scope import require_client
from db.queries.versions import Version, row_of


@dataclass(frozen=True, kw_only=True)
class ToleranceRow(Version):
    """A time away from opioids from `occurred_on` to `ends_on`, its last day (None: it still goes on)."""

    ends_on: dt.date | None
    cause: ToleranceCause


def history(session: Session, user: User, client_id: int, day: dt.date) -> tuple[ToleranceRow, ...]:
    """Every version known on `day`, the latest first."""
    require_client(session, user, client_id, day)
    rows = session.execute(
        select(ToleranceEvent, Staff.name)
        .join(Staff, Staff.id == ToleranceEvent.recorded_by_id)
        .where(
            ToleranceEvent.client_id == client_id,
            ToleranceEvent.occurred_on <= day,
            ToleranceEvent.known_on <= day,
        )
        .order_by(ToleranceEvent.occurred_on.desc(), ToleranceEvent.id.desc())
    )
    return tuple(row_of(ToleranceRow, one, name, day) for one, name in rows)
