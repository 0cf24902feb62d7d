"""What the indicators of `casework.indicators.screens` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.indicators.screens import GRACE_DAYS
from casework.wording.en.indicators.words import IndicatorWords

_SOURCE: Final = (
    "ASAM appropriate use of drug testing (2017); the trials' own rule counts a missed screen as a finding"
)
WORDS: Final[dict[str, IndicatorWords]] = {
    "unexpected_opioids": IndicatorWords(
        label="Unexpected opioid in urine",
        definition=(
            "How many of the last 3 due screens of six weeks found an opioid that the client's prescription "
            "does not explain."
        ),
        unit="of the last 3 due",
        source=_SOURCE,
        limits="A presumptive result can be wrong; ask before concluding. Fentanyl shows only where it was tested for. "
        "Planned screens without a result push no finding out. Findings older than 42 days add no points; for the "
        "level of care they count for 90.",
        levels="some from 1, marked from 2, serious at 3",
    ),
    "missed_screens": IndicatorWords(
        label="Missed urine screens",
        definition=(
            "How many of the last 3 due screens of six weeks were missed. A planned screen that has no result "
            f"more than {GRACE_DAYS} days after its due date counts as missed; screens that the clinic excused "
            "don't count."
        ),
        unit="of the last 3 due",
        source=_SOURCE,
        limits=(
            f"Up to {GRACE_DAYS} days after its due date a planned screen counts neither as collected nor as "
            "missed. A result that is written down later takes the miss back."
        ),
        levels="some from 1, marked from 2, serious at 3",
    ),
    "medication_absent": IndicatorWords(
        label="Prescribed medication absent from urine",
        definition=(
            "How many of the last 3 due screens of six weeks were tested for the prescribed medication and "
            "did not find it."
        ),
        unit="of the last 3 due",
        source="ASAM appropriate use of drug testing (2017)",
        limits="Says that the medication did not show, not why: dilution, metabolism, a missed dose or passing it on.",
        levels="some from 1, marked from 2",
    ),
}
