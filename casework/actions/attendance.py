"""Who came: a session's roll call, single marks, and their correction."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.actions.conflicts import roll_call_taken
from casework.actions.entry import (
    Act,
    Correction,
    add_fact,
    begin,
    check_token,
    flush,
    refuse_second_save,
)
from casework.checks.attendance import check, check_is_held, check_mark, check_marks, check_session
from casework.checks.schedule import check_marked
from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import Mark, SessionKind
from db import locks
from db.models import Attendance, RollCall
from db.queries import attendance as queries
from db.queries import schedule
from db.queries.schedule import Series


@dataclass(frozen=True)
class RecordedRollCall:
    """A saved roll call and how many clients got each mark."""

    id: int
    series_id: int
    held_on: dt.date
    marks: Mapping[Mark, int]


@dataclass(frozen=True)
class RecordedMark:
    """A saved mark."""

    id: int
    client_id: int
    occurred_on: dt.date
    mark: Mark


def take_roll_call(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    series_id: int,
    held_on: dt.date,
    marks: Mapping[int, Mark | None],
    token: str,
    known_on: dt.date | None = None,
) -> RecordedRollCall:
    """Save the marks of a session, by client id, in one transaction. A client who is not in `marks` is not marked.

    `by` leads the series or supervises its team. Besides the day's roster, `by` can mark clients of their own who
    dropped in. Raises Refused, RollCallAlreadyTaken (Refused), NotYours or AlreadyRecorded.
    """
    act = begin(session, by=by, now=now)
    series = schedule.require_series(session, by, series_id, to_lead=True, day=act.today)
    refuse_second_save(session, RollCall, check_token(token))
    check_session(held_on, today=act.today)
    check_is_held(schedule.is_held_on(series, held_on))
    given = check_marks(marks)
    locks.take_clients(session, given)
    if queries.roll_call_id(session, series_id, held_on, known_by=act.today) is not None:
        raise roll_call_taken()
    _check_marked(act, series, held_on, given)
    roll_call = RollCall(
        series_id=series_id,
        held_on=held_on,
        known_on=known_on or act.today,
        recorded_at=now,
        recorded_by_id=by.id,
        entry_token=token,
    )
    session.add(roll_call)
    flush(session)
    for client_id, mark in given.items():
        _add_mark(act, series, roll_call.id, held_on, client_id, mark, f"{token}-{client_id}", known_on)
    counts = Counter(given.values())
    act.audit(
        "take_roll_call",
        subject=("roll_call", roll_call.id),
        series_id=series_id,
        marks={mark.value: count for mark, count in sorted(counts.items())},
        client_ids=sorted(given),
        late=(known_on or act.today) > held_on,
    )
    return RecordedRollCall(roll_call.id, series_id, held_on, dict(counts))


def record_attendance(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    kind: SessionKind | None,
    mark: Mark | None,
    token: str,
    occurred_at: dt.datetime | None = None,
    known_on: dt.date | None = None,
) -> RecordedMark:
    """Save one mark outside a roll call: a session that was not on the schedule, or an outside meeting."""
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    columns = check(kind, mark)
    row = add_fact(
        act,
        Attendance,
        client_id=client_id,
        occurred_at=act.moment(client, occurred_at),
        token=check_token(token),
        known_on=known_on,
        **columns,
    )
    act.audit("record_attendance", client_id=client_id, subject=("attendance", row.id), mark=row.mark.value)
    return _recorded(row)


def mark_in_session(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    series_id: int,
    held_on: dt.date,
    client_id: int,
    mark: Mark | None,
    token: str,
    known_on: dt.date | None = None,
) -> RecordedMark:
    """Mark one client in a session of a series: one who was left unmarked in the roll call, or an individual session.

    Raises Refused when the client has a mark there already: that one is corrected instead.
    """
    act = begin(session, by=by, now=now)
    series = schedule.require_series(session, by, series_id, to_lead=True, day=act.today)
    given = check_mark(mark)
    locks.take_clients(session, [client_id])
    check_session(held_on, today=act.today)
    check_is_held(schedule.is_held_on(series, held_on))
    _check_marked(act, series, held_on, {client_id})
    roll_call_id = queries.roll_call_id(session, series_id, held_on, known_by=act.today)
    row = _add_mark(act, series, roll_call_id, held_on, client_id, given, check_token(token), known_on)
    act.audit("record_attendance", client_id=client_id, subject=("attendance", row.id), mark=row.mark.value)
    return _recorded(row)


def correct_attendance(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    attendance_id: int,
    mark: Mark | None,
    reason: str | None,
    token: str,
) -> RecordedMark:
    """Replace a mark by another one; the old one stays readable.

    Those who may: whoever sees the client's record, and whoever takes that series' roll call.
    """
    act = begin(session, by=by, now=now)
    old = _require_mark(act, attendance_id)
    given = check_mark(mark)
    row = add_fact(
        act,
        Attendance,
        client_id=old.client_id,
        occurred_at=old.occurred_at,
        occurred_on=old.occurred_on,
        token=check_token(token),
        correction=Correction(old.id, reason or ""),
        kind=old.kind,
        mark=given,
        series_id=old.series_id,
        roll_call_id=old.roll_call_id,
    )
    act.audit(
        "correct_attendance",
        client_id=row.client_id,
        subject=("attendance", row.id),
        supersedes=old.id,
        mark=row.mark.value,
        was=old.mark.value,
    )
    return _recorded(row)


def _check_marked(act: Act, series: Series, held_on: dt.date, client_ids: Collection[int]) -> None:
    """Whether all of them may be marked in the session of that day, in this kind of session, and so early."""
    who = set(client_ids)
    if not who <= queries.may_be_marked(act.session, act.by, series.id, held_on, act.today):
        raise NotYours
    roster = queries.on_roster_of(act.session, series.id, held_on, known_by=act.today)
    check_marked(series.kind, who, roster=roster)
    admitted_on = queries.last_admission(act.session, who)
    check_session(held_on, today=act.today, admitted_on=admitted_on)


def _add_mark(
    act: Act,
    series: Series,
    roll_call_id: int | None,
    held_on: dt.date,
    client_id: int,
    mark: Mark,
    token: str,
    known_on: dt.date | None,
) -> Attendance:
    return add_fact(
        act,
        Attendance,
        client_id=client_id,
        occurred_at=schedule.starts(series, held_on, act.zone),
        occurred_on=held_on,
        token=token,
        known_on=known_on,
        kind=series.kind,
        mark=mark,
        series_id=series.id,
        roll_call_id=roll_call_id,
    )


def _require_mark(act: Act, attendance_id: int) -> Attendance:
    row = act.session.scalar(select(Attendance).where(Attendance.id == attendance_id))
    if row is None:
        raise NotYours
    if row.series_id is None:
        act.client(row.client_id)
        return row
    try:
        schedule.require_series(act.session, act.by, row.series_id, to_lead=True, day=act.today)
    except NotYours:
        act.client(row.client_id)
    return row


def _recorded(row: Attendance) -> RecordedMark:
    return RecordedMark(row.id, row.client_id, row.occurred_on, row.mark)
