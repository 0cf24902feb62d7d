"""Absences of one client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.vocabulary import AbsenceCause
from db.models import Absence
from db.queries.versions import Version


@dataclass(frozen=True, kw_only=True)
class AbsenceRow(Version):
    """An absence from `occurred_on` to `ends_on`, its last day (None: it still goes on)."""

    fact = Absence

    ends_on: dt.date | None
    cause: AbsenceCause
    medicated: bool | None
