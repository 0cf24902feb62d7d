"""The scores of a client and day, and the bands of overall risk."""

from __future__ import annotations

from enum import StrEnum


class Score(StrEnum):
    """The scores of a client and day: are weeks of use or absence ahead, is use returning, will contact be lost, and
    the burden of warning signs."""

    EARLY = "early"
    USE = "use"
    ENGAGEMENT = "engagement"
    SIGNS = "signs"


class Band(StrEnum):
    """Overall risk. Unknown is a band of its own and is never drawn or sorted as low."""

    LOW = "low"
    WATCH = "watch"
    ELEVATED = "elevated"
    HIGH = "high"
    UNKNOWN = "unknown"
