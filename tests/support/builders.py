"""Facts for tests, saved by the real actions: plain functions that fill in what a test does not care about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from casework.actions import attendance, calls, check_ins, medication, notes, placements, schedule, screens
from casework.actions.check_ins import RecordedCheckIn
from casework.caseload.level_of_care import recommendation_for
from casework.checks.check_ins import CheckInAnswers
from casework.level_of_care import Recommendation
from casework.users import SYSTEM, User
from casework.vocabulary import OPIOIDS, CallOutcome, Certainty, Level, Mark, ScreenStatus, SessionKind
from db.models import AuditEvent
from tests.support.clinic import NOW, TIME_ZONE, TODAY
from tests.support.databases import Database

ZONE = ZoneInfo(TIME_ZONE)
T = TypeVar("T")


def token() -> str:
    """A form's token that no other save has."""
    return uuid4().hex


def at(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    """A moment on the clinic's clock."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZONE)


def days_ago(days: int) -> dt.date:
    """The day so many days before the day on which tests play."""
    return TODAY - dt.timedelta(days=days)


def save(database: Database, act: Callable[..., T], **arguments: Any) -> T:
    """Do one act in a transaction of its own, at NOW unless said otherwise, as a page does: in the user's session."""
    by = arguments.get("by")
    with database.writing(by.acting(TODAY) if isinstance(by, User) else SYSTEM) as session:
        return act(session, **{"now": NOW, **arguments})


def decide(
    database: Database,
    by: User,
    client_id: int,
    level: Level | None,
    *,
    now: dt.datetime = NOW,
    **decision: Any,
) -> placements.RecordedPlacement:
    """Decide on a level of care, on what the rules say at the moment: another one than they offer, for a reason, unless
    it is said otherwise."""
    usual = {"accepted": False, "reason": "Agreed in the team.", "token": token()}
    given = usual | {"shown": shown(database, by, client_id, now=now)} | decision
    return save(database, placements.decide, by=by, now=now, client_id=client_id, level=level, **given)


def shown(database: Database, by: User, client_id: int, *, now: dt.datetime = NOW) -> Recommendation:
    """What the Level of care page shows of a client at the moment."""
    with database.reading() as session:
        return recommendation_for(session, by, now.astimezone(ZONE).date(), client_id)


AGREED: Final[dict[str, Any]] = {
    "prescriber": "Dr. Vera Lind",
    "agreed_on": TODAY,
    "agreement": "With a bed for tonight.",
}
"""A prescriber's agreement to what the rules speak against."""


def check_in(
    database: Database,
    by: User,
    client_id: int,
    *,
    on: dt.date | None = None,
    now: dt.datetime = NOW,
    **answers: Any,
) -> RecordedCheckIn:
    """Record a check-in of the day `on` (None: just now) with `answers` (fields of CheckInAnswers; none: a note)."""
    if on is not None:
        answers["occurred_at"] = at(on)
    said = CheckInAnswers(**answers)
    return save(
        database,
        check_ins.record_check_in,
        by=by,
        now=now,
        client_id=client_id,
        answers=replace(said, note="Seen.") if said.says_nothing else said,
        token=token(),
    )


def group(
    database: Database,
    leader: User,
    members: tuple[int, ...] = (),
    *,
    first_on: dt.date | None = None,
    weekly: bool = True,
    kind: SessionKind = SessionKind.GROUP,
    title: str = "Relapse prevention",
) -> int:
    """A group of `leader` at ten o'clock, weekly from four weeks ago on; returns its id."""
    return save(
        database,
        schedule.create_series,
        by=leader,
        kind=kind,
        title=title,
        first_on=first_on or days_ago(28),
        starts_at=dt.time(10),
        minutes=90,
        weekly=weekly,
        members=members,
        token=token(),
    )


def join(database: Database, by: User, series_id: int, client_id: int) -> None:
    """Put a client on a roster, from the group's first day on."""
    save(
        database, schedule.add_member, by=by, series_id=series_id, client_id=client_id, starts_on=days_ago(28)
    )


def roll_call(
    database: Database, by: User, series_id: int, marks: Mapping[int, Mark], *, on: dt.date = TODAY
) -> attendance.RecordedRollCall:
    """Take a roll call."""
    return save(
        database,
        attendance.take_roll_call,
        by=by,
        series_id=series_id,
        held_on=on,
        marks=marks,
        token=token(),
    )


def call(database: Database, by: User, client_id: int, outcome: CallOutcome = CallOutcome.REACHED) -> int:
    """Log a call of just now; returns its id."""
    return save(database, calls.log_call, by=by, client_id=client_id, outcome=outcome, token=token()).id


def prescription(
    database: Database, by: User, client_id: int, *, since: dt.date | None = None, what: str = "methadone"
) -> int:
    """Prescribe a maintenance medication since `since` (None: for 100 days); returns the prescription's id."""
    return save(
        database,
        medication.prescribe,
        by=by,
        client_id=client_id,
        medication=what,
        starts_on=since or days_ago(100),
        token=token(),
    ).id


def screen(
    database: Database, by: User, client_id: int, *found: str, on: dt.date, tested: tuple[str, ...] = OPIOIDS
) -> int:
    """Record a collected urine screen that found these substances; returns its id."""
    return save(
        database,
        screens.record_screen,
        by=by,
        client_id=client_id,
        status=ScreenStatus.COLLECTED,
        on=on,
        tested=tested,
        found=found,
        certainty=Certainty.PRESUMPTIVE,
        token=token(),
    ).id


def note(
    database: Database, by: User, client_id: int, text: str = "Talked.", series_id: int | None = None
) -> int:
    """Write a note; returns its id."""
    return save(
        database, notes.write_note, by=by, client_id=client_id, text=text, series_id=series_id, token=token()
    ).id


def count(database: Database, model: type[Any]) -> int:
    """How many rows a table has."""
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def last_audit(database: Database) -> AuditEvent:
    """The audit event written last."""
    with database.reading() as session:
        event_ = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()
        session.expunge(event_)
        return event_


def count_statements(session: Session, work: Callable[[], Any]) -> int:
    """How many SQL statements `work` sends on the session's connection."""
    session.connection()  # so that BEGIN is not counted
    engine = session.get_bind()
    seen = 0

    def listen(*_: Any) -> None:
        nonlocal seen
        seen += 1

    event.listen(engine, "before_cursor_execute", listen)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    return seen
