"""Drift: a client against their own baseline, by an EWMA control chart over the days with a check-in.

Everything goes by time and not by the number of check-ins, so that several in one week neither become the client's
usual level nor push older ones out of the recent weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from casework.indicators.registry import NextStep, Reading, graded, indicator
from casework.indicators.signs import applicable
from casework.indicators.weeks import WEEK_DAYS
from casework.vocabulary import WARNING_SIGNS
from casework.windows import (
    FURTHEST_WINDOW_DAYS,
    Array,
    Bools,
    Floats,
    Ints,
    Pairs,
    Panel,
    bit_count,
    ratio,
)

LAMBDA: Final = 0.2
"""What a check-in weighs in the moving average when the one before it is a week older."""
WARNING_LIMIT: Final = 3.25
LIMIT: Final = 4.4
"""Limits of the chart: those of a simulation of this very chart (docs/baseline.md)."""
FALSE_WARNINGS: Final = 0.3
FALSE_ALARMS: Final = 0.1
"""Of steady clients, the share that crosses the limit by chance in half a year of weekly check-ins: what the limits
were chosen for."""
ABOVE_LIMIT: Final = float(np.nextafter(LIMIT, 9))
ABOVE_WARNING: Final = float(np.nextafter(WARNING_LIMIT, 9))
RECENT_DAYS: Final = 21
"""The last three weeks are judged against what was before: they do not belong to their own baseline."""
MIN_WEEKS: Final = 3
"""Weeks with a check-in that a baseline needs: fewer say little about a client's usual level."""
MIN_ASKED: Final = 6
"""Half of the twelve signs: one answered sign is not a reading of the client's level."""
PRIOR_PRESENT: Final = 2
PRIOR_ASKED: Final = len(WARNING_SIGNS)
"""One made-up check-in that found two of twelve signs counts towards the spread by chance, so that a few check-ins
without any sign do not turn the first sign into an alarm."""
FADING: Final = (1 - LAMBDA) ** (1 / WEEK_DAYS)
"""What a day leaves of the moving average."""
_FADED: Final = FADING ** np.arange(FURTHEST_WINDOW_DAYS + WEEK_DAYS + 1)
_GROWN: Final = FADING ** -np.arange(FURTHEST_WINDOW_DAYS, dtype=np.float64)
"""What so many days leave of it, and its inverse: looked up, because raising to a power takes longer than all else."""


@dataclass(frozen=True)
class Points:
    """The chart's points: the worst check-in of each day that asked enough signs. One value a point, by panel row and
    then day: `owner` (counted from the first panel row of the pairs), `age` in days, `share` of the asked signs that
    were present, how many were `asked` and `present`. `count`: points of each panel row."""

    owner: Ints
    age: Ints
    share: Floats
    asked: Ints
    present: Ints
    count: Ints

    @property
    def recent(self) -> Bools:
        """Points that are judged, and no part of the baseline."""
        found: Bools = self.age < RECENT_DAYS
        return found

    def total(self, values: Array) -> Floats:
        """The sum of `values` (one a point), by panel row."""
        found: Floats = np.bincount(self.owner, values, minlength=len(self.count)).astype(np.float64)
        return found

    @cached_property
    def first_of_week(self) -> Ints:
        """For each point the position of the first one of its panel row and week (counted back from the day)."""
        begins = np.ones(len(self.age), dtype=bool)
        begins[1:] = (np.diff(self.owner) != 0) | (np.diff(self.age // WEEK_DAYS) != 0)
        found: Ints = begins.nonzero()[0][np.cumsum(begins) - 1]
        return found

    @cached_property
    def first(self) -> Ints:
        """For each point the position of the first one of its panel row."""
        found: Ints = (np.cumsum(self.count) - self.count)[self.owner]
        return found

    @cached_property
    def number(self) -> Ints:
        """How many points of its panel row stand before each."""
        found: Ints = np.arange(len(self.age)) - self.first
        return found

    def up_to(self, values: Array) -> Floats:
        """For each point the sum of `values` of its panel row's points up to it. Each panel row is added up by itself,
        so that no client's number shows how many others were summed before."""
        laid_out = np.zeros((len(self.count), int(self.count.max(initial=0))))
        laid_out[self.owner, self.number] = values
        found: Floats = np.cumsum(laid_out, axis=1)[self.owner, self.number]
        return found

    def in_week(self, values: Floats) -> Floats:
        """For each point the sum of `values` of its panel row's points of the same week up to it."""
        found, back = values.copy(), 1
        rows = (np.arange(len(values)) - self.first_of_week).nonzero()[0]
        while len(rows):
            found[rows] += values[rows - back]
            back += 1
            rows = rows[rows - back >= self.first_of_week[rows]]
        return found

    def product(self, one: Floats, other: Floats) -> Floats:
        """Summed up, the covariance of the sums of the points weighted by `one` and by `other`, if points have the
        variance 1, those of a week are alike, and weeks are independent: several check-ins of a week say no more
        than one does, and without this two a week would alarm twice as often as one (docs/baseline.md)."""
        with_one, with_other = self.in_week(one), self.in_week(other)
        return with_one * with_other - (with_one - one) * (with_other - other)

    def weight_in_center(self) -> tuple[Floats, Ints]:
        """What each point weighs in the baseline's mean, in which every week with a check-in weighs the same; and how
        many such weeks each panel row has."""
        begins = self.first_of_week == np.arange(len(self.age))
        in_week = np.bincount(self.first_of_week)[self.first_of_week] if len(self.age) else self.age
        weeks = self.total(begins & ~self.recent).astype(np.int64)
        return np.where(self.recent, 0.0, 1 / (in_week * np.maximum(weeks, 1)[self.owner])), weeks


@dataclass(frozen=True)
class ControlChart:
    """A panel row's chart: how many points, weeks of its baseline and recent points; the center, a point's spread, the
    latest moving average and the standard deviation of its distance from the center; and the highest such distance in
    the recent weeks, in standard deviations (NaN without a chart)."""

    count: Ints
    weeks: Ints
    recent: Ints
    center: Floats
    spread: Floats
    average: Floats
    sigma: Floats
    highest: Floats

    @property
    def enough(self) -> Bools:
        """A baseline, and something to judge."""
        found: Bools = (self.weeks >= MIN_WEEKS) & (self.recent > 0)
        return found


def points_of(pairs: Pairs, can_be: Ints) -> Points:
    """The points among the pairs of check-ins, of the signs that `can_be` asked."""
    asked = bit_count(pairs.column("signs_asked") & pairs.of_owner(can_be))
    present = bit_count(pairs.column("signs_asked") & pairs.of_owner(can_be) & pairs.column("signs_present"))
    order = _worst_first(pairs, present / np.maximum(asked, 1))
    order = order[asked[order] >= MIN_ASKED]
    owner, age = pairs.owner[order], pairs.age[order]
    worst = np.ones(len(order), dtype=bool)
    worst[1:] = (np.diff(owner) != 0) | (np.diff(age) != 0)
    order, owner, age = order[worst], owner[worst], age[worst]
    count = np.bincount(owner, minlength=pairs.size)
    return Points(owner, age, present[order] / asked[order], asked[order], present[order], count)


def _worst_first(pairs: Pairs, share: Floats) -> Ints:
    """The positions of the pairs by panel row and day, those of a day from the highest `share` down. Only days with
    several pairs have to be put in order."""
    same = (np.diff(pairs.owner) == 0) & (np.diff(pairs.age) == 0)
    order = np.arange(len(pairs.age))
    several = np.flatnonzero(np.append(same, False) | np.append(False, same))
    among = np.lexsort((-share[several], -pairs.age[several], pairs.owner[several]))
    order[several] = several[among]
    return order


def charts(panel: Panel) -> ControlChart:
    """Every panel row's chart."""
    can_be = applicable(panel)

    def chart(pairs: Pairs) -> tuple[Array, ...]:
        points = points_of(pairs, can_be)
        in_center, weeks = points.weight_in_center()
        center = np.where(weeks > 0, points.total(in_center * points.share), np.nan)
        spread = _spread(points, in_center, weeks, center)
        average, sigma = _averages(points, in_center, center, spread)
        judged = np.where(points.recent, ratio(average - center[points.owner], sigma), np.nan)
        highest = np.full(pairs.size, np.nan)
        np.fmax.at(highest, points.owner, judged)
        last = np.cumsum(points.count) - 1
        at = np.where(points.count > 0, last, 0)
        latest = [
            np.where(points.count > 0, values[at], np.nan) if len(values) else center
            for values in (average, sigma)
        ]
        recent = points.total(points.recent).astype(np.int64)
        return points.count, weeks, recent, center, spread, *latest, highest

    return ControlChart(*panel.window("check_ins", FURTHEST_WINDOW_DAYS).fold(chart))


def _spread(points: Points, in_center: Floats, weeks: Ints, center: Floats) -> Floats:
    """A point's standard deviation: the client's own, and no less than chance alone gives. Of the baseline alone, so
    that what is judged makes its own limit neither wider nor narrower."""
    usual = ~points.recent
    apart = points.share - np.nan_to_num(center)[points.owner]
    own = points.total(in_center * apart * apart) * ratio(weeks, weeks - 1)
    level = (points.total(points.present * usual) + PRIOR_PRESENT) / (
        points.total(points.asked * usual) + PRIOR_ASKED
    )
    chance = level * (1 - level) * points.total(in_center / points.asked)
    return np.sqrt(np.fmax(own, chance))


def _averages(points: Points, in_center: Floats, center: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """At each point the moving average, and the standard deviation of its distance from the center.

    The average starts at the center and fades by the day, so that a point weighs as much as the days since the one
    before it (the first: a week). Center and average are made of the same points: a point of the baseline also pulls
    the center, and the variance sums the squares of what remains of each.
    """
    first = points.first == np.arange(len(points.age))
    since = np.where(first, WEEK_DAYS, -np.diff(points.age, prepend=0))
    weight = _FADED[points.age] * (1 - _FADED[since])
    grown = _GROWN[points.age]
    begin = (points.age + since)[points.first]
    left = _FADED[begin - points.age]
    average = left * center[points.owner] + grown * points.up_to(weight * points.share)
    squares = grown**2 * points.up_to(points.product(weight, weight))
    together = grown * points.up_to(points.product(weight, in_center))
    pull = points.total(points.product(in_center, in_center))[points.owner]
    variance = squares - 2 * (1 - left) * together + (1 - left) ** 2 * pull
    return average, spread[points.owner] * np.sqrt(np.maximum(variance, 0))


@indicator(
    id="drift",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("ask_what_changed", "counselor", 3),
)
def drift(panel: Panel) -> Reading:
    """The value is the highest of the recent weeks. Beside it: `ewma`, the latest moving average; `center`, the usual
    share; `warning`, the warning limit as a share; `upper`, the alarm limit as a share; `latest`, the latest distance
    as the value counts it; `points`, days with a check-in on the chart; `weeks`, weeks of the baseline."""
    chart = charts(panel)
    known = chart.enough
    value = np.where(known, chart.highest, np.nan)
    level = graded(value, some=ABOVE_WARNING, marked=ABOVE_LIMIT)
    extra = {
        "ewma": np.where(known, chart.average, np.nan),
        "center": np.where(known, chart.center, np.nan),
        "warning": np.where(known, chart.center + WARNING_LIMIT * chart.sigma, np.nan),
        "upper": np.where(known, chart.center + LIMIT * chart.sigma, np.nan),
        "latest": np.where(known, ratio(chart.average - chart.center, chart.sigma), np.nan),
        "points": chart.count,
        "weeks": chart.weeks,
    }
    window = panel.window("check_ins", FURTHEST_WINDOW_DAYS)
    return Reading(
        value, level, window.evidence(np.bitwise_count(window.all_of("signs_asked")) >= MIN_ASKED), extra
    )
