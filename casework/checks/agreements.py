"""A prescriber's agreement or answer: name, day and text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.checks.cleaning import required_line, required_text
from casework.checks.days import check_day


@dataclass(frozen=True)
class Agreement:
    """What a named prescriber has answered, and on which day."""

    prescriber: str
    on: dt.date
    text: str


def check_agreement(
    prescriber: str | None,
    on: dt.date | None,
    text: str | None,
    *,
    today: dt.date,
    admitted_on: dt.date,
    field: str = "agreement",
) -> Agreement:
    """The agreement. Refused (fields "prescriber", "answered_on" and `field`) where one of the three is missing, and
    for a day that has not come."""
    return Agreement(
        prescriber=required_line(prescriber, field="prescriber"),
        on=check_day(on, today=today, field="answered_on", admitted_on=admitted_on),
        text=required_text(text, field=field),
    )
