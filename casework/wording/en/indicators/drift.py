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
            "How far the smoothed share of signs present lies from the client's own usual level, against how far it "
            "would lie by chance. Usual is the mean of all check-ins of the last 14 weeks "
            "but the latest three. Only check-ins that asked at least 6 signs count."
        ),
        unit="more, as many or fewer signs than usual",
        source=(
            f"{SOURCE}; weight {LAMBDA}, warning limit {WARNING_LIMIT:g}, alarm limit {LIMIT:g} by simulation "
            "(docs/baseline.md)"
        ),
        limits=(
            "Needs 6 such check-ins in 14 weeks, one of them in the last 28 days; otherwise not enough "
            "history. The spread is the client's own, and no smaller than chance alone gives at their level. "
            f"Of clients who stay steady about {FALSE_WARNINGS * 10:.0f} in 10 cross the warning limit and "
            f"{FALSE_ALARMS * 10:.0f} in 10 the alarm limit within half a year of weekly check-ins (in the "
            "worst simulated case 5 and 3 in 10). A rise by one sign is mostly missed, and a level that stays "
            "high becomes the usual one."
        ),
        levels="some above the warning limit, marked above the alarm limit",
    ),
}
