"""Counselors' forecasts. A counselor reads their own, a supervisor those on the team's clients."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from casework.users import User
from casework.vocabulary import Band, Likelihood
from db.models import ClientVersion, Forecast
from db.queries.known import client_now
from db.queries.scope import visible_clients


@dataclass(frozen=True)
class ForecastRow:
    """A forecast with the client's name; `engine_*` are Tideline's chances when it was made (None: it gave none)."""

    client_id: int
    name: str
    by_id: int
    made_on: dt.date
    by_turn: bool
    says_dropout: Likelihood
    says_use: Likelihood
    engine_dropout: float | None
    engine_use: float | None
    engine_band: Band


def is_made(session: Session, user: User, client_id: int, week: dt.date) -> bool:
    """Whether the user has made a forecast about the client in the week of the Monday `week`."""
    found = session.scalar(
        select(Forecast.id).where(
            Forecast.by_id == user.id, Forecast.client_id == client_id, Forecast.week_of == week
        )
    )
    return found is not None


def of_week(session: Session, user: User, week: dt.date, day: dt.date) -> tuple[ForecastRow, ...]:
    """The user's own forecasts in the week of the Monday `week`, as far as made by `day`, in order of saving."""
    query = _rows(user, day).where(
        Forecast.by_id == user.id, Forecast.week_of == week, Forecast.made_on <= day
    )
    return tuple(ForecastRow(*row) for row in session.execute(query))


def made_between(
    session: Session, user: User, first: dt.date, last: dt.date, day: dt.date
) -> tuple[ForecastRow, ...]:
    """The forecasts made from `first` to `last` on clients whom the user sees on `day`, in order of saving.

    A counselor's own; for a supervisor everybody's.
    """
    query = _rows(user, day).where(Forecast.made_on >= first, Forecast.made_on <= last)
    if not user.sees_team:
        query = query.where(Forecast.by_id == user.id)
    return tuple(ForecastRow(*row) for row in session.execute(query))


def _rows(user: User, day: dt.date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Forecast.client_id,
            ClientVersion.name,
            Forecast.by_id,
            Forecast.made_on,
            Forecast.by_turn,
            Forecast.says_dropout,
            Forecast.says_use,
            Forecast.engine_dropout,
            Forecast.engine_use,
            Forecast.engine_band,
        )
        .join(ClientVersion, client_now(Forecast.client_id))
        .where(Forecast.client_id.in_(visible_clients(user, day)))
        .order_by(Forecast.id)
    )
