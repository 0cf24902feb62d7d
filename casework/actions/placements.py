"""Deciding on a level of care. Nothing is applied by itself: a clinician accepts an option or chooses another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from casework.actions.entry import add_fact, begin, check_token
from casework.checks.cleaning import clean_line, clean_text, required_text
from casework.checks.placements import check_level
from casework.users import User
from casework.vocabulary import Level
from db.models import Placement


@dataclass(frozen=True)
class RecordedPlacement:
    """A saved decision."""

    id: int
    client_id: int
    level: Level
    accepted: bool


def decide(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    level: Level,
    recommended: Mapping[str, Any],
    accepted: bool,
    token: str,
    reason: str | None = None,
    local_code: str | None = None,
    next_level: Level | None = None,
) -> RecordedPlacement:
    """Save the level of care that a clinician chose, with the recommendation as it was shown (JSON, see
    `casework.level_of_care.to_json`).

    A choice other than the recommended one needs a reason; detox needs the named level that follows it.
    Raises Refused (with the field), NotYours or AlreadyRecorded.
    """
    act = begin(session, by=by, now=now)
    act.client(client_id)
    level = Level(level)
    why = clean_text(reason, field="reason") if accepted else required_text(reason, field="reason")
    check_level(level, next_level)
    row = add_fact(
        act,
        Placement,
        client_id=client_id,
        occurred_at=now,
        token=check_token(token),
        level=level,
        next_level=None if next_level is None else Level(next_level),
        local_code=clean_line(local_code, field="local_code", longest=64),
        recommended=dict(recommended),
        accepted=accepted,
        reason=why,
    )
    act.audit(
        "decide_level_of_care",
        client_id=client_id,
        subject=("placement", row.id),
        level=level.value,
        accepted=accepted,
    )
    return RecordedPlacement(row.id, client_id, level, accepted)
