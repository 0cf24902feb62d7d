"""Who is acting: the signed-in member of staff, a command, or the gate.

Every session of the database is opened for an `Actor`, so that the database itself can hold what each may see.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casework.vocabulary import Role


class ActorKind(StrEnum):
    """What kind of actor a session of the database is opened for."""

    STAFF = "staff"
    SYSTEM = "system"
    GATE = "gate"


@dataclass(frozen=True)
class Actor:
    """For whom a session of the database is open, from its first statement on.

    Staff see what their role, team and caseload allow: `day` is the day that is asked about, `rights_on` the one whose
    caseloads count. `SYSTEM` (commands and loaders) sees all. `GATE` decides who may come in: it sees accounts, sign-in
    attempts, sessions and the clinic's own details, and nothing of any client.
    """

    kind: ActorKind
    staff_id: int | None = None
    role: Role | None = None
    team_id: int | None = None
    day: dt.date | None = None
    rights_on: dt.date | None = None


SYSTEM: Final = Actor(ActorKind.SYSTEM)
GATE: Final = Actor(ActorKind.GATE)


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

    def acting(self, day: dt.date) -> Actor:
        """This user as the actor of a session that asks about `day`."""
        return Actor(ActorKind.STAFF, self.id, self.role, self.team_id, day, self.rights_on or day)
