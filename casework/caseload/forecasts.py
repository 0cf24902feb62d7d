"""The counselor's forecasts: whose turn it is this week, and how earlier ones compare with what happened."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from casework.caseload.assessment import assess_for, visible_ids
from casework.caseload.choices import choices
from casework.forecasts import (
    HORIZON_DAYS,
    QUESTIONS,
    Case,
    Comparison,
    EngineView,
    compare,
    furthest_apart,
    turns,
    week_of,
)
from casework.frames import to_date, to_day
from casework.indicators import Assessment
from casework.outcomes import LOOK_BACK_WEEKS, RUN_WEEKS, outcomes
from casework.users import User
from casework.vocabulary import Likelihood, Outcome
from casework.windows import Panel
from db.queries import facts as facts_query
from db.queries import forecasts
from db.queries.forecasts import ForecastRow

COMPARED_WEEKS: Final = 52
"""Forecasts of this many weeks are compared."""
_READ_WEEKS: Final = COMPARED_WEEKS + LOOK_BACK_WEEKS + RUN_WEEKS
MIN_COUNSELORS: Final = 2
"""A team's figures are shown from this many counselors on, so that they are never one person's."""
_Key = tuple[Outcome, int, dt.date]
"""Which outcome, of which client, in the four weeks after which day."""


# --- this week ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """A forecast of this week: the counselor's answers, and what Tideline said at that moment."""

    on: dt.date
    says: dict[Outcome, Likelihood]
    engine: EngineView


@dataclass(frozen=True)
class Turn:
    """A client to make a forecast about; `made` holds it once it is saved. Nothing else about the client: no score,
    band or reason may reach the screen before the counselor has answered."""

    client_id: int
    name: str
    made: Made | None


@dataclass(frozen=True)
class Week:
    """The counselor's week. `turns`: whose turn it is, and whoever was picked and is saved; `others`: the rest of
    the caseload. Both by name."""

    turns: tuple[Turn, ...]
    others: tuple[Turn, ...]


def this_week(session: Session, user: User, today: dt.date) -> Week:
    """Whose turn it is this week, by the caseload of its Monday, so that no admission moves anybody in midweek.

    Reads names and the user's own forecasts only, not one dated fact: the page cannot show what it does not have.
    """
    monday = week_of(today)
    due = turns(visible_ids(session, user, monday), monday)
    made = {row.client_id: _made(row) for row in forecasts.of_week(session, user, monday, today)}
    everybody = tuple(
        Turn(choice.id, choice.label, made.get(choice.id)) for choice in choices(session, user, today)
    )
    asked = due | made.keys()
    return Week(
        tuple(one for one in everybody if one.client_id in asked),
        tuple(one for one in everybody if one.client_id not in asked),
    )


def engine_view(session: Session, user: User, today: dt.date, client_id: int) -> EngineView:
    """What Tideline says of the client now, to be stored with a forecast. Raises NotYours."""
    _, assessment = assess_for(session, user, today, client_ids=[client_id])
    return view_of(assessment, client_id)


def view_of(assessment: Assessment, client_id: int) -> EngineView:
    """What an assessment says about the two questions: its likely chances, without their ranges."""
    dropout, use = (assessment.chance(client_id, question).likely for question in QUESTIONS)
    return EngineView(dropout, use, assessment.band(client_id))


# --- how it turned out -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Past:
    """One question's forecasts whose four weeks are over: the comparison, and the cases with the client's name, the
    widest apart first (none of them for a supervisor)."""

    comparison: Comparison
    cases: tuple[tuple[str, Case], ...]


@dataclass(frozen=True)
class Review:
    """How forecasts of the last 52 weeks turned out, by question. `waiting`: forecasts whose four weeks run still.

    `counselors`: how many people made those that are over. A supervisor's figures are of the team as a whole, None of
    it below `MIN_COUNSELORS`: nobody is compared with anybody.
    """

    past: dict[Outcome, Past]
    waiting: int
    counselors: int


def review(session: Session, user: User, today: dt.date) -> Review:
    """The user's own forecasts, or those of a supervisor's whole team, beside what happened.

    What is known today counts, whenever it became known. The number of SQL statements does not depend on that of
    forecasts.
    """
    first = today - dt.timedelta(weeks=COMPARED_WEEKS)
    rows = forecasts.made_between(session, user, first, today, today)
    over = [row for row in rows if row.made_on <= today - dt.timedelta(days=HORIZON_DAYS)]
    counselors = len({row.by_id for row in over})
    shown = over if not user.sees_team or counselors >= MIN_COUNSELORS else []
    happened = _happened(session, shown, today)
    past = {question: _past(question, shown, happened, named=not user.sees_team) for question in QUESTIONS}
    return Review(past, len(rows) - len(over), counselors)


def _past(
    question: Outcome, rows: Sequence[ForecastRow], happened: dict[_Key, bool | None], *, named: bool
) -> Past:
    names = {row.client_id: row.name for row in rows}
    cases = [_case(row, question, happened[question, row.client_id, row.made_on]) for row in rows]
    ordered = furthest_apart(cases) if named else ()
    return Past(compare(cases), tuple((names[case.client_id], case) for case in ordered))


def _case(row: ForecastRow, question: Outcome, happened: bool | None) -> Case:
    made = _made(row)
    return Case(
        row.client_id, row.made_on, made.says[question], made.engine.chance(question), happened, row.by_turn
    )


def _happened(session: Session, rows: Sequence[ForecastRow], today: dt.date) -> dict[_Key, bool | None]:
    """What happened in the four weeks after each forecast; None where nobody can say, or where it was so already."""
    asked = sorted({(row.client_id, to_day(row.made_on)) for row in rows})
    if not asked:
        return {}
    ids = sorted({client_id for client_id, _ in asked})
    facts = facts_query.read(session, ids, today, weeks=_READ_WEEKS)
    client_id, as_of = np.array(asked, dtype=np.int64).T
    panel = Panel.of(facts, client_id, as_of)
    found = outcomes(panel, until=to_day(today))
    return {
        (question, int(client), to_date(day)): None if math.isnan(value) else value > 0
        for question in QUESTIONS
        for client, day, value in zip(client_id, as_of, found[question].happened.tolist(), strict=True)
    }


def _made(row: ForecastRow) -> Made:
    says = {Outcome.DROPOUT: row.says_dropout, Outcome.USE: row.says_use}
    return Made(row.made_on, says, EngineView(row.engine_dropout, row.engine_use, row.engine_band))
