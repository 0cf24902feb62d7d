"""What the indicators of `casework.indicators.medication` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.wording.en.indicators.words import IndicatorWords

WORDS: Final[dict[str, IndicatorWords]] = {
    "medication_coverage": IndicatorWords(
        label="Medication coverage",
        definition=(
            "Share of the prescribed days of the last 14 on which a dose covers the day; overlapping doses "
            "count a day once. Doses on record are used if there are any, else the latest check-in's own "
            "report (days taken of days)."
        ),
        unit="share of days",
        source=(
            "Proportion of days covered (Pharmacy Quality Alliance); FDA labels for the days that an "
            "injection covers"
        ),
        limits=(
            "Not applicable without a prescription. Take-home doses become known at the next contact: days "
            "without any word are left out for a week, then they count as uncovered. A report can be wrong."
        ),
        levels="some below 80%, marked below 50%, serious at none",
    ),
}
