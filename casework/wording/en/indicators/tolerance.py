"""What the indicators of `casework.indicators.tolerance` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.wording.en.indicators.words import IndicatorWords

WORDS: Final[dict[str, IndicatorWords]] = {
    "lowered_tolerance": IndicatorWords(
        label="Lowered tolerance",
        definition=(
            "Time away from opioids or medication within the last 28 days: an absence for detox, custody or "
            "hospital (a journey alone is none); three prescribed days in a row without a dose; the end of "
            "medication; four weeks without contact. The flag stands until 28 days after the last day on which "
            "the cause held."
        ),
        unit="1 while it stands",
        source=(
            "Sordo et al., BMJ 2017;357:j1550: overdose mortality out of methadone treatment about five times "
            "that inside"
        ),
        limits="Knows only what is recorded. A falling score never clears it. Adds no points: a warning of its own.",
        levels="marked while it stands",
    ),
}
