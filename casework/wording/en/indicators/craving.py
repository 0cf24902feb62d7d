"""What the indicators of `casework.indicators.craving` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.wording.en.indicators.words import IndicatorWords

WORDS: Final[dict[str, IndicatorWords]] = {
    "craving": IndicatorWords(
        label="Craving",
        definition="The latest craving (0 to 10) of the last 14 days.",
        unit="0 to 10",
        source="The source's causes of craving; craving predicts use in the following week (McHugh 2014, Tsui 2014)",
        limits="A rating of one moment. Unknown when not asked in 14 days.",
        levels="some from 4, marked from 7",
    ),
    "craving_trend": IndicatorWords(
        label="Craving trend",
        definition="How fast craving rises or falls over the last 28 days, in points a week.",
        unit="points a week",
        source="Tideline; a straight line through the ratings",
        limits="Needs ratings on three different days that lie a week or more apart, in 28 days.",
        levels="some from +1 a week",
    ),
}
