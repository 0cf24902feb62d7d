"""The sessions of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from casework.users import User
from db.models import Client, RollCall, RosterMember, SessionSeries


def sessions_led(session: Session, user: User, day: dt.date) -> Sequence[Row[*tuple[Any, ...]]]:
    """The user's series that run around `day`, with how many clients are expected, the first of their names, and
    whether the roll call of that day was taken.

    A weekly series is held on the weekday of its `first_on` only: the caller picks those.
    """
    on_roster = (
        (RosterMember.series_id == SessionSeries.id)
        & (RosterMember.starts_on <= day)
        & or_(RosterMember.ends_on.is_(None), RosterMember.ends_on > day)
    )
    expected = select(func.count()).select_from(RosterMember).where(on_roster).scalar_subquery()
    first_name = (
        select(func.min(Client.name))
        .join(RosterMember, RosterMember.client_id == Client.id)
        .where(on_roster)
        .correlate(SessionSeries)
        .scalar_subquery()
    )
    taken = (
        select(RollCall.id)
        .where(RollCall.series_id == SessionSeries.id, RollCall.held_on == day)
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
            or_(SessionSeries.last_on.is_(None), SessionSeries.last_on >= day),
            or_(SessionSeries.weekly, SessionSeries.first_on == day),
        )
        .order_by(SessionSeries.starts_at, SessionSeries.id)
    ).all()
