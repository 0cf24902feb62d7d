"""What this database holds: whose clinic, in which time zone, real or made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from casework.caseload.kept import keeps
from casework.checks.safety import asks_who_looks_again as check_asks
from casework.clinic_days import ClinicDays
from casework.users import User
from casework.vocabulary import ClinicKind
from db.queries import clinic as queries


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
    row = queries.clinic_row(session)
    if row is None:
        return UNNAMED
    return ClinicInfo(row.name, row.kind, row.time_zone, row.safety_protocol, row.opens_on)


def clinic_days(session: Session, today: dt.date) -> ClinicDays:
    """On which days the clinic works and doses, with its closed days as known on `today`."""
    return queries.clinic_days(session, today)


@keeps
def asks_who_looks_again(session: Session, user: User, today: dt.date) -> bool:
    """Whether an acknowledgement of today names who looks again, because the clinic is closed tomorrow."""
    return check_asks(today, clinic_days(session, today))


@dataclass(frozen=True)
class ClosedOn:
    """A day on which the clinic is closed, why (None: nobody said), and who entered it."""

    id: int
    day: dt.date
    reason: str | None
    by: str


def closed_days(session: Session, today: dt.date, *, since: dt.date | None = None) -> tuple[ClosedOn, ...]:
    """The closed days from `since` on (default: from `today` on), as known on `today`, in order of time."""
    rows = queries.closed_days(session, today if since is None else since, today)
    return tuple(ClosedOn(row.id, row.day, row.reason, row.by) for row in rows)
