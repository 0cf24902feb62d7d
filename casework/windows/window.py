"""Which rows of a frame an answer may look at, read from the latest row backwards or pair by pair."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from casework.windows.arrays import NO_ROW, Array, Bools, Ints
from casework.windows.evidence import Evidence
from casework.windows.frame import Frame
from casework.windows.pairs import Pairs

_LARGE: Final = 100_000
_BLOCK: Final = 16_384
"""Panel rows whose pairs are laid out at once, so that memory stays small whatever the number of clients."""


def _nearest(where: Bools, step: int) -> Ints:
    """For each row the nearest one from it on, in steps of 1 or -1, for which `where` holds; without one, and for the
    row beyond the end, a row out of range."""
    rows = np.arange(len(where))
    if step < 0:
        return np.append(np.maximum.accumulate(np.where(where, rows, -1)), -1)
    return np.append(np.minimum.accumulate(np.where(where, rows, len(rows))[::-1])[::-1], len(rows))


@dataclass(frozen=True)
class Window:
    """For panel row i the rows ``start[i]:stop[i]`` of a frame, without those not yet known by the day ``as_of[i]``,
    and without those left out: row r from the day ``out_from[r]`` on."""

    frame: Frame
    as_of: Ints
    start: Ints
    stop: Ints
    out_from: Array | None = None

    @property
    def name(self) -> str:
        """The frame's name."""
        return self.frame.name

    @property
    def some_unread(self) -> bool:
        """Whether a row may have to be passed over: one that became known after its day, or that is left out."""
        return self.frame.late or self.out_from is not None

    def _read(self, row: Ints, as_of: Any) -> Bools:
        """Whether the rows count as of the days `as_of`."""
        counts: Bools = self.all_of("known")[row] <= as_of
        return counts if self.out_from is None else counts & (self.out_from[row] > as_of)

    @property
    def cache(self) -> dict[Hashable, Any]:
        """What is kept of the frame (see `cached`)."""
        return self.frame.cache

    @property
    def size(self) -> int:
        return len(self.start)

    @property
    def empty(self) -> bool:
        """True where there is not one such fact, of anybody."""
        return not len(self.all_of("day"))

    def all_of(self, column: str) -> Array:
        """The frame's whole column: to build the conditions that `last` and the others take."""
        return self.frame.column(column)

    def fold(self, compute: Callable[[Pairs], tuple[Array, ...]]) -> tuple[Array, ...]:
        """Arrays with one value a panel row, computed from all pairs of a panel row and a row in its window.

        `compute` gets the pairs of some panel rows at a time and never sees a panel row's pairs torn apart.
        """
        if self.empty and self.size:  # every panel row has the answer of one without facts
            alone = compute(self._pairs(0, 1))
            return tuple(np.full(self.size, values[0]) for values in alone)
        if self.size <= _BLOCK:
            return compute(self._all_pairs)
        starts = range(0, self.size, _BLOCK)
        parts = [compute(self._pairs(first, min(first + _BLOCK, self.size))) for first in starts]
        return tuple(np.concatenate(arrays) for arrays in zip(*parts, strict=True))

    def each(self, compute: Callable[[Pairs], Array]) -> Array:
        """`fold` for one array."""
        return self.fold(lambda pairs: (compute(pairs),))[0]

    @cached_property
    def _all_pairs(self) -> Pairs:
        """Kept, because several rules fold the same window; only asked for when they are one block."""
        return self._pairs(0, self.size)

    def _pairs(self, first: int, stop: int) -> Pairs:
        begin = self.start[first:stop]
        count = self.stop[first:stop] - begin
        ends = np.cumsum(count)
        total = int(ends[-1]) if len(ends) else 0
        owner = np.repeat(np.arange(len(begin)), count)
        row = np.arange(total) + np.repeat(begin - ends + count, count)
        pairs = Pairs(self.frame, self.as_of, first, count, owner, row)
        if not self.some_unread:
            return pairs
        return pairs.where(self._read(row, pairs.of_owner(self.as_of)))

    def backwards(self, done: Bools | None = None) -> Iterator[tuple[Ints, Ints]]:
        """Steps of (panel rows, their fact rows), from each window's latest row to its first.

        The caller may set `done` for panel rows that need no further step.
        """
        owner = (self.stop > self.start).nonzero()[0]
        row = self.stop[owner] - 1
        while len(owner):
            if not self.some_unread:
                yield owner, row
            else:
                seen = self._read(row, self.as_of[owner])
                yield owner[seen], row[seen]
            more = row > self.start[owner]
            if done is not None:
                more &= ~done[owner]
            owner, row = owner[more], row[more] - 1

    def last(self, where: Bools | None = None) -> Ints:
        """The latest row of each window, or the latest for which `where` (one value a frame row) holds; NO_ROW."""
        return self._search(self.stop - 1, -1, where)

    def first(self, where: Bools | None = None) -> Ints:
        """The earliest row of each window, or the earliest for which `where` holds; NO_ROW."""
        return self._search(self.start, 1, where)

    def _search(self, begin: Ints, step: int, where: Bools | None) -> Ints:
        """The first row from `begin` on, in steps of 1 or -1, that is known and for which `where` holds; NO_ROW."""
        if where is not None and not where.any():
            return np.full(self.size, NO_ROW, dtype=np.int64)
        if where is None and not self.some_unread:
            return np.where(self.stop > self.start, begin, NO_ROW)
        nearest = None if where is None or len(where) >= _LARGE else _nearest(where, step)
        found = np.full(self.size, NO_ROW, dtype=np.int64)
        owner = (self.stop > self.start).nonzero()[0]
        row = begin[owner]
        while len(owner):
            row = row if nearest is None else nearest[row]
            inside = (row >= self.start[owner]) & (row < self.stop[owner])
            owner, row = owner[inside], row[inside]
            hit = np.ones(len(row), dtype=bool) if where is None else where[row]
            if self.some_unread:
                hit &= self._read(row, self.as_of[owner])
            found[owner[hit]] = row[hit]
            owner, row = owner[~hit], row[~hit] + step
        return found

    def latest(self, n: int, where: Bools) -> Ints:
        """The latest `n` rows of each window for which `where` holds, latest first: [n, panel rows], NO_ROW."""
        found = np.full((n, self.size), NO_ROW, dtype=np.int64)
        taken = np.zeros(self.size, dtype=np.int64)
        done = np.zeros(self.size, dtype=bool)
        for owner, row in self.backwards(done):
            hit, at = owner[where[row]], row[where[row]]
            found[taken[hit], hit] = at
            taken[hit] += 1
            done[hit] = taken[hit] == n
        return found

    def trailing_run(self, hit: Bools, counts: Bools) -> tuple[Ints, Ints]:
        """The streak of `hit` at the end of each window, and its first row (NO_ROW without a streak).

        Rows for which `counts` is false neither break nor lengthen it.
        """
        run = np.zeros(self.size, dtype=np.int64)
        begins = np.full(self.size, NO_ROW, dtype=np.int64)
        done = np.zeros(self.size, dtype=bool)
        for owner, row in self.backwards(done):
            in_streak = hit[row]
            run[owner] += in_streak
            begins[owner[in_streak]] = row[in_streak]
            done[owner] = counts[row] & ~in_streak
        return run, begins

    def latest_answers(self, asked: Array, present: Array) -> tuple[Ints, Ints]:
        """Bitmasks (asked, present) a panel row, each bit by its latest answer in the window."""
        answered = np.zeros(self.size, dtype=np.int64)
        active = np.zeros(self.size, dtype=np.int64)
        for owner, row in self.backwards():
            fresh = asked[row] & ~answered[owner]
            active[owner] |= present[row] & fresh
            answered[owner] |= fresh
        return answered, active

    def rows_of(self, owner: int) -> Ints:
        """The rows of one panel row's window, by day."""
        rows = np.arange(self.start[owner], self.stop[owner])
        if not self.some_unread:
            return rows
        known: Ints = rows[self._read(rows, self.as_of[owner])]
        return known

    def evidence(self, where: Bools | None = None, *, begins: Ints | None = None) -> Evidence:
        """The window's rows for which `where` holds, from the row `begins` on (none where that is NO_ROW)."""

        def rows(owner: int) -> tuple[Frame, Ints]:
            found = self.rows_of(owner)
            if where is not None:
                found = found[where[found]]
            if begins is not None:
                found = found[(found >= begins[owner]) & (begins[owner] != NO_ROW)]
            return self.frame, found

        return Evidence((rows,))

    def evidence_since(self, where: Bools, day: Array, since: Ints) -> Evidence:
        """The window's rows for which `where` holds and whose `day` (both one value a frame row) is after the day
        `since` of the panel row."""

        def rows(owner: int) -> tuple[Frame, Ints]:
            found = self.rows_of(owner)
            return self.frame, found[where[found] & (day[found] > since[owner])]

        return Evidence((rows,))

    def evidence_of_bits(self, column: str, bits: int) -> Evidence:
        """The window's rows in whose `column` one of `bits` is set."""
        values = self.all_of(column)

        def rows(owner: int) -> tuple[Frame, Ints]:
            found = self.rows_of(owner)
            return self.frame, found[(values[found] & bits) != 0]

        return Evidence((rows,))

    def evidence_of_answers(self, asked: Array, present: Array, bits: int = -1) -> Evidence:
        """The rows whose answer is the latest and says present: what `latest_answers` rests on; of `bits` only."""

        def rows(owner: int) -> tuple[Frame, Ints]:
            answered, found = 0, []
            for row in self.rows_of(owner)[::-1]:
                if int(present[row]) & int(asked[row]) & bits & ~answered:
                    found.append(row)
                answered |= int(asked[row])
            return self.frame, np.asarray(found[::-1], dtype=np.int64)

        return Evidence((rows,))

    def evidence_at(self, rows: Ints) -> Evidence:
        """The given rows, one a panel row (or [n, panel rows]); NO_ROW is left out."""

        def chosen(owner: int) -> tuple[Frame, Ints]:
            mine = np.atleast_1d(rows[..., owner])
            return self.frame, mine[mine != NO_ROW]

        return Evidence((chosen,))

    def at(self, column: str, rows: Ints, otherwise: Any) -> Array:
        """The column's values at `rows`, and `otherwise` where that is NO_ROW."""
        if self.empty:
            return np.full(rows.shape, otherwise)
        values = self.all_of(column)[rows]
        if values.dtype.kind == "i":  # so that `otherwise` cannot wrap around in a narrow column
            values = values.astype(np.int64)
        values[rows == NO_ROW] = otherwise
        return values
