"""Maintenance medication: prescribing, stopping, and the doses that were taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.actions.entry import (
    Correction,
    add_fact,
    begin,
    check_token,
    moment_on,
    refuse_second_save,
)
from casework.checks.medication import (
    check_dose,
    check_end,
    check_may_end,
    check_not_prescribed,
    check_prescription,
)
from casework.errors import NotYours
from casework.users import User
from db.models import Dose, Prescription
from db.queries import medication as queries
from db.queries import placements


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
    medication: str | None,
    starts_on: dt.date | None,
    token: str,
    milligrams: float | None = None,
    ends_on: dt.date | None = None,
    known_on: dt.date | None = None,
) -> RecordedPrescription:
    """Record that a maintenance medication is prescribed from `starts_on`. A changed dose: stop the old one first."""
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    refuse_second_save(session, Prescription, check_token(token))
    columns = check_prescription(
        medication,
        starts_on,
        milligrams=milligrams,
        ends_on=ends_on,
        today=act.today,
        admitted_on=client.admitted_on,
    )
    day = columns["occurred_on"]
    check_not_prescribed(
        columns["medication"],
        queries.prescribed_between(session, client_id, day, ends_on, known_by=act.today),
    )
    row = add_fact(
        act,
        Prescription,
        client_id=client_id,
        occurred_at=moment_on(act.zone, day),
        token=token,
        known_on=known_on,
        **columns,
    )
    act.audit("prescribe", client_id=client_id, subject=("prescription", row.id), medication=row.medication)
    return _recorded(row)


def stop(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    prescription_id: int,
    ends_on: dt.date | None,
    reason: str | None,
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
    end = check_end(old.occurred_on, ends_on, today=act.today)
    if old.ends_on is not None and end > old.ends_on:
        again = queries.prescribed_between(session, old.client_id, old.ends_on, end, known_by=act.today)
        check_not_prescribed(old.medication, again, field="ends_on")
    check_may_end(old.medication, placements.level_on(session, old.client_id, act.today, known_by=act.today))
    row = add_fact(
        act,
        Prescription,
        client_id=old.client_id,
        occurred_at=old.occurred_at,
        occurred_on=old.occurred_on,
        token=check_token(token),
        correction=Correction(old.id, reason or ""),
        medication=old.medication,
        milligrams=old.milligrams,
        ends_on=end,
    )
    act.audit(
        "stop_prescription",
        client_id=row.client_id,
        subject=("prescription", row.id),
        supersedes=old.id,
        ends_on=end.isoformat(),
    )
    return _recorded(row)


def record_dose(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    medication: str | None,
    taken_on: dt.date | None,
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
    columns = check_dose(
        medication,
        taken_on,
        milligrams=milligrams,
        covers_days=covers_days,
        today=act.today,
        admitted_on=client.admitted_on,
    )
    row = add_fact(
        act,
        Dose,
        client_id=client_id,
        occurred_at=moment_on(act.zone, columns["occurred_on"]),
        token=check_token(token),
        known_on=known_on,
        correction=None if supersedes is None else Correction(supersedes, correction_reason or ""),
        **columns,
    )
    act.audit(
        "record_dose" if supersedes is None else "correct_dose",
        client_id=client_id,
        subject=("dose", row.id),
        medication=row.medication,
        supersedes=supersedes,
    )
    return RecordedDose(row.id, client_id, row.medication, row.occurred_on, row.covers_days)


def _recorded(row: Prescription) -> RecordedPrescription:
    return RecordedPrescription(row.id, row.client_id, row.medication, row.occurred_on, row.ends_on)
