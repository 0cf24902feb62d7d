"""Recording what a counselor expects, together with Tideline's chances of that very moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.actions.conflicts import forecast_made
from casework.actions.entry import begin, check_token, flush, refuse_second_save
from casework.caseload.forecasts import engine_view
from casework.errors import Refused
from casework.forecasts import QUESTIONS, turns, week_of
from casework.users import User
from casework.vocabulary import Likelihood, Outcome, Role
from db.models import Forecast
from db.queries import forecasts, scope


@dataclass(frozen=True)
class RecordedForecast:
    """A saved forecast."""

    id: int
    client_id: int
    made_on: dt.date


def record_forecast(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    says: Mapping[Outcome, Likelihood | None],
    token: str,
) -> RecordedForecast:
    """Save the answers to both questions; one forecast a client, counselor and week.

    What Tideline says at `now` is kept beside them; the counselor has not been shown it. Raises Refused without an
    answer, for a second forecast in the week and for anybody but a counselor, NotYours, or AlreadyRecorded.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    if by.role is not Role.COUNSELOR:
        raise Refused("Forecasts are made by the counselor who looks after the client.")
    refuse_second_save(session, Forecast, check_token(token))
    if any(says.get(question) is None for question in QUESTIONS):
        raise Refused("Please choose an answer to both questions.", field="says")
    week = week_of(act.today)
    if forecasts.is_made(session, by, client.id, week):
        raise forecast_made()
    engine = engine_view(session, by, act.today, client.id)
    caseload = session.scalars(scope.visible_clients(by, week)).all()
    row = Forecast(
        client_id=client.id,
        by_id=by.id,
        made_at=now,
        made_on=act.today,
        week_of=week,
        by_turn=client.id in turns(caseload, week),
        says_dropout=says[Outcome.DROPOUT],
        says_use=says[Outcome.USE],
        engine_dropout=engine.dropout,
        engine_use=engine.use,
        engine_band=engine.band,
        entry_token=token,
    )
    session.add(row)
    flush(session)
    act.audit("record_forecast", client_id=client.id, subject=("forecast", row.id), by_turn=row.by_turn)
    return RecordedForecast(row.id, client.id, row.made_on)
