"""What the indicators of `casework.indicators.protective` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.wording.en.indicators.words import IndicatorWords
from casework.wording.en.sources import SOURCE

WORDS: Final[dict[str, IndicatorWords]] = {
    "protective_factors": IndicatorWords(
        label="Protective factors",
        definition="How many of the four protective factors hold by their latest answers of the last 28 days.",
        unit="of 4",
        source=f"{SOURCE}; protective factors stand beside risk factors, as in the Brief Addiction Monitor",
        limits="Never subtracted from the points: a strength does not undo a sign.",
        levels="never asks for attention",
    ),
}
