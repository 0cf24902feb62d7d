"""The answer to "where does this client stand": what every screen shows, and nothing of its own beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from casework.vocabulary import ActionKind, Flag, Group, LaneReason, Owner, PlanKind
from casework.windows import FactRef

Values: TypeAlias = Mapping[str, Any]
"""What is named: numbers, identifiers, day numbers. Plain JSON."""


@dataclass(frozen=True)
class Said:
    """Something to be said of a client: an identifier with its values, the day that it is about (None: no day), and
    the dated rows that it rests on."""

    id: str
    values: Values = field(default_factory=dict, hash=False)
    day: int | None = None
    refs: tuple[FactRef, ...] = ()


@dataclass(frozen=True)
class FlagRaised:
    """A flag that stands: its last day (`until`; None: until something is recorded), and what its words name."""

    flag: Flag
    until: int | None = None
    values: Values = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Action:
    """What to do next, whose it is, by which day, and what its words name. `answers`: the facts that doing it answers;
    `task`: the open task that it belongs to."""

    kind: ActionKind
    owner: Owner
    due: int
    values: Values = field(default_factory=dict, hash=False)
    answers: tuple[FactRef, ...] = ()
    task: int | None = None


@dataclass(frozen=True)
class Rest:
    """Nobody has to call again before the day `until`, because of `why` ("appointment", "reached", "tried")."""

    until: int
    why: str


@dataclass(frozen=True)
class Standing:
    """Where one client stands on a day.

    `lane`: why the client comes before all groups today (empty: does not). `since`: the first day of what the group is
    about. `headline`: what is said of the client, the gravest first; the first is the headline. `flags`: in the order
    of `Flag`. `action`: the first button; `also`: what is offered beside it. `new`: the facts of the headline that no
    call, task or decision has answered yet. `known_today`: what became known today and would wake a rest, said or not.
    `tries`: calls of the last five days that reached nobody.
    `keeps_place`: on the list each working day, whatever the scores. `strength`: what holds, where something does.
    """

    client_id: int
    group: Group
    plan_kind: PlanKind | None
    since: int | None
    lane: tuple[LaneReason, ...]
    headline: tuple[Said, ...]
    flags: tuple[FlagRaised, ...]
    action: Action
    also: tuple[Action, ...] = ()
    new: tuple[FactRef, ...] = ()
    known_today: tuple[FactRef, ...] = ()
    rest: Rest | None = None
    tries: int = 0
    keeps_place: bool = False
    strength: Said | None = None
