"""Craving: how strong, and whether it rises."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.registry import NextStep, Reading, graded, indicator
from casework.vocabulary import CRAVING_CAUSES
from casework.windows import Bools, Floats, Pairs, Panel, Window, cached, ratio

LEVEL_DAYS: Final = 14
TREND_DAYS: Final = LEVEL_DAYS + 28
USUAL_RATINGS: Final = 2
"""Days with a rating before the last two weeks: of a single one nobody knows whether it is usual."""
STRONG: Final = 7
MODERATE: Final = 4
"""On the 0–10 scale, as for pain and craving ratings: 4–6 moderate, 7–10 severe."""
RISE: Final = 2.0
"""A change by two points of ten matters, as for pain (Farrar et al., Pain 2001;94:149)."""


@cached
def is_rated(window: Window) -> Bools:
    """Check-ins that asked about craving."""
    found: Bools = ~np.isnan(window.all_of("craving"))
    return found


@indicator(
    id="craving",
    window_days=LEVEL_DAYS,
    next_step=NextStep("go_through_causes", "counselor", 3),
    names=CRAVING_CAUSES,
)
def craving(panel: Panel) -> Reading:
    """Beside the value: `mask`, bits of the causes named with it."""
    window = panel.window("check_ins", LEVEL_DAYS)
    rows = window.last(is_rated(window))
    value = window.at("craving", rows, np.nan)
    causes = window.at("craving_causes", rows, 0)
    level = graded(value, some=MODERATE, marked=STRONG)
    return Reading(value, level, window.evidence_at(rows), {"mask": causes})


@indicator(
    id="craving_trend",
    window_days=TREND_DAYS,
    next_step=NextStep("ask_what_grows_craving", "counselor", 7),
)
def craving_trend(panel: Panel) -> Reading:
    window = panel.window("check_ins", TREND_DAYS)
    has_rating = is_rated(window)

    def trend(pairs: Pairs) -> Floats:
        rated = pairs.where(has_rating[pairs.row])
        rating, recent = rated.column("craving"), rated.age < LEVEL_DAYS
        another_day = np.ones(len(rated.row), dtype=bool)
        another_day[1:] = (np.diff(rated.owner) != 0) | (np.diff(rated.age) != 0)
        highest = rated.reduce(np.maximum, np.where(recent, rating, -np.inf), -np.inf)
        usual = ratio(rated.total(np.where(recent, 0, rating)), rated.total(~recent))
        enough = (rated.total(another_day & ~recent) >= USUAL_RATINGS) & np.isfinite(highest)
        return np.where(enough, highest - usual, np.nan)

    value = window.each(trend)
    return Reading(value, graded(value, some=RISE), window.evidence(has_rating))
