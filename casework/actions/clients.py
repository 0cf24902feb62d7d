"""Admitting clients, editing their details, and deciding whose caseload they are on."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.actions import record_numbers
from casework.actions.entry import (
    Act,
    add_fact,
    add_version,
    begin,
    change,
    check_token,
    flush,
    moment_on,
    refuse_second_save,
)
from casework.actions.tasks import DONE_BY_A_KIT, done_by_doing
from casework.checks.clients import (
    ClientDetails,
    check,
    check_admitted_on,
    check_handed_over,
    check_kit,
    check_pregnancy_ended,
)
from casework.checks.placements import check_level
from casework.errors import ChangedMeanwhile, NotYours, Refused
from casework.users import User
from casework.vocabulary import Level, Role
from db.models import Assignment, Client, ClientVersion, Placement
from db.queries import clients as queries


@dataclass(frozen=True)
class AdmittedClient:
    """A new client: `handle` is what stands in addresses."""

    id: int
    handle: str


def admit(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    details: ClientDetails,
    counselor_id: int | None,
    level: Level | None,
    token: str,
    admitted_on: dt.date | None = None,
    next_level: Level | None = None,
) -> AdmittedClient:
    """Admit a client to `level` of care and to a counselor's caseload, in the team of `by`.

    A counselor admits to a caseload of the own team, a supervisor too; an administrator sees no clients and admits
    none. Raises Refused (with the field; a record number is given once, see `record_numbers`), NotYours or
    AlreadyRecorded.
    """
    act = begin(session, by=by, now=now)
    refuse_second_save(session, Placement, check_token(token))
    staff_id = _require_counselor(act, counselor_id)
    day = check_admitted_on(admitted_on or act.today, today=act.today)
    placed = check_level(level, next_level)
    columns = check(details, today=act.today)
    client = Client(
        handle=secrets.token_urlsafe(12),
        team_id=by.team_id,
        admitted_on=day,
        created_at=now,
    )
    session.add(client)
    flush(session)
    add_fact(
        act,
        Placement,
        client_id=client.id,
        occurred_at=moment_on(act.zone, day),
        occurred_on=day,
        token=token,
        known_on=day,  # the first level holds from the admission on, however late that is recorded
        **placed,
    )
    # After the token: of two saves of one form at once, the second is told that it is saved, and not of its own number.
    record_numbers.require_free(act, {columns["record_number"]: None})
    add_version(act, ClientVersion, client_id=client.id, number=1, **columns)
    # An admission that is recorded late is not known before: nobody had the client on the dashboard's caseload.
    add_version(act, Assignment, client_id=client.id, staff_id=staff_id, starts_on=act.today)
    act.audit("admit_client", client_id=client.id, subject=("client", client.id), counselor_id=staff_id)
    return AdmittedClient(client.id, client.handle)


def edit(
    session: Session, *, by: User, now: dt.datetime, client_id: int, version: int, details: ClientDetails
) -> int:
    """Replace a client's details; `version` is the one that the form was opened with. Returns the new version.

    Raises ChangedMeanwhile when somebody else saved in between: nothing of theirs is overwritten.
    """
    act = begin(session, by=by, now=now)
    act.client(client_id)
    new = check(details, today=act.today)
    old = queries.current(session, client_id)
    if old.number != version:
        raise _changed_meanwhile()
    check_pregnancy_ended(old.pregnant, new)
    if new["record_number"] != old.record_number:
        record_numbers.require_free(act, {new["record_number"]: None}, client_id=client_id)
    changed = sorted(name for name, value in new.items() if getattr(old, name) != value)
    try:
        saved = change(act, old, number=version + 1, **new)
    except ChangedMeanwhile:
        raise _changed_meanwhile() from None
    act.audit("edit_client", client_id=client_id, subject=("client", client_id), fields=changed)
    return saved.number


def record_naloxone_kit(
    session: Session, *, by: User, now: dt.datetime, client_id: int, on: dt.date | None = None
) -> dt.date:
    """Record that a naloxone kit was handed over `on` a day (None: today): it is the last kit in the client's details.

    It does what waited for it. An earlier day than that of the kit on record does not change the details. Returns the
    day of the last kit. Raises Refused, NotYours or ChangedMeanwhile.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    day = check_kit(on or act.today, today=act.today, admitted_on=client.admitted_on)
    old = queries.current(session, client_id)
    last = day if old.naloxone_on is None else max(day, old.naloxone_on)
    if last != old.naloxone_on:
        change(act, old, number=old.number + 1, naloxone_on=last)
    done_by_doing(act, client_id, DONE_BY_A_KIT, on=day)
    act.audit("record_naloxone_kit", client_id=client_id, subject=("client", client_id))
    return last


def _changed_meanwhile() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        "Somebody changed this client's particulars in the meantime. Look at them again before you save."
    )


def assign(session: Session, *, by: User, now: dt.datetime, client_id: int, counselor_id: int | None) -> None:
    """Hand a client over to another counselor of the team, from today on.

    Raises Refused, NotYours, or ChangedMeanwhile.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    staff_id = _require_counselor(act, counselor_id)
    open_one = queries.open_assignment(session, client_id)
    check_handed_over(staff_id, None if open_one is None else open_one.staff_id)
    if open_one is not None:
        change(act, open_one, ends_on=max(act.today, open_one.starts_on))
    add_version(act, Assignment, client_id=client.id, staff_id=staff_id, starts_on=act.today)
    act.audit(
        "assign_client",
        client_id=client_id,
        subject=("client", client_id),
        counselor_id=staff_id,
        was=None if open_one is None else open_one.staff_id,
    )


def _require_counselor(act: Act, counselor_id: int | None) -> int:
    """A counselor of the user's own team, who works here."""
    if act.by.role is Role.ADMIN:
        raise NotYours
    if counselor_id is None or not queries.is_counselor_of(act.session, act.by.team_id, counselor_id):
        raise Refused("Choose a counselor of your team.", field="counselor_id")
    return counselor_id
