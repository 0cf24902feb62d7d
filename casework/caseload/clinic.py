"""What this database holds: whose clinic, in which time zone, real or made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from casework.vocabulary import ClinicKind
from db.queries.clinic import clinic_row


@dataclass(frozen=True)
class ClinicInfo:
    """The clinic as pages know it; `opens_on` is the day on which a study database opens."""

    name: str
    kind: ClinicKind
    time_zone: str
    safety_protocol: str
    opens_on: dt.date | None

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone: its days begin at this zone's midnight."""
        return ZoneInfo(self.time_zone)


# Until `python -m casework.admin set-clinic` has run.
UNNAMED = ClinicInfo("Your clinic", ClinicKind.REAL, "UTC", "", None)


def clinic(session: Session) -> ClinicInfo:
    """The clinic of this database."""
    row = clinic_row(session)
    if row is None:
        return UNNAMED
    return ClinicInfo(row.name, row.kind, row.time_zone, row.safety_protocol, row.opens_on)
