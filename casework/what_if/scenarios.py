"""Many ways in which the days to come could go, asked about in one call.

Each scenario is a copy of the client, a client of its own, so that no scenario sees another. Rules look at how long ago
things were and never at the date itself. So each copy's dates are set back by as many weeks as its scenario lies ahead,
and all end on the same day. What is found in this way is verified on the client's facts, on its own day (see `search`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casework import frames
from casework.frames import COLUMNS, FACT, FAR, NOT_ASKED, Facts
from casework.vocabulary import ScreenStatus
from casework.what_if.client import WEEK
from casework.what_if.rows import Row

_DUE: Final = list(ScreenStatus).index(ScreenStatus.DUE)
_DAYS: Final = frozenset(
    (
        *("admitted", "naloxone", "pregnant_since", "pregnancy_ended", "day", "known", "until"),
        *("used_on", "overdosed_on", "appointment", "acknowledged", "event", "due", "done"),
    )
)
"""The columns that hold a day, in any frame."""
Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Scenario:
    """One way in which the next `weeks` weeks could go: the client's new rows."""

    weeks: int
    rows: Sequence[Row]


def changed(facts: Facts, client_id: int, new: Sequence[Row]) -> Facts:
    """The facts with new rows of one client, every other row as it was."""
    return _joined(facts, [_New(client_id, 0, row) for row in new])


def copies(mine: Facts, scenarios: Sequence[Scenario]) -> Facts:
    """A copy of one client for each scenario, all of them ending on the same day; the n-th copy is the client n."""
    back = [WEEK * scenario.weeks for scenario in scenarios]
    tiled = Facts(**{name: _tiled(getattr(mine, name), name, back) for name in COLUMNS})
    new = [
        _New(copy, WEEK * scenario.weeks, row)
        for copy, scenario in enumerate(scenarios)
        for row in scenario.rows
    ]
    return _joined(tiled, new)


def _tiled(frame: pd.DataFrame, name: str, back: Sequence[int]) -> pd.DataFrame:
    """One client's frame once for each of `back`, its days set back by so many; copies are numbered from 0."""
    columns: Columns = {column: np.tile(frame[column].to_numpy(), len(back)) for column in COLUMNS[name]}
    copy = np.repeat(np.arange(len(back)), len(frame))
    days = np.array(back, dtype=np.int32)[copy]
    for column in _DAYS & columns.keys():
        values = columns[column]
        columns[column] = np.where((values == FAR) | (values == NOT_ASKED), values, values - days)
    columns["client_id"] = copy
    return frames.frame(name, columns)


class _New(NamedTuple):
    """A new row of a client, to be set back by so many days."""

    client_id: int
    back: int
    row: Row


def _joined(facts: Facts, new: Sequence[_New]) -> Facts:
    """The facts with new rows. A new screen settles the earliest planned one that is still open."""
    added: dict[str, list[_New]] = {}
    for one in new:
        added.setdefault(one.row[0], []).append(one)
    joined = {name: getattr(facts, name) for name in COLUMNS}
    for name, some in added.items():
        before = _without_settled(joined[name], some) if name == "screens" else joined[name]
        joined[name] = _appended(before, name, some)
    return Facts(**joined)


def _appended(frame: pd.DataFrame, name: str, added: Sequence[_New]) -> pd.DataFrame:
    """The frame with rows of days to come, in the order that the core wants."""
    new: Columns = {
        column: np.array([one.row[1][column] for one in added], dtype=dtype)
        for column, dtype in COLUMNS[name].items()
        if column not in FACT
    }
    back = np.array([one.back for one in added])
    first_id = int(frame["id"].max()) + 1 if len(frame) else 1
    new["id"] = np.arange(first_id, first_id + len(added))
    new["client_id"] = np.array([one.client_id for one in added])
    new["day"] = new["known"] = np.array([one.row[1]["day"] for one in added]) - back
    columns = {column: np.concatenate([frame[column].to_numpy(), new[column]]) for column in COLUMNS[name]}
    order = np.lexsort([columns["day"], columns["client_id"]])  # stable: rows of a day stay as they came
    return frames.frame(name, {column: values[order] for column, values in columns.items()})


def _without_settled(screens: pd.DataFrame, added: Sequence[_New]) -> pd.DataFrame:
    """The screens without the earliest planned ones of each client, as many as there are new ones."""
    settling = Counter(one.client_id for one in added)
    planned = np.flatnonzero(screens["status"].to_numpy() == _DUE)
    stays = np.ones(len(screens), dtype=bool)
    for row, client_id in zip(
        planned.tolist(), screens["client_id"].to_numpy()[planned].tolist(), strict=True
    ):
        if settling[client_id]:
            settling[client_id] -= 1
            stays[row] = False
    return screens[stays]
