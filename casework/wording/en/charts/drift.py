"""Risk now against its change, in words."""

from __future__ import annotations

from typing import Final

from casework.vocabulary import Band
from casework.wording.en.charts.template import NO_CLIENT, bands
from casework.wording.en.numbers import change as change_since
from casework.wording.en.numbers import count, counted, number
from casework.wording.en.sentences import sentence

SINCE: Final = "4 weeks"
NOW_AXIS: Final = "Risk now (points)"
CHANGE_AXIS: Final = f"Change in {SINCE} (points)"
NO_SCORE: Final = f"No score, now or {SINCE} ago"
RISING, EASING = "Rising", "Easing"
LOWER_RISING, LOWER_EASING = "Lower, rising", "Lower, easing"
HIGHER_RISING, HIGHER_EASING = "Higher, rising", "Higher, easing"
"""What the corners of the chart mean."""


def change(points: float) -> str:
    """A change of points, in a box on hover; NaN: nothing to compare with."""
    return sentence(change_since(points, SINCE))


def title(clients: int, *, rising: int, missing: int) -> str:
    """`rising` of so many clients drift upward; `missing` cannot be compared."""
    if not clients:
        return NO_CLIENT
    if missing == clients:
        return f"Nobody can be compared with {SINCE} ago yet"
    of = count(clients, "client")
    if not rising:
        return f"Nobody of {of} is drifting upward"
    return f"{sentence(number(rising))} of {of} {'is' if rising == 1 else 'are'} drifting upward"


def alt(title: str, *, drifting: int, easing: int, missing: int, in_bands: dict[Band, int]) -> str:
    """`drifting` is the rise in points from which a client counts as drifting."""
    return (
        f"Scatter of risk now against its change in {SINCE}, one mark a client. {title} (up by {drifting} "
        f"points or more). {sentence(counted(easing, 'client'))} easing, {missing} without a comparison. "
        f"Bands: {bands(in_bands) or 'none'}. The table below lists the same clients."
    )
