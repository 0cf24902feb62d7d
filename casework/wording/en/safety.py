"""Safety."""

from __future__ import annotations

from typing import Final

from casework.wording.words import Texts, Words

SAFETY_CONCERNS: Final[Texts] = {
    "self_harm": Words("Self-harm", "Has hurt self, or is about to."),
    "suicidal_thoughts": Words(
        "Suicidal or self-harm thoughts", "Has thoughts of ending life or of hurting self."
    ),
    "overdose": Words("Overdose", "Has overdosed since the last contact."),
}
CRISIS_LINES: Final = "988 Suicide & Crisis Lifeline (call or text 988) · Emergency 911"
