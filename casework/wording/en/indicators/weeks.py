"""What the indicators of `casework.indicators.weeks` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.wording.en.indicators.words import IndicatorWords

_TRIALS: Final = (
    "CTN-0094 trials: recent use and missed weeks carry most of what can be known (Luo et al. 2024)"
)
WORDS: Final[dict[str, IndicatorWords]] = {
    "use_weeks": IndicatorWords(
        label="Weeks with opioid use",
        definition=(
            "In how many of the last 14 weeks an unexpected opioid was found in urine, or opioid use was "
            "reported, in so many words or as a sign of the physical stage."
        ),
        unit="weeks of 14",
        source=_TRIALS,
        limits="Weeks without a screen or a report are unknown. A presumptive result can be wrong.",
        levels="some from 1, marked from 2, serious from 4",
    ),
    "clean_weeks": IndicatorWords(
        label="Weeks with negative screens",
        definition=(
            "In how many of the last 14 weeks a urine screen was tested for opioids, and neither it nor a report "
            "showed use."
        ),
        unit="weeks of 14",
        source=_TRIALS,
        limits="Fentanyl shows only where it was tested for. A week without a screen is not a negative week.",
        levels="never asks for attention",
    ),
    "missed_weeks": IndicatorWords(
        label="Missed weeks",
        definition=(
            "In how many of the last 14 weeks a session or a urine screen was missed, and the client neither "
            "came to another session nor gave a screen."
        ),
        unit="weeks of 14",
        source=_TRIALS,
        limits="Excused and cancelled sessions are not missed; a week in which nothing was due is unknown.",
        levels="some from 1, marked from 2, serious from 4",
    ),
    "days_unseen": IndicatorWords(
        label="Days since last seen",
        definition=(
            "Days since the last kept session, collected screen or check-in with the client, or since "
            "admission; at most 98. Beside it the days without any sign at all: no visit, no call that "
            "reached them, no dose."
        ),
        unit="days",
        source=_TRIALS,
        limits="A check-in by phone counts as seen. What is typed in later counts from the day on which it is known.",
        levels="some from 9 days, marked from 14, serious from 21",
    ),
}
