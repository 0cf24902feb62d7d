"""What a task needs when it is opened, put off and done."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from casework.checks.agreements import check_agreement
from casework.checks.cleaning import clean_text, required_text
from casework.checks.days import needed_day
from casework.errors import Refused
from casework.vocabulary import ActionKind

LONGEST: Final = dt.timedelta(days=366)
"""How far ahead the day of a task may lie."""
PRESCRIBERS: Final = frozenset(
    (
        ActionKind.PRESCRIBER_BEFORE_DOSE,
        ActionKind.PRESCRIBER_DOSE,
        ActionKind.OFFER_MEDICATION,
        ActionKind.CHECK_FOR_OPIOIDS,
        ActionKind.MEDICAL_WITHDRAWAL,
    )
)
"""Actions that are done when a named prescriber has answered."""
REVIEWS: Final = frozenset((ActionKind.PLAN_REVIEW, ActionKind.CASE_REVIEW, ActionKind.PREGNANCY_REVIEW))
"""Actions of which nothing is left but what came of them."""


def check_opened(
    kind: ActionKind | None, what: str | None, due_on: dt.date | None, *, today: dt.date
) -> dict[str, Any]:
    """An action that is opened, as columns. Refused (fields "kind", "what", "due_on")."""
    if kind is None:
        raise Refused("Say what is to be done.", field="kind")
    return {
        "kind": ActionKind(kind),
        "what": clean_text(what, field="what"),
        "due_on": check_due(due_on, today=today),
    }


def check_due(due_on: dt.date | None, *, today: dt.date) -> dt.date:
    """By which day; Refused (field "due_on") for one that is past, or more than a year away."""
    day = needed_day(due_on, field="due_on")
    if day < today:
        raise Refused("This date is past.", field="due_on")
    if day - today > LONGEST:
        raise Refused("This date is more than a year away.", field="due_on")
    return day


def check_later(
    due_on: dt.date | None, reason: str | None, *, was_due_on: dt.date, today: dt.date
) -> dict[str, Any]:
    """An action that is put off, as columns: a later day than before, and why."""
    day = check_due(due_on, today=today)
    if day <= was_due_on:
        raise Refused("Choose a later day than before.", field="due_on")
    return {"due_on": day, "later_reason": required_text(reason, field="reason")}


def check_done(
    kind: ActionKind,
    outcome: str | None,
    *,
    today: dt.date,
    admitted_on: dt.date,
    prescriber: str | None = None,
    answered_on: dt.date | None = None,
) -> dict[str, Any]:
    """An action that is done, as columns. A review needs what came of it, a prescriber's action the answer: name, day
    and text."""
    if kind in PRESCRIBERS:
        answer = check_agreement(
            prescriber, answered_on, outcome, today=today, admitted_on=admitted_on, field="outcome"
        )
        return {
            "done_on": today,
            "outcome": answer.text,
            "prescriber": answer.prescriber,
            "answered_on": answer.on,
        }
    said = (
        required_text(outcome, field="outcome") if kind in REVIEWS else clean_text(outcome, field="outcome")
    )
    return {"done_on": today, "outcome": said, "prescriber": None, "answered_on": None}
