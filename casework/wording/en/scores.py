"""Scores and bands."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.scores import Band, Score
from casework.wording.words import Texts, Words

SCORES: Final[Texts] = {
    Score.USE: Words("Is use returning?"),
    Score.ENGAGEMENT: Words("Will contact be lost?"),
    Score.SIGNS: Words("Warning signs"),
}
BANDS: Final[Texts] = {
    Band.LOW: Words("Low"),
    Band.WATCH: Words("Watch"),
    Band.ELEVATED: Words("Elevated"),
    Band.HIGH: Words("High"),
    Band.UNKNOWN: Words("Unknown"),
}
