"""One client's weeks on one time axis, in words: the lanes, the marks, and what the whole shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from casework.wording.en.dates import full_date
from casework.wording.en.numbers import counted
from casework.wording.en.sentences import listed, sentence

LANES: Final = {
    "signs": "Signs",
    "craving": "Craving",
    "use": "Use",
    "sessions": "Sessions",
    "screens": "Urine",
    "doses": "Doses",
    "calls": "Calls",
    "decisions": "Decisions",
    "away": "Away",
}
"""The lanes by identifier, in the order in which they stand below each other; narrow, for a phone."""
EMPTY: Final = {
    "signs": "no sign was asked about",
    "craving": "not asked",
    "use": "not asked",
    "sessions": "no session was marked",
    "screens": "no screen",
    "doses": "no dose, and none prescribed",
    "calls": "no call was logged",
    "decisions": "none in these weeks",
    "away": "not away",
}
"""What stands in a lane without a mark."""
MARKS: Final = {
    "grave": "signs, use, opioid found",
    "missed": "missed, not reached",
    "absent": "prescribed, not found",
    "other": "other substance",
    "good": "came, clear, reached, taken",
    "nothing": "asked, nothing",
    "level": "craving, 0 to 10",
    "excused": "excused, cancelled",
    "due": "due",
    "dose": "dose",
    "decided": "decision",
    "covered": "covered",
    "gap": "not covered",
    "away": "away",
}
"""What the marks mean, by identifier: the same shape says the same in every lane."""
GAP: Final = "Prescribed, no dose recorded"
COVERED: Final = "Covered by a dose"


class Counts(NamedTuple):
    """What the weeks hold: check-ins that told of use, screens with an opioid of all with a result, sessions missed of
    all that count."""

    use: int
    opioid: int
    screens: int
    missed: int
    sessions: int


def title(found: Counts, weeks: int) -> str:
    """ "In 12 weeks: use told three times, an opioid in 2 of 5 urine screens, 4 of 12 sessions missed"."""
    said = []
    if found.use:
        said.append(f"use told {_times(found.use)}")
    if found.opioid:
        said.append(f"an opioid in {found.opioid} of {counted(found.screens, 'urine screen')}")
    if found.missed:
        said.append(f"{found.missed} of {counted(found.sessions, 'session')} missed")
    if said:
        return f"In {weeks} weeks: {listed(said)}"
    return f"In {weeks} weeks: no use told or found, and no session missed"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, counted(count, "time"))


def lane(lane: str, words: Sequence[str], last: dt.date | None) -> str:
    """A lane told to those who cannot see it: how many entries, and what the last one says."""
    name = LANES[lane]
    if not words or last is None:
        return f"{name}: {EMPTY[lane]}."
    return f"{name}: {counted(len(words), 'entry', 'entries')}, the last on {full_date(last)}: {sentence(words[-1])}."


def stretch(name: str, days: int, first: dt.date, last: dt.date) -> str:
    """ "Covered by a dose: three days, Monday … to Wednesday …"."""
    return f"{name}: {counted(days, 'day')}, {full_date(first)} to {full_date(last)}"
