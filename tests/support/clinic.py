"""A small clinic for tests, written straight into the tables: who is who stays the same in every test.

Team Harbor: Alice and Bob are counselors, Charlie supervises. Team Ridge: Dave is a counselor. Alice looks after Ann
and Amir, Bob after Ben, Dave after Dee.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework import demo
from casework.actions.sign_in import user_of
from casework.passwords import hash_password
from casework.users import SYSTEM, User
from casework.vocabulary import ClinicKind, Level, Permission, Role
from db.models.clients import Assignment, Client, ClientVersion, Placement
from db.models.staff import Clinic, Staff, Team
from db.session import Database

TODAY = dt.date(2026, 3, 11)
"""The day on which tests play: a Wednesday."""
NOW = dt.datetime(2026, 3, 11, 15, 0, tzinfo=dt.UTC)
ADMITTED_ON = dt.date(2025, 9, 1)
TIME_ZONE = "America/New_York"


@dataclass(frozen=True)
class SmallClinic:
    """The staff as the code knows them, and the clients' ids."""

    alice: User
    bob: User
    charlie: User
    dave: User
    ann: int
    amir: int
    ben: int
    dee: int


def build_clinic(session: Session, kind: ClinicKind = ClinicKind.DEMO) -> SmallClinic:
    """Add the small clinic to an empty, migrated database; the caller's transaction commits it.

    It calls itself a demo, because a real clinic's clock cannot be turned to `NOW`.
    """
    session.add(
        Clinic(
            id=1,
            name="Harbor Clinic",
            kind=kind,
            time_zone=TIME_ZONE,
            safety_protocol="Stay with the client. Call the on-call clinician.",
        )
    )
    harbor, ridge = Team(name="Harbor"), Team(name="Ridge")
    session.add_all([harbor, ridge])
    session.flush()
    alice = _staff(session, "Alice", Role.COUNSELOR, harbor)
    bob = _staff(session, "Bob", Role.COUNSELOR, harbor)
    charlie = _staff(session, "Charlie", Role.SUPERVISOR, harbor)
    dave = _staff(session, "Dave", Role.COUNSELOR, ridge)
    return SmallClinic(
        alice,
        bob,
        charlie,
        dave,
        ann=add_client(session, "Ann Archer", counselor=alice),
        amir=add_client(session, "Amir Aziz", counselor=alice),
        ben=add_client(session, "Ben Brook", counselor=bob),
        dee=add_client(session, "Dee Dale", counselor=dave),
    )


def add_client(
    session: Session,
    name: str,
    *,
    counselor: User,
    level: Level = Level.OUTPATIENT,
    admitted_on: dt.date = ADMITTED_ON,
) -> int:
    """Add a client in care at `level` on `counselor`'s caseload; returns the client's id."""
    word = name.lower().replace(" ", "-")
    admitted_at = dt.datetime.combine(admitted_on, dt.time(15), tzinfo=dt.UTC)
    client = Client(
        handle=word,
        team_id=counselor.team_id,
        admitted_on=admitted_on,
        created_at=admitted_at,
    )
    session.add(client)
    session.flush()
    known: dict[str, Any] = {
        "client_id": client.id,
        "known_on": admitted_on,
        "recorded_at": admitted_at,
        "recorded_by_id": counselor.id,
    }
    session.add(
        ClientVersion(
            **known,
            number=1,
            record_number=f"R-{word}",
            name=name,
            phone="555-0100",
            safe_to_call=Permission.YES,
            safe_to_leave_message=Permission.UNKNOWN,
        )
    )
    session.add(Assignment(**known, staff_id=counselor.id, starts_on=admitted_on))
    session.add(
        Placement(
            **known,
            level=level,
            occurred_on=admitted_on,
            occurred_at=admitted_at,
            entry_token=f"admitted-{word}",
        )
    )
    session.flush()
    return client.id


def _staff(session: Session, name: str, role: Role, team: Team) -> User:
    staff = Staff(
        username=name.lower(),
        name=name,
        role=role,
        team_id=team.id,
        password_hash=_hashed(password_of(name.lower())),
        active=True,
        created_at=dt.datetime.combine(ADMITTED_ON, dt.time(9), tzinfo=dt.UTC),
    )
    session.add(staff)
    session.flush()
    return User(id=staff.id, name=name, role=role, team_id=team.id)


def user_named(database: Database, username: str) -> User:
    """The member of staff with this username, as the code knows them; of the demo clinic, say."""
    with database.reading(SYSTEM) as session:
        return user_of(session.scalars(select(Staff).where(Staff.username == username)).one())


def password_of(username: str) -> str:
    """The password of an account: the demo clinic's own, which the small clinic shares."""
    return {known: password for known, password, _ in demo.ACCOUNTS}.get(
        username, f"{username} and no one else"
    )


@cache
def _hashed(password: str) -> str:
    return hash_password(password)
