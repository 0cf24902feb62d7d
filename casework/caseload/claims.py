"""Who has taken whose call today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.caseload.kept import keeps
from casework.users import User
from db.queries import claims as queries


@dataclass(frozen=True)
class Claim:
    """Somebody who has taken a client's call; `mine` when it is the user."""

    by: str
    mine: bool


@keeps
def claims(session: Session, user: User, today: dt.date) -> Mapping[int, Claim]:
    """The claims on today's calls to the user's clients, by client id. One SELECT."""
    rows = queries.held_on(session, user, today)
    return {row.client_id: Claim(row.name, row.staff_id == user.id) for row in rows}
