"""Clients and staff for the screens that find, admit, edit and assign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.users import User
from casework.vocabulary import CO_OCCURRING, Permission, unmask
from db.queries import clients
from db.queries.clients import ClientRow


@dataclass(frozen=True)
class Person:
    """A client's particulars. `version` goes back with an edit; `co_occurring` holds identifiers of that list."""

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
    co_occurring: tuple[str, ...]
    naloxone_on: dt.date | None
    version: int
    counselor_id: int
    counselor: str


@dataclass(frozen=True)
class Counselor:
    """A counselor of the user's team."""

    id: int
    name: str


def people(session: Session, user: User, today: dt.date, *, text: str = "") -> tuple[Person, ...]:
    """The clients that the user sees, by name; with `text`, those with it in name, record number or phone."""
    return tuple(_person(row) for row in clients.all_of(session, user, today, text=text))


def person(session: Session, user: User, today: dt.date, client_id: int) -> Person:
    """One client's particulars. Raises NotYours."""
    return _person(clients.one(session, user, client_id, today))


def counselors(session: Session, user: User) -> tuple[Counselor, ...]:
    """The counselors of the user's team, by name."""
    return tuple(Counselor(row.id, row.name) for row in clients.counselors(session, user))


def _person(row: ClientRow) -> Person:
    return Person(
        row.id,
        row.handle,
        row.record_number,
        row.name,
        row.phone,
        row.safe_to_call,
        row.safe_to_leave_message,
        row.admitted_on,
        row.contact_interval_days,
        row.pregnant,
        unmask(CO_OCCURRING, row.co_occurring),
        row.naloxone_on,
        row.version,
        row.counselor_id,
        row.counselor,
    )
