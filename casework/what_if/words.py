"""The answer in words: facts about the world and what the rules would make of them, never advice."""

from __future__ import annotations

import datetime as dt
from typing import Final

from casework import wording
from casework.vocabulary import LEVELS, Band, term
from casework.what_if.client import LONGEST_WEEKS
from casework.what_if.goal import Goal
from casework.what_if.search import Answer, Change
from casework.wording import listed, number, sentence, short_date

MEANING: Final = (
    "This describes how the rules work. It is not a goal for the client, and never a reason to enter something that "
    "did not happen."
)
SAFETY: Final = (
    "An open safety item comes first. It stays open until a named person acknowledges it; no other entry "
    "changes that."
)
_WITHIN: Final = f"within {number(LONGEST_WEEKS)} weeks"
_TOWARD: Final = {
    Goal.LOWER_BAND: "Toward less risk",
    Goal.HIGHER_BAND: "Toward more risk",
    Goal.LOWER_LEVEL: "Toward less care",
    Goal.HIGHER_LEVEL: "Toward more care",
}


def heading(goal: Goal) -> str:
    """ "Toward less risk"."""
    return _TOWARD[goal]


def said(answer: Answer) -> tuple[str, ...]:
    """The answer in whole sentences; none when nothing lies in that direction."""
    if answer.safety_open:
        return (SAFETY,)
    if not answer.possible:
        return ()
    lines = [_found(answer)]
    if answer.by_time is not None:
        lines.append(_by_time(answer.by_time, answer))
    if answer.goal.better and answer.tolerance_until is not None:
        until = short_date(answer.tolerance_until)
        lines.append(
            f"The warning about lowered tolerance stands at least until {until}, whatever else is recorded."
        )
    return tuple(lines)


def _found(answer: Answer) -> str:
    if answer.found is not None:
        return f"{sentence(listed(answer.found.said))} would {_leads_to(answer.found)}."
    if answer.by_time is not None:
        return "No small set of new facts would change this sooner than time alone."
    return f"No small set of new facts would change this {_WITHIN}."


def _by_time(change: Change, answer: Answer) -> str:
    line = f"Time alone, with nothing new on record, would {_leads_to(change)}: entries grow older"
    if answer.goal.better:
        return f"{line}. That is silence, not a change for the better."
    return f"{line}, and a planned screen without a result counts as missed."


def _leads_to(change: Change) -> str:
    day = short_date(change.day, change.day - dt.timedelta(weeks=change.weeks))
    if change.then.level is not None:
        return f"make {wording.label(term(LEVELS, change.then.level.value))} the first option by {day}"
    risk = " risk" if change.then.band is Band.LOW else ""
    return f"bring this to {change.then.band.value}{risk} by {day}"
