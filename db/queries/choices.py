"""Whom a user may choose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from casework.users import User
from db.models import Client, ClientVersion
from db.queries.known import client_now
from db.queries.scope import visible_clients


def clients_by_name(session: Session, user: User, day: dt.date) -> Sequence[Row[int, str, str, str]]:
    """(id, handle, name, record_number) of the user's clients, by name."""
    return session.execute(
        select(Client.id, Client.handle, ClientVersion.name, ClientVersion.record_number)
        .join(ClientVersion, client_now(Client.id))
        .where(Client.id.in_(visible_clients(user, day)))
        .order_by(ClientVersion.name, Client.id)
    ).all()
