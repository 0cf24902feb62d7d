"""Craving: how strong, and whether it rises."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.registry import NextStep, Reading, graded, indicator
from casework.vocabulary import CRAVING_CAUSES
from casework.windows import Bools, Floats, Pairs, Panel, Window, cached

LEVEL_DAYS: Final = 14
TREND_DAYS: Final = 28
TREND_POINTS: Final = 3
TREND_SPAN_DAYS: Final = 7
"""Over a few days a slope in points a week is mostly the noise of single ratings."""
STRONG: Final = 7
MODERATE: Final = 4
"""On the 0–10 scale, as for pain and craving ratings: 4–6 moderate, 7–10 severe."""
RISE_A_WEEK: Final = 1.0


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
        another_day = np.ones(len(rated.row), dtype=bool)
        another_day[1:] = (np.diff(rated.owner) != 0) | (np.diff(rated.age) != 0)
        span = rated.reduce(np.maximum, rated.age, 0) - rated.reduce(np.minimum, rated.age, 0)
        enough = (rated.total(another_day) >= TREND_POINTS) & (span >= TREND_SPAN_DAYS)
        return np.where(enough, 7 * rated.slope(rated.column("craving")), np.nan)

    value = window.each(trend)
    return Reading(value, graded(value, some=RISE_A_WEEK), window.evidence(has_rating))
