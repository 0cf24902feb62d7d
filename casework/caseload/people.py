"""Clients and staff for the screens that find, admit, edit and assign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from casework import wording
from casework.caseload.kept import keeps
from casework.users import User
from casework.vocabulary import CO_OCCURRING, Permission, term, unmask
from db.queries import clients
from db.queries.clients import ClientRow


@dataclass(frozen=True)
class Person:
    """A client's details. `version` goes back with an edit; `co_occurring` holds identifiers of that list."""

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
    co_occurring: tuple[str, ...]
    safe_housing: bool | None
    naloxone_on: dt.date | None
    version: int
    counselor_id: int
    counselor: str
    wrong_number_on: dt.date | None


@dataclass(frozen=True)
class Counselor:
    """A counselor of the user's team."""

    id: int
    name: str


@keeps
def people(session: Session, user: User, today: dt.date, *, text: str = "") -> tuple[Person, ...]:
    """The clients that the user sees, by name; with `text`, those with it in name, record number or phone."""
    return tuple(_person(row) for row in clients.all_of(session, user, today, text=text))


@dataclass(frozen=True)
class ClientDetailsChange:
    """Who changed a client's details on which day of the clinic; `said`: "naloxone kit July 16 → November 20"…"""

    on: dt.date
    by: str
    said: tuple[str, ...]


@keeps
def changes(session: Session, user: User, today: dt.date, client_id: int) -> tuple[ClientDetailsChange, ...]:
    """What was changed in a client's coded details up to `today`, the latest first. Raises NotYours."""
    return tuple(
        ClientDetailsChange(
            edit.on,
            edit.by,
            tuple(
                f"{_LABELS[name]} {_value(name, old)} → {_value(name, new)}"
                for name, (old, new) in edit.changes.items()
            ),
        )
        for edit in clients.edits(session, user, client_id, today)
    )


_LABELS = {
    "safe_to_call": "safe to call",
    "safe_to_leave_message": "safe to leave a message",
    "contact_interval_days": "days between contacts",
    "pregnant": "pregnant",
    "pregnancy_due_on": "due date",
    "pregnancy_ended_on": "end of the pregnancy",
    "co_occurring": "co-occurring conditions",
    "safe_housing": "safe housing",
    "naloxone_on": "naloxone kit",
}


def _value(name: str, value: Any) -> str:
    """A coded value in words."""
    if value is None:
        return {"naloxone_on": "none on record", "contact_interval_days": "as usual"}.get(name, "not known")
    if isinstance(value, dt.date):
        return wording.long_date(value)
    if name == "co_occurring":
        return (
            wording.listed([wording.label(term(CO_OCCURRING, id_)) for id_ in unmask(CO_OCCURRING, value)])
            or "none"
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    return wording.within(value) if isinstance(value, Permission) else str(value)


@keeps
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
        row.pregnancy_due_on,
        row.pregnancy_ended_on,
        unmask(CO_OCCURRING, row.co_occurring),
        row.safe_housing,
        row.naloxone_on,
        row.version,
        row.counselor_id,
        row.counselor,
        row.wrong_number_on,
    )
