"""Situations that a counselor would name, in which a stated chance has to hold too, and not on average alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from casework.indicators.care import AFTER_COVER_DAYS, BUPRENORPHINE, METHADONE, OTHER_MEDICATION
from casework.indicators.weeks import between
from casework.validation.study import Study
from casework.windows import Bools, Floats, Ints

FEWEST_ROWS: Final = 40
"""With fewer person-weeks nothing is said of how often it happened."""
_RUN: Final = 4

Holds = Callable[[Study], Bools]


def _value(study: Study, id_: str) -> Floats:
    return study.readings[id_].value


def _extra(study: Study, id_: str, name: str) -> Ints:
    return study.readings[id_].extra[name].astype(np.int64)


def _all(bits: Ints, first: int, last: int) -> Bools:
    mask = between(first, last)
    every: Bools = (bits & mask) == mask
    return every


def _bits(study: Study, name: str) -> Ints:
    frame = {"found": "use_weeks", "told": "use_weeks", "missed": "missed_weeks", "clean": "clean_weeks"}[
        name
    ]
    return _extra(study, frame, name)


def _in_week(study: Study, name: str) -> Bools:
    return _all(_bits(study, name), 0, 0)


def _on(study: Study, kind: int) -> Bools:
    on: Bools = _value(study, "medication_kind") == kind
    return on


def _stopped(study: Study) -> Bools:
    stopped: Bools = _extra(study, "days_without_dose", "stopped") > 0
    return stopped


def _clean_but_stopped(kind: int | None) -> Holds:
    def holds(study: Study) -> Bools:
        found = _in_week(study, "clean") & _stopped(study)
        return found if kind is None else found & _on(study, kind)

    return holds


def _no_dose(kind: int, days: int) -> Holds:
    return lambda study: _on(study, kind) & (_value(study, "days_without_dose") >= days)


def _after_a_run(study: Study) -> Bools:
    """Negative this week, and four weeks of use or absence in a row before, told or found."""
    bad = _bits(study, "found") | _bits(study, "told") | _bits(study, "missed")
    pairs = bad & (bad >> 1)
    run: Bools = (pairs & (pairs >> 2)) != 0
    return run & _in_week(study, "clean")


def _in_weeks(first: int, last: int) -> Holds:
    return lambda study: (study.week >= first) & (study.week <= last)


def _never_injected(study: Study) -> Bools:
    """On a lasting injection by prescription, and none has been given."""
    return _on(study, OTHER_MEDICATION) & np.isnan(_value(study, "days_without_dose"))


def _first_positive(study: Study) -> Bools:
    return _in_week(study, "found") & _all(_bits(study, "clean"), 1, 5)


SITUATIONS: Final[dict[str, Holds]] = {
    "The last week was missed": lambda study: _in_week(study, "missed"),
    "Two of the last four weeks were missed": lambda study: (
        np.bitwise_count(_bits(study, "missed") & between(0, 3)) >= 2
    ),
    "Three weeks in a row were missed": lambda study: _extra(study, "missed_weeks", "row") >= 3,
    "Not seen for 14 days": lambda study: _value(study, "days_unseen") >= 14,
    "A positive screen in the last week": lambda study: _in_week(study, "found"),
    "First positive screen after five negative weeks": _first_positive,
    "Use told of in the last week, and not found": lambda study: (
        _in_week(study, "told") & ~_in_week(study, "found")
    ),
    "One bad week up to now": lambda study: _extra(study, "use_weeks", "bad") == 1,
    "Two bad weeks in a row up to now": lambda study: _extra(study, "use_weeks", "bad") == 2,
    "Three bad weeks in a row up to now": lambda study: _extra(study, "use_weeks", "bad") == 3,
    "Eight negative weeks or more since use": lambda study: _extra(study, "clean_weeks", "since_use") >= 8,
    "Back after four bad weeks in a row": _after_a_run,
    "Negative, but buprenorphine stopped (9 days)": _clean_but_stopped(BUPRENORPHINE),
    "Negative, but methadone stopped (3 days)": _clean_but_stopped(METHADONE),
    "Negative, but the injection lapsed": _clean_but_stopped(OTHER_MEDICATION),
    "Negative, but any of these stopped": _clean_but_stopped(None),
    "Buprenorphine without a dose for 14 days": _no_dose(BUPRENORPHINE, 14),
    "Methadone without a dose for 7 days": _no_dose(METHADONE, 7),
    "Under a lasting injection": lambda study: (
        _extra(study, "days_without_dose", "lasting") == AFTER_COVER_DAYS
    ),
    "Injection prescribed, none given": _never_injected,
    "No dose in four weeks": lambda study: _extra(study, "days_without_dose", "covered") == 0,
    "Stimulants in the last four weeks": lambda study: _value(study, "stimulants") >= 1,
    "Weeks 3 and 4 of care": _in_weeks(3, 4),
    "Weeks 5 to 12 of care": _in_weeks(5, 12),
    "Weeks 13 to 20 of care": _in_weeks(13, 20),
}
