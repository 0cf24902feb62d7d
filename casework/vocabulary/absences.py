"""Dated absences."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class AbsenceCause(StrEnum):
    """Why a client was away. The frames hold the position."""

    DETOX = "detox"
    CUSTODY = "custody"
    HOSPITAL = "hospital"
    TRAVEL = "travel"


LOWERS_TOLERANCE: Final = (AbsenceCause.DETOX, AbsenceCause.CUSTODY, AbsenceCause.HOSPITAL)
"""Times away from opioids after which the same dose can kill. Travel by itself is none."""
