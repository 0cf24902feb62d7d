"""One client's urine screens, in words."""

from __future__ import annotations

from typing import Final

from casework.wording.en.numbers import count, counted, number

NOTHING: Final = "No urine screen in these weeks."
ROW: Final = "Urine screens"
OPIOID: Final = "Unexpected opioid"
MEDICATION: Final = "Prescribed medication absent"
OTHER: Final = "Other substance"
CLEAR: Final = "As expected"


def title(*, collected: int, opioid: int, missed: int) -> str:
    """Screens with a result, those of them with an unexpected opioid, and those that were missed."""
    if not collected + missed:
        said = "No urine screen has a result in these weeks"
    elif not opioid:
        said = f"No unexpected opioid in {counted(collected, 'screen')}"
    else:
        said = f"An unexpected opioid in {opioid} of {count(collected, 'screen')}"
    return f"{said}, {number(missed)} missed" if missed else said


def alt(title: str, *, weeks: int, medication_absent: int) -> str:
    """In how many screens without an unexpected opioid the prescribed medication is absent."""
    return f"Urine screens by date over {weeks} weeks. {title}. {MEDICATION} in {medication_absent} others."
