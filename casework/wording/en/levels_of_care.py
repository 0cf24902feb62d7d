"""Levels of care and kinds of treatment."""

from __future__ import annotations

from typing import Final

from casework.wording.words import Texts, Words

LEVELS: Final[Texts] = {
    "aftercare": Words("Aftercare", "Support that keeps recovery going after a program has been completed."),
    "outpatient": Words(
        "Outpatient", "Living at home and visiting through the week for counseling and medication."
    ),
    "intensive_outpatient": Words("Intensive outpatient", "Living at home with several long visits a week."),
    "residential": Words("Inpatient or residential", "Living at a facility with care around the clock."),
    "detox": Words(
        "Detox", "Medically supervised withdrawal, inpatient or outpatient, only with a next rung named."
    ),
}
TREATMENTS: Final[Texts] = {
    "behavioral_therapy": Words(
        "Behavioral therapy",
        "Learning to handle triggers, cravings and stress; goes alongside any level of care.",
    ),
}
