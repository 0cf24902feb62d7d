"""What the indicators of `casework.indicators.care` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.wording.en.indicators.words import IndicatorWords

_SOURCE: Final = "CTN-0094 trials"
WORDS: Final[dict[str, IndicatorWords]] = {
    "time_in_care": IndicatorWords(
        label="Time in care",
        definition="Weeks since admission.",
        unit="weeks",
        source=f"{_SOURCE}: the share of weeks with use or not coming changes over the first weeks of treatment",
        limits="Counted from the latest admission on record. Not a finding about the client.",
        levels="never asks for attention",
    ),
    "medication_kind": IndicatorWords(
        label="Prescribed medication",
        definition=(
            "Which maintenance medication is prescribed on the day: 1 methadone, 2 buprenorphine, 0 another "
            "one."
        ),
        unit="kind",
        source=f"{_SOURCE}; SAMHSA TIP 63",
        limits="Unknown without a prescription. Says nothing of whether it is taken.",
        levels="never asks for attention",
    ),
    "days_without_dose": IndicatorWords(
        label="Days without a known dose",
        definition=(
            "Prescribed days up to today that no recorded dose covers, at most 35; beside it those of the "
            "last 28 without one. Screens say how many are over: today's dose may still come."
        ),
        unit="days",
        source=f"{_SOURCE}: missed doses come before missed visits",
        limits=(
            "Unknown without a prescription or without any dose on record. Take-home doses are known at the "
            "next visit."
        ),
        levels="some from 3 days, marked from 9, serious from 14",
    ),
    "stimulants": IndicatorWords(
        label="Stimulants in urine",
        definition="In how many screens of the last 28 days cocaine or an amphetamine was found.",
        unit="screens",
        source=f"{_SOURCE}: other substances go with use of opioids",
        limits="A presumptive result can be wrong; prescribed amphetamines show too. Unknown without a screen.",
        levels="some from 1, marked from 3",
    ),
}
