"""Recording a check-in: twelve signs and what comes on top, each present, absent or not asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from casework.actions.entry import Act, Correction, add_fact, begin, check_token
from casework.actions.tasks import DONE_BY_REACHING, done_by_doing
from casework.checks.check_ins import CheckInAnswers, Known, check
from casework.checks.safety import concerns_raised
from casework.users import User
from casework.vocabulary import SUBSTANCES, ActionKind, ContactKind, InformationSource, unmask
from db.models import CheckIn, Client, SafetyItem
from db.queries import check_ins as queries
from db.queries import medication, safety

_TALKS: Final = frozenset((ContactKind.VISIT, ContactKind.PHONE, ContactKind.VIDEO))
"""Ways in which a check-in is a talk with the client, unless somebody else gave the answers."""


@dataclass(frozen=True)
class RecordedCheckIn:
    """A saved check-in. `safety_item_id`: the item that it opened and that now waits for a named person."""

    id: int
    client_id: int
    occurred_on: dt.date
    late: bool
    safety_item_id: int | None


def record_check_in(
    session: Session,
    *,
    by: User,
    now: dt.datetime,
    client_id: int,
    answers: CheckInAnswers,
    token: str,
    supersedes: int | None = None,
    correction_reason: str | None = None,
    known_on: dt.date | None = None,
) -> RecordedCheckIn:
    """Save a check-in and, when it tells of danger, the safety item, in one transaction. A talk with the client does
    what waited for one.

    Raises Refused (with the field), NotYours, AlreadyRecorded for a second save of the same form, and ChangedMeanwhile
    when somebody else has corrected the same check-in.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    occurred_at = _moment(act, client, answers.occurred_at, correcting=supersedes)
    occurred_on = occurred_at.astimezone(act.zone).date()
    columns = check(answers, _known(act, client, occurred_on, correcting=supersedes))
    check_in = add_fact(
        act,
        CheckIn,
        client_id=client_id,
        occurred_at=occurred_at,
        token=check_token(token),
        known_on=known_on,
        correction=None if supersedes is None else Correction(supersedes, correction_reason or ""),
        **columns,
    )
    item = _open_safety_item(act, check_in)
    if (
        supersedes is None
        and check_in.contact in _TALKS
        and check_in.source is not InformationSource.COLLATERAL
    ):
        done_by_doing(act, client_id, (ActionKind.CHECK_IN, *DONE_BY_REACHING), on=occurred_on)
    act.audit(
        "record_check_in" if supersedes is None else "correct_check_in",
        client_id=client_id,
        subject=("check_in", check_in.id),
        signs_asked=check_in.signs_asked.bit_count(),
        late=check_in.late,
        supersedes=supersedes,
        safety_item=item,
    )
    return RecordedCheckIn(check_in.id, client_id, occurred_on, check_in.late, item)


def _moment(act: Act, client: Client, at: dt.datetime | None, *, correcting: int | None) -> dt.datetime:
    """When it took place, checked. The moment of the corrected entry stands: imported without a time, it is of noon."""
    old = None if correcting is None else act.session.get(CheckIn, correcting)
    if old is not None and old.client_id == client.id and old.occurred_at == at:
        return old.occurred_at
    return act.moment(client, at)


def _known(act: Act, client: Client, day: dt.date, *, correcting: int | None) -> Known:
    old = None if correcting is None else act.session.get(CheckIn, correcting)
    return Known(
        day,
        last_on=queries.last_day_before(act.session, client.id, day, known_by=act.today, but_not=correcting),
        prescribed=bool(medication.prescribed_on(act.session, client.id, day, known_by=act.today)),
        admitted_on=client.admitted_on,
        other_substances=frozenset(unmask(SUBSTANCES, (old.other_substances or 0) if old else 0)),
        withdrawal_from=frozenset(unmask(SUBSTANCES, old.withdrawal_from if old else 0)),
    )


def _open_safety_item(act: Act, check_in: CheckIn) -> int | None:
    """Open an item for a yes to a safety question or for self-harm among the stage signs.

    A correction closes none. It opens one for concerns that the versions before it had not raised; and, unless one of
    theirs is still open, when it turns an answer to a safety question to yes.
    """
    concerns = _concerns(check_in)
    if not concerns:
        return None
    if not concerns & ~safety.raised_by_versions_of(act.session, check_in.id) and not _turned_to_yes(
        act, check_in
    ):
        return None
    item = SafetyItem(
        client_id=check_in.client_id, check_in_id=check_in.id, raised_on=check_in.known_on, concerns=concerns
    )
    act.session.add(item)
    act.session.flush()
    return item.id


def _turned_to_yes(act: Act, check_in: CheckIn) -> bool:
    """A correction says yes where the version before it did not, and no item of its versions waits for anybody."""
    if check_in.supersedes_id is None:
        return False
    before = act.session.get_one(CheckIn, check_in.supersedes_id)
    turned = (check_in.suicidal and not before.suicidal) or (check_in.overdosed and not before.overdosed)
    return bool(turned) and not safety.is_open_for_versions_of(act.session, check_in.id)


def _concerns(check_in: CheckIn) -> int:
    return concerns_raised(
        suicidal=check_in.suicidal, overdosed=check_in.overdosed, stage_present=check_in.stage_present
    )
