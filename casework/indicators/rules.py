"""What a row of a point table is: a finding, the score that it belongs to, and how often it counts.

A row holds zero, one or several times (three missed weeks), and adds its points so often. A row with negative points
speaks for the client. What is not known makes no row hold: it adds nothing and takes nothing away. Where the start of a
score would be unfair to whom was never screened, a row puts them in the middle (`tables.missing_domains`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np

from casework.indicators.fitted import POINTS
from casework.indicators.registry import Reading
from casework.indicators.weeks import between
from casework.vocabulary import Score, Stage
from casework.windows import Array, Bools, Ints

Readings = Mapping[str, Reading]
Times = Callable[[Readings], Array]


class Basis(StrEnum):
    """Where a row's points come from."""

    TRIALS = "trials"
    """Fitted on the CTN-0094 trials. All others were set by hand."""
    SCREENS_ON_AVERAGE = "screens_on_average"
    TOTAL_OF_SIGNS = "total_of_signs"
    STAGES = "stages"
    PHYSICAL_STAGE = "physical_stage"
    OVERDOSE = "overdose"
    CRAVING = "craving"
    MISSED_DOSES = "missed_doses"


@dataclass(frozen=True)
class Rule:
    """A row of a table; its words are in `casework.wording`, by `name` and `id`.

    `name`: what it is about, the same in each table and for each `step`, of which the highest says most (days, weeks or
    signs; None where there is one). `times` says for each panel row how often it holds (a Bools: once).
    """

    score: Score
    name: str
    indicator_id: str
    points: int
    times: Times
    step: int | None = None
    basis: Basis = Basis.TRIALS
    sign: int = 0
    """1: a bad finding, whose points are never negative; -1: a good one; 0: neither (time, medication)."""
    weeks: tuple[int, int] | None = None
    """It rests on the rows of these weeks alone (0: the latest week; see `weeks.Weeks`)."""
    stage: Stage | None = None
    """It names the signs, and rests on the rows, of this stage alone."""
    dated: bool = False
    """It says on which days its rows are; the others are about a length of time or a level."""
    takes_back: str | None = None
    """The good row of its table (by name and step) in whose weeks it holds, and of which it takes back a part: a pair
    of facts that keeps the sign of both."""
    most: int = 1
    """So often it holds at most, where it takes back: all of those together take back no more than was given."""

    @cached_property
    def id(self) -> str:
        """As it is stored: "use.missed_0", "engagement.covered"."""
        return rule_id(self.score, self.name, self.step)

    @property
    def fitted(self) -> bool:
        """True when the points come from data and not from hand."""
        return self.basis is Basis.TRIALS


def rule_id(score: Score, name: str, step: int | None) -> str:
    """The identifier of a row."""
    return f"{score.value}.{name}" if step is None else f"{score.value}.{name}_{step}"


def fitted(
    score: Score,
    name: str,
    indicator_id: str,
    times: Times,
    *,
    sign: int,
    step: int | None = None,
    weeks: tuple[int, int] | None = None,
    dated: bool = False,
    takes_back: str | None = None,
    most: int = 1,
) -> Rule:
    """A row whose points are fitted (see `casework.validation.fitting`) and stand in `fitted.POINTS`."""
    points = POINTS.get(rule_id(score, name, step), 0)
    return Rule(
        score,
        name,
        indicator_id,
        points,
        times,
        step,
        sign=sign,
        weeks=weeks,
        dated=dated,
        takes_back=takes_back,
        most=most,
    )


def value(id_: str, low: float, high: float = np.inf) -> Times:
    """The indicator's value is at least `low` and below `high`."""

    def holds(readings: Readings) -> Bools:
        found = readings[id_].value
        enough: Bools = found >= low
        return enough & (found < high) if high < np.inf else enough

    return holds


def days_of(id_: str, first: int, last: int, *, name: str = "") -> Times:
    """How many of the days (or weeks) from `first` to `last` the indicator's value, or its number `name`, has reached:
    what one day would decide comes in steps, so that no score leaps overnight."""

    def times(readings: Readings) -> Array:
        reading = readings[id_]
        found = reading.extra[name] if name else np.nan_to_num(reading.value)
        reached: Ints = np.clip(found - (first - 1), 0, last - first + 1).astype(np.int64)
        return reached

    return times


STEPS: Final = 3
"""What one day would decide comes in so many steps, one a day."""


def in_steps(id_: str, first: int, *, name: str = "", steps: int = STEPS) -> Times:
    """How many of the `steps` days from `first` on the indicator's value, or its number `name`, has reached."""
    return days_of(id_, first, first + steps - 1, name=name)


def extra(id_: str, name: str, low: float) -> Times:
    """One of the indicator's further numbers is at least `low`."""

    def holds(readings: Readings) -> Bools:
        at_least: Bools = readings[id_].extra[name] >= low
        return at_least

    return holds


def where(condition: Times, counted: Times) -> Times:
    """As often as `counted` says, where the condition holds."""

    def times(readings: Readings) -> Array:
        return np.where(condition(readings).astype(bool), counted(readings), 0)

    return times


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
