"""All array mechanics: which dated rows fall into a window, and counts, sums, decay, streaks and last values of them.

A `Panel` asks: this client, as of this day. A `Window` answers with the rows of one frame, so that the same client can
be asked about on many days, later facts can never leak into earlier answers (neither rows of a later day nor rows that
became known later), and every answer can name the rows that it rests on. Rules in `casework.indicators` are a few
readable lines on these.

Two ways to read a window, both without a loop over clients:

* `Window.backwards` and what is built on it (`last`, `trailing_run`, `latest_answers`) step from the latest row to
  earlier ones, all clients at once, and stop as soon as everyone has an answer.
* `Window.fold` lays out every (panel row, fact row) pair for sums, means, decay and unions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, Final, Self, TypeAlias, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casework.frames import Facts

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Array = NDArray[Any]
T = TypeVar("T")
_Part: TypeAlias = "Callable[[int], tuple[Window, Ints]]"
"""For a panel row: a window, and rows of its frame."""

NO_ROW: Final = -1
NEVER: Final = -(2**31)
"""The day of something that has not happened in the window: before every real day."""
_DAY_BITS: Final = 32
_LARGE: Final = 100_000
_BLOCK: Final = 16_384
"""Panel rows whose pairs are laid out at once, so that memory stays small whatever the number of clients."""
FURTHEST_WINDOW_DAYS: Final = 98
"""No window over frequent facts is longer: 26 weeks of facts then give exact numbers for each of the last 12 weeks."""


@dataclass(frozen=True)
class Panel:
    """The questions: `client_id` as of the end of `as_of` (day numbers), one row each, sorted by client then day.
    `client` is the position of the client in the clients frame. `memo` keeps what several rules share."""

    client_id: Ints
    as_of: Ints
    client: Ints
    memo: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def on(cls, facts: Facts, *days: int) -> Self:
        """Ask about every client of `facts` on each of `days` (ascending)."""
        clients = facts.clients["client_id"].to_numpy()
        return cls(
            client_id=np.repeat(clients, len(days)),
            as_of=np.tile(np.asarray(days, dtype=np.int64), len(clients)),
            client=np.repeat(np.arange(len(clients)), len(days)),
        )

    def __len__(self) -> int:
        return len(self.client_id)

    def once(self, key: Any, compute: Callable[[], T]) -> T:
        """`compute()`, or what it returned the first time this panel was asked for `key`."""
        if key not in self.memo:
            self.memo[key] = compute()
        found: T = self.memo[key]
        return found

    def of_client(self, facts: Facts, column: str) -> Array:
        """A column of the clients frame, one value a panel row."""
        values: Array = self.column(facts.clients, "clients", column)[self.client]
        return values

    def column(self, frame: pd.DataFrame, name: str, column: str) -> Array:
        """A frame's column as an array; pandas is asked for it once a panel."""
        return self.once(("column", name, column), lambda: frame[column].to_numpy())


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
            def rows(owner: int) -> tuple[Window, Ints]:
                window, found = part(owner)
                return window, found if where[owner] else found[:0]

            return rows

        return Evidence(tuple(where_it_holds(part) for part in self.parts))

    def of(self, owner: int) -> tuple[FactRef, ...]:
        """The rows behind the answer of panel row `owner`, by day."""
        found = []
        for part in self.parts:
            window, rows = part(owner)
            if len(rows):
                ids, days = window.all_of("id")[rows].tolist(), window.all_of("day")[rows].tolist()
                found += [FactRef(window.name, id_, day) for id_, day in zip(ids, days, strict=True)]
        return tuple(sorted(set(found), key=lambda ref: (ref.day, ref.frame, ref.id)))


NO_EVIDENCE: Final = Evidence()


def within(facts: Facts, name: str, panel: Panel, days: int | None, *, skip: int = 0) -> Window:
    """The facts `name` with ``as_of - days < day <= as_of - skip`` that were known by `as_of`.

    `days` None: from the beginning. `skip` leaves out the latest days, not what became known in them.
    """
    return panel.once((name, days, skip), lambda: _window(facts, name, panel, days, skip))


def _window(facts: Facts, name: str, panel: Panel, days: int | None, skip: int) -> Window:
    frame: pd.DataFrame = getattr(facts, name)
    if not len(frame):
        nothing = panel.once("nothing", lambda: np.zeros(len(panel), dtype=np.int64))
        return Window(name, frame, panel, nothing, nothing, late=False)
    start = _position(frame, name, panel, None if days is None else 1 - days, _Edge.START)
    stop = _position(frame, name, panel, 1 - skip, _Edge.STOP)
    return Window(name, frame, panel, start, np.maximum(stop, start), _has_late_rows(frame, name, panel))


class _Edge(Enum):
    START = "the first row from a day on"
    STOP = "one past the last row before a day"


def _position(frame: pd.DataFrame, name: str, panel: Panel, offset: int | None, edge: _Edge) -> Ints:
    """For each panel row the first fact row of its client whose day is at least ``as_of + offset`` (None: any day).

    An `_Edge.STOP` is one past the row before it: the same, unless older rows have been left out of the search.
    """

    def compute() -> Ints:
        if offset is None:
            first: Ints = np.searchsorted(panel.column(frame, name, "client_id"), panel.client_id)
            return first
        old = offset < 1 - FURTHEST_WINDOW_DAYS
        key, rows = _key(frame, name, panel, whole=old)
        at: Ints = np.searchsorted(key, (panel.client_id << _DAY_BITS) + (panel.as_of + offset))
        if rows is None:
            return at
        return rows[at] if edge is _Edge.START else rows[at - 1] + 1

    return panel.once(("position", name, offset, edge), compute)


def _key(frame: pd.DataFrame, name: str, panel: Panel, *, whole: bool) -> tuple[Ints, Ints | None]:
    """Client and day of each row as one ascending number.

    In a large frame only of the rows that a window can reach; then also their positions in the frame, one past the
    end (for rows after the last) and 0 - 1 (for rows before the first).
    """

    def compute() -> tuple[Ints, Ints | None]:
        client, day = panel.column(frame, name, "client_id"), panel.column(frame, name, "day")
        if whole or len(day) < _LARGE:
            return (client << _DAY_BITS) + day, None
        rows = np.flatnonzero(day > int(panel.as_of.min()) - FURTHEST_WINDOW_DAYS)
        return (client[rows] << _DAY_BITS) + day[rows], np.concatenate([rows, [len(day), -1]])

    return panel.once(("key", name, whole or len(frame) < _LARGE), compute)


def _has_late_rows(frame: pd.DataFrame, name: str, panel: Panel) -> bool:
    return panel.once(
        ("late", name),
        lambda: bool((panel.column(frame, name, "known") > panel.column(frame, name, "day")).any()),
    )


@dataclass(frozen=True)
class Window:
    """For panel row i the rows ``start[i]:stop[i]`` of `frame`, without those not yet known on its day.

    `late` says whether the frame has any row that became known after its day; without one nobody needs to look.
    """

    name: str
    frame: pd.DataFrame
    panel: Panel
    start: Ints
    stop: Ints
    late: bool

    @property
    def size(self) -> int:
        return len(self.start)

    def all_of(self, column: str) -> Array:
        """The frame's whole column: to build the conditions that `last` and the others take."""
        return self.panel.column(self.frame, self.name, column)

    def fold(self, compute: Callable[[Pairs], tuple[Array, ...]]) -> tuple[Array, ...]:
        """Arrays with one value a panel row, computed from all pairs of a panel row and a row in its window.

        `compute` gets the pairs of some panel rows at a time and never sees a panel row's pairs torn apart.
        """
        if not len(self.frame) and self.size:  # every panel row has the answer of one without facts
            alone = compute(self._pairs(0, 1))
            return tuple(np.full(self.size, values[0]) for values in alone)
        starts = range(0, max(self.size, 1), _BLOCK)
        parts = [compute(self._pairs(first, min(first + _BLOCK, self.size))) for first in starts]
        if len(parts) == 1:
            return parts[0]
        return tuple(np.concatenate(arrays) for arrays in zip(*parts, strict=True))

    def each(self, compute: Callable[[Pairs], Array]) -> Array:
        """`fold` for one array."""
        return self.fold(lambda pairs: (compute(pairs),))[0]

    def _pairs(self, first: int, stop: int) -> Pairs:
        begin = self.start[first:stop]
        count = self.stop[first:stop] - begin
        ends = np.cumsum(count)
        total = int(ends[-1]) if len(ends) else 0
        owner = np.repeat(np.arange(len(begin)), count)
        row = np.arange(total) + np.repeat(begin - ends + count, count)
        pairs = Pairs(self, first, len(begin), owner, row)
        if not self.late:
            return pairs
        return pairs.where(pairs.column("known") <= pairs.of_owner(self.panel.as_of))

    def backwards(self, done: Bools | None = None) -> Iterator[tuple[Ints, Ints]]:
        """Steps of (panel rows, their fact rows), from each window's latest row to its first.

        The caller may set `done` for panel rows that need no further step.
        """
        known = self.all_of("known") if self.late else None
        owner = np.flatnonzero(self.stop > self.start)
        row = self.stop[owner] - 1
        while len(owner):
            if known is None:
                yield owner, row
            else:
                seen = known[row] <= self.panel.as_of[owner]
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
        found = np.full(self.size, NO_ROW, dtype=np.int64)
        owner = np.flatnonzero(self.stop > self.start)
        row = begin[owner]
        known = self.all_of("known") if self.late else None
        while len(owner):
            hit = np.ones(len(row), dtype=bool) if where is None else where[row]
            if known is not None:
                hit &= known[row] <= self.panel.as_of[owner]
            found[owner] = np.where(hit, row, NO_ROW)
            missed = np.flatnonzero(~hit)
            owner, row = owner[missed], row[missed] + step
            inside = (row >= self.start[owner]) & (row < self.stop[owner])
            owner, row = owner[inside], row[inside]
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
        if not self.late:
            return rows
        known: Ints = rows[self.all_of("known")[rows] <= self.panel.as_of[owner]]
        return known

    def evidence(self, where: Bools | None = None, *, begins: Ints | None = None) -> Evidence:
        """The window's rows for which `where` holds, from the row `begins` on (none where that is NO_ROW)."""

        def rows(owner: int) -> tuple[Window, Ints]:
            found = self.rows_of(owner)
            if where is not None:
                found = found[where[found]]
            if begins is not None:
                found = found[(found >= begins[owner]) & (begins[owner] != NO_ROW)]
            return self, found

        return Evidence((rows,))

    def evidence_of_answers(self, asked: Array, present: Array) -> Evidence:
        """The rows whose answer is the latest and says present: what `latest_answers` rests on."""

        def rows(owner: int) -> tuple[Window, Ints]:
            answered, found = 0, []
            for row in self.rows_of(owner)[::-1]:
                if int(present[row]) & int(asked[row]) & ~answered:
                    found.append(row)
                answered |= int(asked[row])
            return self, np.asarray(found[::-1], dtype=np.int64)

        return Evidence((rows,))

    def evidence_at(self, rows: Ints) -> Evidence:
        """The given rows, one a panel row (or [n, panel rows]); NO_ROW is left out."""

        def chosen(owner: int) -> tuple[Window, Ints]:
            mine = np.atleast_1d(rows[..., owner])
            return self, mine[mine != NO_ROW]

        return Evidence((chosen,))

    def at(self, column: str, rows: Ints, otherwise: Any) -> Array:
        """The column's values at `rows`, and `otherwise` where that is NO_ROW."""
        if not len(self.frame):
            return np.full(rows.shape, otherwise)
        values = self.all_of(column)[rows]
        if values.dtype.kind == "i":  # so that `otherwise` cannot wrap around in a narrow column
            values = values.astype(np.int64)
        values[rows == NO_ROW] = otherwise
        return values


@dataclass(frozen=True)
class Pairs:
    """Pairs of a panel row and a fact row, by day within a panel row.

    The panel rows are the `size` ones from `first` on; `owner` counts from there and ascends.
    """

    window: Window
    first: int
    size: int
    owner: Ints
    row: Ints

    def column(self, name: str) -> Array:
        """The facts' column, one value a pair."""
        return self.window.all_of(name)[self.row]

    def of_owner(self, values: Array) -> Array:
        """Values of the panel (one a panel row), one value a pair."""
        return values[self.first : self.first + self.size][self.owner]

    def where(self, keep: Bools) -> Pairs:
        """The pairs for which `keep` (one value a pair) holds."""
        kept = np.flatnonzero(keep)
        return Pairs(self.window, self.first, self.size, self.owner[kept], self.row[kept])

    @cached_property
    def count(self) -> Ints:
        """Pairs a panel row."""
        return np.bincount(self.owner, minlength=self.size)

    @cached_property
    def _segments(self) -> tuple[Ints, Ints]:
        """Panel rows that have a pair, and the position of their first."""
        having = np.flatnonzero(self.count)
        return having, (np.cumsum(self.count) - self.count)[having]

    @cached_property
    def age(self) -> Ints:
        """Days from the fact to the panel row's day, one value a pair."""
        return self.of_owner(self.window.panel.as_of) - self.column("day")

    @cached_property
    def from_latest(self) -> Ints:
        """0 for the latest pair of a panel row, 1 for the one before it, …"""
        last = np.cumsum(self.count) - 1
        return last[self.owner] - np.arange(len(self.owner))

    def latest(self, name: str, otherwise: int) -> Ints:
        """The column's value in the latest pair of each panel row; `otherwise` where there is none."""
        found = np.full(self.size, otherwise, dtype=np.int64)
        having = self._segments[0]
        found[having] = self.window.all_of(name)[self.row[np.cumsum(self.count)[having] - 1]]
        return found

    def reduce(self, ufunc: np.ufunc, values: Array, empty: Any) -> Array:
        """`values` (one a pair) brought together a panel row by `ufunc`; `empty` where there is no pair."""
        if ufunc is np.add and values.dtype.kind != "f":
            values = values.astype(np.int64, copy=False)
        found = np.full(self.size, empty, dtype=np.result_type(values.dtype, np.int64))
        having, starts = self._segments
        if len(having):
            found[having] = ufunc.reduceat(values, starts)
        return found

    def total(self, values: Array) -> Array:
        """The sum of `values`; 0 where there is no pair."""
        return self.reduce(np.add, values, 0)

    def union(self, values: Array) -> Array:
        """Bits that are set in any of `values`."""
        return self.reduce(np.bitwise_or, values, 0)

    def mean(self, values: Array) -> Floats:
        """The mean of `values`; NaN where there is no pair."""
        return share(self.total(values), self.count)

    def decay(self, half_life: float) -> Floats:
        """Weights, one a pair: 1 today, a half after `half_life` days."""
        oldest = int(self.age.max()) if len(self.age) else 0
        return np.exp2(-np.arange(oldest + 1) / half_life)[self.age]

    def ewma(self, values: Array, start: Floats, weight: float) -> Floats:
        """The exponentially weighted moving average of `values` by day, begun at `start` (one a panel row)."""
        longest = int(self.count.max()) if len(self.owner) else 0
        fading = (1 - weight) ** np.arange(longest + 1)
        return self.total(weight * fading[self.from_latest] * values) + fading[self.count] * start

    def slope(self, values: Array) -> Floats:
        """The least-squares slope of `values` by day; NaN with fewer than two different days.

        Sums of products instead of distances from the mean: exact for whole values, so that a slope of exactly 1
        a week is not lost to rounding.
        """
        age = self.age.astype(np.float64)
        of_age, of_values = self.total(age), self.total(values)
        together = self.count * self.total(age * values) - of_age * of_values
        return -share(together, self.count * self.total(age * age) - of_age * of_age)

    def days_covered(self, until: Array, days: int) -> Ints:
        """A bitmask a panel row: bit k is set if some row covers the day k days ago (``day <= that day < until``).

        A union, so that overlapping rows count a day once. `days` is at most 62.
        """
        upper = np.minimum(self.age + 1, days)
        lower = np.clip(self.of_owner(self.window.panel.as_of) - until + 1, 0, upper)
        one = np.int64(1)
        return self.union(np.left_shift(one, upper) - np.left_shift(one, lower))


def share(part: Array, whole: Array) -> Floats:
    """``part / whole``; NaN where `whole` is 0."""
    whole = np.asarray(whole, dtype=np.float64)
    found = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=found, where=whole != 0)
    return found


def ones(bits: Array) -> Ints:
    """How many bits are set."""
    found: Ints = np.bitwise_count(bits).astype(np.int64)
    return found


def lowest_bit(bits: Ints) -> Ints:
    """The position of the lowest set bit; -1 where none is set."""
    position: Ints = ones((bits & -bits) - 1) * (bits != 0) - (bits == 0)
    return position


def first_days(days: int) -> int:
    """The bitmask of the latest `days` days (see `Pairs.days_covered`)."""
    return (1 << days) - 1
