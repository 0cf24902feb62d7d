"""What has been done about each client: open and done actions, and the facts that something has answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from casework.frames import FAR, KINDS, Facts
from casework.vocabulary import ActionKind, AnsweredBy, FactKind
from casework.windows import FactRef

_ACTIONS: Final = tuple(ActionKind)
_BY: Final = tuple(AnsweredBy)
_FRAMES: Final = {list(FactKind).index(kind): frame for frame, kind in KINDS.items()}
Key = tuple[str, int]
"""A fact: its frame and its id."""


@dataclass(frozen=True)
class OpenAction:
    """An action of the client's open task."""

    id: int
    due: int


@dataclass(frozen=True)
class Done:
    """`open`: the waiting action of a kind; `last`: the day on which one of a kind was done last; `by`: what has
    answered a fact, an action by its kind."""

    open: Mapping[ActionKind, OpenAction] = field(default_factory=dict, hash=False)
    last: Mapping[ActionKind, int] = field(default_factory=dict, hash=False)
    by: Mapping[Key, frozenset[ActionKind | AnsweredBy]] = field(default_factory=dict, hash=False)

    def answered(self, refs: Iterable[FactRef], by: Iterable[ActionKind | AnsweredBy] = ()) -> bool:
        """Whether every one of the facts, of one at least, was answered by one of `by` (none named: by anything)."""
        if not self.by:
            return False
        wanted, facts = frozenset(by), list(refs)
        return bool(facts) and all(self._answers(one, wanted) for one in facts)

    def _answers(self, ref: FactRef, wanted: frozenset[ActionKind | AnsweredBy]) -> bool:
        found = self.by.get((ref.frame, ref.id), frozenset())
        return bool(found & wanted) if wanted else bool(found)


NOTHING: Final = Done()


def done_by_client(facts: Facts, today: int) -> dict[int, Done]:
    """By client id, for those of whom anything is recorded."""
    open_: dict[int, dict[ActionKind, OpenAction]] = {}
    last: dict[int, dict[ActionKind, int]] = {}
    kinds: dict[int, ActionKind] = {}
    for id_, client, day, known, kind, due, done in _rows(facts, "tasks", "kind", "due", "done"):
        if max(day, known) > today:
            continue
        kinds[id_] = _ACTIONS[kind]
        if done <= today and done != FAR:
            mine = last.setdefault(client, {})
            mine[_ACTIONS[kind]] = max(done, mine.get(_ACTIONS[kind], done))
        else:
            open_.setdefault(client, {})[_ACTIONS[kind]] = OpenAction(id_, due)
    by = _answers(facts, today, kinds)
    return {
        client: Done(open_.get(client, {}), last.get(client, {}), by.get(client, {}))
        for client in {*open_, *last, *by}
    }


def _answers(
    facts: Facts, today: int, kinds: Mapping[int, ActionKind]
) -> dict[int, dict[Key, frozenset[ActionKind | AnsweredBy]]]:
    found: dict[int, dict[Key, frozenset[ActionKind | AnsweredBy]]] = {}
    for _, client, day, known, by, by_id, kind, fact in _rows(
        facts, "answered", "by", "by_id", "kind", "fact"
    ):
        if max(day, known) > today or kind not in _FRAMES:
            continue
        what = _BY[by]
        as_what = {what} if what is not AnsweredBy.TASK else {what, kinds.get(by_id, what)}
        mine = found.setdefault(client, {})
        key = (_FRAMES[kind], fact)
        mine[key] = mine.get(key, frozenset()) | as_what
    return found


def _rows(facts: Facts, name: str, *columns: str) -> Iterable[tuple[int, ...]]:
    named = ("id", "client_id", "day", "known", *columns)
    return zip(*(facts.column(name, column).tolist() for column in named), strict=True)
