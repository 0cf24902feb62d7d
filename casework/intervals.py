"""How well a share is known."""

from __future__ import annotations

import math
from typing import Final

Z95: Final = 1.959964
"""The normal quantile of a two-sided 95% interval."""


def wilson(hits: int, of: int, z: float = Z95) -> tuple[float, float]:
    """The interval of the share `hits` of `of` (Wilson 1927, J Am Stat Assoc 22:209), 95% unless `z` says otherwise;
    NaN of nothing.

    It takes cases as independent. Several of one client are not quite, so the true interval is somewhat wider.
    """
    if not of:
        return math.nan, math.nan
    share, extra = hits / of, z**2 / of
    middle = (share + extra / 2) / (1 + extra)
    half = z * math.sqrt(share * (1 - share) / of + extra / (4 * of)) / (1 + extra)
    # Exact where rounding would not be.
    return middle - half if hits else 0.0, middle + half if hits < of else 1.0
