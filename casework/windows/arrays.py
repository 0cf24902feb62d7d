"""Types and constants of the arrays, and bits and shares."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Array = NDArray[Any]

NO_ROW: Final = -1
NEVER: Final = -(2**31)
"""The day of something that has not happened in the window: before every real day."""


def ratio(part: Array, whole: Array) -> Floats:
    """``part / whole``; NaN where `whole` is 0."""
    whole = np.asarray(whole, dtype=np.float64)
    found = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=found, where=whole != 0)
    return found


def bit_count(bits: Array) -> Ints:
    """How many bits are set."""
    found: Ints = np.bitwise_count(bits).astype(np.int64)
    return found


def lowest_bit(bits: Ints) -> Ints:
    """The position of the lowest set bit; -1 where none is set."""
    position: Ints = bit_count((bits & -bits) - 1) * (bits != 0) - (bits == 0)
    return position


def first_days(days: int) -> int:
    """The bitmask of the latest `days` days (see `Pairs.days_covered`)."""
    return (1 << days) - 1
