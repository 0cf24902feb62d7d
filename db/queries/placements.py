"""Levels of care: what was decided, by whom, and what had been recommended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.vocabulary import Level
from db.models import Placement
from db.queries.known import known
from db.queries.versions import Version

_LATEST_FIRST = (Placement.occurred_on.desc(), Placement.occurred_at.desc(), Placement.id.desc())


@dataclass(frozen=True, kw_only=True)
class PlacementRow(Version):
    """A decision on the level of care, with the recommendation as it was shown (None at admission)."""

    fact = Placement

    level: Level
    next_level: Level | None
    local_code: str | None
    recommended: dict[str, Any] | None
    accepted: bool | None
    reason: str | None
    wished: bool | None
    agreed_by: str | None
    agreed_on: dt.date | None
    agreement: str | None


def level_on(session: Session, client_id: int, day: dt.date, *, known_by: dt.date) -> Level | None:
    """The level of care that holds on `day`, as known on `known_by`."""
    return session.scalar(
        select(Placement.level)
        .where(Placement.client_id == client_id, Placement.occurred_on <= day, known(Placement, known_by))
        .order_by(*_LATEST_FIRST)
        .limit(1)
    )
