"""When a maintenance medication is prescribed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class PrescriptionPeriod:
    """A maintenance medication (an identifier of MEDICATIONS) that is prescribed from `starts_on` on; `ends_on` is the
    first day without it, None while it runs."""

    id: int
    medication: str
    starts_on: dt.date
    ends_on: dt.date | None

    def holds_on(self, day: dt.date) -> bool:
        """True when the medication is prescribed on `day`."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)
