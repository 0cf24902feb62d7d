"""A client's details, and what an admission needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.checks.cleaning import checked_mask, clean_line, in_range, required_line
from casework.checks.days import check_day
from casework.errors import Refused
from casework.vocabulary import CO_OCCURRING, Permission

LONGEST_INTERVAL_DAYS = 90
"""Silence is counted up to 98 days: with a longer interval it could never become overdue."""
LONGEST_PREGNANCY = dt.timedelta(weeks=43)
"""A due date farther off is a typing error."""


@dataclass(frozen=True)
class ClientDetails:
    """A client's details. `contact_interval_days` None: the usual one of the level of care."""

    name: str
    record_number: str
    phone: str | None = None
    safe_to_call: Permission = Permission.UNKNOWN
    safe_to_leave_message: Permission = Permission.UNKNOWN
    contact_interval_days: int | None = None
    pregnant: bool | None = None
    pregnancy_due_on: dt.date | None = None
    pregnancy_ended_on: dt.date | None = None
    co_occurring: frozenset[str] = frozenset()
    safe_housing: bool | None = None
    naloxone_on: dt.date | None = None


def check(details: ClientDetails, *, today: dt.date) -> dict[str, Any]:
    """The details as columns; Refused (with the field) for what cannot be right."""
    if details.naloxone_on is not None:
        check_kit(details.naloxone_on, today=today)
    _check_pregnancy(details, today)
    return {
        "name": required_line(details.name, field="name"),
        "record_number": required_line(details.record_number, field="record_number", longest=64),
        "phone": clean_line(details.phone, field="phone", longest=64),
        "safe_to_call": Permission(details.safe_to_call),
        "safe_to_leave_message": Permission(details.safe_to_leave_message),
        "contact_interval_days": in_range(
            details.contact_interval_days, 1, LONGEST_INTERVAL_DAYS, field="contact_interval_days"
        ),
        "pregnant": details.pregnant,
        "pregnancy_due_on": details.pregnancy_due_on,
        "pregnancy_ended_on": details.pregnancy_ended_on,
        "co_occurring": checked_mask(CO_OCCURRING, details.co_occurring, field="co_occurring"),
        "safe_housing": details.safe_housing,
        "naloxone_on": details.naloxone_on,
    }


def check_kit(on: dt.date, *, today: dt.date, admitted_on: dt.date | None = None) -> dt.date:
    """The day on which a naloxone kit was handed over."""
    return check_day(on, today=today, field="naloxone_on", admitted_on=admitted_on)


def _check_pregnancy(details: ClientDetails, today: dt.date) -> None:
    due, ended = details.pregnancy_due_on, details.pregnancy_ended_on
    if due is not None and not details.pregnant:
        raise Refused("A due date needs the answer that the client is pregnant.", field="pregnant")
    if due is not None and abs(due - today) > LONGEST_PREGNANCY:
        raise Refused("A due date lies within ten months.", field="pregnancy_due_on")
    if ended is None:
        return
    check_day(ended, today=today, field="pregnancy_ended_on")
    if details.pregnant is not False:
        raise Refused("When a pregnancy has ended, answer that the client is not pregnant.", field="pregnant")


def check_pregnancy_ended(pregnant_before: bool | None, columns: Mapping[str, Any]) -> None:
    """Refused (field "pregnancy_ended_on") when a pregnancy is over and nobody says since when: the flag would be gone,
    and the year after it untold."""
    if pregnant_before and columns["pregnant"] is False and columns["pregnancy_ended_on"] is None:
        raise Refused(
            "Say on which day the pregnancy ended. If it was entered in error, choose “Not known” instead.",
            field="pregnancy_ended_on",
        )


def check_admitted_on(day: dt.date | None, *, today: dt.date) -> dt.date:
    """The day of an admission."""
    return check_day(day, today=today, field="admitted_on")


def check_handed_over(counselor_id: int, from_counselor_id: int | None) -> None:
    """Refused when the client is on that counselor's caseload already."""
    if counselor_id == from_counselor_id:
        raise Refused("The client is on this counselor's caseload already.", field="counselor_id")
