"""Who has a record number. A number is given once in the clinic, but only a client whom the user sees is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casework.users import User
from db.models import Client, ClientVersion, RefusedNumber
from db.queries.known import client_now
from db.queries.parts import in_parts
from db.queries.scope import visible_clients


def visible_holders(
    session: Session, user: User, numbers: Collection[str], day: dt.date
) -> dict[str, Client]:
    """The clients that the user may see, by their record numbers."""
    found: dict[str, Client] = {}
    for some in in_parts(numbers):
        query = (
            select(ClientVersion.record_number, Client)
            .join(ClientVersion, client_now(Client.id))
            .where(ClientVersion.record_number.in_(some), Client.id.in_(visible_clients(user, day)))
        )
        found.update(session.execute(query).all())
    return found


def holders(session: Session, numbers: Collection[str]) -> dict[str, int]:
    """Ids of the clinic's clients by their record numbers, whoever may see them: to keep a number from being given
    twice, and for nothing else."""
    found: dict[str, int] = {}
    for some in in_parts(numbers):
        query = select(ClientVersion.record_number, ClientVersion.client_id).where(
            ClientVersion.record_number.in_(some), ClientVersion.superseded_on.is_(None)
        )
        found.update(session.execute(query).all())
    return found


def refused_since(session: Session, user: User, since: dt.datetime) -> int:
    """How many numbers were refused to the user after `since`."""
    query = (
        select(func.count())
        .select_from(RefusedNumber)
        .where(RefusedNumber.staff_id == user.id, RefusedNumber.at > since)
    )
    return session.scalar(query) or 0
