"""The texts of one indicator."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class IndicatorWords:
    """What an indicator is called and does, in what it counts, where it comes from, what it cannot know, and when it
    asks for attention."""

    label: str
    definition: str
    unit: str
    source: str
    limits: str
    levels: str
