"""What the rules about actions look at, and the way in which somebody can be reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from casework.clinic_days import ClinicDays
from casework.standing.course import Course
from casework.standing.done import Done
from casework.standing.standing import Action, Rest, Said
from casework.vocabulary import ActionKind, Flag, Group, Owner
from casework.windows import NEVER, FactRef

REVIEW_DAYS: Final = 2
"""Working days for a plan review or a look at the dose, from the day on which the fact became known. A clinic's medical
director signs it."""


@dataclass(frozen=True)
class Circumstances:
    """What the rules look at."""

    course: Course
    done: Done
    group: Group
    headline: tuple[Said, ...]
    flags: frozenset[Flag]
    days: ClinicDays
    since: int | None = None
    rest: Rest | None = None
    tries: int = 0
    another_way: bool = False

    @property
    def today(self) -> int:
        return self.course.today

    def said(self, *ids: str) -> Said | None:
        """The first of these things that is said."""
        return next((one for one in self.headline if one.id in ids), None)

    def by(self, known: int, working_days: int = REVIEW_DAYS) -> int:
        """So many working days after a fact became known; not in the past, and a day on which somebody works."""
        return self.days.working_day_from(max(self.today, self.days.working_day_after(known, working_days)))

    def done_since(self, day: int, *kinds: ActionKind) -> bool:
        """Whether an action of one of the kinds was done on the day or later."""
        return any(self.done.last.get(kind, NEVER) >= day for kind in kinds)

    @property
    def soon(self) -> int:
        """The next working day after today."""
        return self.days.working_day_after(self.today)

    @property
    def now(self) -> int:
        """Today, or the next day on which somebody works."""
        return self.days.working_day_from(self.today)


def reach(asked: Circumstances, kind: ActionKind, due: int, refs: Iterable[FactRef], **values: Any) -> Action:
    """Being in touch in a way that is possible: not by a phone that is not safe, nor by a fourth call in five days."""
    course, given = asked.course, {name: value for name, value in values.items() if value is not None}
    if not course.safe_to_call:
        return Action(ActionKind.ANOTHER_WAY, Owner.COUNSELOR, due, given | {"way": "not_safe"}, tuple(refs))
    if asked.another_way:
        tried = {"way": "tries", "tries": asked.tries}
        return Action(ActionKind.ANOTHER_WAY, Owner.COUNSELOR, due, given | tried, tuple(refs))
    return Action(kind, Owner.COUNSELOR, due, given, tuple(refs))
