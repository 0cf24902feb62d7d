"""What the indicators of `casework.indicators.stages` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.wording.en.indicators.words import IndicatorWords
from casework.wording.en.sources import SOURCE

WORDS: Final[dict[str, IndicatorWords]] = {
    "stage_tags": IndicatorWords(
        label="Stages",
        definition=(
            "Which stages show: a stage is tagged when one of its signs is present by its latest answer of "
            "the last 28 days. A sign of the physical stage says that there was use, and holds for 28 days "
            "whatever is answered later. Reported opioid use, an unexpected opioid in urine and an overdose "
            "tag the physical stage too."
        ),
        unit="stages tagged",
        source=f"{SOURCE}; tags, not a ladder: no order of signs was found in real time (AWARE)",
        limits="Several can hold at once, in any combination. No tag is not the same as not asked.",
        levels="some for emotional, marked for mental, serious for physical",
    ),
}
