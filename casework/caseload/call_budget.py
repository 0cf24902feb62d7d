"""The day's calls: who stands above the line, who fell just under it, and why. Pure.

The list ends where the counselor's day ends, because every further reminder costs the others attention: with each
one in an encounter, primary care clinicians were about 30% less likely to accept a reminder (Ancker et al., BMC Med
Inform Decis Mak 2017;17:36).

- An open safety item stands above the line and takes no place; neither does a call to such a client, for the whole day.
- A client who was called today keeps their place, reached or not: nobody vanishes, and nobody moves up in their stead.
- A client who was heard from without a call (a session, a visit) stays in their order and takes no place.
- Only who has a reason for a call takes one: a band other than low, overdue, or lowered tolerance. Places stay free.
- A client for whom calling is not safe takes a place like the others: reaching them in another way takes as long.

What decides is the order of the worklist and the day's facts: not the time of day, nor who looks, nor a row's place.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from casework import wording
from casework.caseload.worklist import Item
from casework.vocabulary import Band, Flag

USUAL_CALLS: Final = 5
"""How many calls a day until a member of staff says otherwise."""
JUST_UNDER: Final = 3
"""Of so many below the line it is said what kept them there."""


@dataclass(frozen=True)
class CallMade:
    """That somebody called a client today. `for_safety`: a safety item of the client was open at some time today."""

    reached: bool
    for_safety: bool = False


@dataclass(frozen=True)
class NextSession:
    """When a client is expected next, by the clinic's clock."""

    on: dt.date
    at: dt.time


@dataclass(frozen=True)
class Calls:
    """What the day's calls are planned from: how many there can be, and by client id the calls that were made and
    the next session of those for whom calling is not safe."""

    per_day: int = USUAL_CALLS
    made: Mapping[int, CallMade] = field(default_factory=dict)
    next_sessions: Mapping[int, NextSession] = field(default_factory=dict)


class CallStanding(StrEnum):
    """How a client stands to the day's calls."""

    SAFETY = "safety"
    REACHED = "reached"
    TRIED = "tried"
    SEEN = "seen"
    TO_CALL = "to_call"
    NO_REASON = "no_reason"


TAKES_A_PLACE: Final = frozenset({CallStanding.REACHED, CallStanding.TRIED, CallStanding.TO_CALL})


@dataclass(frozen=True)
class Ranked:
    """A client with the reason for the rank: `reason` in one line, `contact` its last part, which no badge shows."""

    item: Item
    standing: CallStanding
    contact: str
    next_session: NextSession | None = None

    @property
    def reason(self) -> str:
        """ "elevated, 131 points, no contact for 12 days"."""
        return f"{wording.within(self.item.band)}, {self.beside_band}"

    @property
    def beside_band(self) -> str:
        """ "131 points, no contact for 12 days": the reason where a badge shows the band."""
        points = "" if self.item.band is Band.UNKNOWN else f"{wording.count(self.item.points, 'point')}, "
        return f"{points}{self.contact}"


@dataclass(frozen=True)
class JustUnder:
    """A client just below the line, and what the last one above it has that this one has not."""

    item: Item
    why: str


@dataclass(frozen=True)
class CallPlan:
    """`within` stands above the line, `below` under it, both in the order of the worklist; `just_under` are the first
    of `below` who have a reason for a call. `made` counts the calls of today that took a place, `unreached` those of
    them that reached nobody, `free` the places for which nobody has a reason."""

    per_day: int
    within: tuple[Ranked, ...]
    just_under: tuple[JustUnder, ...]
    below: tuple[Ranked, ...]

    @property
    def made(self) -> int:
        return sum(one.standing in (CallStanding.REACHED, CallStanding.TRIED) for one in self.within)

    @property
    def unreached(self) -> int:
        return sum(one.standing is CallStanding.TRIED for one in self.within)

    @property
    def free(self) -> int:
        return max(0, self.per_day - sum(one.standing in TAKES_A_PLACE for one in self.within))


def plan(items: Sequence[Item], calls: Calls) -> CallPlan:
    """The day's calls among `items` (any order; their ranks decide)."""
    ranked = [_ranked(item, calls) for item in sorted(items, key=lambda item: item.rank)]
    made = sum(one.standing in (CallStanding.REACHED, CallStanding.TRIED) for one in ranked)
    to_call = [one for one in ranked if one.standing is CallStanding.TO_CALL]
    places = max(0, calls.per_day - made)
    chosen, left = to_call[:places], to_call[places:]
    above = {one.item.client_id for one in chosen}
    line = _line(left, calls)
    within = [one for one in ranked if one.item.client_id in above or _stays_above(one, line)]
    shown = {one.item.client_id for one in within}
    last = chosen[-1].item if chosen else None
    return CallPlan(
        per_day=calls.per_day,
        within=tuple(within),
        just_under=tuple(JustUnder(one.item, _why_under(one.item, last, made)) for one in left[:JUST_UNDER]),
        below=tuple(one for one in ranked if one.item.client_id not in shown),
    )


def _line(left: Sequence[Ranked], calls: Calls) -> float:
    """The rank at which the line stands: that of the first client who has a reason and got no place."""
    if calls.per_day == 0:
        return 0
    return left[0].item.rank if left else math.inf


def _stays_above(one: Ranked, line: float) -> bool:
    """Who stands above the line without being chosen for a call."""
    if one.standing is CallStanding.SEEN:
        return one.item.rank < line and _has_reason(one.item)
    return one.standing in (CallStanding.SAFETY, CallStanding.REACHED, CallStanding.TRIED)


def _ranked(item: Item, calls: Calls) -> Ranked:
    standing = _standing(item, calls.made.get(item.client_id))
    return Ranked(item, standing, _contact(item, standing), calls.next_sessions.get(item.client_id))


def _standing(item: Item, call: CallMade | None) -> CallStanding:
    if item.safety_open or (call is not None and call.for_safety):
        return CallStanding.SAFETY
    if call is not None:
        return CallStanding.REACHED if call.reached else CallStanding.TRIED
    if item.last_contact is not None and item.last_contact.days == 0:
        return CallStanding.SEEN
    return CallStanding.TO_CALL if _has_reason(item) else CallStanding.NO_REASON


def _has_reason(item: Item) -> bool:
    """Whether a call is worth making. Unknown is a reason: somebody has to ask."""
    return item.band is not Band.LOW or item.overdue or _tolerance_is_lowered(item)


def _tolerance_is_lowered(item: Item) -> bool:
    return any(chip.flag is Flag.LOWERED_TOLERANCE for chip in item.story.chips)


def _contact(item: Item, standing: CallStanding) -> str:
    if item.safety_open:
        return wording.call_plan.SAFETY_OPEN
    if standing is CallStanding.REACHED:
        return wording.call_plan.REACHED
    if standing is CallStanding.TRIED:
        return wording.call_plan.TRIED
    if item.last_contact is None:
        return wording.call_plan.NEVER
    days = item.last_contact.days
    if item.overdue:
        return wording.call_plan.overdue(days)
    ago = wording.ago(item.last_contact.on, item.last_contact.on + dt.timedelta(days))
    return wording.call_plan.heard(ago)


def _why_under(item: Item, last: Item | None, made: int) -> str:
    """The first thing in the worklist's order that `last`, the last call above the line, has and `item` has not."""
    words = wording.call_plan
    if last is None:
        return words.CALLS_MADE if made else words.NO_CALLS
    said = words.standing(item.band, item.points)
    if item.band is not last.band:
        return words.under_band(said, last.band)
    if item.points != last.points and item.band is not Band.UNKNOWN:
        return words.under_points(said, last.points)
    if item.points != last.points:
        return words.under_worries(said)
    if item.overdue_days != last.overdue_days:
        return words.under_overdue(said)
    return words.under_entered(said)
