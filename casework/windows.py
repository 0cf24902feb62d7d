"""All array mechanics: which dated rows fall into a window, and counts, sums, decay, streaks and last values of them.

A `Panel` asks: this client, as of this day. A `Window` answers with pairs (panel row, fact row), so that the same
client can be asked about on many days, later facts can never leak into earlier answers, and every answer can name the
rows that it rests on. Rules in `casework.indicators` are a few readable lines on these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casework.frames import Facts

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Panel:
    """The questions: `client_id` as of the end of `as_of` (day numbers), one row each, sorted by client then day.
    `client` is the position of the client in the clients frame."""

    client_id: Ints
    as_of: Ints
    client: Ints

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


@dataclass(frozen=True)
class Evidence:
    """Rows that answers rest on: for panel row `owner[i]`, the fact `id[i]` of the frame named `frame[i]`."""

    owner: Ints
    frame: NDArray[Any]
    id: Ints
    day: Ints


@dataclass(frozen=True)
class Window:
    """Pairs of a panel row (`owner`, ascending) and a fact row (`row`, by day within an owner)."""

    size: int
    owner: Ints
    row: Ints
    age: Ints
    name: str
    facts: pd.DataFrame

    def column(self, name: str) -> NDArray[Any]:
        """The facts' column, one value a pair."""
        values: NDArray[Any] = self.facts[name].to_numpy()[self.row]
        return values


def within(facts: Facts, name: str, panel: Panel, days: int) -> Window:
    """Pairs of the facts `name` with ``as_of - days < day <= as_of`` and ``known <= as_of``."""
    raise NotImplementedError  # see the engineer's brief
