"""Drift: a client against their own baseline, by an EWMA control chart over their check-ins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.frames import Facts
from casework.indicators.registry import NextStep, Reading, graded, indicator
from casework.indicators.signs import applicable
from casework.vocabulary import WARNING_SIGNS
from casework.windows import FURTHEST_WINDOW_DAYS, Bools, Floats, Ints, Pairs, Panel, Window, share, within

LAMBDA: Final = 0.2
LIMIT: Final = 2.962
"""Weight and control limit of the chart: in-control run length about 500 points (Lucas & Saccucci 1990, table 3)."""
WARNING_LIMIT: Final = 2.0
MIN_POINTS: Final = 6
HELD_OUT: Final = 2
"""The latest points are judged against the earlier ones: they do not belong to their own baseline."""
RECENT_DAYS: Final = 28
LEAST_SIGMA: Final = 0.5 / len(WARNING_SIGNS)
"""Half a sign of twelve: a caseload in which nothing ever moved must not turn one sign into an alarm."""
SOURCE: Final = (
    "Lucas JM, Saccucci MS: Exponentially weighted moving average control schemes. Technometrics 1990;32:1"
)


@dataclass(frozen=True)
class Baseline:
    """The points of the charts (one a check-in that asked signs) and each panel row's center and spread."""

    window: Window
    pairs: Pairs
    points: Floats
    center: Floats
    sigma: Floats
    enough: Bools


def baseline(facts: Facts, panel: Panel) -> Baseline:
    """Center: the mean of all points but the latest two. Sigma: their standard deviation, no smaller than that of the
    whole caseload pooled."""

    def compute() -> Baseline:
        window = within(facts, "check_ins", panel, FURTHEST_WINDOW_DAYS)
        pairs, can_be = window.pairs, applicable(facts, panel)
        asked = pairs.column("signs_asked") & can_be[pairs.owner]
        counted = asked != 0
        if not counted.all():
            pairs, asked = pairs.where(counted), asked[counted]
        points = np.bitwise_count(asked & pairs.column("signs_present")) / np.bitwise_count(asked)
        # np.where would evaluate the same sums; a weight of 0 keeps the held-out points out of them.
        weight = (pairs.from_latest >= HELD_OUT).astype(np.float64)
        n = np.maximum(pairs.count - HELD_OUT, 0)
        center = share(pairs.total(weight * points), n)
        apart = (points - center[pairs.owner]) * weight
        squares = pairs.total(np.nan_to_num(apart) ** 2)
        enough = pairs.count >= MIN_POINTS
        own = np.sqrt(share(squares, n - 1))
        sigma = np.fmax(own, np.maximum(_pooled(facts, panel, squares, n, enough), LEAST_SIGMA))
        return Baseline(window, pairs, points, center, sigma, enough)

    return panel.once("baseline", compute)


def _pooled(facts: Facts, panel: Panel, squares: Floats, n: Ints, enough: Bools) -> Floats:
    """The standard deviation within clients, pooled over each caseload as of each day."""
    caseloads, caseload = np.unique(panel.of_client(facts, "caseload"), return_inverse=True)
    days, day = np.unique(panel.as_of, return_inverse=True)
    group = caseload * len(days) + day
    size = len(caseloads) * len(days)
    freedom = np.bincount(group, np.where(enough, n - 1, 0), minlength=size)
    spread = np.bincount(group, np.where(enough, squares, 0.0), minlength=size)
    pooled: Floats = np.sqrt(np.nan_to_num(share(spread, freedom)))[group]
    return pooled


def sigma_of_ewma(sigma: Floats, points: Ints) -> Floats:
    """The standard deviation of the moving average after so many points."""
    spread: Floats = sigma * np.sqrt(LAMBDA / (2 - LAMBDA) * (1 - (1 - LAMBDA) ** (2 * points)))
    return spread


@indicator(
    id="drift",
    label="Drift from own baseline",
    definition=(
        "How far the moving average of the share of signs present has left the client's own usual level, in standard "
        "deviations of that average. Usual is the mean of all check-ins of the last 14 weeks but the latest two."
    ),
    window_days=FURTHEST_WINDOW_DAYS,
    unit="standard deviations",
    source=f"{SOURCE}; weight {LAMBDA}, limit {LIMIT}",
    limits=(
        "Needs 6 check-ins that asked signs in 14 weeks, one of them in the last 28 days; otherwise not enough "
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
    base = baseline(facts, panel)
    pairs = base.pairs
    average = pairs.ewma(base.points, np.nan_to_num(base.center), LAMBDA)
    spread = sigma_of_ewma(base.sigma, np.maximum(pairs.count, 1))
    latest = pairs.reduce(np.maximum, pairs.column("day"), -1)
    known = base.enough & (latest > panel.as_of - RECENT_DAYS)
    value = np.where(known, (average - base.center) / spread, np.nan)
    level = graded(value, some=np.nextafter(WARNING_LIMIT, 9), marked=np.nextafter(LIMIT, 9))
    extra = {
        "ewma": np.where(known, average, np.nan),
        "center": np.where(known, base.center, np.nan),
        "upper": np.where(known, base.center + LIMIT * spread, np.nan),
        "points": pairs.count,
    }
    return Reading(value, level, base.window.evidence(base.window.all_of("signs_asked") != 0), extra)
