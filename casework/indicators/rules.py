"""What a row of a point table is: a finding, the score that it belongs to, and how often it counts.

A row holds zero, one or several times (three missed weeks), and adds its points so often. A row with negative points
speaks for the client. What is not known makes no row hold: it adds nothing and takes nothing away. Where the start of a
score would be unfair to whom was never screened, a row puts them in the middle (`tables.unheard`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.indicators.fitted import POINTS
from casework.indicators.registry import Reading
from casework.indicators.weeks import between
from casework.vocabulary import Score, Stage
from casework.windows import Array, Bools, Ints

Readings = Mapping[str, Reading]
Times = Callable[[Readings], Array]

FITTED: Final = "fitted on the CTN-0094 trials"


@dataclass(frozen=True)
class Rule:
    """A row of a table. `times` says for each panel row how often it holds (a Bools: once); `reason` is a template
    (see `reasons.reason`); `basis` says where its points come from."""

    id: str
    score: Score
    indicator_id: str
    condition: str
    points: int
    times: Times
    reason: str
    basis: str = FITTED
    sign: int = 0
    """1: a bad finding, whose points are never negative; -1: a good one; 0: neither (time, medication)."""
    weeks: tuple[int, int] | None = None
    """The reason rests on the rows of these weeks alone (0: the last seven days)."""
    stage: Stage | None = None
    """The reason names the signs, and rests on the rows, of this stage alone."""

    @property
    def fitted(self) -> bool:
        """True when the points come from data and not from hand."""
        return self.basis is FITTED


def fitted(
    score: Score,
    name: str,
    indicator_id: str,
    condition: str,
    times: Times,
    reason: str,
    *,
    sign: int,
    weeks: tuple[int, int] | None = None,
) -> Rule:
    """A row whose points are fitted (see `casework.validation.fitting`) and stand in `fitted.POINTS`."""
    id_ = f"{score.value}.{name}"
    return Rule(
        id_, score, indicator_id, condition, POINTS.get(id_, 0), times, reason, sign=sign, weeks=weeks
    )


def value(id_: str, low: float, high: float = np.inf) -> Times:
    """The indicator's value is at least `low` and below `high`."""

    def holds(readings: Readings) -> Bools:
        found = readings[id_].value
        enough: Bools = found >= low
        return enough & (found < high) if high < np.inf else enough

    return holds


def extra(id_: str, name: str, low: float) -> Times:
    """One of the indicator's further numbers is at least `low`."""

    def holds(readings: Readings) -> Bools:
        at_least: Bools = readings[id_].extra[name] >= low
        return at_least

    return holds


def both(one: Times, other: Times) -> Times:
    """Both conditions hold, each of them once."""

    def holds(readings: Readings) -> Bools:
        together: Bools = one(readings).astype(bool) & other(readings).astype(bool)
        return together

    return holds


@dataclass(frozen=True)
class InWeeks:
    """In how many weeks from `first` to `last` the bits `name` of an indicator are set, without the bits `but`."""

    indicator_id: str
    name: str
    first: int
    last: int
    but: str = ""

    def __call__(self, readings: Readings) -> Array:
        often: Array = np.bitwise_count(self.bits(readings))
        return often

    def bits(self, readings: Readings) -> Ints:
        """Those of the weeks from `first` to `last` that count."""
        extra = readings[self.indicator_id].extra
        bits = extra[self.name] & between(self.first, self.last)
        found: Ints = bits & ~extra[self.but] if self.but else bits
        return found


def in_weeks(id_: str, name: str, first: int, last: int, *, but: str = "") -> InWeeks:
    """See `InWeeks`."""
    return InWeeks(id_, name, first, last, but)


def words_of_weeks(first: int, last: int) -> str:
    """ "in the last 7 days", "1 week ago", "2 to 3 weeks ago"."""
    if first == last:
        return ("in the last 7 days", "the week before")[first]
    return f"{first} to {last} weeks ago"
