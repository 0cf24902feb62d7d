"""Planning sessions: series, and who belongs to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.actions.conflicts import on_roster_already
from casework.actions.entry import (
    Act,
    add_version,
    begin,
    change,
    check_token,
    flush,
    refuse_second_save,
)
from casework.checks.schedule import check_joins, check_members, check_series, last_day, near
from casework.errors import NotYours, Refused
from casework.users import User
from casework.vocabulary import Role, SessionKind
from db import locks
from db.models import RosterMember, SeriesVersion, SessionSeries
from db.queries import clients, schedule


def create_series(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    kind: SessionKind,
    title: str | None,
    first_on: dt.date | None,
    starts_at: dt.time | None,
    minutes: int | None,
    weekly: bool,
    token: str,
    leader_id: int | None = None,
    last_on: dt.date | None = None,
    members: Collection[int] = (),
) -> int:
    """Plan a session, once or weekly from `first_on`; returns the series' id.

    A counselor leads their own series; a supervisor plans for any counselor of the team. `members` are client ids.
    """
    act = begin(session, by=by, now=now)
    refuse_second_save(session, SessionSeries, check_token(token))
    leader_id = by.id if leader_id is None else leader_id
    _require_leader(act, leader_id)
    planned = check_series(
        kind,
        title=title,
        first_on=first_on,
        last_on=last_on,
        starts_at=starts_at,
        minutes=minutes,
        members=members,
        today=act.today,
    )
    begins = planned.pop("first_on")
    series = SessionSeries(
        kind=SessionKind(kind),
        team_id=by.team_id,
        first_on=begins,
        weekly=weekly,
        entry_token=token,
    )
    session.add(series)
    flush(session)
    add_version(
        act,
        SeriesVersion,
        series_id=series.id,
        leader_id=leader_id,
        **(planned if weekly else planned | {"last_on": begins}),
    )
    who = sorted(set(members))
    locks.take_clients(session, who)
    for client_id in who:
        act.client(client_id)
        add_version(act, RosterMember, series_id=series.id, client_id=client_id, starts_on=begins)
    act.audit("create_series", subject=("session_series", series.id), leader_id=leader_id, client_ids=who)
    return series.id


def add_member(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    series_id: int,
    client_id: int,
    starts_on: dt.date | None = None,
) -> None:
    """Put a client whom the user sees on a series' roster, from `starts_on` (None: today, or its first day)."""
    act = begin(session, by=by, now=now)
    act.client(client_id)
    series = schedule.one_of_team(session, by, series_id, day=act.today)
    day = starts_on or max(act.today, series.first_on)
    check_joins(day, series.last_on, today=act.today)
    members = {place.client_id for place in _places(act, series_id, day)}
    if client_id in members:
        raise on_roster_already()
    check_members(series.kind, members | {client_id})
    member = add_version(act, RosterMember, series_id=series_id, client_id=client_id, starts_on=day)
    act.audit("add_member", client_id=client_id, subject=("roster_member", member.id), series_id=series_id)


def remove_member(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    series_id: int,
    client_id: int,
    ends_on: dt.date | None = None,
) -> None:
    """Take a client off a roster: from `ends_on` (None: today) on they are not expected any more.

    Whoever takes the series' roll call may, and whoever sees the client's record.
    """
    act = begin(session, by=by, now=now)
    try:
        schedule.require_series(session, by, series_id, to_lead=True, day=act.today)
    except NotYours:
        act.client(client_id)
    day = near(ends_on or act.today, act.today, field="ends_on")
    place = next((one for one in _places(act, series_id, day) if one.client_id == client_id), None)
    if place is None:
        raise Refused("This client is not on the roster.", field="client_id")
    ended = change(act, place, ends_on=max(day, place.starts_on))
    act.audit("remove_member", client_id=client_id, subject=("roster_member", ended.id), series_id=series_id)


def end_series(
    session: Session, *, by: User, now: dt.datetime, series_id: int, last_on: dt.date | None
) -> dt.date:
    """End a series after its session of `last_on` (or the last one before it); returns that day."""
    act = begin(session, by=by, now=now)
    series = schedule.require_series(session, by, series_id, to_lead=True, day=act.today)
    last_on = last_day(series.first_on, last_on, act.today)
    change(act, schedule.current_version(session, series_id), last_on=last_on)
    act.audit("end_series", subject=("session_series", series_id), last_on=last_on.isoformat())
    return last_on


def _require_leader(act: Act, leader_id: int) -> None:
    if act.by.role is Role.ADMIN:
        raise NotYours
    if leader_id == act.by.id:
        return
    if not act.by.sees_team or not clients.is_counselor_of(act.session, act.by.team_id, leader_id):
        raise Refused("Choose a counselor of your team to lead it.", field="leader_id")


def _places(act: Act, series_id: int, day: dt.date) -> Sequence[RosterMember]:
    """The places in the series that hold on `day` or begin later, the earliest first."""
    return act.session.scalars(
        select(RosterMember)
        .where(
            RosterMember.series_id == series_id,
            RosterMember.superseded_on.is_(None),
            (RosterMember.ends_on.is_(None)) | (RosterMember.ends_on > day),
        )
        .order_by(RosterMember.starts_on)
    ).all()
