"""Setting up the demo clinic: staff, clients, groups, and the histories of `casework.demo.histories`."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from faker import Faker
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from casework.actions import audit, bulk
from casework.actions.clinic import set_clinic
from casework.actions.staff import create_staff, create_team
from casework.demo import forecasts, tasks
from casework.demo.archetypes import CASELOADS, Archetype
from casework.demo.histories import ZONE, DemoClient, DemoRows, History, Slot, moment, safe_to_call
from casework.demo.schedule import Cast, Schedule
from casework.errors import Refused
from casework.users import SYSTEM
from casework.vocabulary import (
    CO_OCCURRING,
    SAFETY_CONCERNS,
    ClinicKind,
    ContactKind,
    InformationSource,
    Role,
    mask,
)
from db.models import (
    Absence,
    Assignment,
    Attendance,
    Call,
    CheckIn,
    Client,
    ClientVersion,
    Dose,
    Forecast,
    Note,
    Placement,
    Prescription,
    RollCall,
    SafetyItem,
    SeriesVersion,
    Staff,
    Team,
    UrineScreen,
)
from db.session import Database

NAME = "Harbor Street Clinic (demo)"
SEED = 20260309
ACCOUNTS: tuple[tuple[str, str, str], ...] = (
    ("alice", "harbor demo one", "Counselor, team North (22 clients)"),
    ("bob", "harbor demo two", "Counselor, team North (20 clients)"),
    ("charlie", "harbor demo three", "Counselor, team South (18 clients)"),
    ("dana", "harbor demo four", "Supervisor of team North"),
    ("admin", "harbor demo five", "Administrator: accounts, no clients"),
)
"""(username, password, role) of the demo's accounts; only the demo clinic has them, and its sign-in page shows them."""

STAFF: tuple[tuple[str, str, Role, str], ...] = (
    ("alice", "Alice Bennett", Role.COUNSELOR, "North"),
    ("bob", "Bob Carter", Role.COUNSELOR, "North"),
    ("charlie", "Charlie Diaz", Role.COUNSELOR, "South"),
    ("dana", "Dana Ellis", Role.SUPERVISOR, "North"),
    ("admin", "Avery Fox", Role.ADMIN, "North"),
)

SAFETY_PROTOCOL = """\
1. Stay with the client or on the line. In danger now, or an overdose: call 911; give naloxone, again after 3 minutes.
2. Thoughts of suicide or self-harm: call or text 988 together. Then call the clinician on call (extension 100).
3. Agree on the next contact within 24 hours, and write down what was done. (The demo clinic's made-up protocol.)\
"""

DUE_IN_DAYS = 74
"""How far off the due date of a pregnancy is."""
HABITS = ("cannabis", "cocaine", "alcohol", "benzodiazepine", "cannabis")
CONDITIONS = (
    (),
    ("depression",),
    ("anxiety",),
    (),
    ("trauma", "depression"),
    ("chronic_pain",),
    (),
    ("alcohol_use",),
)


def is_empty(session: Session) -> bool:
    """True when the database holds no staff, team or client yet."""
    return not any(
        session.scalar(select(exists().where(table.id.is_not(None)))) for table in (Staff, Team, Client)
    )


def load(database: Database, *, today: dt.date) -> None:
    """Load the demo clinic, with histories that end on `today`, in one transaction.

    Refused when the database holds anything already, or belongs to a real or a study clinic.
    """
    began = moment(today - dt.timedelta(days=600), dt.time(9))
    now = moment(today, dt.time(6))
    with database.writing(SYSTEM) as session:
        if not is_empty(session):
            raise Refused("The demo clinic can be loaded into an empty database only.")
        set_clinic(
            session,
            by=None,
            now=began,
            name=NAME,
            time_zone=ZONE.key,
            safety_protocol=SAFETY_PROTOCOL,
            kind=ClinicKind.DEMO,
        )
        counselors = _staff(session, now=began)
        cast = _clients(session, counselors, today)
        slots = Schedule(session, today).build(cast, counselors)
        rows = DemoRows()
        for member in cast:
            History(_person(member, counselors, slots[member.client_id]), today, rows).write()
        counts = _insert(session, rows)
        counts["safety_items"] = _safety_items(session, cast, counselors, today)
        counts["task_actions"] = tasks.add(session, cast, counselors, today, SEED)
        counts["closed_days"] = tasks.close(session, _supervisor(session), today)
        counts["forecasts"] = bulk.add(
            session, Forecast, forecasts.rows(session, cast, counselors, today, SEED)
        )
        audit.record(session, by=None, now=now, action="load_demo", clients=len(cast), **counts)


def _staff(session: Session, *, now: dt.datetime) -> list[Staff]:
    """The three counselors, in the order of CASELOADS."""
    passwords = {username: password for username, password, _ in ACCOUNTS}
    teams = {name: create_team(session, by=None, now=now, name=name).id for name in ("North", "South")}
    staff = [
        create_staff(
            session,
            by=None,
            now=now,
            username=username,
            name=name,
            role=role,
            team_id=teams[team],
            password=passwords[username],
        )
        for username, name, role, team in STAFF
    ]
    return staff[: len(CASELOADS)]


def _supervisor(session: Session) -> int:
    found = session.scalars(select(Staff.id).where(Staff.role == Role.SUPERVISOR)).one()
    return int(found)


def _clients(session: Session, counselors: Sequence[Staff], today: dt.date) -> list[Cast]:
    kinds = [(number, archetype) for number, caseload in enumerate(CASELOADS) for archetype in caseload]
    names = _names([archetype for _, archetype in kinds])
    rows = [
        _client(index, name, archetype, counselors[number].team_id, today)
        for index, ((number, archetype), name) in enumerate(zip(kinds, names, strict=True))
    ]
    client_ids = bulk.add_returning_ids(session, Client, [client for client, _ in rows])
    versions, assignments = [], []
    for client_id, (number, _), (client, details) in zip(client_ids, kinds, rows, strict=True):
        by_id, admitted_on = counselors[number].id, client["admitted_on"]
        known = bulk.version(by_id=by_id, known_on=admitted_on, recorded_at=client["created_at"])
        known["client_id"] = client_id
        versions.append(known | details)
        assignments.append(known | {"staff_id": by_id, "starts_on": admitted_on, "ends_on": None})
    bulk.add(session, ClientVersion, versions)
    bulk.add(session, Assignment, assignments)
    return [
        Cast(index, client_id, number, archetype)
        for index, (client_id, (number, archetype)) in enumerate(zip(client_ids, kinds, strict=True))
    ]


def _names(archetypes: Sequence[Archetype]) -> list[str]:
    """One invented name each, none twice."""
    invent = Faker("en_US")
    invent.seed_instance(SEED)
    names: list[str] = []
    for archetype in archetypes:
        name = ""
        while not name or name in names:
            first = (
                invent.first_name_female() if archetype.pregnant or archetype.birth else invent.first_name()
            )
            name = f"{first} {invent.last_name()}"
        names.append(name)
    return names


def _client(
    index: int, name: str, archetype: Archetype, team_id: int, today: dt.date
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows of a client and of the client's details."""
    chance = random.Random(f"{SEED}-client-{index}")
    admitted_on = today - dt.timedelta(days=archetype.admitted)
    call, message = safe_to_call(chance)
    naloxone_ago = min(archetype.admitted, chance.randrange(3, 150))
    client = {
        "handle": f"{chance.getrandbits(96):024x}",
        "team_id": team_id,
        "admitted_on": admitted_on,
        "created_at": moment(admitted_on, dt.time(13)),
    }
    return client, {
        "number": 1,
        "name": name,
        "record_number": f"HS-{1001 + index}",
        "phone": f"617-555-{100 + index:04d}",
        "safe_to_call": call,
        "safe_to_leave_message": message,
        "contact_interval_days": None,
        "pregnant": _pregnant(chance, archetype),
        "pregnancy_due_on": today + dt.timedelta(days=DUE_IN_DAYS) if archetype.pregnant else None,
        "pregnancy_ended_on": today - dt.timedelta(days=archetype.birth) if archetype.birth else None,
        "co_occurring": mask(CO_OCCURRING, CONDITIONS[index % len(CONDITIONS)]),
        "naloxone_on": None if chance.random() < 0.25 else today - dt.timedelta(days=naloxone_ago),
    }


def _pregnant(chance: random.Random, archetype: Archetype) -> bool | None:
    drawn = chance.choice([False, None])
    return True if archetype.pregnant else (False if archetype.birth else drawn)


def _person(member: Cast, counselors: Sequence[Staff], slots: list[Slot]) -> DemoClient:
    return DemoClient(
        client_id=member.client_id,
        by_id=counselors[member.counselor].id,
        archetype=member.archetype,
        medication=member.medication,
        habit=HABITS[member.index % len(HABITS)],
        slots=tuple(slots),
        seed=f"demo-{SEED}-{member.index}",
    )


def _insert(session: Session, rows: DemoRows) -> dict[str, Any]:
    _roll_calls(session, rows.attendance)
    return {
        "check_ins": bulk.add(session, CheckIn, rows.check_ins),
        "attendance": bulk.add(session, Attendance, rows.attendance),
        "screens": bulk.add(session, UrineScreen, rows.screens),
        "doses": bulk.add(session, Dose, rows.doses),
        "prescriptions": bulk.add(session, Prescription, rows.prescriptions),
        "calls": bulk.add(session, Call, rows.calls),
        "notes": bulk.add(session, Note, rows.notes),
        "placements": bulk.add(session, Placement, rows.placements),
        "absences": bulk.add(session, Absence, rows.absences),
    }


def _roll_calls(session: Session, attendance: list[dict[str, Any]]) -> None:
    """Give every mark of a series its roll call: one for each series and day."""
    leader = dict(session.execute(select(SeriesVersion.series_id, SeriesVersion.leader_id)).all())
    held = {(row["series_id"], row["occurred_on"]): row for row in attendance if row["series_id"] is not None}
    roll_call_ids = bulk.add_returning_ids(
        session,
        RollCall,
        [
            {
                "series_id": series_id,
                "held_on": held_on,
                "known_on": row["known_on"],
                "recorded_at": row["recorded_at"],
                "recorded_by_id": leader[series_id],
                "entry_token": f"demo-roll-{series_id}-{held_on}",
            }
            for (series_id, held_on), row in held.items()
        ],
    )
    roll_call = dict(zip(held, roll_call_ids, strict=True))
    for row in attendance:
        row["roll_call_id"] = roll_call.get((row["series_id"], row["occurred_on"]))


def _safety_items(session: Session, cast: Sequence[Cast], counselors: Sequence[Staff], today: dt.date) -> int:
    """The check-ins that answered a safety question with yes, and their items: those of yesterday are open."""
    count = 0
    for member in cast:
        told = _told_of_danger(member.archetype, today)
        if told is None:
            continue
        day, answers, concern, steps = told
        by = counselors[member.counselor]
        check_in = bulk.fact(
            client_id=member.client_id,
            by_id=by.id,
            occurred_at=moment(day, dt.time(15, 20)),
            token=f"demo-{SEED}-safety-{member.index}",
            zone=ZONE,
        )
        (check_in_id,) = bulk.add_returning_ids(session, CheckIn, [check_in | answers])
        item = {
            "client_id": member.client_id,
            "check_in_id": check_in_id,
            "raised_on": day,
            "concerns": mask(SAFETY_CONCERNS, [concern]),
            "acknowledged_at": None if steps is None else moment(day, dt.time(16, 5)),
            "acknowledged_on": None if steps is None else day,
            "acknowledged_by_id": None if steps is None else by.id,
            "steps_taken": steps,
        }
        count += bulk.add(session, SafetyItem, [item])
    return count


def _told_of_danger(
    archetype: Archetype, today: dt.date
) -> tuple[dt.date, dict[str, Any], str, str | None] | None:
    """The day of a check-in that told of danger, its answers, the concern, and what was done about it, if anything."""
    yesterday, long_ago = (today - dt.timedelta(days=days) for days in (1, 101))
    by_phone = {"contact": ContactKind.PHONE, "source": InformationSource.CLIENT, "craving": 7}
    if archetype.open_safety_item:
        said = {"suicidal": True, "overdosed": False, "note": "Called in the afternoon."}
        return yesterday, by_phone | said, "suicidal_thoughts", None
    if archetype.told_of_overdose:
        overdose = {"overdosed": True, "overdosed_on": today - dt.timedelta(days=3), "naloxone_used": True}
        by_sister = {"contact": ContactKind.COLLATERAL, "source": InformationSource.COLLATERAL}
        note = "A sister called: treated in the emergency room, naloxone from the ambulance, home again."
        return yesterday, by_sister | overdose | {"note": note}, "overdose", None
    if archetype.old_safety_item:
        steps = "Went to the emergency room with the client; seen by the clinician on call; naloxone kit replaced."
        overdose = {"suicidal": False, "overdosed": True, "overdosed_on": long_ago, "naloxone_used": True}
        return long_ago, by_phone | overdose, "overdose", steps
    return None
