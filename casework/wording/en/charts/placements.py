"""Current against recommended level of care, in words."""

from __future__ import annotations

from typing import Final

from casework.vocabulary import Level
from casework.wording.en.numbers import count, number
from casework.wording.en.sentences import sentence
from casework.wording.en.terms import label

KEY: Final = "○ now · ▶ first option, up · ◀ down · ✚ medication first, at the same level"
"""What the symbols mean: a line under the title, because a legend inside a narrow chart would cover it."""
NOW: Final = "Now"
FIRST_OPTION: Final = "First option"
NOBODY_DIFFERS: Final = "Nobody’s first option differs from the care of today."
NOBODY: Final = "No client yet"
NARROW: Final = {
    Level.AFTERCARE: ("After-", "care"),
    Level.OUTPATIENT: ("Out-", "patient"),
    Level.INTENSIVE_OUTPATIENT: ("Intensive", "outpat."),
    Level.RESIDENTIAL: ("In-", "patient"),
    Level.DETOX: ("Detox",),
}
"""Levels of care in lines, for the narrow columns of an axis."""


def care_now(level: Level) -> str:
    """The care of today, in a box on hover."""
    return f"{NOW}: {label(level)}"


def first_option(level: Level) -> str:
    """The first option's level, in a box on hover."""
    return f"{FIRST_OPTION}: {label(level)}"


def title(clients: int, adjusted: int) -> str:
    """How many of so many clients have a first option other than the care of today."""
    of = count(clients, "client")
    if not adjusted:
        return f"The care of today is the first option for all of {of}" if clients else NOBODY
    plans = "plan may need adjusting" if adjusted == 1 else "plans may need adjusting"
    return f"{sentence(number(adjusted))} of {of}: {plans}"


def alt(title: str, *, higher: int, same: int, lower: int) -> str:
    """For how many the first option is a higher level, the same level with a change of medication, a lower level."""
    return (
        f"Current against recommended level of care. {title}. The first option is a higher level for {higher}, the "
        f"same level with a change of medication for {same}, a lower level for {lower}."
    )
