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
        definition="How far the highest craving of the last 14 days lies above the mean of the 28 days before.",
        unit="points",
        source="Tideline; 2 points of 10 are a change that matters, as for pain (Farrar 2001)",
        limits=(
            "Needs a rating of the last 14 days and two of different days before. It adds no points: more craving "
            "earlier on would make now look better."
        ),
        levels="some from +2",
    ),
}
