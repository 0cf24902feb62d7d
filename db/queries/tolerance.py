"""Times of lowered tolerance of one client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.vocabulary import ToleranceCause
from db.models import ToleranceEvent
from db.queries.versions import Version


@dataclass(frozen=True, kw_only=True)
class ToleranceRow(Version):
    """A time away from opioids from `occurred_on` to `ends_on`, its last day (None: it still goes on)."""

    fact = ToleranceEvent

    ends_on: dt.date | None
    cause: ToleranceCause
