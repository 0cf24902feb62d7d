"""Clients: finding them, their particulars, and who looks after them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from casework.errors import NotYours
from casework.users import User
from casework.vocabulary import Permission, Role
from db.models import Assignment, AuditEvent, Client, Staff
from db.queries.scope import on_caseload, require_client, visible_clients


@dataclass(frozen=True)
class ClientRow:
    """A client's particulars. `version` goes back with an edit; `co_occurring` is a bitmask of that list."""

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
    return tuple(ClientRow(*row) for row in session.execute(query))


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
    return ClientRow(*row)


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
