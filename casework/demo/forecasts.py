"""What the demo's counselors expected in the last months, beside what Tideline said at those moments."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from casework.caseload.forecasts import view_of
from casework.demo.histories import moment
from casework.demo.schedule import Cast
from casework.forecasts import QUESTIONS, turns, week_of
from casework.frames import Facts, to_day
from casework.indicators import Assessment, assess
from casework.outcomes import LOOK_BACK_WEEKS, outcomes
from casework.vocabulary import Likelihood, Outcome
from casework.windows import Panel
from db.models import Staff
from db.queries import facts as facts_query

WEEKS: Final = 24
"""How far back the counselors have made forecasts; the present week is left for whoever looks at the demo."""
FOLLOWED: Final = 0.85
"""How often somebody whose turn it was got a forecast."""
# How often each answer, from "very unlikely" to "very likely", was given before it happened, and before it did not: a
# counselor who senses more than chance would, and is sometimes wrong.
BEFORE_IT_HAPPENED: Final = (1, 3, 4, 5, 3)
BEFORE_IT_DID_NOT: Final = (40, 12, 4, 2, 1)


def rows(
    session: Session, cast: Sequence[Cast], counselors: Sequence[Staff], today: dt.date, seed: int
) -> list[dict[str, Any]]:
    """Rows of the forecast table, from the facts that the session holds already."""
    days = [today - dt.timedelta(weeks=week) for week in range(WEEKS, 0, -1)]
    facts = facts_query.read(
        session, sorted(member.client_id for member in cast), today, weeks=WEEKS + LOOK_BACK_WEEKS + 1
    )
    happened = _happened(facts, days, today)
    made: list[dict[str, Any]] = []
    for at, day in enumerate(days):
        assessment = assess(facts, day, history_weeks=0)
        for client_id, by_id in _turns(facts, cast, counselors, day):
            chance = random.Random(f"{seed}-forecast-{client_id}-{day}")
            if chance.random() < FOLLOWED:
                truth = {
                    question: happened[question][assessment.position(client_id), at] for question in QUESTIONS
                }
                made.append(_row(assessment, client_id, by_id, day, truth, chance))
    return made


def _happened(facts: Facts, days: Sequence[dt.date], today: dt.date) -> dict[Outcome, Any]:
    """What happened after each day, [clients, days]: 1, 0 or NaN."""
    found = outcomes(Panel.on(facts, *map(to_day, days)), until=to_day(today))
    return {question: found[question].happened.reshape(-1, len(days)) for question in QUESTIONS}


def _turns(
    facts: Facts, cast: Sequence[Cast], counselors: Sequence[Staff], day: dt.date
) -> list[tuple[int, int]]:
    """(client, counselor) of those whose turn it was in the day's week."""
    monday = week_of(day)
    ids, admitted = facts.clients["client_id"].to_numpy(), facts.clients["admitted"].to_numpy()
    here = set(ids[admitted <= to_day(monday)].tolist())
    found: list[tuple[int, int]] = []
    for number, counselor in enumerate(counselors):
        own = {member.client_id for member in cast if member.counselor == number} & here
        found += [(client_id, counselor.id) for client_id in sorted(turns(own, monday))]
    return found


def _row(
    assessment: Assessment,
    client_id: int,
    by_id: int,
    day: dt.date,
    truth: dict[Outcome, float],
    chance: random.Random,
) -> dict[str, Any]:
    said = {
        question: chance.choices(
            list(Likelihood), BEFORE_IT_HAPPENED if truth[question] > 0 else BEFORE_IT_DID_NOT
        )[0]
        for question in QUESTIONS
    }
    engine = view_of(assessment, client_id)
    return {
        "client_id": client_id,
        "by_id": by_id,
        "made_at": moment(day, dt.time(16, 40)),
        "made_on": day,
        "week_of": week_of(day),
        "by_turn": True,
        "says_dropout": said[Outcome.DROPOUT],
        "says_use": said[Outcome.USE],
        "engine_dropout": engine.dropout,
        "engine_use": engine.use,
        "engine_band": engine.band,
        "entry_token": f"demo-forecast-{client_id}-{day}",
    }
