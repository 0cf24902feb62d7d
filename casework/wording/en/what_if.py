"""What would change this, in words: facts about the world and what the rules would make of them, never advice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from casework.vocabulary import Band
from casework.what_if import (
    LONG_DAYS,
    LONGEST_WEEKS,
    SHORT_DAYS,
    SIGNS_GONE,
    SIGNS_MORE,
    Goal,
    NewFact,
    WhatIfAnswer,
    WhatIfChange,
)
from casework.wording.en.dates import short_date
from casework.wording.en.numbers import counted, number
from casework.wording.en.sentences import listed, sentence
from casework.wording.en.terms import label, within

MEANING: Final = (
    "This describes how the rules work. It is not a goal for the client, and never a reason to enter something that "
    "did not happen."
)
SAFETY: Final = (
    "An open safety item comes first. It stays open until a named person acknowledges it; no other entry "
    "changes that."
)
BETTER: Final = {
    "visits": ("One to three kept visits, a week apart", "always"),
    "medication": (
        f"{SHORT_DAYS} days of medication on record (one fact) or {LONG_DAYS} (two); the next injection (one)",
        "while a maintenance medication is prescribed",
    ),
    "screens": (
        "One to three negative screens, a week apart: nothing found but what is prescribed",
        "where screens are part of the client's care",
    ),
    "signs": (
        f"A check-in at which {SIGNS_GONE} of the active signs are gone (one fact) or no sign is present (one fact up "
        f"to {SIGNS_GONE} active signs, else two)",
        "always; two of them gone only where there are more",
    ),
    "use": ("No use reported at a check-in (one fact), or for two weeks (two)", "always"),
}
WORSE: Final = {
    "no_shows": ("One to three no-shows, a week apart", "always"),
    "medication": (
        f"{SHORT_DAYS} days without medication (one fact) or {LONG_DAYS} (two)",
        "while a medication is prescribed that is taken daily",
    ),
    "screens": (
        "One to three screens with an unexpected opioid, a week apart",
        "where screens are part of the client's care",
    ),
    "signs": (f"A check-in with {SIGNS_MORE} more signs", "while others can become active"),
    "use": ("A slip reported at a check-in (one fact), or regular use (two)", "always"),
}
"""By kind: the new facts of the catalogue, and when they are plausible."""
_NEW_FACTS: Final[dict[str, Callable[[NewFact], str]]] = {
    "kept_visits": lambda new: counted(new.count, "kept visit"),
    "next_injection": lambda _: "the next injection on record",
    "medication_days": lambda new: f"{counted(new.count, 'day')} of medication on record",
    "negative_screens": lambda new: counted(new.count, "negative screen"),
    "no_signs": lambda _: "a check-in with no warning sign",
    "signs_gone": lambda new: (
        f"a check-in at which {listed([f'“{label(one)}”' for one in new.terms])} are gone"
    ),
    "no_use": lambda new: (
        "a check-in with no use reported"
        if new.count == 1
        else f"no use reported for {counted(new.count, 'week')}"
    ),
    "no_shows": lambda new: counted(new.count, "no-show"),
    "days_without_medication": lambda new: f"{counted(new.count, 'day')} without medication",
    "positive_screens": lambda new: f"{counted(new.count, 'screen')} with an unexpected opioid",
    "more_signs": lambda new: (
        f"a check-in with {number(new.count)} more {'sign' if new.count == 1 else 'signs'}"
    ),
    "slip": lambda _: "a report of a slip",
    "regular_use": lambda _: "a report of regular use",
}
_WITHIN: Final = f"within {number(LONGEST_WEEKS)} weeks"
_TOWARD: Final = {
    Goal.LOWER_BAND: "Toward less risk",
    Goal.HIGHER_BAND: "Toward more risk",
    Goal.LOWER_LEVEL: "Toward less care",
    Goal.HIGHER_LEVEL: "Toward more care",
}


def new_fact(new: NewFact) -> str:
    """ "two kept visits", "a check-in with no warning sign"."""
    return _NEW_FACTS[new.id](new)


def heading(goal: Goal) -> str:
    """ "Toward less risk"."""
    return _TOWARD[goal]


def answered(answer: WhatIfAnswer) -> tuple[str, ...]:
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


def _found(answer: WhatIfAnswer) -> str:
    if answer.found is not None:
        return f"{sentence(listed([new_fact(one) for one in answer.found.what]))} would {_leads_to(answer.found)}."
    if answer.by_time is not None:
        return "No small set of new facts would change this sooner than time alone."
    return f"No small set of new facts would change this {_WITHIN}."


def _by_time(change: WhatIfChange, answer: WhatIfAnswer) -> str:
    line = f"Time alone, with nothing new on record, would {_leads_to(change)}: entries grow older"
    if answer.goal.better:
        return f"{line}. That is silence, not a change for the better."
    return f"{line}, and a planned screen without a result counts as missed."


def _leads_to(change: WhatIfChange) -> str:
    day = short_date(change.day, change.day - dt.timedelta(weeks=change.weeks))
    if change.then.level is not None:
        return f"make {label(change.then.level)} the first option by {day}"
    risk = " risk" if change.then.band is Band.LOW else ""
    return f"bring this to {within(change.then.band)}{risk} by {day}"
