"""Causes of craving."""

from __future__ import annotations

from typing import Final

from casework.wording.words import Texts, Words

CRAVING_CAUSES: Final[Texts] = {
    "triggers": Words("Triggers", "People, places or things tied to heroin, fentanyl or other opioids."),
    "stress": Words("Stress", "Hard events that using once seemed to ease."),
    "pain": Words("Pain or withdrawal", "Physical pain or discomfort, withdrawal included."),
    "self_medication": Words("Self-medication", "An untreated condition that using seems to relieve."),
}
