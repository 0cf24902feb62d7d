"""Maintenance medication: what is prescribed, how it ends, and the doses that were taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from casework.checks.cleaning import in_range
from casework.checks.days import check_day, needed_day
from casework.errors import Refused
from casework.vocabulary import MEDICATIONS, Level, MaintenanceMedication, Medication

MOST_MILLIGRAMS = 2_000
LONGEST_AHEAD = dt.timedelta(days=366)
LONGEST_COVER_DAYS = 190


def check_prescription(
    medication: str | None,
    starts_on: dt.date | None,
    *,
    milligrams: float | None,
    ends_on: dt.date | None,
    today: dt.date,
    admitted_on: dt.date,
) -> dict[str, Any]:
    """A prescription as columns; Refused (with the field) for what cannot be right."""
    listed = _listed(medication)
    day = check_day(starts_on, today=today, field="starts_on", admitted_on=admitted_on)
    if ends_on is not None:
        check_end(day, ends_on, today=today)
    return {
        "occurred_on": day,
        "medication": Medication(listed.id),
        "milligrams": _milligrams(milligrams),
        "ends_on": ends_on,
    }


def check_not_prescribed(medication: str, prescribed: Collection[str], *, field: str = "medication") -> None:
    """Refused when the medication is among those that are `prescribed` already on some of the same days."""
    if medication in prescribed:
        raise Refused(
            "This medication is prescribed already on some of these days. Stop that prescription first.",
            field=field,
        )


def check_end(starts_on: dt.date, ends_on: dt.date | None, *, today: dt.date) -> dt.date:
    """The first day without the medication."""
    end = needed_day(ends_on, field="ends_on")
    if end < starts_on:
        raise Refused("A prescription cannot end before it begins.", field="ends_on")
    if end > today + LONGEST_AHEAD:
        raise Refused("This date is more than a year away.", field="ends_on")
    return end


def check_may_end(medication: str, level: Level | None) -> None:
    """Refused for methadone and buprenorphine in detox, which is never a way to stop them: opioid detox alone raises
    the risk of overdose."""
    if level is Level.DETOX and _listed(medication).shows_as is not None:
        raise Refused(
            "The client is in detox. Methadone and buprenorphine go on during detox and after it: stopping them raises "
            "the risk of overdose.",
            field="ends_on",
        )


def check_dose(
    medication: str | None,
    taken_on: dt.date | None,
    *,
    milligrams: float | None,
    covers_days: int | None,
    today: dt.date,
    admitted_on: dt.date,
) -> dict[str, Any]:
    """A dose as columns. `covers_days` None: as long as that medication lasts by the vocabulary."""
    listed = _listed(medication)
    covers = in_range(covers_days, 1, LONGEST_COVER_DAYS, field="covers_days")
    return {
        "occurred_on": check_day(taken_on, today=today, field="taken_on", admitted_on=admitted_on),
        "medication": Medication(listed.id),
        "milligrams": _milligrams(milligrams),
        "covers_days": listed.covers_days if covers is None else covers,
    }


def _listed(id_: str | None) -> MaintenanceMedication:
    if id_ is None:
        raise Refused("Choose a medication first.", field="medication")
    for one in MEDICATIONS:
        if one.id == id_:
            return one
    raise Refused("This medication is not on the list.", field="medication")


def _milligrams(value: float | None) -> float | None:
    if value is None:
        return None
    stored = round(float(value), 2)
    if not 0 < stored <= MOST_MILLIGRAMS:
        raise Refused(f"A dose has at least 0.01 and at most {MOST_MILLIGRAMS} mg.", field="milligrams")
    return stored
