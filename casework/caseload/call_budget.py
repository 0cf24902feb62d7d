"""The day's calls: who stands above the line, who fell just under it, and why. Pure.

The list ends where the counselor's day ends, because every further reminder costs the others attention: with each
one in an encounter, primary care clinicians were about 30% less likely to accept a reminder (Ancker et al., BMC Med
Inform Decis Mak 2017;17:36). Whose turn it is, `casework.standing.places` says; here the turns meet the day's calls:

- The lane and an open safety item stand above the line and take no place; neither does a call to such a client, for
  the whole day.
- A client who was called today keeps their place, reached or not: nobody vanishes, and nobody moves up in their stead.
- A client who was heard from without a call (a session, a visit) stays in their order and takes no place.
- Who keeps a place until a dose is on record, and who of those who need a plan is called today, stands beside the
  places, called or not.
- Only whose turn it is takes one: not who rests, nor who was heard from and is steady. Places stay free.
- A client for whom calling is not safe takes a place like the others: reaching them in another way takes as long.

What decides is the turns and the day's facts: not the time of day, nor who looks, nor a row's place.
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
    BESIDE = "beside"
    REACHED = "reached"
    TRIED = "tried"
    SEEN = "seen"
    TO_CALL = "to_call"
    NO_REASON = "no_reason"


TAKES_A_PLACE: Final = frozenset({CallStanding.REACHED, CallStanding.TRIED, CallStanding.TO_CALL})


@dataclass(frozen=True)
class Ranked:
    """A client with how they stand to the day's calls; `contact`: when they were heard from last, or
    that they were `called` today."""

    item: Item
    standing: CallStanding
    contact: str
    called: bool = False
    next_session: NextSession | None = None


@dataclass(frozen=True)
class JustUnder:
    """A client just below the line, and why somebody else got the last place."""

    item: Item
    why: str


@dataclass(frozen=True)
class CallPlan:
    """`within` stands above the line, `below` under it, both in the order of the worklist; `just_under` are those of
    `below` whose turn comes next. `made` counts the calls of today that took a place, `unreached` those of
    them that reached nobody, `free` the places that nobody's turn fills."""

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
    """The day's calls among `items` (any order; their turns and ranks decide)."""
    ranked = [_ranked(item, calls) for item in sorted(items, key=lambda item: item.rank)]
    made = sum(one.standing in (CallStanding.REACHED, CallStanding.TRIED) for one in ranked)
    to_call = sorted((one for one in ranked if one.standing is CallStanding.TO_CALL), key=_by_turn)
    places = max(0, calls.per_day - made)
    chosen, left = to_call[:places], to_call[places:]
    above = {one.item.client_id for one in chosen}
    line = _by_turn(left[0]) if left else None
    within = [one for one in ranked if one.item.client_id in above or _stays_above(one, line, calls)]
    shown = {one.item.client_id for one in within}
    last = chosen[-1].item if chosen else None
    return CallPlan(
        per_day=calls.per_day,
        within=tuple(within),
        just_under=tuple(JustUnder(one.item, _why_under(one.item, last, made)) for one in left[:JUST_UNDER]),
        below=tuple(one for one in ranked if one.item.client_id not in shown),
    )


def _by_turn(one: Ranked) -> tuple[float, int]:
    """Whose turn comes first; of two caseloads' equal turns, who ranks higher."""
    number = one.item.turn.number
    return math.inf if number is None else number, one.item.rank


def _stays_above(one: Ranked, line: tuple[float, int] | None, calls: Calls) -> bool:
    """Who stands above the line without being chosen for a call. `line`: the first turn that got no place."""
    if one.standing is CallStanding.SEEN:
        in_turn = one.item.turn.number is not None and (line is None or _by_turn(one) < line)
        return calls.per_day > 0 and in_turn
    return one.standing in (
        CallStanding.SAFETY,
        CallStanding.BESIDE,
        CallStanding.REACHED,
        CallStanding.TRIED,
    )


def _ranked(item: Item, calls: Calls) -> Ranked:
    call = calls.made.get(item.client_id)
    next_session = calls.next_sessions.get(item.client_id)
    return Ranked(item, _standing(item, call), _contact(item, call), call is not None, next_session)


def _standing(item: Item, call: CallMade | None) -> CallStanding:
    if item.safety_open or item.turn.lane or (call is not None and call.for_safety):
        return CallStanding.SAFETY
    if item.turn.beside:
        return CallStanding.BESIDE
    if call is not None:
        return CallStanding.REACHED if call.reached else CallStanding.TRIED
    if item.last_contact is not None and item.last_contact.days == 0:
        return CallStanding.SEEN
    return CallStanding.NO_REASON if item.turn.number is None else CallStanding.TO_CALL


def _contact(item: Item, call: CallMade | None) -> str:
    if item.safety_open:
        return wording.call_plan.SAFETY_OPEN
    if call is not None:
        return wording.call_plan.REACHED if call.reached else wording.call_plan.TRIED
    if item.last_contact is None:
        return wording.call_plan.NEVER
    days = item.last_contact.days
    if item.overdue:
        return wording.call_plan.overdue(days)
    ago = wording.ago(item.last_contact.on, item.last_contact.on + dt.timedelta(days))
    return wording.call_plan.heard(ago)


def _why_under(item: Item, last: Item | None, made: int) -> str:
    """Why `item` has no place, although its turn would come next; `last` is the last call above the line."""
    words = wording.call_plan
    if last is None:
        return words.CALLS_MADE if made else words.NO_CALLS
    if item.story.group is not last.story.group:
        return words.under_group(item.story.group, last.story.group)
    return words.under_turn(item.story.group)
