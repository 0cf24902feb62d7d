"""Absences."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.absences import AbsenceCause
from casework.wording.words import Texts, Words

ABSENCE_CAUSES: Final[Texts] = {
    AbsenceCause.DETOX: Words("Detox"),
    AbsenceCause.CUSTODY: Words("Custody"),
    AbsenceCause.HOSPITAL: Words("Hospital"),
    AbsenceCause.TRAVEL: Words("Travel"),
}
