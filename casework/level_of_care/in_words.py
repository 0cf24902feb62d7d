"""Chances and bands in words."""

from __future__ import annotations

import math
from typing import Final

from casework.indicators.chances import Chance
from casework.vocabulary import Band

BANDS: Final = {
    Band.LOW: "low",
    Band.WATCH: "worth watching",
    Band.ELEVATED: "elevated",
    Band.HIGH: "high",
    Band.UNKNOWN: "not known",
}


def of_100(chance: Chance) -> str:
    """ "40 to 60 of 100", "about 5 of 100", "less than 1 of 100", or "not known": the stated range, never one number
    where there is a range. Never "100 of 100", which would be a certainty."""
    if math.isnan(chance.likely):
        return "not known"
    low, high = (min(round(100 * limit), 99) for limit in (chance.low, chance.high))
    if high < 1:
        return "less than 1 of 100"
    return f"about {high} of 100" if low == high else f"{low} to {high} of 100"
