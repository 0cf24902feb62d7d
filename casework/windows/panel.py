"""The questions: whose state, as of which day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from casework.frames import Facts

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Array = NDArray[Any]
T = TypeVar("T")

NO_ROW: Final = -1
NEVER: Final = -(2**31)
"""The day of something that has not happened in the window: before every real day."""


@dataclass(frozen=True)
class Panel:
    """The questions: `client_id` as of the end of `as_of` (day numbers), one row each, sorted by client then day.
    `client` is the position of the client in the clients frame. `memo` keeps what several rules share about one
    `Facts`: other facts need a panel of their own."""

    client_id: Ints
    as_of: Ints
    client: Ints
    memo: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def on(cls, facts: Facts, *days: int) -> Self:
        """Ask about every client of `facts` on each of `days` (ascending)."""
        clients = facts.column("clients", "client_id")
        return cls(
            client_id=np.repeat(clients, len(days)),
            as_of=np.tile(np.asarray(days, dtype=np.int64), len(clients)),
            client=np.repeat(np.arange(len(clients)), len(days)),
        )

    def __len__(self) -> int:
        return len(self.client_id)

    def memoize(self, key: Any, compute: Callable[[], T]) -> T:
        """`compute()`, or what it returned the first time this panel was asked for `key`."""
        if key not in self.memo:
            self.memo[key] = compute()
        found: T = self.memo[key]
        return found

    def of_client(self, facts: Facts, column: str) -> Array:
        """A column of the clients frame, one value a panel row."""
        values: Array = facts.column("clients", column)[self.client]
        return values
