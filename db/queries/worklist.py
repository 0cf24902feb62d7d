"""The sessions of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import Session

from casework.users import User
from db.models import ClientVersion, RollCall, RosterMember, SeriesVersion, SessionSeries
from db.queries.known import client_now, known
from db.queries.schedule import on_roster


def sessions_led(session: Session, user: User, day: dt.date) -> Sequence[Row[*tuple[Any, ...]]]:
    """The user's series that run around `day`, with how many clients are expected, the first of their names, and
    whether the roll call of that day was taken.

    A weekly series is held on the weekday of its `first_on` only: the caller picks those.
    """
    expected_then = and_(RosterMember.series_id == SessionSeries.id, on_roster(day, known_by=day))
    expected = (
        select(func.count())
        .select_from(RosterMember)
        .where(expected_then)
        .correlate(SessionSeries)
        .scalar_subquery()
    )
    first_name = (
        select(func.min(ClientVersion.name))
        .join(RosterMember, client_now(RosterMember.client_id))
        .where(expected_then)
        .correlate(SessionSeries)
        .scalar_subquery()
    )
    taken = (
        select(RollCall.id)
        .where(RollCall.series_id == SessionSeries.id, RollCall.held_on == day, RollCall.known_on <= day)
        .correlate(SessionSeries)
        .exists()
    )
    return session.execute(
        select(
            SessionSeries.id,
            SessionSeries.kind,
            SeriesVersion.title,
            SessionSeries.first_on,
            SeriesVersion.starts_at,
            SeriesVersion.minutes,
            SessionSeries.weekly,
            expected.label("expected"),
            first_name.label("first_name"),
            taken.label("roll_call_taken"),
        )
        .join(SeriesVersion, and_(SeriesVersion.series_id == SessionSeries.id, known(SeriesVersion, day)))
        .where(
            SeriesVersion.leader_id == user.id,
            SessionSeries.first_on <= day,
            or_(SeriesVersion.last_on.is_(None), SeriesVersion.last_on >= day),
            or_(SessionSeries.weekly, SessionSeries.first_on == day),
        )
        .order_by(SeriesVersion.starts_at, SessionSeries.id)
    ).all()
