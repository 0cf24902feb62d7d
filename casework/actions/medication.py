"""Maintenance medication: prescribing, stopping, and the doses that were taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.actions.entry import (
    BEFORE_ADMISSION,
    Act,
    Correction,
    add_fact,
    begin,
    check_day,
    check_token,
    moment_on,
    refuse_second_save,
)
from casework.checks.cleaning import in_range
from casework.errors import NotYours, Refused
from casework.users import User
from casework.vocabulary import MEDICATIONS, Level, MaintenanceMedication, Medication
from db.models import Dose, Prescription
from db.queries import medication as queries
from db.queries import placements

MOST_MILLIGRAMS = 2_000
LONGEST_AHEAD = dt.timedelta(days=366)
LONGEST_COVER_DAYS = 190


@dataclass(frozen=True)
class RecordedPrescription:
    """A saved prescription; `ends_on` is the first day without it."""

    id: int
    client_id: int
    medication: str
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True)
class RecordedDose:
    """A saved dose, which covers `covers_days` days from `taken_on` on."""

    id: int
    client_id: int
    medication: str
    taken_on: dt.date
    covers_days: int


def prescribe(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    medication: str,
    starts_on: dt.date,
    token: str,
    milligrams: float | None = None,
    ends_on: dt.date | None = None,
    known_on: dt.date | None = None,
) -> RecordedPrescription:
    """Record that a maintenance medication is prescribed from `starts_on`. A changed dose: stop the old one first."""
    act = begin(session, by=by, now=now)
    act.client(client_id)
    _medication(medication)
    refuse_second_save(session, Prescription, check_token(token))
    check_day(act, starts_on, field="starts_on")
    _check_end(act, starts_on, ends_on)
    if medication in queries.prescribed_on(session, client_id, starts_on, known_by=act.today):
        raise Refused(
            "This medication is prescribed already on that day. Stop that prescription first.",
            field="medication",
        )
    row = add_fact(
        act,
        Prescription,
        client_id=client_id,
        occurred_at=moment_on(act.zone, starts_on),
        occurred_on=starts_on,
        token=token,
        known_on=known_on,
        medication=Medication(medication),
        milligrams=_milligrams(milligrams),
        ends_on=ends_on,
    )
    act.audit("prescribe", client_id=client_id, subject=("prescription", row.id), medication=medication)
    return _recorded(row)


def stop(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    prescription_id: int,
    ends_on: dt.date,
    reason: str,
    token: str,
) -> RecordedPrescription:
    """End a prescription: `ends_on` is the first day without it. The entry as it stood before stays readable.

    Refused for methadone and buprenorphine while the client is in detox: detox is never a way to stop them, because
    opioid detox alone raises the risk of overdose.
    """
    act = begin(session, by=by, now=now)
    old = session.get(Prescription, prescription_id)
    if old is None:
        raise NotYours
    act.client(old.client_id)
    _check_end(act, old.occurred_on, ends_on)
    in_detox = placements.level_on(session, old.client_id, act.today, known_by=act.today) is Level.DETOX
    if in_detox and _medication(old.medication).shows_as is not None:
        raise Refused(
            "The client is in detox. Methadone and buprenorphine go on during detox and after it: stopping them raises "
            "the risk of overdose.",
            field="ends_on",
        )
    row = add_fact(
        act,
        Prescription,
        client_id=old.client_id,
        occurred_at=old.occurred_at,
        occurred_on=old.occurred_on,
        token=check_token(token),
        correction=Correction(old.id, reason),
        medication=old.medication,
        milligrams=old.milligrams,
        ends_on=ends_on,
    )
    act.audit(
        "stop_prescription",
        client_id=row.client_id,
        subject=("prescription", row.id),
        supersedes=old.id,
        ends_on=ends_on.isoformat(),
    )
    return _recorded(row)


def record_dose(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    medication: str,
    taken_on: dt.date,
    token: str,
    milligrams: float | None = None,
    covers_days: int | None = None,
    known_on: dt.date | None = None,
    supersedes: int | None = None,
    correction_reason: str | None = None,
) -> RecordedDose:
    """Record a dose or an injection. `covers_days` None: as long as that medication lasts by the vocabulary."""
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    usual = _medication(medication).covers_days
    covers = in_range(covers_days, 1, LONGEST_COVER_DAYS, field="covers_days") or usual
    check_day(act, taken_on, field="taken_on", not_before=client.admitted_on - BEFORE_ADMISSION)
    row = add_fact(
        act,
        Dose,
        client_id=client_id,
        occurred_at=moment_on(act.zone, taken_on),
        occurred_on=taken_on,
        token=check_token(token),
        known_on=known_on,
        correction=None if supersedes is None else Correction(supersedes, correction_reason or ""),
        medication=Medication(medication),
        milligrams=_milligrams(milligrams),
        covers_days=covers,
    )
    act.audit(
        "record_dose" if supersedes is None else "correct_dose",
        client_id=client_id,
        subject=("dose", row.id),
        medication=medication,
        supersedes=supersedes,
    )
    return RecordedDose(row.id, client_id, medication, taken_on, covers)


def _medication(id_: str) -> MaintenanceMedication:
    for one in MEDICATIONS:
        if one.id == id_:
            return one
    raise Refused("This medication is not on the list.", field="medication")


def _milligrams(value: float | None) -> float | None:
    if value is None:
        return None
    if not 0 < value <= MOST_MILLIGRAMS:
        raise Refused(f"A dose has more than 0 and at most {MOST_MILLIGRAMS} mg.", field="milligrams")
    return round(float(value), 2)


def _check_end(act: Act, starts_on: dt.date, ends_on: dt.date | None) -> None:
    if ends_on is None:
        return
    if ends_on < starts_on:
        raise Refused("A prescription cannot end before it begins.", field="ends_on")
    if ends_on > act.today + LONGEST_AHEAD:
        raise Refused("This date is more than a year away.", field="ends_on")


def _recorded(row: Prescription) -> RecordedPrescription:
    return RecordedPrescription(row.id, row.client_id, row.medication, row.occurred_on, row.ends_on)
