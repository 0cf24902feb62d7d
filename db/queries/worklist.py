"""The sessions of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import Session

from casework.users import User
from db.models import Client, RollCall, RosterMember, SessionSeries
from db.queries.later import end_of, series_end, series_known
from db.queries.schedule import on_roster


def sessions_led(session: Session, user: User, day: dt.date) -> Sequence[Row[*tuple[Any, ...]]]:
    """The user's series that run around `day`, with how many clients are expected, the first of their names, and
    whether the roll call of that day was taken.

    A weekly series is held on the weekday of its `first_on` only: the caller picks those.
    """
    end = end_of(session, day)
    expected_then = and_(RosterMember.series_id == SessionSeries.id, on_roster(day, end))
    expected = (
        select(func.count())
        .select_from(RosterMember)
        .where(expected_then)
        .correlate(SessionSeries)
        .scalar_subquery()
    )
    first_name = (
        select(func.min(Client.name))
        .join(RosterMember, RosterMember.client_id == Client.id)
        .where(expected_then)
        .correlate(SessionSeries)
        .scalar_subquery()
    )
    taken = (
        select(RollCall.id)
        .where(RollCall.series_id == SessionSeries.id, RollCall.held_on == day, RollCall.recorded_at < end)
        .correlate(SessionSeries)
        .exists()
    )
    return session.execute(
        select(
            SessionSeries.id,
            SessionSeries.kind,
            SessionSeries.title,
            SessionSeries.first_on,
            SessionSeries.starts_at,
            SessionSeries.minutes,
            SessionSeries.weekly,
            expected.label("expected"),
            first_name.label("first_name"),
            taken.label("roll_call_taken"),
        )
        .where(
            SessionSeries.leader_id == user.id,
            SessionSeries.first_on <= day,
            series_known(end),
            series_end(end) >= day.isoformat(),
            or_(SessionSeries.weekly, SessionSeries.first_on == day),
        )
        .order_by(SessionSeries.starts_at, SessionSeries.id)
    ).all()
