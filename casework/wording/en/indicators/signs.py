"""What the indicators of `casework.indicators.signs` are called, look at and mean."""

from __future__ import annotations

from typing import Final

from casework.wording.en.indicators.words import IndicatorWords
from casework.wording.en.sources import SOURCE

_SIGNS_SOURCE: Final = (
    f"{SOURCE}; the total of signs predicted best in the AWARE studies (Miller & Harris 2000)"
)
WORDS: Final[dict[str, IndicatorWords]] = {
    "active_signs": IndicatorWords(
        label="Active warning signs",
        definition=(
            "How many of the twelve warning signs are present. A sign is active when its latest answer of the "
            "last 14 days says present; later check-ins that did not ask about it leave it active."
        ),
        unit="signs",
        source=_SIGNS_SOURCE,
        limits="Counts only what was asked: read it beside the coverage. Unknown when no sign was asked in 14 days.",
        levels="some from 1 sign, marked from 3, serious from 5",
    ),
    "sign_coverage": IndicatorWords(
        label="Sign coverage",
        definition=(
            "Share of the applicable warning signs (12, or 11 without a prescription) asked in the last 14 "
            "days."
        ),
        unit="share of signs",
        source="Tideline: not asked is not no",
        limits="Says what was asked, not how well.",
        levels="some below 50%, marked below 25%, serious at none",
    ),
    "sign_burden": IndicatorWords(
        label="Sign burden",
        definition=(
            "Share of asked signs that were present, over the check-ins of the last 8 weeks, each weighted by "
            "its age (half as much for every 14 days)."
        ),
        unit="share of asked signs",
        source=_SIGNS_SOURCE,
        limits=(
            "A weighted mean of what was asked: not asked is neither present nor absent. Slower than the "
            "active signs."
        ),
        levels="some from 15%, marked from 35%, serious from 50%",
    ),
    "halt": IndicatorWords(
        label="HALT",
        definition="How many of hungry, angry, lonely and tired hold by their latest answers of the last 14 days.",
        unit="of 4",
        source=SOURCE,
        limits="Asked as part of the self-care sign; unknown when none was asked in 14 days.",
        levels="some from 1, marked from 3",
    ),
}
