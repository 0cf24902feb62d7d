"""Assessing many clients a block at a time: what is needed on the way stays small, whatever the number of clients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from casework.frames import Facts
from casework.indicators import points as point_table
from casework.indicators.points import Scores
from casework.indicators.registry import INDICATORS, Reading
from casework.windows import NO_EVIDENCE, Array, Bools, FactRef, Floats, Panel, cached

BLOCK: Final = 4_096
"""Clients of a block: more than most caseloads have, so that a page's clients are one."""
WEEKLY: Final = point_table.READ | {"sign_burden"}
"""The indicators that each week of history needs; of many clients the others are worked out for today alone."""
_MANY: Final = 260
"""Rows of a panel (twenty clients with twelve weeks) from which a second panel costs less than it saves."""


@dataclass(frozen=True, eq=False)
class Block:
    """Clients that stand together in the facts: a panel of each day that is asked about, and one of the last day alone
    (the same, when one is all there is, or when so few clients are not worth two)."""

    panel: Panel
    today: Panel
    days: int

    @classmethod
    def of(cls, facts: Facts, days: Sequence[int]) -> Block:
        """All clients of `facts` on `days` (ascending)."""
        panel = Panel.on(facts, *days)
        two = len(days) > 1 and len(panel) >= _MANY
        return cls(panel, Panel.on(facts, days[-1]) if two else panel, len(days))

    @property
    def clients(self) -> int:
        """How many clients they are."""
        return len(self.panel) // self.days

    def rows_behind(self, indicator_id: str, client: int) -> tuple[FactRef, ...]:
        """The dated rows behind the answer for the block's client at this position."""
        panel, row = self._where(indicator_id, client)
        return _rows_behind(panel, indicator_id, row)

    def rows_of_part(self, indicator_id: str, part: str, client: int) -> tuple[FactRef, ...] | None:
        """The same of a part of the answer; None where it has no such part."""
        panel, row = self._where(indicator_id, client)
        found = INDICATORS[indicator_id].compute(panel).parts.get(part)
        return None if found is None else found.of(row)

    def _where(self, indicator_id: str, client: int) -> tuple[Panel, int]:
        """The panel that has the indicator, and the client's row of today in it."""
        if self.today is not self.panel and indicator_id not in WEEKLY:
            return self.today, client
        return self.panel, (client + 1) * self.days - 1


@dataclass(frozen=True)
class Worked:
    """What was worked out of a block, or of all: each indicator's answers of today, without the rows they rest on; the
    scores, whether each client was here, and the burden of signs, each one a panel row."""

    readings: dict[str, Reading]
    scores: Scores
    here: Bools
    burden: Floats


def work_out(facts: Facts, days: Sequence[int], off: Set[str]) -> tuple[tuple[Block, ...], Worked]:
    """All clients of `facts` on `days`: the blocks, in order, and what was found."""
    blocks, found = [], []
    parts = [facts] if len(facts.column("clients", "client_id")) <= BLOCK else list(_parts(facts))
    for part in parts:
        block = Block.of(part, days)
        found.append(_work_out(block, off))
        if len(parts) > 1:  # what somebody asks about a client's rows is worked out anew
            block.panel.cache.clear()
            block.today.cache.clear()
        blocks.append(block)
    return tuple(blocks), found[0] if len(found) == 1 else _together(found)


def _parts(facts: Facts) -> Iterator[Facts]:
    """The facts of so many clients at a time."""
    clients = facts.column("clients", "client_id")
    for first in range(0, len(clients), BLOCK):
        yield facts.between(int(clients[first]), int(clients[min(first + BLOCK, len(clients)) - 1]))


def _work_out(block: Block, off: Set[str]) -> Worked:
    panel, latest = block.panel, slice(block.days - 1, None, block.days)
    weekly = {id_: INDICATORS[id_].compute(panel) for id_ in INDICATORS if id_ in WEEKLY}
    readings = {}
    for id_, one in INDICATORS.items():
        alone = block.today is not panel and id_ not in WEEKLY
        readings[id_] = _numbers(
            one.compute(block.today if alone else panel), slice(None) if alone else latest
        )
    scores = point_table.score(panel, weekly, off)
    return Worked(readings, scores, panel.as_of >= panel.of_client("admitted"), weekly["sign_burden"].value)


def _numbers(reading: Reading, rows: slice) -> Reading:
    """The reading of some panel rows, its numbers alone."""
    extra = {name: values[rows].copy() for name, values in reading.extra.items()}
    return Reading(reading.value[rows].copy(), reading.level[rows].copy(), NO_EVIDENCE, extra)


def _together(found: list[Worked]) -> Worked:
    readings = {id_: _reading([one.readings[id_] for one in found]) for id_ in INDICATORS}
    scores = {
        one.name: _joined([getattr(part.scores, one.name) for part in found])
        for one in fields(Scores)
        if one.name != "of"
    }
    of = {score: np.concatenate([part.scores.of[score] for part in found]) for score in found[0].scores.of}
    return Worked(
        readings,
        replace(found[0].scores, of=of, **scores),
        np.concatenate([one.here for one in found]),
        np.concatenate([one.burden for one in found]),
    )


def _joined(parts: list[Array]) -> Array:
    """One after the other; the panel's rows stand on the last axis."""
    return np.concatenate(parts, axis=-1)


def _reading(parts: list[Reading]) -> Reading:
    extra = {name: np.concatenate([one.extra[name] for one in parts]) for name in parts[0].extra}
    value, level = (np.concatenate([getattr(one, name) for one in parts]) for name in ("value", "level"))
    return Reading(value, level, NO_EVIDENCE, extra)


@cached
def _rows_behind(panel: Panel, indicator_id: str, row: int) -> tuple[FactRef, ...]:
    return INDICATORS[indicator_id].compute(panel).evidence.of(row)
