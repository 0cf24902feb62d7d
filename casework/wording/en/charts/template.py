"""What several charts say."""

from __future__ import annotations

import datetime as dt
from typing import Final

from casework.vocabulary import Band
from casework.wording.en.dates import full_date
from casework.wording.en.numbers import count
from casework.wording.en.terms import label, within

NO_CLIENT: Final = "No client on this caseload yet"
NO_WEEK: Final = "No week has been computed yet"


def band_at(band: Band, points: int) -> str:
    """ "Elevated, 131 points", for a box on hover; of somebody unknown no points, which would look like a finding."""
    if band is Band.UNKNOWN:
        return f"{label(band)}: too little was asked"
    return f"{label(band)}, {count(points, 'point')}"


def week_to(last: dt.date) -> str:
    """ "week to Tuesday, November 24, 2026", its last day."""
    return f"week to {full_date(last)}"


def first_of(shown: int, clients: int) -> str:
    """A chart or table shows so many of more clients than it has room for."""
    return f"The first {shown} of {count(clients, 'client')}, by priority; the finding counts all of them."


def bands(clients: dict[Band, int]) -> str:
    """ "2 low, 1 high": how many clients are in each of these bands, in their order."""
    return ", ".join(f"{n} {within(band)}" for band, n in clients.items())
