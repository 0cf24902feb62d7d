"""Clients: finding them, their details, and who looks after them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, literal, null, or_, select
from sqlalchemy.orm import Session, aliased

from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import CallOutcome, Permission, Role
from db.models import Assignment, Call, Client, ClientVersion, Staff
from db.queries.known import client_now, details_on, known
from db.queries.scope import on_caseload, require_client, visible_clients


@dataclass(frozen=True)
class ClientRow:
    """A client's details as known on a day. `version` goes back with an edit; `co_occurring` is a bitmask of that
    list. `phone` is None, too, when the number or whether it may be called was another on that day; name and record
    number are today's. `wrong_number_on`: the day on which a call found the number to be wrong (None: nobody did, or it
    was edited since)."""

    id: int
    handle: str
    record_number: str
    name: str
    phone: str | None
    safe_to_call: Permission
    safe_to_leave_message: Permission
    admitted_on: dt.date
    contact_interval_days: int | None
    pregnant: bool | None
    pregnancy_due_on: dt.date | None
    pregnancy_ended_on: dt.date | None
    co_occurring: int
    safe_housing: bool | None
    naloxone_on: dt.date | None
    version: int
    counselor_id: int
    counselor: str
    wrong_number_on: dt.date | None


@dataclass(frozen=True)
class StaffRow:
    """A member of staff to choose from."""

    id: int
    name: str


_NOW, _THEN = aliased(ClientVersion, name="now"), aliased(ClientVersion, name="then")
_BEFORE, _AFTER = aliased(ClientVersion, name="before"), aliased(ClientVersion, name="after")
_WRONG, _REACHED = aliased(Call, name="wrong"), aliased(Call, name="reached")
"""Made once: the first look at each column of an alias takes longer than the query."""

_SAME_NUMBER = and_(
    _THEN.phone.is_not_distinct_from(_NOW.phone),
    _THEN.safe_to_call == _NOW.safe_to_call,
    _THEN.safe_to_leave_message == _NOW.safe_to_leave_message,
)
_PHONE: ColumnElement[str | None] = case((_SAME_NUMBER, _NOW.phone), else_=null())
"""Nobody shall dial by an old permission: a number that is not today's, or may not be called as then, is left out."""


def _rows(user: User, day: dt.date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Client.id,
            Client.handle,
            _NOW.record_number,
            _NOW.name,
            _PHONE,
            _THEN.safe_to_call,
            _THEN.safe_to_leave_message,
            Client.admitted_on,
            _THEN.contact_interval_days,
            _THEN.pregnant,
            _THEN.pregnancy_due_on,
            _THEN.pregnancy_ended_on,
            _THEN.co_occurring,
            _THEN.safe_housing,
            _THEN.naloxone_on,
            _THEN.number,
            Staff.id,
            Staff.name,
            _wrong_number(day),
        )
        .join(_NOW, and_(_NOW.client_id == Client.id, _NOW.superseded_on.is_(None)))
        .join(_THEN, and_(_THEN.client_id == Client.id, details_on(_THEN, day)))
        .join(Assignment, and_(Assignment.client_id == Client.id, on_caseload(day)))
        .join(Staff, Staff.id == Assignment.staff_id)
        .where(Client.id.in_(visible_clients(user, day)))
    )


def _wrong_number(day: dt.date) -> ScalarSelect[dt.date]:
    """The day of the last call, as known on `day`, that found the number to be wrong. An edit of the number ends
    it, and so does a later call that reached the client."""
    edited_since = (
        select(_BEFORE.id)
        .join(_AFTER, _AFTER.supersedes_id == _BEFORE.id)
        .where(
            _BEFORE.client_id == _WRONG.client_id,
            _BEFORE.phone.is_distinct_from(_THEN.phone),
            _AFTER.recorded_at > _WRONG.recorded_at,
            _AFTER.known_on <= day,
        )
        .correlate(_WRONG, _THEN)
        .exists()
    )
    reached_since = (
        select(_REACHED.id)
        .where(
            _REACHED.client_id == _WRONG.client_id,
            _REACHED.outcome == CallOutcome.REACHED,
            _REACHED.occurred_at > _WRONG.occurred_at,
            known(_REACHED, day),
        )
        .exists()
    )
    return (
        select(func.max(_WRONG.occurred_on))
        .where(
            _WRONG.client_id == Client.id,
            _WRONG.outcome == CallOutcome.WRONG_NUMBER,
            known(_WRONG, day),
            ~edited_since,
            ~reached_since,
        )
        .correlate(Client, _THEN)
        .scalar_subquery()
    )


def all_of(session: Session, user: User, day: dt.date, *, text: str = "") -> tuple[ClientRow, ...]:
    """The clients that the user sees, by name; with `text`, those with it in name, record number or phone."""
    query = _rows(user, day).order_by(func.lower(_NOW.name), Client.id)
    for word in _searchable(text):
        shown = (_NOW.name, _NOW.record_number, _PHONE)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in shown)))
    return tuple(ClientRow(*row) for row in session.execute(query))


def one(session: Session, user: User, client_id: int, day: dt.date) -> ClientRow:
    """One client's details, or NotYours."""
    row = session.execute(_rows(user, day).where(Client.id == client_id)).one_or_none()
    if row is None:
        raise NotYours
    return ClientRow(*row)


def current(session: Session, client_id: int) -> ClientVersion:
    """The details that hold at present, of a client whom the caller has checked."""
    return session.scalars(select(ClientVersion).where(client_now(literal(client_id)))).one()


CODED: Final = (
    "safe_to_call",
    "safe_to_leave_message",
    "contact_interval_days",
    "pregnant",
    "pregnancy_due_on",
    "pregnancy_ended_on",
    "co_occurring",
    "safe_housing",
    "naloxone_on",
)
"""Details whose changes are told: codes and dates, no text."""


@dataclass(frozen=True)
class Edit:
    """An edit of coded details: column to its old and its new value."""

    on: dt.date
    by: str
    changes: dict[str, tuple[Any, Any]]


def edits(session: Session, user: User, client_id: int, day: dt.date) -> tuple[Edit, ...]:
    """The edits of a client's coded details up to `day`, the latest first; NotYours for somebody else's client."""
    require_client(session, user, client_id, day)
    old, new = aliased(ClientVersion), aliased(ClientVersion)
    rows = session.execute(
        select(old, new, Staff.name)
        .join(new, new.supersedes_id == old.id)
        .join(Staff, Staff.id == new.recorded_by_id)
        .where(new.client_id == client_id, new.known_on <= day)
        .order_by(new.number.desc())
    )
    found = [Edit(new.known_on, by, _changes(old, new)) for old, new, by in rows]
    return tuple(edit for edit in found if edit.changes)


def _changes(old: ClientVersion, new: ClientVersion) -> dict[str, tuple[Any, Any]]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in CODED)
    return {name: (was, is_now) for name, was, is_now in pairs if was != is_now}


def counselor_of(team_id: int) -> ColumnElement[bool]:
    """The staff who are counselors of that team and work here."""
    return and_(Staff.team_id == team_id, Staff.role == Role.COUNSELOR, Staff.active.is_(True))


def counselors(session: Session, user: User) -> tuple[StaffRow, ...]:
    """The counselors of the user's team who work here, by name."""
    rows = session.execute(
        select(Staff.id, Staff.name).where(counselor_of(user.team_id)).order_by(Staff.name, Staff.id)
    )
    return tuple(StaffRow(*row) for row in rows)


def is_counselor_of(session: Session, team_id: int, staff_id: int) -> bool:
    """True for a counselor of that team who works here."""
    return session.scalar(select(Staff.id).where(Staff.id == staff_id, counselor_of(team_id))) is not None


def open_assignment(session: Session, client_id: int) -> Assignment | None:
    """The assignment that holds until further notice."""
    return session.scalar(
        select(Assignment).where(
            Assignment.client_id == client_id,
            Assignment.ends_on.is_(None),
            Assignment.superseded_on.is_(None),
        )
    )


def _searchable(text: str) -> list[str]:
    """The words of a search; what no database could compare finds nothing rather than failing."""
    return [word for word in text.encode("utf-8", "replace").decode().replace("\0", "?").split() if word]
