"""Acknowledging a safety item: a named person says what was done. Nothing else closes one."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import update
from sqlalchemy.orm import Session

from casework.actions.entry import begin
from casework.checks.safety import check_acknowledgement
from casework.errors import ChangedMeanwhile
from casework.users import User
from db.models import SafetyItem
from db.queries import safety as queries


def acknowledge(
    session: Session, *, by: User, now: dt.datetime, safety_item_id: int, steps_taken: str | None
) -> None:
    """Close the item in the name of `by`. Raises Refused without steps, NotYours, and ChangedMeanwhile when it has
    been acknowledged already: the first person's name and steps stay."""
    act = begin(session, by=by, now=now)
    item = queries.require_item(session, by, safety_item_id, act.today)
    steps = check_acknowledgement(steps_taken)
    closed = session.execute(
        update(SafetyItem)
        .where(SafetyItem.id == safety_item_id, SafetyItem.acknowledged_at.is_(None))
        .values(acknowledged_at=now, acknowledged_on=act.today, acknowledged_by_id=by.id, steps_taken=steps)
        .execution_options(synchronize_session=False)
    )
    if closed.rowcount != 1:  # type: ignore[attr-defined]
        raise ChangedMeanwhile(
            "Somebody has acknowledged this already; their steps are on the client's page."
        )
    session.expire(item)
    act.audit("acknowledge_safety_item", client_id=item.client_id, subject=("safety_item", safety_item_id))
