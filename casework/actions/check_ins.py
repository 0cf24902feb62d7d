"""Recording a check-in: twelve signs and what comes on top, each present, absent or not asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from casework.actions.entry import (
    Act,
    Correction,
    add_fact,
    answered,
    begin,
    check_moment,
    check_token,
    checked_mask,
    clean_text,
    in_range,
    is_late,
)
from casework.errors import Refused
from casework.users import User
from casework.vocabulary import (
    CRAVING_CAUSES,
    CRAVING_MAX,
    HALT,
    MEDICATION_SIGN,
    PROTECTIVE_FACTORS,
    SAFETY_CONCERNS,
    SAFETY_STAGE_MASK,
    STAGE_SIGNS,
    SUBSTANCES,
    WARNING_SIGNS,
    ContactKind,
    InformationSource,
    Use,
    mask,
)
from db.models import CheckIn, SafetyItem
from db.queries import check_ins as queries
from db.queries import medication, safety

WITHDRAWAL_MAX = 3
LONGEST_USE_DAYS = 366
"""The most days of use that a check-in can tell of when there is none before it to count from."""


@dataclass(frozen=True)
class CheckInAnswers:
    """What was asked and answered. A sign that is in no mapping, and a field that is None, was not asked.

    The mappings go from an identifier of `casework.vocabulary` to True (present) or False (absent); collections hold
    identifiers. `occurred_at` None means now. `withdrawal` runs from 0 (none) to 3 (severe).
    """

    contact: ContactKind = ContactKind.VISIT
    source: InformationSource = InformationSource.CLIENT
    occurred_at: dt.datetime | None = None
    signs: Mapping[str, bool] = field(default_factory=dict)
    halt: Mapping[str, bool] = field(default_factory=dict)
    stage_signs: Mapping[str, bool] = field(default_factory=dict)
    protective: Mapping[str, bool] = field(default_factory=dict)
    craving: int | None = None
    craving_causes: frozenset[str] = frozenset()
    use: Use | None = None
    use_days: int | None = None
    other_substances: frozenset[str] | None = None
    withdrawal: int | None = None
    withdrawal_from: frozenset[str] = frozenset()
    medication_days_taken: int | None = None
    medication_days_of: int | None = None
    safety: bool | None = None
    safety_concerns: frozenset[str] = frozenset()
    note: str | None = None

    @property
    def says_nothing(self) -> bool:
        """True when nothing at all was asked or written."""
        blank = CheckInAnswers(contact=self.contact, source=self.source, occurred_at=self.occurred_at)
        return replace(self, note=(self.note or "").strip() or None) == blank


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
    """Save a check-in and, when it tells of danger, the safety item, in one transaction.

    Raises Refused (with the field), NotYours, AlreadyRecorded for a second save of the same form, and ChangedMeanwhile
    when somebody else has corrected the same check-in.
    """
    act = begin(session, by=by, now=now)
    client = act.client(client_id)
    occurred_at = check_moment(act, client, answers.occurred_at)
    occurred_on = occurred_at.astimezone(act.zone).date()
    columns = stored_answers(answers)
    _check_medication(act, client_id, occurred_on, columns)
    _check_use_days(act, client_id, occurred_on, answers, correcting=supersedes)
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
    act.audit(
        "record_check_in" if supersedes is None else "correct_check_in",
        client_id=client_id,
        subject=("check_in", check_in.id),
        signs_asked=check_in.signs_asked.bit_count(),
        late=is_late(check_in),
        supersedes=supersedes,
        safety_item=item,
    )
    return RecordedCheckIn(check_in.id, client_id, occurred_on, is_late(check_in), item)


def stored_answers(answers: CheckInAnswers) -> dict[str, Any]:
    """The answers as the columns of `CheckIn`; Refused (with the field) for what cannot be right."""
    columns: dict[str, Any] = {"contact": answers.contact, "source": answers.source}
    for name, entries, given in (
        ("signs", WARNING_SIGNS, answers.signs),
        ("halt", HALT, answers.halt),
        ("stage", STAGE_SIGNS, answers.stage_signs),
        ("protective", PROTECTIVE_FACTORS, answers.protective),
    ):
        columns[f"{name}_asked"], columns[f"{name}_present"] = answered(entries, given, field=name)
    columns["craving"] = in_range(answers.craving, 0, CRAVING_MAX, field="craving")
    columns["craving_causes"] = checked_mask(CRAVING_CAUSES, answers.craving_causes, field="craving_causes")
    columns["use"] = answers.use
    columns["use_days"] = in_range(answers.use_days, 0, LONGEST_USE_DAYS, field="use_days")
    if answers.other_substances is not None:
        columns["other_substances"] = checked_mask(
            SUBSTANCES, answers.other_substances, field="other_substances"
        )
    columns["withdrawal"] = in_range(answers.withdrawal, 0, WITHDRAWAL_MAX, field="withdrawal")
    columns["withdrawal_from"] = checked_mask(SUBSTANCES, answers.withdrawal_from, field="withdrawal_from")
    if columns["withdrawal_from"] and not answers.withdrawal:
        raise Refused("Say how strong the withdrawal is.", field="withdrawal")
    columns.update(_medication_days(answers))
    columns["safety"] = answers.safety
    columns["safety_concerns"] = checked_mask(
        SAFETY_CONCERNS, answers.safety_concerns, field="safety_concerns"
    )
    if columns["safety_concerns"] and not answers.safety:
        raise Refused("A safety concern needs a yes to the safety question.", field="safety")
    columns["note"] = clean_text(answers.note, field="note")
    return columns


def _medication_days(answers: CheckInAnswers) -> dict[str, int | None]:
    of = in_range(answers.medication_days_of, 1, LONGEST_USE_DAYS, field="medication_days_of")
    if (answers.medication_days_taken is None) != (of is None):
        raise Refused("Give both: days taken, and out of how many days.", field="medication_days_taken")
    taken = in_range(answers.medication_days_taken, 0, of or 0, field="medication_days_taken")
    return {"medication_days_taken": taken, "medication_days_of": of}


def _check_medication(act: Act, client_id: int, day: dt.date, columns: Mapping[str, Any]) -> None:
    """Without a prescription the medication sign does not apply: it is neither present nor absent."""
    asked_sign = columns["signs_asked"] & mask(WARNING_SIGNS, [MEDICATION_SIGN])
    if not asked_sign and columns["medication_days_of"] is None:
        return
    if not medication.prescribed_on(act.session, client_id, day, known_by=act.today):
        raise Refused(
            "There was no prescription of a maintenance medication on that day, so this does not apply. "
            "Record the prescription first.",
            field="signs" if asked_sign else "medication_days_taken",
        )


def _check_use_days(
    act: Act, client_id: int, day: dt.date, answers: CheckInAnswers, *, correcting: int | None
) -> None:
    if answers.use_days is None:
        return
    if answers.use is None:
        raise Refused("Days of use need an answer to the question about use.", field="use")
    if (answers.use is Use.NONE) != (answers.use_days == 0):
        raise Refused("The days of use do not fit the answer about use.", field="use_days")
    before = queries.last_day_before(act.session, client_id, day, known_by=act.today, but_not=correcting)
    if before is not None and answers.use_days > (day - before).days + 1:
        raise Refused(
            f"The last check-in was {(day - before).days} days before this one: there cannot be more days of use.",
            field="use_days",
        )


def _open_safety_item(act: Act, check_in: CheckIn) -> int | None:
    """Open an item for a yes to the safety question or for self-harm among the stage signs.

    A correction closes none. It opens one for concerns that the versions before it had not raised; and, unless one of
    theirs is still open, when it turns the answer to the safety question to yes.
    """
    concerns = check_in.safety_concerns
    if check_in.stage_present & SAFETY_STAGE_MASK:
        concerns |= mask(SAFETY_CONCERNS, ["self_harm"])
    elif not check_in.safety:
        return None
    raised = safety.raised_by_versions_of(act.session, check_in.id)
    if raised is not None and not concerns & ~raised and not _turned_to_yes(act, check_in):
        return None
    item = SafetyItem(
        client_id=check_in.client_id, check_in_id=check_in.id, raised_on=check_in.known_on, concerns=concerns
    )
    act.session.add(item)
    act.session.flush()
    return item.id


def _turned_to_yes(act: Act, check_in: CheckIn) -> bool:
    """A correction says yes where the version before it did not, and no item of its versions waits for anybody."""
    if not check_in.safety or check_in.supersedes_id is None:
        return False
    before = act.session.get_one(CheckIn, check_in.supersedes_id)
    return not before.safety and not safety.is_open_for_versions_of(act.session, check_in.id)
