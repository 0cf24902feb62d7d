"""What a check-in may say: twelve signs and what comes on top, each present, absent or not asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from casework.checks.cleaning import answered, checked_mask, clean_text, in_range, is_blank
from casework.checks.days import check_day
from casework.errors import Refused
from casework.vocabulary import (
    CRAVING_CAUSES,
    CRAVING_MAX,
    HALT,
    MEDICATION_SIGN,
    OTHER_SUBSTANCES,
    PROTECTIVE_FACTORS,
    STAGE_SIGNS,
    SUBSTANCES,
    WARNING_SIGNS,
    WITHDRAWAL_SUBSTANCES,
    ContactKind,
    InformationSource,
    Use,
    mask,
)

WITHDRAWAL_MAX = 3
LONGEST_USE_DAYS = 366
"""The most days of use that a check-in can tell of when there is none before it to count from."""


@dataclass(frozen=True)
class CheckInAnswers:
    """What was asked and answered. A sign that is in no mapping, and a field that is None, was not asked.

    The mappings go from an identifier of `casework.vocabulary` to True (present) or False (absent); collections hold
    identifiers. `occurred_at` None means now. `others_used` True: there were other substances, even
    if `other_substances` does not say which. `withdrawal` runs from 0 (none) to 3 (severe). `used_on` is the last
    day of opioid use; `suicidal` asks about thoughts of suicide or self-harm, `overdosed` about an overdose since the
    last contact, with its day and whether naloxone was used.
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
    used_on: dt.date | None = None
    others_used: bool = False
    other_substances: frozenset[str] | None = None
    withdrawal: int | None = None
    withdrawal_from: frozenset[str] = frozenset()
    medication_days_taken: int | None = None
    medication_days_of: int | None = None
    suicidal: bool | None = None
    overdosed: bool | None = None
    overdosed_on: dt.date | None = None
    naloxone_used: bool | None = None
    note: str | None = None

    @property
    def says_nothing(self) -> bool:
        """True when nothing at all was asked or written."""
        blank = CheckInAnswers(contact=self.contact, source=self.source, occurred_at=self.occurred_at)
        return replace(self, note=None if is_blank(self.note) else self.note) == blank


@dataclass(frozen=True)
class Known:
    """What a check-in is checked against, as known when it is recorded: its own day in the clinic, the day of the last
    check-in before it (None: there is none), whether a maintenance medication is prescribed on its day, and the day of
    admission."""

    day: dt.date
    last_on: dt.date | None
    prescribed: bool
    admitted_on: dt.date
    other_substances: frozenset[str] = frozenset()
    withdrawal_from: frozenset[str] = frozenset()
    """What the entry that is corrected holds in these two: its correction may keep it, whatever is allowed now."""


def check(answers: CheckInAnswers, known: Known) -> dict[str, Any]:
    """The answers as the columns of a check-in; Refused (with the field) for what cannot be right."""
    if answers.says_nothing:
        raise Refused(
            "Nothing is answered yet. A contact without answers is not a check-in: log it as a call."
        )
    columns = _columns(answers, known)
    _check_medication(columns, known)
    _check_use_days(answers, known)
    columns["used_on"] = _checked_used_on(answers, known)
    columns["overdosed_on"] = _checked_overdosed_on(answers, known)
    return columns


def _columns(answers: CheckInAnswers, known: Known) -> dict[str, Any]:
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
    if answers.others_used and not answers.other_substances:
        raise Refused("Say which other substances were used, or answer “None”.", field="other_substances")
    columns["other_substances"] = (
        None
        if answers.other_substances is None
        else checked_mask(
            SUBSTANCES,
            answers.other_substances,
            field="other_substances",
            allowed={*OTHER_SUBSTANCES, *known.other_substances},
        )
    )
    columns["withdrawal"] = in_range(answers.withdrawal, 0, WITHDRAWAL_MAX, field="withdrawal")
    columns["withdrawal_from"] = checked_mask(
        SUBSTANCES,
        answers.withdrawal_from,
        field="withdrawal_from",
        allowed={*WITHDRAWAL_SUBSTANCES, *known.withdrawal_from},
    )
    if columns["withdrawal_from"] and not answers.withdrawal:
        raise Refused("Say how strong the withdrawal is.", field="withdrawal")
    columns.update(_medication_days(answers))
    columns["suicidal"], columns["overdosed"] = answers.suicidal, answers.overdosed
    columns["naloxone_used"] = answers.naloxone_used
    if answers.naloxone_used is not None and not answers.overdosed:
        raise Refused("Naloxone belongs to an overdose: answer yes to it first.", field="overdosed")
    columns["note"] = clean_text(answers.note, field="note")
    return columns


def _medication_days(answers: CheckInAnswers) -> dict[str, int | None]:
    of = in_range(answers.medication_days_of, 1, LONGEST_USE_DAYS, field="medication_days_of")
    if (answers.medication_days_taken is None) != (of is None):
        raise Refused("Give both: days taken, and out of how many days.", field="medication_days_taken")
    taken = in_range(answers.medication_days_taken, 0, of or 0, field="medication_days_taken")
    return {"medication_days_taken": taken, "medication_days_of": of}


def _check_medication(columns: Mapping[str, Any], known: Known) -> None:
    """Without a prescription the medication sign does not apply: it is neither present nor absent."""
    asked_sign = columns["signs_asked"] & mask(WARNING_SIGNS, [MEDICATION_SIGN])
    if known.prescribed or not (asked_sign or columns["medication_days_of"]):
        return
    raise Refused(
        "There was no prescription of a maintenance medication on that day, so this does not apply. "
        "Record the prescription first.",
        field=MEDICATION_SIGN if asked_sign else "medication_days_taken",
    )


def _check_use_days(answers: CheckInAnswers, known: Known) -> None:
    if answers.use_days is None:
        return
    if answers.use is None:
        raise Refused("Days of use need an answer to the question about use.", field="use")
    if (answers.use is Use.NONE) != (answers.use_days == 0):
        raise Refused("The days of use do not fit the answer about use.", field="use_days")
    if known.last_on is not None and answers.use_days > (since := (known.day - known.last_on).days) + 1:
        raise Refused(
            f"The last check-in was {since} days before this one: there cannot be more days of use.",
            field="use_days",
        )


def _checked_used_on(answers: CheckInAnswers, known: Known) -> dt.date | None:
    if answers.used_on is None:
        return None
    if answers.use in (None, Use.NONE):
        raise Refused("A last day of use needs an answer that tells of use.", field="use")
    return _day_up_to(answers.used_on, known, field="used_on")


def _checked_overdosed_on(answers: CheckInAnswers, known: Known) -> dt.date | None:
    if answers.overdosed_on is None:
        return None
    if not answers.overdosed:
        raise Refused("A day of an overdose needs a yes to that question.", field="overdosed")
    return _day_up_to(answers.overdosed_on, known, field="overdosed_on")


def _day_up_to(day: dt.date, known: Known, *, field: str) -> dt.date:
    """A day that the check-in tells of: not after its own, nor long before admission."""
    if day > known.day:
        raise Refused("This day comes after the check-in.", field=field)
    return check_day(day, today=known.day, field=field, admitted_on=known.admitted_on)
