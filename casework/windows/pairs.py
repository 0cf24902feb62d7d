"""Every (panel row, fact row) pair of a window, for sums, means, decay and unions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from casework.windows.arrays import Array, Bools, Floats, Ints, ratio
from casework.windows.frame import Frame


@dataclass(frozen=True)
class Pairs:
    """Pairs of a panel row and a fact row, by day within a panel row.

    The panel rows begin with `first`; `count` is how many pairs each has. `owner` counts from `first` and ascends.
    `as_of` is the day of every panel row of the window.
    """

    frame: Frame
    as_of: Ints
    first: int
    count: Ints
    owner: Ints
    row: Ints

    @property
    def size(self) -> int:
        """Panel rows."""
        return len(self.count)

    def column(self, name: str) -> Array:
        """The facts' column, one value a pair."""
        return self.frame.column(name)[self.row]

    def of_panel(self, values: Array) -> Array:
        """Values of the panel, those of these panel rows."""
        return values[self.first : self.first + self.size]

    def of_owner(self, values: Array) -> Array:
        """Values of the panel (one a panel row), one value a pair."""
        return self.of_panel(values)[self.owner]

    def where(self, keep: Bools) -> Pairs:
        """The pairs for which `keep` (one value a pair) holds."""
        kept = keep.nonzero()[0]
        owner = self.owner[kept]
        count = np.bincount(owner, minlength=self.size)
        return Pairs(self.frame, self.as_of, self.first, count, owner, self.row[kept])

    @cached_property
    def _segments(self) -> tuple[Ints, Ints]:
        """Panel rows that have a pair, and the position of their first."""
        having = self.count.nonzero()[0]
        return having, (np.cumsum(self.count) - self.count)[having]

    @cached_property
    def age(self) -> Ints:
        """Days from the fact to the panel row's day, one value a pair."""
        return self.of_owner(self.as_of) - self.column("day")

    def reduce(self, ufunc: np.ufunc, values: Array, empty: Any) -> Array:
        """`values` (one a pair) brought together a panel row by `ufunc`; `empty` where there is no pair."""
        kind = np.float64 if values.dtype.kind == "f" else np.int64
        if ufunc is np.add:
            values = values.astype(kind, copy=False)
        found = np.full(self.size, empty, dtype=kind)
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
        return ratio(self.total(values), self.count)

    def decay(self, half_life: float) -> Floats:
        """Weights, one a pair: 1 today, a half after `half_life` days."""
        oldest = int(self.age.max()) if len(self.age) else 0
        return np.exp2(-np.arange(oldest + 1) / half_life)[self.age]

    def days_covered(self, until: Array, days: int) -> Ints:
        """A bitmask a panel row: bit k is set if some row covers the day k days ago (``day <= that day < until``).

        A union, so that overlapping rows count a day once. `days` is at most 62.
        """
        upper = np.minimum(self.age + 1, days)
        lower = np.clip(self.of_owner(self.as_of) - until + 1, 0, upper)
        one = np.int64(1)
        return self.union(np.left_shift(one, upper) - np.left_shift(one, lower))
