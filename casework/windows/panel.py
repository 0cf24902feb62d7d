"""The questions: whose state, as of which day, from which facts."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, Self

import numpy as np

from casework.frames import Facts
from casework.windows.arrays import Array, Ints
from casework.windows.cached import cached
from casework.windows.frame import Frame
from casework.windows.window import Window

_DAY_BITS: Final = 32
_LARGE: Final = 100_000
FURTHEST_WINDOW_DAYS: Final = 98
"""No window over frequent facts is longer: 26 weeks of facts then give exact numbers for each of the last 12 weeks."""


class _Edge(Enum):
    START = "start"
    """The first row from a day on."""
    STOP = "stop"
    """One past the last row before a day."""


@dataclass(frozen=True, eq=False)
class Panel:
    """The clients `client_id` of `facts` as of the end of `as_of` (day numbers), a row each, by client and then day.

    `client` is the position of the client in the clients frame. `cache` keeps the readings of this panel (see
    `cached`), so that several rules share them.
    """

    facts: Facts
    client_id: Ints
    as_of: Ints
    client: Ints
    cache: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def on(cls, facts: Facts, *days: int) -> Self:
        """Every client of `facts` on each of `days` (ascending)."""
        clients = facts.column("clients", "client_id")
        return cls(
            facts,
            client_id=np.repeat(clients, len(days)),
            as_of=np.tile(np.asarray(days, dtype=np.int64), len(clients)),
            client=np.repeat(np.arange(len(clients)), len(days)),
        )

    @classmethod
    def of(cls, facts: Facts, client_id: Ints, as_of: Ints) -> Self:
        """These clients of `facts`, each as of a day of their own; by client and then day."""
        return cls(facts, client_id, as_of, np.searchsorted(facts.column("clients", "client_id"), client_id))

    def __len__(self) -> int:
        return len(self.client_id)

    def rows(self, chosen: Ints) -> Panel:
        """Some of the rows, by their positions."""
        return Panel(self.facts, self.client_id[chosen], self.as_of[chosen], self.client[chosen])

    def of_client(self, column: str) -> Array:
        """A column of the clients frame, one value a panel row."""
        values: Array = self.facts.column("clients", column)[self.client]
        return values

    @cached
    def window(self, name: str, days: int | None, *, skip: int = 0) -> Window:
        """The facts `name` with ``as_of - days < day <= as_of - skip`` that were known by `as_of`.

        `days` None: from the beginning. `skip` leaves out the latest days, not what became known in them.
        """
        frame = self._frame(name)
        if not len(frame.column("day")):
            nothing = self._no_rows()
            return Window(frame, self.as_of, nothing, nothing)
        start = self._position(name, None if days is None else 1 - days, _Edge.START)
        stop = self._position(name, 1 - skip, _Edge.STOP)
        return Window(frame, self.as_of, start, np.maximum(stop, start))

    @cached
    def _frame(self, name: str) -> Frame:
        return Frame(self.facts, name)

    @cached
    def _no_rows(self) -> Ints:
        return np.zeros(len(self), dtype=np.int64)

    @cached
    def _position(self, name: str, offset: int | None, edge: _Edge) -> Ints:
        """For each panel row the first fact row of its client whose day is at least ``as_of + offset`` (None: any day).

        An `_Edge.STOP` is one past the row before it: the same, unless older rows have been left out of the search.
        """
        if offset is None:
            return _first_rows(self.facts.column(name, "client_id"), self.client_id)
        old = offset < 1 - FURTHEST_WINDOW_DAYS
        key, rows = self._key(name, old or len(self.facts.column(name, "day")) < _LARGE)
        at: Ints = np.searchsorted(key, (self.client_id << _DAY_BITS) + (self.as_of + offset))
        if rows is None:
            return at
        return rows[at] if edge is _Edge.START else rows[at - 1] + 1

    @cached
    def _key(self, name: str, whole: bool) -> tuple[Ints, Ints | None]:
        """Client and day of each row as one ascending number.

        Unless of the `whole` frame, only of the rows that a window can reach; then also their positions in the frame,
        one past the end (for rows after the last) and 0 - 1 (for rows before the first).
        """
        client, day = self.facts.column(name, "client_id"), self.facts.column(name, "day")
        if whole:
            return (client << _DAY_BITS) + day, None
        rows = np.flatnonzero(day > int(self.as_of.min()) - FURTHEST_WINDOW_DAYS)
        return (client[rows] << _DAY_BITS) + day[rows], np.concatenate([rows, [len(day), -1]])


def _first_rows(client: Ints, of: Ints) -> Ints:
    """The position of the first row of each client in `of`, or where it would be, in an ascending column `client`."""
    if len(client) < _LARGE:
        found: Ints = np.searchsorted(client, of)
        return found
    begins = np.concatenate([[0], np.flatnonzero(client[1:] != client[:-1]) + 1, [len(client)]])
    first: Ints = begins[np.searchsorted(client[begins[:-1]], of)]
    return first
