"""Naming the clinic, its time zone and weekdays, the protocol that a safety answer shows, and its closed days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from casework.actions import audit
from casework.actions.entry import Act, add_version, begin, retire
from casework.actions.staff import require_administrator
from casework.checks.cleaning import clean_text, required_line
from casework.checks.clinic import check_closed_day, check_weekdays
from casework.errors import NotAllowed, Refused
from casework.users import User
from casework.vocabulary import ClinicKind, Role
from db.models import Clinic, ClosedDay
from db.queries.clinic import clinic_row, closed_day

MAX_PROTOCOL = 10_000


def set_clinic(
    session: Session,
    *,
    by: User | None,
    now: dt.datetime,
    name: str | None = None,
    time_zone: str | None = None,
    safety_protocol: str | None = None,
    kind: ClinicKind | None = None,
    opens_on: dt.date | None = None,
    working_days: Collection[int] | None = None,
    dosing_days: Collection[int] | None = None,
) -> Clinic:
    """Describe the clinic; what is None stays as it is. A real clinic never becomes a made-up one, nor back.
    `working_days`, `dosing_days`: the weekdays (0 is Monday) on which staff work and doses are given.

    Raises NotAllowed unless `by` is an administrator or the command line (None), and Refused.
    """
    require_administrator(by)
    row = clinic_row(session)
    if row is None:
        row = Clinic(
            id=1, name="Your clinic", kind=kind or ClinicKind.REAL, time_zone="UTC", safety_protocol=""
        )
        session.add(row)
    elif kind is not None and kind is not row.kind:
        raise Refused("This database already holds another kind of clinic. Use a new database.", field="kind")
    changed: dict[str, object] = {}
    if name is not None:
        changed["name"] = required_line(name, field="name")
    if time_zone is not None:
        changed["time_zone"] = _known_zone(time_zone)
    if safety_protocol is not None:
        changed["safety_protocol"] = _protocol(safety_protocol)
    if opens_on is not None:
        changed["opens_on"] = opens_on
    if working_days is not None:
        changed["working_days"] = check_weekdays(working_days, field="working_days")
    if dosing_days is not None:
        changed["dosing_days"] = check_weekdays(dosing_days, field="dosing_days")
    for field, value in changed.items():
        setattr(row, field, value)
    audit.record(session, by=by, now=now, action="set_clinic", subject=("clinic", 1), fields=sorted(changed))
    return row


def add_closed_day(
    session: Session, *, by: User, now: dt.datetime, day: dt.date | None, reason: str | None = None
) -> int:
    """Say that the clinic is closed on a day that is to come; returns the entry's id.

    Raises NotAllowed unless `by` is a supervisor or an administrator, and Refused, also for a day that is known.
    """
    act = _who_plans(session, by, now)
    row = add_version(act, ClosedDay, **check_closed_day(day, reason, today=act.today))
    act.audit("add_closed_day", subject=("clinic_closed_day", row.id), day=row.day.isoformat())
    return row.id


def take_back_closed_day(session: Session, *, by: User, now: dt.datetime, closed_day_id: int) -> None:
    """Say that the clinic is open on that day after all. Raises NotAllowed, and ChangedMeanwhile when somebody else has
    said so."""
    act = _who_plans(session, by, now)
    row = closed_day(session, closed_day_id)
    if row is None:
        raise Refused("There is no such day in the list.", field="closed_day_id")
    retire(act, row)
    act.audit("take_back_closed_day", subject=("clinic_closed_day", row.id), day=row.day.isoformat())


def _who_plans(session: Session, by: User, now: dt.datetime) -> Act:
    act = begin(session, by=by, now=now)
    if by.role not in (Role.SUPERVISOR, Role.ADMIN):
        raise NotAllowed("The clinic's closed days are entered by a supervisor or an administrator.")
    return act


def _known_zone(time_zone: str) -> str:
    if time_zone not in available_timezones():
        raise Refused("The time zone is not known. Write it like America/New_York.", field="time_zone")
    return time_zone


def _protocol(text: str) -> str:
    cleaned = text.strip() if clean_text(text, field="safety_protocol") else ""
    if len(cleaned) > MAX_PROTOCOL or not all(sign.isprintable() or sign in "\n\t" for sign in cleaned):
        raise Refused(
            f"The protocol is plain text of up to {MAX_PROTOCOL} characters.", field="safety_protocol"
        )
    return cleaned
