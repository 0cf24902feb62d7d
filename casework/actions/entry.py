"""What every act needs at the door: one save for one token, corrections, and who may.

An act calls :func:`begin` first, which knows the clinic's day and the user; then the check of its subject (see
`casework.checks`), and :func:`add_fact` for each dated fact.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, select, update
from sqlalchemy.orm import Session

from casework.actions import audit
from casework.actions.conflicts import already_recorded, changed_meanwhile, conflicts_told
from casework.checks.cleaning import required_text
from casework.checks.days import check_moment
from casework.errors import DatabaseProblem, NotYours
from casework.users import User
from db import locks
from db.data_versions import CLIENT
from db.models import Client, Clinic, Fact, Recalibration, RuleSwitch, Versioned
from db.queries import scope

MAX_TOKEN: Final = 48
"""Leaves room in the column's 64 for what tells the rows of one save apart."""

FactT = TypeVar("FactT", bound=Fact)
VersionedT = TypeVar("VersionedT", bound=Versioned)
_OF_EACH_VERSION: Final = frozenset(
    ("id", "known_on", "recorded_at", "recorded_by_id", "superseded_on", "supersedes_id")
)


@dataclass(frozen=True)
class Act:
    """One act under way: who acts, when, and which day that is in the clinic."""

    session: Session
    by: User
    now: dt.datetime
    today: dt.date
    zone: ZoneInfo

    def client(self, client_id: int) -> Client:
        """The client, or NotYours. Acts about one client take turns from here on."""
        locks.take_clients(self.session, [client_id])
        return scope.require_client(self.session, self.by, client_id, self.today)

    def moment(self, client: Client, at: dt.datetime | None) -> dt.datetime:
        """When a contact with the client took place (None: now), checked."""
        return check_moment(at, now=self.now, zone=self.zone, admitted_on=client.admitted_on)

    def moment_of(
        self, client: Client, at: dt.datetime | None, *, supersedes: int | None
    ) -> dt.datetime | None:
        """The same for what may be a correction; None, as `add_fact` takes it: when the old entry says."""
        return None if at is None and supersedes is not None else self.moment(client, at)

    def audit(
        self,
        action: str,
        *,
        client_id: int | None = None,
        subject: tuple[str, int] | None = None,
        **details: Any,
    ) -> None:
        """Write the act's audit event: identifiers, counts and field names only."""
        audit.record(
            self.session,
            by=self.by,
            now=self.now,
            action=action,
            client_id=client_id,
            subject=subject,
            **details,
        )
        flush(self.session)


@dataclass(frozen=True)
class Correction:
    """What an entry corrects, and why. The old entry stays readable."""

    of_id: int
    reason: str


def begin(session: Session, *, by: User, now: dt.datetime) -> Act:
    """Start an act. `now` needs a time zone; the clinic's own decides which day it is.

    Raises ValueError when the session is open for somebody else than `by`: that is a bug.
    """
    audit.require_actor(session, by)
    zone = clinic_zone(session)
    return Act(session, by, now, now.astimezone(zone).date(), zone)


def clinic_zone(session: Session) -> ZoneInfo:
    """The clinic's time zone."""
    clinic = session.get(Clinic, 1)
    if clinic is None:
        raise DatabaseProblem("The clinic has not been set up yet. Nothing was saved.")
    return ZoneInfo(clinic.time_zone)


def moment_on(zone: ZoneInfo, day: dt.date, at: dt.time = dt.time(12)) -> dt.datetime:
    """The clinic's `at` o'clock on `day`. Of an hour that the clock skips or repeats, Python's first reading holds."""
    return dt.datetime.combine(day, at, tzinfo=zone).astimezone(dt.UTC)


def check_token(token: str) -> str:
    """A form's token; anything but 8 to `MAX_TOKEN` plain characters is a bug of the page."""
    if not 8 <= len(token) <= MAX_TOKEN or not token.isascii() or not token.isprintable():
        raise ValueError(f"an entry's token has 8 to {MAX_TOKEN} plain characters")
    return token


def refuse_second_save(session: Session, model: type[Any], token: str) -> None:
    """Raise AlreadyRecorded when a row with this token is stored."""
    if session.scalar(select(model.id).where(model.entry_token == token)) is not None:
        raise already_recorded()


def add_fact(
    act: Act,
    model: type[FactT],
    *,
    client_id: int,
    occurred_at: dt.datetime | None,
    token: str,
    occurred_on: dt.date | None = None,
    known_on: dt.date | None = None,
    correction: Correction | None = None,
    continues_id: int | None = None,
    **columns: Any,
) -> FactT:
    """Store one dated fact about a client whom the caller has checked.

    `occurred_at` None, for a correction alone: the moment and the day of the entry that is corrected. `occurred_on` is
    the clinic's day of `occurred_at` unless given. `known_on` is today unless a loader knows better.
    `continues_id` names an entry that this one replaces without being a correction (a plan's result).
    Raises AlreadyRecorded, or ChangedMeanwhile when somebody else has corrected the same entry.
    """
    refuse_second_save(act.session, model, token)
    if known_on is not None and known_on > act.today:
        raise ValueError("nothing is known before its time")
    old = None if correction is None else _supersede(act, model, correction.of_id, client_id)
    if occurred_at is None:
        if old is None:
            raise ValueError("only a correction can leave out when it happened")
        occurred_at, occurred_on = old.occurred_at, old.occurred_on
    columns |= {
        "client_id": client_id,
        "occurred_on": occurred_on or occurred_at.astimezone(act.zone).date(),
        "occurred_at": occurred_at,
        "known_on": known_on or act.today,
        "recorded_at": act.now,
        "recorded_by_id": act.by.id,
        "entry_token": token,
    }
    fact = model(**columns)
    if correction is not None and old is not None:
        fact.correction_reason = required_text(correction.reason, field="correction_reason")
        fact.supersedes_id = old.id
        fact.first_known_on = old.first_known_on or old.known_on
    elif continues_id is not None:
        fact.supersedes_id = _supersede(act, model, continues_id, client_id).id
    act.session.add(fact)
    flush(act.session)
    return fact


def _supersede(act: Act, model: type[FactT], old_id: int, client_id: int) -> FactT:
    old = act.session.get(model, old_id)
    if old is None or old.client_id != client_id:
        raise NotYours
    retire(act, old)
    return old


def add_version(act: Act, model: type[VersionedT], **columns: Any) -> VersionedT:
    """Store a row that is known from today on, and that acts may change later."""
    columns |= {"known_on": act.today, "recorded_at": act.now, "recorded_by_id": act.by.id}
    row = model(**columns)
    act.session.add(row)
    flush(act.session)
    return row


def change(act: Act, old: VersionedT, **changed: Any) -> VersionedT:
    """Supersede `old` from today on by a version in which `changed` is different. The old one stays as it was.

    Raises ChangedMeanwhile when somebody else has superseded it.
    """
    retire(act, old)
    model = type(old)
    names = {column.key for column in inspect(model).column_attrs} - _OF_EACH_VERSION
    kept = {name: getattr(old, name) for name in names}

    return add_version(act, model, **(kept | changed), supersedes_id=old.id)


def retire(act: Act, old: Versioned) -> None:
    """Let `old` hold until today only. Raises ChangedMeanwhile when somebody else has ended it."""
    end(act, old, "superseded_on", superseded_on=act.today)


def end(act: Act, row: Versioned | RuleSwitch | Recalibration, unless: str, **ended: Any) -> None:
    """Write into `row` how it ended, unless its column `unless` says that it has: of two who end it at once, the second
    is told ChangedMeanwhile."""
    model: Any = type(row)
    written = act.session.execute(
        update(model).where(model.id == row.id, getattr(model, unless).is_(None)).values(**ended),
        execution_options={CLIENT: getattr(row, CLIENT, None)},
    )
    if written.rowcount != 1:  # type: ignore[attr-defined]
        raise changed_meanwhile()


def flush(session: Session) -> None:
    """Send what is pending to the database, and tell conflicts with other people's saves in words."""
    with conflicts_told():
        session.flush()
