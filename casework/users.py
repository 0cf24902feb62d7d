"""Who is acting: the signed-in member of staff, as the rest of the code knows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.vocabulary import Role


@dataclass(frozen=True)
class User:
    """A signed-in member of staff; `team_id` bounds what a supervisor sees.

    `rights_on` is set while they look at a past day: the present day, whose caseloads say whom they may see. None: the
    day that is asked about says it.
    """

    id: int
    name: str
    role: Role
    team_id: int
    rights_on: dt.date | None = None

    @property
    def sees_team(self) -> bool:
        """True when this user sees the whole team's caseloads, not only their own."""
        return self.role is Role.SUPERVISOR
