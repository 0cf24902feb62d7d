"""What the indicators of `casework.indicators.safety` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.wording.en.indicators.words import IndicatorWords
from casework.wording.en.safety import CRISIS_LINES

WORDS: Final[dict[str, IndicatorWords]] = {
    "safety": IndicatorWords(
        label="Open safety items",
        definition=(
            "Safety items that nobody has acknowledged yet: a yes to one of the two safety questions (thoughts of "
            "suicide or self-harm; an overdose since the last contact), whoever told of it, or a self-harm sign "
            "among the stage signs opens one, typed in or imported."
        ),
        unit="open items",
        source=f"Clinic protocol; {CRISIS_LINES}",
        limits="A yes stays open however the scores move. Nothing here says that a client who said no is safe.",
        levels="serious while open",
    ),
}
