"""What the rows of an import are checked against, read once a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.prescriptions import PrescriptionPeriod
from casework.users import User
from casework.vocabulary import Mark, ScreenStatus, SessionKind
from db.models import Attendance, CheckIn, Fact, Prescription, Staff, UrineScreen
from db.queries.clients import counselor_of
from db.queries.known import known
from db.queries.parts import in_parts
from db.queries.scope import visible_clients


def counselors(session: Session, team_id: int) -> dict[str, int]:
    """The counselors who work in the team, by username."""
    query = select(Staff.username, Staff.id).where(counselor_of(team_id))
    return dict(session.execute(query).all())


def prescriptions(
    session: Session, client_ids: Sequence[int], known_by: dt.date
) -> dict[int, list[PrescriptionPeriod]]:
    """When which medication is prescribed, by client."""
    found: dict[int, list[PrescriptionPeriod]] = {}
    for some in in_parts(client_ids):
        query = select(
            Prescription.client_id,
            Prescription.id,
            Prescription.medication,
            Prescription.occurred_on,
            Prescription.ends_on,
        ).where(Prescription.client_id.in_(some), known(Prescription, known_by))
        for client_id, id_, medication, since, until in session.execute(query):
            found.setdefault(client_id, []).append(PrescriptionPeriod(id_, medication, since, until))
    return found


def marks(session: Session, client_ids: Sequence[int]) -> dict[tuple[int, dt.datetime, SessionKind], Mark]:
    """The marks that hold, by client, moment and kind of session."""
    found: dict[tuple[int, dt.datetime, SessionKind], Mark] = {}
    for some in in_parts(client_ids):
        query = select(Attendance.client_id, Attendance.occurred_at, Attendance.kind, Attendance.mark).where(
            Attendance.client_id.in_(some), Attendance.superseded_on.is_(None)
        )
        for client_id, at, kind, mark in session.execute(query):
            found[client_id, at, kind] = mark
    return found


def check_in_moments(session: Session, client_ids: Sequence[int]) -> set[tuple[int, dt.datetime]]:
    """When the clients have check-ins that hold: (client, moment)."""
    found: set[tuple[int, dt.datetime]] = set()
    for some in in_parts(client_ids):
        query = select(CheckIn.client_id, CheckIn.occurred_at).where(
            CheckIn.client_id.in_(some), CheckIn.superseded_on.is_(None)
        )
        found.update((client_id, at) for client_id, at in session.execute(query))
    return found


def screen_days(session: Session, client_ids: Sequence[int]) -> set[tuple[int, dt.date]]:
    """The days of the clients' urine screens that hold, without those only planned: (client, day)."""
    found: set[tuple[int, dt.date]] = set()
    for some in in_parts(client_ids):
        query = select(UrineScreen.client_id, UrineScreen.occurred_on).where(
            UrineScreen.client_id.in_(some),
            UrineScreen.superseded_on.is_(None),
            UrineScreen.status != ScreenStatus.DUE,
        )
        found.update((client_id, day) for client_id, day in session.execute(query))
    return found


def stored_tokens(
    session: Session, user: User, model: type[Fact], tokens: Collection[str], day: dt.date
) -> set[str]:
    """Those of the tokens under which a row of `model` is stored about a client whom the user sees."""
    stored: set[str] = set()
    for some in in_parts(tokens):
        query = select(model.entry_token).where(
            model.entry_token.in_(some), model.client_id.in_(visible_clients(user, day))
        )
        stored.update(session.scalars(query))
    return stored


def used_tokens(session: Session, model: type[Fact], tokens: Collection[str]) -> set[str]:
    """Those of the tokens under which a row of `model` is stored about anybody: to store none twice, never to tell."""
    used: set[str] = set()
    for some in in_parts(tokens):
        used.update(session.scalars(select(model.entry_token).where(model.entry_token.in_(some))))
    return used
