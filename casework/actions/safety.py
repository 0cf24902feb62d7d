"""Acknowledging a safety item: a named person says what was done. Nothing else closes one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import update
from sqlalchemy.orm import Session

from casework.actions.answered import answer
from casework.actions.entry import begin
from casework.checks.safety import check_acknowledgement
from casework.errors import ChangedMeanwhile
from casework.users import User
from casework.vocabulary import AnsweredBy, FactKind
from casework.windows import FactRef
from db.data_versions import CLIENT
from db.models import SafetyItem
from db.queries import safety as queries
from db.queries.answered import check_in_now
from db.queries.clinic import clinic_days


def acknowledge(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    safety_item_id: int,
    steps_taken: str | None,
    looks_again: str | None = None,
    facts: Collection[FactRef] = (),
) -> None:
    """Close the item in the name of `by`. It is looked at again (`casework.standing.look_again`): while the clinic is
    closed, by whom `looks_again` names. `facts`: what the page showed beside the item.

    Raises Refused without steps, or without a name before a day on which the clinic is closed, NotYours, and
    ChangedMeanwhile when it has been acknowledged already: the first person's name and steps stay.
    """
    act = begin(session, by=by, now=now)
    item = queries.require_item(session, by, safety_item_id, act.today)
    done = check_acknowledgement(
        steps_taken, looks_again, today=act.today, clinic_days=clinic_days(session, act.today)
    )
    closed = session.execute(
        update(SafetyItem)
        .where(SafetyItem.id == safety_item_id, SafetyItem.acknowledged_at.is_(None))
        .values(acknowledged_at=now, acknowledged_on=act.today, acknowledged_by_id=by.id, **done)
        .execution_options(synchronize_session=False, **{CLIENT: item.client_id})
    )
    if closed.rowcount != 1:  # type: ignore[attr-defined]
        raise ChangedMeanwhile(
            "Somebody has acknowledged this already; their steps are on the client's page."
        )
    session.expire(item)
    answer(
        act,
        client_id=item.client_id,
        by=AnsweredBy.ACKNOWLEDGEMENT,
        by_id=item.id,
        facts=facts,
        also=[(FactKind.SAFETY, item.id), (FactKind.CHECK_IN, check_in_now(session, item.check_in_id))],
    )
    act.audit("acknowledge_safety_item", client_id=item.client_id, subject=("safety_item", safety_item_id))
