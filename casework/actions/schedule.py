"""Planning sessions: series, and who belongs to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

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
from casework.checks.cleaning import clean_line, in_range
from casework.checks.schedule import check_members, last_day, near, planned_time
from casework.errors import NotYours, Refused
from casework.users import User
from casework.vocabulary import Role, SessionKind
from db.models import RosterMember, SeriesVersion, SessionSeries
from db.queries import clients, schedule

LONGEST_MINUTES = 12 * 60


def create_series(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    kind: SessionKind,
    title: str,
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
    first_on, starts_at, minutes = planned_time(first_on, starts_at, minutes)
    _require_leader(act, leader_id)
    near(first_on, act.today, field="first_on")
    if last_on is not None:
        last_on = last_day(first_on, last_on, act.today)
    check_members(kind, members)
    length = in_range(minutes, 5, LONGEST_MINUTES, field="minutes")
    series = SessionSeries(
        kind=SessionKind(kind),
        team_id=by.team_id,
        first_on=first_on,
        weekly=weekly,
        entry_token=token,
    )
    named = clean_line(title, field="title") or ""
    session.add(series)
    flush(session)
    add_version(
        act,
        SeriesVersion,
        series_id=series.id,
        title=named,
        leader_id=leader_id,
        last_on=last_on if weekly else first_on,
        starts_at=starts_at.replace(tzinfo=None, second=0, microsecond=0),
        minutes=length,
    )
    for client_id in sorted(set(members)):
        act.client(client_id)
        add_version(act, RosterMember, series_id=series.id, client_id=client_id, starts_on=first_on)
    act.audit(
        "create_series",
        subject=("session_series", series.id),
        leader_id=leader_id,
        client_ids=sorted(set(members)),
    )
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
    near(day, act.today, field="starts_on")
    if series.last_on is not None and day > series.last_on:
        raise Refused("This series has ended by then.", field="starts_on")
    if _place(act, series_id, client_id, day) is not None:
        raise on_roster_already()
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
    place = _place(act, series_id, client_id, day)
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


def _place(act: Act, series_id: int, client_id: int, day: dt.date) -> RosterMember | None:
    """The client's place in the series that holds on `day` or begins later."""
    return act.session.scalars(
        select(RosterMember)
        .where(
            RosterMember.series_id == series_id,
            RosterMember.client_id == client_id,
            RosterMember.superseded_on.is_(None),
            (RosterMember.ends_on.is_(None)) | (RosterMember.ends_on > day),
        )
        .order_by(RosterMember.starts_on)
    ).first()
