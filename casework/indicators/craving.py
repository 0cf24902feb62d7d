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
    label="Craving",
    definition="The latest craving (0 to 10) of the last 14 days.",
    window_days=LEVEL_DAYS,
    unit="0 to 10",
    source="The source's causes of craving; craving predicts use in the following week (McHugh 2014, Tsui 2014)",
    limits="A rating of one moment. Unknown when not asked in 14 days.",
    levels="some from 4, marked from 7",
    next_step=NextStep("Go through the causes of the craving and the steps when triggered", "counselor", 3),
    names=CRAVING_CAUSES,
    extras=(("mask", "bits of the causes named with it"),),
)
def craving(panel: Panel) -> Reading:
    window = panel.window("check_ins", LEVEL_DAYS)
    rows = window.last(is_rated(window))
    value = window.at("craving", rows, np.nan)
    causes = window.at("craving_causes", rows, 0)
    level = graded(value, some=MODERATE, marked=STRONG)
    return Reading(value, level, window.evidence_at(rows), {"mask": causes})


@indicator(
    id="craving_trend",
    label="Craving trend",
    definition="The slope of the line through the cravings of the last 28 days, in points a week.",
    window_days=TREND_DAYS,
    unit="points a week",
    source="Tideline; least squares",
    limits="Needs ratings on three different days that lie a week or more apart, in 28 days.",
    levels="some from +1 a week",
    next_step=NextStep("Ask what makes the craving grow", "counselor", 7),
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
