"""Naming the clinic, its time zone, and the protocol that a safety answer shows."""

from __future__ import annotations

import datetime as dt
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from casework.actions import audit
from casework.actions.staff import require_administrator
from casework.checks.cleaning import clean_text, required_line
from casework.errors import Refused
from casework.users import User
from casework.vocabulary import ClinicKind
from db.models import Clinic
from db.queries.clinic import clinic_row

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
) -> Clinic:
    """Describe the clinic; what is None stays as it is. A real clinic never becomes a made-up one, nor back.

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
    for field, value in changed.items():
        setattr(row, field, value)
    audit.record(session, by=by, now=now, action="set_clinic", subject=("clinic", 1), fields=sorted(changed))
    return row


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
