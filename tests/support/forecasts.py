"""Forecasts for tests: cases for the core, and saved forecasts with the answers that a test does not care about."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from casework.actions.forecasts import RecordedForecast, record_forecast
from casework.forecasts import Case, EngineView
from casework.users import User
from casework.vocabulary import Likelihood, Outcome
from db.models import Forecast
from tests.support.builders import save
from tests.support.clinic import NOW, TODAY
from tests.support.databases import Database

UNLIKELY = {Outcome.DROPOUT: Likelihood.UNLIKELY, Outcome.USE: Likelihood.UNLIKELY}


def case(
    said: Likelihood = Likelihood.UNLIKELY,
    engine: float | None = 0.2,
    happened: bool | None = False,
    *,
    client_id: int = 1,
    made_on: dt.date = TODAY,
    by_turn: bool = True,
) -> Case:
    """One answered question."""
    return Case(client_id, made_on, said, engine, happened, by_turn)


def forecast(
    database: Database,
    by: User,
    client_id: int,
    *,
    says: dict[Outcome, Likelihood | None] | None = None,
    engine: EngineView | None = None,
    now: dt.datetime = NOW,
    token: str | None = None,
) -> RecordedForecast:
    """Save a forecast, at NOW unless said otherwise; `engine`: what Tideline is to have said then."""
    made = save(
        database,
        record_forecast,
        by=by,
        now=now,
        client_id=client_id,
        says=UNLIKELY if says is None else says,
        token=token or uuid4().hex,
    )
    if engine is not None:
        with database.writing() as session:
            row = session.get_one(Forecast, made.id)
            row.engine_dropout, row.engine_use, row.engine_band = engine.dropout, engine.use, engine.band
    return made
