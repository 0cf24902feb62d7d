"""Finished results, kept in memory while what they say still holds, up to a number of bytes.

A place names whose result it is and what was asked; beside it stands the version of the data that it was worked out
from (`db.data_versions`). Another version finds nothing, and its result takes the old one's place. What was not asked
for longest goes first.
"""

from __future__ import annotations

import datetime as dt
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from types import FunctionType, ModuleType
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

MOST_BYTES: Final = 128 * 2**20
"""What all finished results of one process may take together: some thousand pages of caseloads of 40."""
WORKING_BYTES: Final = 64 * 2**20
"""What the facts and assessments may take, from which the results of the next pages are made: ten caseloads of 40."""
SAMPLED: Final = 8
"""Of longer lists so many members are measured, and the others taken to be like them."""
_SHARED: Final = frozenset({type(None), bool, FunctionType, ModuleType})
"""Of these there is one each, however many results point at it."""
_PLAIN: Final = frozenset({str, bytes, int, float, dt.date, dt.datetime, dt.time})
_LISTS: Final = frozenset({list, tuple, set, frozenset})

T = TypeVar("T")


@dataclass(frozen=True)
class _Result:
    version: int
    value: Any
    size: int


@dataclass
class _Turn:
    """One computation at a time for a place: `waiting` counts who has it or waits for it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: int = 0


class Shelf:
    """Results by place. Safe for threads; results are shared between them and must not be changed in place."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._results: OrderedDict[Hashable, _Result] = OrderedDict()
        self._turns: dict[Hashable, _Turn] = {}
        self._lock = threading.Lock()
        self._bytes = 0

    def get(
        self,
        place: Hashable,
        version: int,
        compute: Callable[[], T],
        size: Callable[[T], int] | None = None,
    ) -> T:
        """What is kept at `place` from this `version` of the data, or else `compute()`, which is kept from then on.
        `size` of it in bytes: as `size_of` estimates it unless given.

        Who asks for a place while it is computed waits for that answer. Of an exception nothing is kept.
        """
        found = self._find(place, version)
        if found is None:
            with self._turn(place):
                found = self._find(place, version)
                if found is None:
                    value = compute()
                    found = _Result(version, value, (size or size_of)(value))
                    self._put(place, found)
        value_kept: T = found.value
        return value_kept

    def clear(self) -> None:
        """Keep nothing of what was worked out before."""
        with self._lock:
            self._results.clear()
            self._bytes = 0

    @property
    def bytes(self) -> int:
        """What all results take, by `size_of`."""
        return self._bytes

    def asked(self, place: Hashable) -> int:
        """How many wait for what is being worked out for this place, with the one who does it."""
        with self._lock:
            turn = self._turns.get(place)
            return 0 if turn is None else turn.waiting

    def __len__(self) -> int:
        return len(self._results)

    def _find(self, place: Hashable, version: int) -> _Result | None:
        with self._lock:
            found = self._results.get(place)
            if found is None or found.version != version:
                return None
            self._results.move_to_end(place)
            return found

    def _put(self, place: Hashable, result: _Result) -> None:
        with self._lock:
            old = self._results.pop(place, None)
            self._bytes -= 0 if old is None else old.size
            if result.size > self.most_bytes:
                return
            self._results[place] = result
            self._bytes += result.size
            while self._bytes > self.most_bytes:
                self._bytes -= self._results.popitem(last=False)[1].size

    @contextmanager
    def _turn(self, place: Hashable) -> Iterator[None]:
        with self._lock:
            turn = self._turns.setdefault(place, _Turn())
            turn.waiting += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._lock:
                turn.waiting -= 1
                if not turn.waiting:
                    del self._turns[place]


@dataclass(frozen=True)
class Kept:
    """What a database keeps: finished `results`, and `workings`, which are larger and asked for less often."""

    results: Shelf = field(default_factory=lambda: Shelf(MOST_BYTES))
    workings: Shelf = field(default_factory=lambda: Shelf(WORKING_BYTES))

    def clear(self) -> None:
        """Keep nothing of what was worked out before."""
        self.results.clear()
        self.workings.clear()


def size_of(value: Any) -> int:
    """About how many bytes a result takes: arrays and frames by their buffers, objects by their attributes, and of a
    long list about `SAMPLED` members for all. What it reaches twice counts once."""
    return _size(value, set())


def _size(value: Any, seen: set[int]) -> int:
    kind = type(value)
    if kind in _SHARED or isinstance(value, Enum | type) or id(value) in seen:
        return 0
    seen.add(id(value))
    own = sys.getsizeof(value, 64)
    if kind in _PLAIN:
        return own
    if kind in _LISTS:
        return own + _members(value, seen)
    if kind is dict:
        return own + _members(value.keys(), seen) + _members(value.values(), seen)
    if isinstance(value, np.ndarray):
        return own if value.base is None else own + _size(value.base, seen)
    if isinstance(value, pd.DataFrame):
        return int(value.memory_usage(deep=True).sum())
    held = getattr(value, "__dict__", None)
    return own if held is None else own + sys.getsizeof(held) + _members(held.values(), seen)


def _members(values: Collection[Any], seen: set[int]) -> int:
    step = max(1, len(values) // SAMPLED)
    return step * sum(_size(one, seen) for one in islice(values, 0, None, step))
