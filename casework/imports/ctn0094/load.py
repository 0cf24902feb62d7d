"""The trial's people as clients: each site a team, dealt to counselors, with invented names."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from faker import Faker
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from casework.actions import audit, bulk
from casework.actions.clinic import set_clinic
from casework.actions.staff import create_staff, create_team
from casework.errors import Refused
from casework.imports.ctn0094 import facts, mapping
from casework.imports.ctn0094.facts import DAY_ZERO, DAYS_A_WEEK, TrialPerson, study_day
from casework.imports.ctn0094.files import Trial
from casework.users import SYSTEM
from casework.vocabulary import ClinicKind, Level, Permission, Role, SessionKind
from db.models import (
    Assignment,
    Attendance,
    CheckIn,
    Client,
    ClientVersion,
    Dose,
    Placement,
    Prescription,
    RollCall,
    RosterMember,
    SeriesVersion,
    SessionSeries,
    Staff,
    Team,
    UrineScreen,
)
from db.session import Database

NAME = "Study clinic (CTN-0094)"
OPENS_WEEK = 12
LARGEST_CASELOAD = 45
LONGEST_STUDY_WEEKS = 30
SAFETY_PROTOCOL = (
    "Study data: these people were treated years ago, and their names are invented. In a clinic of your own this "
    "text is your protocol; in an emergency call 911, and call or text 988 in a crisis."
)

ACCOUNTS: tuple[tuple[str, str, str], ...] = (
    ("counselor", "study data one", "Counselor at the largest site"),
    ("counselor2", "study data two", "Counselor at the second largest site"),
    ("supervisor", "study data three", "Supervisor of the largest site"),
)
"""(username, password, role) of the study clinic's accounts that can sign in; the other counselors have no password."""


@dataclass(frozen=True)
class Loaded:
    """What was loaded: rows by table."""

    counts: dict[str, int]


@dataclass(frozen=True)
class _Caseload:
    counselor_id: int
    team_id: int
    whos: tuple[int, ...]


def load(database: Database, trial: Trial, *, now: dt.datetime, opens_week: int = OPENS_WEEK) -> Loaded:
    """Load the trial into an empty database in one transaction; Refused when the database holds anything.

    `opens_week` is the study week at whose end the dashboard opens.
    """
    if not 1 <= opens_week <= LONGEST_STUDY_WEEKS:
        raise Refused(f"The study week is a number from 1 to {LONGEST_STUDY_WEEKS}.", field="week")
    with database.writing(SYSTEM) as session:
        if session.scalar(
            select(exists().where(Team.id.is_not(None)) | exists().where(Client.id.is_not(None)))
        ):
            raise Refused(
                "The trial data can be loaded into an empty database only. Name a new one with "
                "TIDELINE_DATABASE_URL, such as sqlite:///var/study.db."
            )
        set_clinic(
            session,
            by=None,
            now=now,
            name=NAME,
            time_zone="UTC",
            safety_protocol=SAFETY_PROTOCOL,
            kind=ClinicKind.STUDY,
            opens_on=study_day(DAYS_A_WEEK * opens_week),
        )
        caseloads = _caseloads(session, trial, now=now)
        people = _people(session, trial, caseloads)
        counts = _insert_facts(session, trial, people)
        counts = {
            "teams": len({caseload.team_id for caseload in caseloads}),
            "counselors": len(caseloads),
            "clients": len(people),
            **counts,
        }
        audit.record(
            session, by=None, now=now, action="import_ctn0094", digest=trial.digest, rows=counts,
            never_known=trial.never_known,
        )  # fmt: skip
    return Loaded(counts)


def _caseloads(session: Session, trial: Trial, *, now: dt.datetime) -> list[_Caseload]:
    """Each site a team; its people dealt in turn to as few counselors as `LARGEST_CASELOAD` allows."""
    sites = {str(site): tuple(group["who"]) for site, group in trial.people.groupby("site")}
    by_size = sorted(sites, key=lambda site: (-len(sites[site]), site))
    known = dict(zip(((site, "1") for site in by_size), ACCOUNTS[:2], strict=False))
    caseloads = []
    for site in sorted(sites, key=lambda name: (len(name), name)):
        team = create_team(session, by=None, now=now, name=f"Site {site}")
        count = -(-len(sites[site]) // LARGEST_CASELOAD)
        for number in range(count):
            username, password, _ = known.get((site, str(number + 1)), (f"site{site}-{number + 1}", None, ""))
            counselor = _account(session, username, password, Role.COUNSELOR, team.id, now=now)
            caseloads.append(_Caseload(counselor.id, team.id, sites[site][number::count]))
        username, password = ACCOUNTS[2][:2] if site == by_size[0] else (f"site{site}-supervisor", None)
        _account(session, username, password, Role.SUPERVISOR, team.id, now=now)
    return caseloads


def _account(
    session: Session, username: str, password: str | None, role: Role, team_id: int, *, now: dt.datetime
) -> Staff:
    invent = Faker("en_US")
    invent.seed_instance(username)
    name = f"{invent.first_name()} {invent.last_name()}"
    return create_staff(
        session, by=None, now=now, username=username, name=name, role=role, team_id=team_id, password=password
    )


def _people(session: Session, trial: Trial, caseloads: list[_Caseload]) -> dict[int, TrialPerson]:
    """Make the clients, their places, and the weekly visits that they are expected at."""
    rows = _rows_by_who(trial)
    whose = {who: caseload for caseload in caseloads for who in caseload.whos}
    order = sorted(whose)
    invent = Faker("en_US")
    client_ids = bulk.add_returning_ids(session, Client, [_client(who, whose[who].team_id) for who in order])
    client_id = dict(zip(order, client_ids, strict=True))
    bulk.add(
        session,
        ClientVersion,
        [
            _known(whose[who].counselor_id)
            | _client_details(invent, rows[who])
            | {"client_id": client_id[who]}
            for who in order
        ],
    )
    people: dict[int, TrialPerson] = {}
    for caseload in caseloads:
        series_id, roll_calls = _weekly_visits(session, caseload, rows)
        for who in caseload.whos:
            people[who] = TrialPerson(
                who,
                str(rows[who]["drug"]),
                int(rows[who]["last_week"]),
                client_id[who],
                caseload.counselor_id,
                series_id,
                roll_calls,
            )
    _expect(session, people.values())
    return people


def _rows_by_who(trial: Trial) -> dict[int, dict[str, Any]]:
    records = trial.people.to_dict("records")
    return {int(row["who"]): {str(column): value for column, value in row.items()} for row in records}


def _expect(session: Session, people: Collection[TrialPerson]) -> None:
    """On a caseload and at the weekly visits while the study lasts for each."""
    after = {person.who: study_day(DAYS_A_WEEK * person.last_week + 1) for person in people}
    bulk.add(
        session,
        Assignment,
        [
            _known(p.counselor_id)
            | {
                "client_id": p.client_id,
                "staff_id": p.counselor_id,
                "starts_on": DAY_ZERO,
                "ends_on": after[p.who],
            }
            for p in people
        ],
    )
    bulk.add(
        session,
        RosterMember,
        [
            _known(p.counselor_id)
            | {
                "series_id": p.series_id,
                "client_id": p.client_id,
                "starts_on": study_day(1),
                "ends_on": after[p.who],
            }
            for p in people
        ],
    )


def _known(by_id: int) -> dict[str, Any]:
    """Planned when the study began."""
    return bulk.version(by_id=by_id, known_on=DAY_ZERO, recorded_at=_BEGAN)


_BEGAN = dt.datetime.combine(DAY_ZERO, dt.time(9), tzinfo=dt.UTC)


def _client(who: int, team_id: int) -> dict[str, Any]:
    return {
        "handle": hashlib.sha256(f"ctn0094 {who}".encode()).hexdigest()[:24],
        "team_id": team_id,
        "admitted_on": DAY_ZERO,
        "created_at": _BEGAN,
    }


def _client_details(invent: Faker, person: dict[str, Any]) -> dict[str, Any]:
    who = int(person["who"])
    invent.seed_instance(who)
    first = invent.first_name_female() if person["sex"] == "female" else invent.first_name_male()
    return {
        "number": 1,
        "record_number": f"CTN-{who:04d}",
        "name": f"{first} {invent.last_name()}",
        "phone": None,
        "safe_to_call": Permission.UNKNOWN,
        "safe_to_leave_message": Permission.UNKNOWN,
        "contact_interval_days": DAYS_A_WEEK,
        "pregnant": None,
        "co_occurring": mapping.co_occurring(person),
        "naloxone_on": None,
    }


def _weekly_visits(
    session: Session, caseload: _Caseload, rows: dict[int, dict[str, Any]]
) -> tuple[int, dict[int, int]]:
    """The caseload's weekly visit, which closes on day 7k, and its roll calls by study week."""
    weeks = max(int(rows[who]["last_week"]) for who in caseload.whos)
    series = {
        "kind": SessionKind.MEDICATION_VISIT,
        "team_id": caseload.team_id,
        "first_on": study_day(DAYS_A_WEEK),
        "weekly": True,
        "entry_token": f"ctn0094-visits-{caseload.counselor_id}",
    }
    (series_id,) = bulk.add_returning_ids(session, SessionSeries, [series])
    visits = {
        "series_id": series_id,
        "title": "Weekly study visit (any day of the study week)",
        "leader_id": caseload.counselor_id,
        "last_on": study_day(DAYS_A_WEEK * weeks),
        "starts_at": dt.time(9),
        "minutes": 60,
    }
    bulk.add(session, SeriesVersion, [_known(caseload.counselor_id) | visits])
    roll_calls = [
        {
            "series_id": series_id,
            "held_on": study_day(DAYS_A_WEEK * week),
            "known_on": study_day(DAYS_A_WEEK * week),
            "recorded_at": dt.datetime.combine(study_day(DAYS_A_WEEK * week), dt.time(12), tzinfo=dt.UTC),
            "recorded_by_id": caseload.counselor_id,
            "entry_token": f"ctn0094-roll-{series_id}-{week}",
        }
        for week in range(1, weeks + 1)
    ]
    ids = bulk.add_returning_ids(session, RollCall, roll_calls)
    return series_id, dict(enumerate(ids, start=1))


def _insert_facts(session: Session, trial: Trial, people: dict[int, TrialPerson]) -> dict[str, int]:
    events = trial.events
    visits, results, doses = (events[events["kind"] == kind] for kind in ("visit", "uds", "dose"))
    told = events[events["kind"].isin(["selfreport", "withdrawal"])]
    placements = [
        facts.fact(person, "placement", 0, 0) | {"level": Level.OUTPATIENT} for person in people.values()
    ]
    bulk.add(session, Placement, placements)
    return {
        "prescriptions": bulk.add(session, Prescription, list(facts.prescriptions(people.values()))),
        "attendance": bulk.add(session, Attendance, list(facts.attendance(people, visits))),
        "screens": bulk.add(session, UrineScreen, list(facts.screens(people, results, visits))),
        "doses": bulk.add(session, Dose, list(facts.doses(people, doses))),
        "check_ins": bulk.add(session, CheckIn, list(facts.check_ins(people, told))),
    }
