"""Drift: a client against their own baseline, by an EWMA control chart over their check-ins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.indicators.registry import NextStep, Reading, graded, indicator
from casework.indicators.signs import applicable
from casework.vocabulary import WARNING_SIGNS
from casework.windows import (
    FURTHEST_WINDOW_DAYS,
    NEVER,
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
WARNING_LIMIT: Final = 3.15
LIMIT: Final = 4.3
"""Weight and limits of the chart. The limits are those of a simulation of this very chart (docs/baseline.md)."""
FALSE_WARNINGS: Final = 0.3
FALSE_ALARMS: Final = 0.1
"""Of steady clients, the share that crosses the limit by chance in half a year of weekly check-ins: what the limits
were chosen for."""
ABOVE_LIMIT: Final = float(np.nextafter(LIMIT, 9))
ABOVE_WARNING: Final = float(np.nextafter(WARNING_LIMIT, 9))
MIN_POINTS: Final = 6
HELD_OUT: Final = 3
"""The latest points are judged against the earlier ones: they do not belong to their own baseline."""
RECENT_DAYS: Final = 28
MIN_ASKED: Final = 6
"""Half of the twelve signs: one answered sign is not a reading of the client's level."""
PRIOR_PRESENT: Final = 2
PRIOR_ASKED: Final = len(WARNING_SIGNS)
"""One made-up check-in that found two of twelve signs counts towards the spread by chance, so that a few check-ins
without any sign do not turn the first sign into an alarm."""


@dataclass(frozen=True)
class ControlChart:
    """A panel row's chart: how many points, the center, a point's spread, the moving average, the latest day."""

    count: Ints
    center: Floats
    spread: Floats
    average: Floats
    latest: Ints

    @property
    def enough(self) -> Bools:
        return self.count >= MIN_POINTS


def counted_points(pairs: Pairs, can_be: Ints) -> tuple[Pairs, Ints, Ints]:
    """The chart's points: the pairs that asked enough signs, how many they asked, and how many were present."""
    asked = pairs.column("signs_asked") & pairs.of_owner(can_be)
    counted = np.bitwise_count(asked) >= MIN_ASKED
    if not counted.all():
        pairs, asked = pairs.where(counted), asked[np.flatnonzero(counted)]
    present = asked & pairs.column("signs_present")
    return pairs, bit_count(asked), bit_count(present)


def charts(panel: Panel) -> ControlChart:
    """Every panel row's chart. The center is the mean of all points but the latest three."""
    can_be = applicable(panel)

    def chart(pairs: Pairs) -> tuple[Array, ...]:
        pairs, asked, present = counted_points(pairs, can_be)
        points = present / asked
        usual = pairs.from_latest >= HELD_OUT
        baseline = np.maximum(pairs.count - HELD_OUT, 0)
        center = ratio(pairs.total(points * usual), baseline)
        start = np.nan_to_num(center)
        apart = (points - start[pairs.owner]) * usual
        own = ratio(pairs.total(apart * apart), np.maximum(baseline - 1, 0))
        chance = _by_chance(pairs.total(present * usual), pairs.total(asked * usual)) * pairs.mean(1 / asked)
        average = pairs.ewma(points, start, LAMBDA)
        return pairs.count, center, np.sqrt(np.fmax(own, chance)), average, pairs.latest("day", NEVER)

    return ControlChart(*panel.window("check_ins", FURTHEST_WINDOW_DAYS).fold(chart))


def _by_chance(present: Ints, asked: Ints) -> Floats:
    """The variance of one answer (present or not) at the client's usual level."""
    level: Floats = (present + PRIOR_PRESENT) / (asked + PRIOR_ASKED)
    return level * (1 - level)


def sigma_of_distance(spread: Floats, points: Ints) -> Floats:
    """The standard deviation of the moving average's distance from the center, both made of the same points.

    Of the average, which starts at the center, a point weighs ``LAMBDA * (1 - LAMBDA) ** k``, k counting back from the
    latest; each point of the baseline also pulls the center. The variance sums the squares of what remains of each.
    """
    left = (1 - LAMBDA) ** points
    pull = (1 - left) / np.maximum(points - HELD_OUT, 1)
    of_baseline = (1 - LAMBDA) ** HELD_OUT - left
    squares = LAMBDA / (2 - LAMBDA) * (1 - left * left)
    distance: Floats = spread * np.sqrt(squares - pull * (2 * of_baseline - (1 - left)))
    return distance


@indicator(
    id="drift",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("ask_what_changed", "counselor", 3),
)
def drift(panel: Panel) -> Reading:
    """Beside the value: `ewma`, the moving average; `center`, the usual share; `warning`, the warning limit as a
    share; `upper`, the alarm limit as a share; `points`, check-ins on the chart."""
    chart = charts(panel)
    sigma = sigma_of_distance(chart.spread, np.maximum(chart.count, 1))
    known = chart.enough & (chart.latest > panel.as_of - RECENT_DAYS)
    value = np.where(known, (chart.average - chart.center) / sigma, np.nan)
    level = graded(value, some=ABOVE_WARNING, marked=ABOVE_LIMIT)
    extra = {
        "ewma": np.where(known, chart.average, np.nan),
        "center": np.where(known, chart.center, np.nan),
        "warning": np.where(known, chart.center + WARNING_LIMIT * sigma, np.nan),
        "upper": np.where(known, chart.center + LIMIT * sigma, np.nan),
        "points": chart.count,
    }
    window = panel.window("check_ins", FURTHEST_WINDOW_DAYS)
    return Reading(
        value, level, window.evidence(np.bitwise_count(window.all_of("signs_asked")) >= MIN_ASKED), extra
    )
