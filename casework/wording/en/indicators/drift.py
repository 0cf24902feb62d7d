"""What the indicators of `casework.indicators.drift` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.indicators.drift import FALSE_ALARMS, FALSE_WARNINGS, LAMBDA, LIMIT, WARNING_LIMIT
from casework.wording.en.indicators.words import IndicatorWords

SOURCE: Final = (
    "EWMA chart: Lucas JM, Saccucci MS, Technometrics 1990;32:1; with an estimated baseline: Jones LA, Champ CW, "
    "Rigdon SE, Technometrics 2001;43:156"
)
WORDS: Final[dict[str, IndicatorWords]] = {
    "drift": IndicatorWords(
        label="Drift from own baseline",
        definition=(
            "How far the smoothed share of signs present lay from the client's own usual level at its highest in the "
            "last 3 weeks, against how far it would lie by chance. Usual is the mean of the last 14 weeks but these 3, "
            "in which every week with a check-in counts the same. Only check-ins that asked at least 6 signs count, "
            "and the worst of a day."
        ),
        unit="more, as many or fewer signs than usual",
        source=(
            f"{SOURCE}; weight {LAMBDA}, warning limit {WARNING_LIMIT:g}, alarm limit {LIMIT:g} by simulation "
            "(docs/baseline.md)"
        ),
        limits=(
            "Needs such a check-in in 3 weeks before the last 3 and one in the last 3; otherwise not enough "
            "history. It adds no points: more signs earlier on would make now look better. The spread is the "
            "client's own, and no smaller than chance alone gives at their level. "
            f"Of clients who stay steady about {FALSE_WARNINGS * 10:.0f} in 10 cross the warning limit and "
            f"{FALSE_ALARMS * 10:.0f} in 10 the alarm limit within half a year of weekly check-ins (in the "
            "worst simulated case 5 and 3 in 10). A rise by one sign is mostly missed, and a level that stays "
            "high becomes the usual one."
        ),
        levels="some above the warning limit, marked above the alarm limit",
    ),
}
