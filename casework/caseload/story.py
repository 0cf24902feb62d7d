"""A client's standing as every screen shows it: in words, with names and dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.vocabulary import ActionKind, Flag, Group, LaneReason, PlanKind
from casework.windows import FactRef


@dataclass(frozen=True)
class Chip:
    """A flag: what stands on the chip, and what it means."""

    flag: Flag
    text: str
    tooltip: str


@dataclass(frozen=True)
class NextAction:
    """Something to do: the button's `text`, whose it is, and by when. `task`: the open action that it is; `answers`:
    the facts that doing it answers."""

    kind: ActionKind
    text: str
    owner: str
    due: dt.date
    due_text: str
    task: int | None
    answers: tuple[FactRef, ...]


@dataclass(frozen=True)
class Story:
    """One client's standing in words. `headline` is the first line of the row, `lines` the others, the gravest first;
    `refs` are the facts that they rest on, and what became known today: a call of now answers them; `grounds` are those
    of the headline, and of each of the lines. `lane_label`, `plan_kind_label`, `rest`, `tries`, `new` and `strength`
    are "" where there is nothing to say."""

    client_id: int
    group: Group
    group_label: str
    plan_kind: PlanKind | None
    plan_kind_label: str
    since: dt.date | None
    lane: tuple[LaneReason, ...]
    lane_label: str
    headline: str
    lines: tuple[str, ...]
    chips: tuple[Chip, ...]
    action: NextAction
    also: tuple[NextAction, ...]
    rest: str
    tries: str
    new: str
    strength: str
    keeps_place: bool
    refs: tuple[FactRef, ...]
    grounds: tuple[tuple[FactRef, ...], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """All that it says."""
        said = (self.lane_label, self.group_label, self.plan_kind_label, self.headline, *self.lines)
        chips = (text for chip in self.chips for text in (chip.text, chip.tooltip))
        actions = (one.text for one in (self.action, *self.also))
        more = (self.rest, self.tries, self.new, self.strength)
        return tuple(text for text in (*said, *chips, *actions, *more) if text)
