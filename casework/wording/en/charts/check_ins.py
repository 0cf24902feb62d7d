"""One client's warning signs by week and craving by check-in, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casework.vocabulary import CRAVING_MAX
from casework.wording.en.facts import sign_answer
from casework.wording.en.numbers import counted
from casework.wording.en.sentences import sentence

# --- warning signs --------------------------------------------------------------------------------------------------

PRESENT: Final = sentence(sign_answer(True))
ABSENT: Final = sentence(sign_answer(False))
NOT_ASKED: Final = sentence(sign_answer(None))


def sign(label: str, *, asked: int, present: int) -> str:
    """A sign in one week, in a box on hover: check-ins that asked about it, and in how many it was present."""
    said = f"{label}: {sign_answer(present > 0 if asked else None)}"
    return f"{said} in {present} of {counted(asked, 'check-in')}" if present else said


def signs_title(signs: int, *, asked: int, present: int) -> str:
    """Of so many signs: asked about, and seen, in the last two weeks."""
    if not asked:
        return "No warning sign was asked about in the last 14 days"
    return (
        f"{sentence(counted(present, 'warning sign'))} seen at least once in the last 14 days; "
        f"{asked} of {signs} asked"
    )


def signs_alt(title: str, *, signs: int, weeks: int, ever: Sequence[str], empty: int) -> str:
    """`ever` are the labels of the signs that were present in any week, `empty` counts the weeks without a question."""
    asked = (
        f"Nothing was asked in {counted(empty, 'week')}." if empty else "Something was asked in every week."
    )
    return (
        f"Heat map of {signs} warning signs over {weeks} weeks. {title}. "
        f"Present at least once: {', '.join(ever) if ever else 'none'}. {asked}"
    )


# --- craving --------------------------------------------------------------------------------------------------------

CRAVING: Final = "Craving"
CRAVING_AXIS: Final = f"{CRAVING} (0–{CRAVING_MAX})"
NO_CRAVING: Final = "Craving was not asked about in these weeks."
NO_CRAVING_TITLE: Final = "Craving has not been asked about in these weeks"


def craving(value: float) -> str:
    """A check-in's answer, in a box on hover."""
    return f"{CRAVING} {value:.0f} of {CRAVING_MAX}"


def craving_title(last: float, before: float | None) -> str:
    """The answer at the last check-in that asked, and at the one before if there was one."""
    said = f"Craving was {last:.0f} of {CRAVING_MAX} at the last check-in that asked"
    if before is None:
        return said
    return f"{said}, as before" if last == before else f"{said}, {_way(last, before)} from {before:.0f}"


def _way(last: float, before: float) -> str:
    return "up" if last > before else "down"


def craving_alt(title: str, *, weeks: int, lowest: float, highest: float) -> str:
    """The range of the answers."""
    return f"Craving by check-in over {weeks} weeks, from {lowest:.0f} to {highest:.0f}. {title}."
