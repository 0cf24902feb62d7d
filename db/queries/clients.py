"""Clients: finding them, their particulars, and who looks after them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import Permission, Role
from db.models import Assignment, AuditEvent, Client, Staff
from db.queries import later
from db.queries.scope import on_caseload, require_client, visible_clients


@dataclass(frozen=True)
class ClientRow:
    """A client's particulars as known on a day. `version` goes back with an edit; `co_occurring` is a bitmask of that
    list. `phone` is None, too, when the number was changed after that day (`db.queries.later`)."""

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
    co_occurring: int
    naloxone_on: dt.date | None
    version: int
    counselor_id: int
    counselor: str


@dataclass(frozen=True)
class StaffRow:
    """A member of staff to choose from."""

    id: int
    name: str


_COLUMNS: tuple[Any, ...] = (
    Client.id,
    Client.handle,
    Client.record_number,
    Client.name,
    Client.phone,
    Client.safe_to_call,
    Client.safe_to_leave_message,
    Client.admitted_on,
    Client.contact_interval_days,
    Client.pregnant,
    Client.co_occurring,
    Client.naloxone_on,
    Client.version,
    Staff.id,
    Staff.name,
)


def all_of(session: Session, user: User, day: dt.date, *, text: str = "") -> tuple[ClientRow, ...]:
    """The clients that the user sees, by name; with `text`, those with it in name, record number or phone."""
    query = (
        select(*_COLUMNS)
        .join(Assignment, and_(Assignment.client_id == Client.id, on_caseload(day)))
        .join(Staff, Staff.id == Assignment.staff_id)
        .where(Client.id.in_(visible_clients(user, day)))
        .order_by(func.lower(Client.name), Client.id)
    )
    for word in _searchable(text):
        query = query.where(
            or_(
                Client.name.icontains(word, autoescape=True),
                Client.record_number.icontains(word, autoescape=True),
                Client.phone.icontains(word, autoescape=True),
            )
        )
    found = _as_then(session, [ClientRow(*row) for row in session.execute(query)], day)
    return tuple(row for row in found if _matches(row, text))


def one(session: Session, user: User, client_id: int, day: dt.date) -> ClientRow:
    """One client's particulars, or NotYours."""
    row = session.execute(
        select(*_COLUMNS)
        .join(Assignment, and_(Assignment.client_id == Client.id, on_caseload(day)))
        .join(Staff, Staff.id == Assignment.staff_id)
        .where(Client.id.in_(visible_clients(user, day)), Client.id == client_id)
    ).one_or_none()
    if row is None:
        raise NotYours
    return _as_then(session, [ClientRow(*row)], day)[0]


def _as_then(session: Session, rows: list[ClientRow], day: dt.date) -> list[ClientRow]:
    """The rows with the particulars that later edits changed as they stood at the end of `day`."""
    then = later.particulars(session, [row.id for row in rows], day)
    return [_undone(row, dict(then[row.id])) if row.id in then else row for row in rows]


def _undone(row: ClientRow, changed: dict[str, Any]) -> ClientRow:
    return replace(row, version=row.version - changed.pop("edits"), **changed)


def _matches(row: ClientRow, text: str) -> bool:
    """False for a client whom only a number of a later day has found."""
    fields = [field.lower() for field in (row.name, row.record_number, row.phone) if field is not None]
    return row.phone is not None or all(
        any(word.lower() in field for field in fields) for word in _searchable(text)
    )


@dataclass(frozen=True)
class Edit:
    """An edit of coded particulars: column to its old and its new value, as JSON holds them."""

    at: dt.datetime
    by: str
    changes: dict[str, tuple[Any, Any]]


def edits(session: Session, user: User, client_id: int, day: dt.date) -> tuple[Edit, ...]:
    """The edits of a client's coded particulars, the latest first; NotYours for somebody else's client."""
    require_client(session, user, client_id, day)
    rows = session.execute(
        select(AuditEvent.at, Staff.name, AuditEvent.details)
        .join(Staff, Staff.id == AuditEvent.by_id)
        .where(AuditEvent.client_id == client_id, AuditEvent.action == "edit_client")
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    )
    found = ((at, by, details.get("changes", {})) for at, by, details in rows)
    return tuple(
        Edit(at, by, {name: (old, new) for name, (old, new) in changes.items()})
        for at, by, changes in found
        if changes
    )


def counselors(session: Session, user: User) -> tuple[StaffRow, ...]:
    """The counselors of the user's team who work here, by name."""
    rows = session.execute(
        select(Staff.id, Staff.name)
        .where(Staff.team_id == user.team_id, Staff.role == Role.COUNSELOR, Staff.active.is_(True))
        .order_by(Staff.name, Staff.id)
    )
    return tuple(StaffRow(*row) for row in rows)


def is_counselor_of(session: Session, team_id: int, staff_id: int) -> bool:
    """True for a counselor of that team who works here."""
    found = session.scalar(
        select(Staff.id).where(
            Staff.id == staff_id,
            Staff.team_id == team_id,
            Staff.role == Role.COUNSELOR,
            Staff.active.is_(True),
        )
    )
    return found is not None


def open_assignment(session: Session, client_id: int) -> Assignment | None:
    """The assignment that holds until further notice."""
    return session.scalar(
        select(Assignment).where(Assignment.client_id == client_id, Assignment.ends_on.is_(None))
    )


def _searchable(text: str) -> list[str]:
    """The words of a search; what no database could compare finds nothing rather than failing."""
    return [word for word in text.encode("utf-8", "replace").decode().replace("\0", "?").split() if word]
