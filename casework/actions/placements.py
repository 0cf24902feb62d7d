"""Deciding on a level of care. Nothing is applied by itself: a clinician accepts an option or chooses another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from casework.actions.answered import answer
from casework.actions.entry import add_fact, begin, check_token, refuse_second_save
from casework.caseload.level_of_care import recommendation_for
from casework.checks.placements import DecisionAnswers, check_decision
from casework.errors import Refused
from casework.level_of_care import Recommendation, facts_behind, to_json
from casework.users import User
from casework.vocabulary import AnsweredBy, Level
from db.models import Placement

CHANGED: Final = "The recommendation has changed since you chose. Look at the options again, then choose."


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
    shown: Recommendation,
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
    """Save the level of care that a clinician chose, with what the rules say now. It answers the facts that stood there
    as reasons, but for withdrawal that can kill, unless a prescriber agreed.

    `shown` is what the page showed: the choice was made on it, and nothing else is read from it. A choice other than
    the recommended one needs a reason; detox needs the named level that follows it; and what the rules speak against
    needs the agreement of a named `prescriber`, unless it is enough that the client `wished` it.
    Raises Refused (with the field; without one when the rules say something else by now), NotYours or AlreadyRecorded.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    choice = DecisionAnswers(
        level, accepted, next_level, reason, local_code, wished, prescriber, agreed_on, agreement
    )
    refuse_second_save(session, Placement, check_token(token))
    found = recommendation_for(session, by, act.today, client_id)
    if not found.offers_the_same(shown):
        raise Refused(CHANGED)
    columns = check_decision(choice, found, today=act.today, admitted_on=client.admitted_on)
    row = add_fact(
        act,
        Placement,
        client_id=client_id,
        occurred_at=now,
        token=token,
        recommended=to_json(found),
        **columns,
    )
    facts = facts_behind(found, withdrawal_seen=row.agreed_by is not None)
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
