"""Deciding on a level of care. Nothing is applied by itself: a clinician accepts an option or chooses another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from casework.actions.answered import answer
from casework.actions.entry import add_fact, begin, check_token
from casework.checks.placements import DecisionAnswers, check_decision
from casework.level_of_care import facts_behind
from casework.users import User
from casework.vocabulary import AnsweredBy, Level
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
    level: Level | None,
    recommended: Mapping[str, Any],
    accepted: bool,
    token: str,
    reason: str | None = None,
    local_code: str | None = None,
    next_level: Level | None = None,
    wished: bool = False,
    prescriber: str | None = None,
    agreed_on: dt.date | None = None,
    agreement: str | None = None,
) -> RecordedPlacement:
    """Save the level of care that a clinician chose, with the recommendation as it was shown (JSON, see
    `casework.level_of_care.to_json`). It answers the facts that stood there as reasons, but for withdrawal that can
    kill, unless a prescriber agreed.

    A choice other than the recommended one needs a reason; detox needs the named level that follows it; and what the
    rules speak against needs the agreement of a named `prescriber`, unless it is enough that the client `wished` it.
    Raises Refused (with the field), NotYours or AlreadyRecorded.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    choice = DecisionAnswers(
        level, accepted, next_level, reason, local_code, wished, prescriber, agreed_on, agreement
    )
    columns = check_decision(choice, recommended, today=act.today, admitted_on=client.admitted_on)
    row = add_fact(
        act,
        Placement,
        client_id=client_id,
        occurred_at=now,
        token=check_token(token),
        recommended=dict(recommended),
        **columns,
    )
    facts = facts_behind(recommended, withdrawal_seen=row.agreed_by is not None)
    answer(act, client_id=client_id, by=AnsweredBy.DECISION, by_id=row.id, facts=facts)
    act.audit(
        "decide_level_of_care",
        client_id=client_id,
        subject=("placement", row.id),
        level=row.level.value,
        accepted=accepted,
        against_the_rules=row.agreed_by is not None,
    )
    return RecordedPlacement(row.id, client_id, row.level, accepted)
