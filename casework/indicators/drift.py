"""Drift: a client against their own baseline, by an EWMA control chart over their check-ins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.frames import Facts
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
    share,
    within,
)

LAMBDA: Final = 0.2
LIMIT: Final = 2.962
"""Weight and control limit of the chart: in-control run length about 500 points (Lucas & Saccucci 1990)."""
WARNING_LIMIT: Final = 2.0
ABOVE_LIMIT: Final = float(np.nextafter(LIMIT, 9))
ABOVE_WARNING: Final = float(np.nextafter(WARNING_LIMIT, 9))
MIN_POINTS: Final = 6
HELD_OUT: Final = 2
"""The latest points are judged against the earlier ones: they do not belong to their own baseline."""
RECENT_DAYS: Final = 28
MIN_ASKED: Final = 6
"""Half of the twelve signs: one answered sign is not a reading of the client's level."""
LEAST_SIGMA: Final = 0.5 / len(WARNING_SIGNS)
"""Half a sign of twelve: a caseload in which nothing ever moved must not turn one sign into an alarm."""
SOURCE: Final = (
    "Lucas JM, Saccucci MS: Exponentially weighted moving average control schemes. Technometrics 1990;32:1"
)


@dataclass(frozen=True)
class Chart:
    """A panel row's chart: how many points, the center, the squares around it, the moving average, the latest day."""

    count: Ints
    center: Floats
    squares: Floats
    average: Floats
    latest: Ints

    @property
    def enough(self) -> Bools:
        return self.count >= MIN_POINTS

    @property
    def freedom(self) -> Ints:
        return np.maximum(self.count - HELD_OUT - 1, 0)


def shares_present(pairs: Pairs, can_be: Ints) -> tuple[Pairs, Floats]:
    """The chart's points: the pairs that asked enough signs, and the share of the asked signs that were present."""
    asked = pairs.column("signs_asked") & pairs.of_owner(can_be)
    counted = np.bitwise_count(asked) >= MIN_ASKED
    if not counted.all():
        pairs, asked = pairs.where(counted), asked[np.flatnonzero(counted)]
    present = np.bitwise_count(asked & pairs.column("signs_present"))
    return pairs, present / np.bitwise_count(asked)


def charts(facts: Facts, panel: Panel) -> Chart:
    """Every panel row's chart. The center is the mean of all points but the latest two."""
    can_be = applicable(facts, panel)

    def chart(pairs: Pairs) -> tuple[Array, ...]:
        pairs, points = shares_present(pairs, can_be)
        usual = pairs.from_latest >= HELD_OUT
        center = share(pairs.total(points * usual), np.maximum(pairs.count - HELD_OUT, 0))
        start = np.nan_to_num(center)
        apart = (points - start[pairs.owner]) * usual
        average = pairs.ewma(points, start, LAMBDA)
        latest = pairs.latest("day", NEVER)
        return pairs.count, center, pairs.total(apart * apart), average, latest

    return Chart(*within(facts, "check_ins", panel, FURTHEST_WINDOW_DAYS).fold(chart))


def spread(facts: Facts, panel: Panel, chart: Chart) -> Floats:
    """Sigma of a point: the client's own, and no smaller than that of the caseload pooled."""
    own = np.sqrt(share(chart.squares, chart.freedom))
    return np.fmax(own, np.maximum(_pooled(facts, panel, chart), LEAST_SIGMA))


def _pooled(facts: Facts, panel: Panel, chart: Chart) -> Floats:
    """The standard deviation within clients, pooled over each caseload as of each day."""
    caseloads, caseload = np.unique(panel.of_client(facts, "caseload"), return_inverse=True)
    days, day = np.unique(panel.as_of, return_inverse=True)
    group = caseload * len(days) + day
    size = len(caseloads) * len(days)
    freedom = np.bincount(group, chart.enough * chart.freedom, minlength=size)
    squares = np.bincount(group, chart.enough * chart.squares, minlength=size)
    pooled: Floats = np.sqrt(np.nan_to_num(share(squares, freedom)))[group]
    return pooled


def sigma_of_ewma(sigma: Floats, points: Ints) -> Floats:
    """The standard deviation of the moving average after so many points."""
    of_average: Floats = sigma * np.sqrt(LAMBDA / (2 - LAMBDA) * (1 - (1 - LAMBDA) ** (2 * points)))
    return of_average


@indicator(
    id="drift",
    label="Drift from own baseline",
    definition=(
        "How far the moving average of the share of signs present has left the client's own usual level, in standard "
        "deviations of that average. Usual is the mean of all check-ins of the last 14 weeks but the latest two. Only "
        "check-ins that asked at least 6 signs count."
    ),
    window_days=FURTHEST_WINDOW_DAYS,
    unit="standard deviations",
    source=f"{SOURCE}; weight {LAMBDA}, limit {LIMIT}",
    limits=(
        "Needs 6 such check-ins in 14 weeks, one of them in the last 28 days; otherwise not enough "
        "history. The spread is never taken as smaller than the caseload's pooled one: the only number of a client "
        "that depends on other clients. A level that stays high becomes the usual one."
    ),
    levels=f"some above {WARNING_LIMIT:g} (warning limit), marked above {LIMIT:g} (control limit)",
    next_step=NextStep("Ask what has changed in the last weeks", "counselor", 3),
    extras=(
        ("ewma", "the moving average"),
        ("center", "the usual share"),
        ("upper", "the control limit as a share"),
        ("points", "check-ins on the chart"),
    ),
)
def drift(facts: Facts, panel: Panel) -> Reading:
    chart = charts(facts, panel)
    sigma = sigma_of_ewma(spread(facts, panel, chart), np.maximum(chart.count, 1))
    known = chart.enough & (chart.latest > panel.as_of - RECENT_DAYS)
    value = np.where(known, (chart.average - chart.center) / sigma, np.nan)
    level = graded(value, some=ABOVE_WARNING, marked=ABOVE_LIMIT)
    extra = {
        "ewma": np.where(known, chart.average, np.nan),
        "center": np.where(known, chart.center, np.nan),
        "upper": np.where(known, chart.center + LIMIT * sigma, np.nan),
        "points": chart.count,
    }
    window = within(facts, "check_ins", panel, FURTHEST_WINDOW_DAYS)
    return Reading(
        value, level, window.evidence(np.bitwise_count(window.all_of("signs_asked")) >= MIN_ASKED), extra
    )
