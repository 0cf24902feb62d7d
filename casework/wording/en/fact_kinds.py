"""Kinds of facts."""

from __future__ import annotations

from typing import Final

from casework.vocabulary.facts import FactKind
from casework.wording.words import Texts, Words

FACT_KINDS: Final[Texts] = {
    FactKind.CHECK_IN: Words("Check-in"),
    FactKind.NOTE: Words("Note"),
    FactKind.CALL: Words("Call"),
    FactKind.SESSION: Words("Session"),
    FactKind.SCREEN: Words("Urine screen"),
    FactKind.PRESCRIPTION: Words("Prescription"),
    FactKind.DOSE: Words("Dose"),
    FactKind.ABSENCE: Words("Absence"),
    FactKind.SAFETY: Words("Safety"),
    FactKind.LEVEL: Words("Level of care"),
    FactKind.TASK: Words("Task"),
}
