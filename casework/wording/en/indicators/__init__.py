"""Indicators in words, by identifier."""

from __future__ import annotations

from typing import Final

from casework.wording.en.indicators import (
    care,
    contact,
    craving,
    disagreement,
    drift,
    medication,
    protective,
    safety,
    screens,
    signs,
    stages,
    tolerance,
    use,
    weeks,
)
from casework.wording.en.indicators.next_steps import NEXT_STEPS
from casework.wording.en.indicators.values import value_in_words
from casework.wording.en.indicators.words import IndicatorWords

INDICATORS: Final[dict[str, IndicatorWords]] = {
    **care.WORDS,
    **contact.WORDS,
    **craving.WORDS,
    **disagreement.WORDS,
    **drift.WORDS,
    **medication.WORDS,
    **protective.WORDS,
    **safety.WORDS,
    **screens.WORDS,
    **signs.WORDS,
    **stages.WORDS,
    **tolerance.WORDS,
    **use.WORDS,
    **weeks.WORDS,
}

__all__ = ["INDICATORS", "NEXT_STEPS", "IndicatorWords", "value_in_words"]
