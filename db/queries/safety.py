"""Safety items: what waits for a named person, and what was done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, null, select
from sqlalchemy.orm import Session, aliased

from casework.errors import NotYours
from casework.users import User
from db.models import CheckIn, Client, ClientVersion, SafetyItem, Staff
from db.queries.known import client_now
from db.queries.scope import require_client, visible_clients


@dataclass(frozen=True)
class SafetyRow:
    """A safety item. `concerns` is a bitmask of `vocabulary.SAFETY_CONCERNS`; open while nobody has acknowledged it.

    `looks_again`: who does so while the clinic is closed. On a past day nothing is told of an acknowledgement that came
    later.
    """

    id: int
    client_id: int
    name: str
    handle: str
    check_in_id: int
    raised_on: dt.date
    concerns: int
    acknowledged_at: dt.datetime | None
    acknowledged_by: str | None
    steps_taken: str | None
    looks_again: str | None

    @property
    def open(self) -> bool:
        """True while it waits for a named person."""
        return self.acknowledged_at is None


def _items(user: User, day: dt.date) -> Select[*tuple[Any, ...]]:
    acknowledger = aliased(Staff)

    def by_then(column: Any) -> Any:
        return case((SafetyItem.acknowledged_on <= day, column), else_=null())

    return (
        select(
            SafetyItem.id,
            SafetyItem.client_id,
            ClientVersion.name,
            Client.handle,
            SafetyItem.check_in_id,
            SafetyItem.raised_on,
            SafetyItem.concerns,
            by_then(SafetyItem.acknowledged_at),
            by_then(acknowledger.name),
            by_then(SafetyItem.steps_taken),
            by_then(SafetyItem.looks_again),
        )
        .join(Client, Client.id == SafetyItem.client_id)
        .join(ClientVersion, client_now(SafetyItem.client_id))
        .outerjoin(acknowledger, acknowledger.id == SafetyItem.acknowledged_by_id)
        .where(SafetyItem.client_id.in_(visible_clients(user, day)), SafetyItem.raised_on <= day)
    )


def items_of(session: Session, user: User, client_id: int, day: dt.date) -> tuple[SafetyRow, ...]:
    """All safety items of one client, the latest first."""
    require_client(session, user, client_id, day)
    rows = session.execute(
        _items(user, day)
        .where(SafetyItem.client_id == client_id)
        .order_by(SafetyItem.raised_on.desc(), SafetyItem.id.desc())
    )
    return tuple(SafetyRow(*row) for row in rows)


def require_item(session: Session, user: User, safety_item_id: int, day: dt.date) -> SafetyItem:
    """The item, or NotYours."""
    item = session.get(SafetyItem, safety_item_id)
    if item is None:
        raise NotYours
    require_client(session, user, item.client_id, day)
    return item


def raised_by_versions_of(session: Session, check_in_id: int) -> int:
    """The concerns that a check-in's earlier versions have raised (a bitmask)."""
    raised = session.scalars(
        select(SafetyItem.concerns).where(SafetyItem.check_in_id.in_(_versions(check_in_id)))
    ).all()
    together = 0
    for concerns in raised:
        together |= concerns
    return together


def is_open_for_versions_of(session: Session, check_in_id: int) -> bool:
    """Whether an item that a check-in or one of its earlier versions raised waits for somebody."""
    waiting = select(SafetyItem.id).where(
        SafetyItem.check_in_id.in_(_versions(check_in_id)), SafetyItem.acknowledged_at.is_(None)
    )
    return session.scalar(waiting.limit(1)) is not None


def _versions(check_in_id: int) -> Select[int]:
    """The ids of a check-in and of the versions that it superseded."""
    version = (
        select(CheckIn.id, CheckIn.supersedes_id)
        .where(CheckIn.id == check_in_id)
        .cte("version", recursive=True)
    )
    earlier = select(CheckIn.id, CheckIn.supersedes_id).join(version, CheckIn.id == version.c.supersedes_id)
    version = version.union_all(earlier)
    return select(version.c.id)
