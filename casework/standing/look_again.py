"""Acknowledged is not forgotten: when somebody looks again at a safety answer, and whether the client was reached.

Any answer is looked at again within 24 hours of its acknowledgement. An overdose is, besides, looked at 48 hours and 7
days after the clinic was told, and 30 days after it happened: how often and when, a clinic's medical director signs.
Acknowledging reaches nobody, and neither does a call without an answer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from casework.clinic_days import ClinicDays
from casework.frames import FAR, Facts
from casework.vocabulary import KEPT_MARKS, SAFETY_CONCERNS, ActionKind, Mark, mask

WITHIN_DAYS: Final = 1
"""An acknowledged answer is looked at again within 24 hours. A clinic's medical director signs it."""
OVERDOSE_TOLD_DAYS: Final = (2, 7)
"""An overdose is looked at again so many days after the clinic was told of it. A clinic's medical director signs
them."""
OVERDOSE_DAYS: Final = 30
"""And so many days after it happened, with which its flag ends. A clinic's medical director signs it."""

_OVERDOSE: Final = mask(SAFETY_CONCERNS, ["overdose"])
_KEPT: Final = frozenset(list(Mark).index(one) for one in KEPT_MARKS)
_LOOK_AGAIN: Final = list(ActionKind).index(ActionKind.LOOK_AGAIN)


@dataclass(frozen=True)
class SecondLook:
    """A look that falls on the day `on` and is due on `due`, a working day; `done` on which day (None: not yet)."""

    on: int
    due: int
    done: int | None


@dataclass(frozen=True)
class FollowUp:
    """What follows a safety item: `concerns` are its bits, `told` the day on which it was raised, `acknowledged` and
    `reached` the days on which somebody did so and on which somebody spoke with the client (None: not yet). `looks`: by
    their day; an item that nobody has acknowledged waits for that first."""

    item: int
    client_id: int
    concerns: int
    told: int
    acknowledged: int | None
    reached: int | None
    looks: tuple[SecondLook, ...]

    @property
    def next(self) -> SecondLook | None:
        """The first look that nobody has done."""
        return next((look for look in self.looks if look.done is None), None)


def follow_ups(facts: Facts, days: ClinicDays) -> dict[int, tuple[FollowUp, ...]]:
    """What follows each client's safety items, by client id; the earliest item first."""
    spoke, met, looked = _spoke(facts), _met(facts), _looked(facts)
    names = ("id", "client_id", "day", "concerns", "acknowledged", "event")
    found: dict[int, list[FollowUp]] = {}
    for item in zip(*(facts.column("safety_items", name).tolist() for name in names), strict=True):
        id_, client_id, told, concerns, acknowledged, event = item
        talks, meetings = spoke.get(client_id, []), met.get(client_id, [])
        seen = [*talks, *meetings, *looked.get(client_id, [])]
        closed_on = None if acknowledged == FAR else acknowledged
        looks = []
        for due, (on, since) in _due(told, closed_on, event if event >= 0 else told, concerns, days):
            looks.append(SecondLook(on, due, _first(seen, since)))
        # Who tells of it in a talk is reached; of a session of that day nobody knows whether it came before.
        reached = _first([*talks, *(day for day in meetings if day > told)], told)
        found.setdefault(client_id, []).append(
            FollowUp(id_, client_id, concerns, told, closed_on, reached, tuple(looks))
        )
    return {client_id: tuple(items) for client_id, items in found.items()}


def _due(
    told: int, acknowledged: int | None, happened: int, concerns: int, days: ClinicDays
) -> list[tuple[int, tuple[int, int]]]:
    """By the day on which a look is due, in order: the day on which it falls, and the first on which one counts.

    The look within 24 hours is made on the next working day: while the clinic is closed somebody else looks, whom the
    acknowledgement names, and that look counts. The later ones are made before a day on which it is closed.
    """
    looks: dict[int, tuple[int, int]] = {}
    if acknowledged is not None:
        within = acknowledged + WITHIN_DAYS
        looks[days.working_day_after(acknowledged)] = (within, within)
    if concerns & _OVERDOSE:
        on = [told + after for after in OVERDOSE_TOLD_DAYS]
        last = happened + OVERDOSE_DAYS
        for day in [*on, last] if last > on[-1] else on:
            due = days.working_day_up_to(day)
            due = due if due > told else days.working_day_after(told)
            looks.setdefault(due, (day, due))
    return sorted(looks.items())


def _first(on: Collection[int], since: int) -> int | None:
    """The first of the days that is not before `since`."""
    return min((day for day in on if day >= since), default=None)


def _spoke(facts: Facts) -> dict[int, list[int]]:
    """Days on which somebody spoke with the client: a check-in with them, or a call that reached them."""
    return _days_of(facts, ("check_ins", "contact", {1}), ("calls", "reached", {1}))


def _met(facts: Facts) -> dict[int, list[int]]:
    """Days on which the client came."""
    return _days_of(facts, ("attendance", "mark", _KEPT))


def _looked(facts: Facts) -> dict[int, list[int]]:
    """Days on which a look was done without speaking with the client: with who is near them, say."""
    found: dict[int, list[int]] = {}
    names = ("client_id", "kind", "done")
    for client_id, kind, done in zip(*(facts.column("tasks", name).tolist() for name in names), strict=True):
        if kind == _LOOK_AGAIN and done != FAR:
            found.setdefault(client_id, []).append(done)
    return found


def _days_of(facts: Facts, *which: tuple[str, str, Collection[int]]) -> dict[int, list[int]]:
    """By client the days of the rows whose column holds one of the values."""
    found: dict[int, list[int]] = {}
    for name, column, values in which:
        columns = (facts.column(name, one).tolist() for one in ("client_id", "day", column))
        for client_id, day, value in zip(*columns, strict=True):
            if value in values:
                found.setdefault(client_id, []).append(day)
    return found
