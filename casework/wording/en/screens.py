"""Urine screens."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.screens import Certainty, ScreenStatus
from casework.wording.words import Texts, Words

SCREEN_STATUSES: Final[Texts] = {
    ScreenStatus.DUE: Words("Due"),
    ScreenStatus.COLLECTED: Words("Collected"),
    ScreenStatus.MISSED: Words("Missed"),
    ScreenStatus.EXCUSED: Words("Excused by the clinic", short="Excused"),
}
CERTAINTIES: Final[Texts] = {
    Certainty.PRESUMPTIVE: Words("Presumptive"),
    Certainty.CONFIRMED: Words("Confirmed"),
}
