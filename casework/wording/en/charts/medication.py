"""One client's maintenance medication, in words: prescribed, covered by doses, and what the client said."""

from __future__ import annotations

import datetime as dt
from typing import Final

from casework.vocabulary import MaintenanceMedication
from casework.wording.en.dates import full_date
from casework.wording.en.facts import medication_taken
from casework.wording.en.numbers import counted
from casework.wording.en.terms import label

NOTHING: Final = "No maintenance medication in these weeks."
COVERED: Final = "Covered by a dose"
NO_DOSE: Final = "Prescribed, no dose recorded"
EVERY_DAY: Final = "Client: every day"
MISSED_DAYS: Final = "Client: missed days"
DOSES: Final = "Doses"
ANSWERS: Final = "Client’s answers"


def stretch(name: str, days: int) -> str:
    """ "Covered by a dose: three days", in a box on hover."""
    return f"{name}: {counted(days, 'day')}"


def from_to(first: dt.date, last: dt.date) -> str:
    """The first and the last day of a stretch."""
    return f"{full_date(first)} to {full_date(last)}"


def title(medication: MaintenanceMedication | None, *, prescribed: int, covered: int, any_dose: bool) -> str:
    """Of the last 14 days: how many were prescribed, and how many of those a dose covers.

    `medication` is the one that is prescribed now, if any; `any_dose` False: none is on record.
    """
    if not prescribed:
        return "No maintenance medication is prescribed" if medication is None else _TODAY
    name = _MEDICATION if medication is None else label(medication)
    if not any_dose:
        return f"{name} is prescribed; no dose has been recorded"
    return f"{name}: doses cover {covered} of the last {counted(prescribed, 'prescribed day')}"


_MEDICATION: Final = "Medication"
_TODAY: Final = f"{_MEDICATION} was prescribed today"


def alt(title: str, *, weeks: int, prescribed: int, covered: int, last_answer: tuple[int, int] | None) -> str:
    """`prescribed` and `covered` count the days of all weeks; `last_answer` is on how many of how many days the client
    said to have taken it."""
    said = (
        f"Medication by day over {weeks} weeks. {title}. In these weeks {prescribed} days were prescribed "
        f"and {covered} of them covered by a dose."
    )
    if last_answer is None:
        return said
    return f"{said} The client, at the last check-in that asked: {medication_taken(*last_answer)}."
