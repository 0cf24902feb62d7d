"""What the rows of an import are checked against, read once a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.users import User
from casework.vocabulary import Mark, Role, ScreenStatus, SessionKind
from db.models import Attendance, CheckIn, Client, Fact, Prescription, Staff, UrineScreen
from db.queries.facts import known
from db.queries.scope import visible_clients

AT_ONCE = 500
Value = TypeVar("Value")


def clients_by_record_number(
    session: Session, user: User, record_numbers: Collection[str], day: dt.date
) -> dict[str, Client]:
    """The clients that the user may see, by their record numbers."""
    found: dict[str, Client] = {}
    for some in _in_parts(record_numbers):
        query = select(Client).where(
            Client.record_number.in_(some), Client.id.in_(visible_clients(user, day))
        )
        found.update({client.record_number: client for client in session.scalars(query)})
    return found


def taken_record_numbers(session: Session, record_numbers: Collection[str]) -> set[str]:
    """Those of the record numbers that some client of the clinic has."""
    taken: set[str] = set()
    for some in _in_parts(record_numbers):
        taken.update(session.scalars(select(Client.record_number).where(Client.record_number.in_(some))))
    return taken


def counselors(session: Session, team_id: int) -> dict[str, int]:
    """The counselors who work in the team, by username."""
    query = select(Staff.username, Staff.id).where(
        Staff.team_id == team_id, Staff.role == Role.COUNSELOR, Staff.active
    )
    return dict(session.execute(query).all())


def prescriptions(
    session: Session, client_ids: Sequence[int], known_by: dt.date
) -> dict[int, list[tuple[str, dt.date, dt.date | None]]]:
    """(medication, first day, first day without it) by client."""
    found: dict[int, list[tuple[str, dt.date, dt.date | None]]] = {}
    for some in _in_parts(client_ids):
        query = select(
            Prescription.client_id, Prescription.medication, Prescription.occurred_on, Prescription.ends_on
        ).where(Prescription.client_id.in_(some), known(Prescription, known_by))
        for client_id, medication, since, until in session.execute(query):
            found.setdefault(client_id, []).append((medication, since, until))
    return found


def marks(session: Session, client_ids: Sequence[int]) -> dict[tuple[int, dt.datetime, SessionKind], Mark]:
    """The marks that hold, by client, moment and kind of session."""
    found: dict[tuple[int, dt.datetime, SessionKind], Mark] = {}
    for some in _in_parts(client_ids):
        query = select(Attendance.client_id, Attendance.occurred_at, Attendance.kind, Attendance.mark).where(
            Attendance.client_id.in_(some), Attendance.superseded_on.is_(None)
        )
        for client_id, at, kind, mark in session.execute(query):
            found[client_id, at, kind] = mark
    return found


def check_in_moments(session: Session, client_ids: Sequence[int]) -> set[tuple[int, dt.datetime]]:
    """When the clients have check-ins that hold: (client, moment)."""
    found: set[tuple[int, dt.datetime]] = set()
    for some in _in_parts(client_ids):
        query = select(CheckIn.client_id, CheckIn.occurred_at).where(
            CheckIn.client_id.in_(some), CheckIn.superseded_on.is_(None)
        )
        found.update((client_id, at) for client_id, at in session.execute(query))
    return found


def screen_days(session: Session, client_ids: Sequence[int]) -> set[tuple[int, dt.date]]:
    """The days of the clients' urine screens that hold, without those only planned: (client, day)."""
    found: set[tuple[int, dt.date]] = set()
    for some in _in_parts(client_ids):
        query = select(UrineScreen.client_id, UrineScreen.occurred_on).where(
            UrineScreen.client_id.in_(some),
            UrineScreen.superseded_on.is_(None),
            UrineScreen.status != ScreenStatus.DUE,
        )
        found.update((client_id, day) for client_id, day in session.execute(query))
    return found


def stored_tokens(session: Session, model: type[Fact], tokens: Collection[str]) -> set[str]:
    """Those of the tokens under which a row of `model` is stored."""
    stored: set[str] = set()
    for some in _in_parts(tokens):
        stored.update(session.scalars(select(model.entry_token).where(model.entry_token.in_(some))))
    return stored


def _in_parts(values: Collection[Value]) -> Iterator[list[Value]]:
    """Lists short enough for one IN."""
    rest: Any = iter(values)
    while part := list(islice(rest, AT_ONCE)):
        yield part
