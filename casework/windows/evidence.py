"""The dated rows that an answer rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from casework.windows.arrays import Bools, Ints
from casework.windows.frame import Frame

_Part = Callable[[int], tuple[Frame, Ints]]
"""For a panel row: a frame, and some of its rows."""


@dataclass(frozen=True)
class FactRef:
    """A dated row that an answer rests on: the fact `id` of the frame `frame`."""

    frame: str
    id: int
    day: int


@dataclass(frozen=True)
class Evidence:
    """The rows that answers rest on, worked out for one panel row at a time when somebody asks."""

    parts: tuple[_Part, ...] = ()

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(self.parts + other.parts)

    def only(self, where: Bools) -> Evidence:
        """This evidence for the panel rows of `where`, none for the others."""

        def where_it_holds(part: _Part) -> _Part:
            def rows(owner: int) -> tuple[Frame, Ints]:
                frame, found = part(owner)
                return frame, found if where[owner] else found[:0]

            return rows

        return Evidence(tuple(where_it_holds(part) for part in self.parts))

    def of(self, owner: int) -> tuple[FactRef, ...]:
        """The rows behind the answer of panel row `owner`, by day."""
        found = []
        for part in self.parts:
            frame, rows = part(owner)
            if len(rows):
                ids, days = frame.column("id")[rows].tolist(), frame.column("day")[rows].tolist()
                found += [FactRef(frame.name, id_, day) for id_, day in zip(ids, days, strict=True)]
        return tuple(sorted(set(found), key=lambda ref: (ref.day, ref.frame, ref.id)))


NO_EVIDENCE: Final = Evidence()
