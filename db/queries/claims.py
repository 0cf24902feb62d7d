"""Who has taken a client's call of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.users import User
from db.models import CallClaim, Staff
from db.queries.scope import visible_clients


@dataclass(frozen=True)
class ClaimRow:
    """Somebody who has taken a client's call."""

    client_id: int
    staff_id: int
    name: str


def held_on(session: Session, user: User, day: dt.date) -> tuple[ClaimRow, ...]:
    """The claims on calls to the user's clients that were held at the end of `day`, or are held now. One SELECT."""
    rows = session.execute(
        select(CallClaim.client_id, Staff.id, Staff.name)
        .join(Staff, Staff.id == CallClaim.staff_id)
        .where(
            CallClaim.held_on == day,
            CallClaim.released_at.is_(None),
            CallClaim.client_id.in_(visible_clients(user, day)),
        )
        .order_by(CallClaim.client_id)
    )
    return tuple(ClaimRow(*row) for row in rows)


def of_client(session: Session, client_id: int, day: dt.date) -> CallClaim | None:
    """The claim that is held on the call to a client whom the caller has checked."""
    return session.scalar(
        select(CallClaim).where(
            CallClaim.client_id == client_id, CallClaim.held_on == day, CallClaim.released_at.is_(None)
        )
    )
