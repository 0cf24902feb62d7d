"""Values with their unit."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from casework.indicators.care import BUPRENORPHINE, METHADONE, OTHER_MEDICATION
from casework.indicators.drift import ABOVE_LIMIT, ABOVE_WARNING, WARNING_LIMIT
from casework.wording.en.numbers import count, decimal, percent

_FOR_ONE_AND_MORE: Final = {
    "medication_coverage": ("{percent} of days", "{percent} of days"),
    "unexpected_opioids": ("{number} of the last 3 due", "{number} of the last 3 due"),
    "missed_screens": ("{number} of the last 3 due", "{number} of the last 3 due"),
    "medication_absent": ("{number} of the last 3 due", "{number} of the last 3 due"),
    "time_in_care": ("{whole} week", "{whole} weeks"),
    "stimulants": ("{number} screen", "{number} screens"),
    "attendance_rate": ("{percent} of sessions", "{percent} of sessions"),
    "consecutive_no_shows": ("{number} session", "{number} sessions"),
    "contact_gap": ("{number} day", "{number} days"),
    "craving": ("{number} of 10", "{number} of 10"),
    "craving_trend": ("{number} point", "{number} points"),
    "active_signs": ("{number} sign", "{number} signs"),
    "sign_coverage": ("{percent} of signs", "{percent} of signs"),
    "sign_burden": ("{percent} of asked signs", "{percent} of asked signs"),
    "halt": ("{number} of 4", "{number} of 4"),
    "overdose": ("{number} overdose told of", "{number} overdoses told of"),
    "withdrawal": ("{number} of 3", "{number} of 3"),
    "protective_factors": ("{number} of 4", "{number} of 4"),
    "safety": ("{number} open item", "{number} open items"),
    "stage_tags": ("{number} stage tagged", "{number} stages tagged"),
    "use_weeks": ("{number} week of 14", "{number} weeks of 14"),
    "clean_weeks": ("{number} week of 14", "{number} weeks of 14"),
    "missed_weeks": ("{number} week of 14", "{number} weeks of 14"),
    "days_unseen": ("{number} day", "{number} days"),
    "says_fine": ("{number} finding", "{number} findings"),
    "says_hard": ("{number} answer", "{number} answers"),
}
_BY_VALUE: Final[dict[str, dict[int, str]]] = {
    "reported_use": {0: "none", 1: "slip", 2: "regular"},
    "lowered_tolerance": {0: "no", 1: "yes"},
    "medication_kind": {
        OTHER_MEDICATION: "neither methadone nor buprenorphine",
        METHADONE: "methadone",
        BUPRENORPHINE: "buprenorphine",
    },
}
_UNKNOWN: Final = {"medication_kind": "none prescribed"}
"""What a value that is not there says, where it says more than that it is not known."""


def _drift(value: float) -> str:
    """Against the client's own limits: how many deviations it is says something to a statistician alone."""
    if value >= ABOVE_LIMIT:
        return "far more signs than usual for this client"
    if value >= ABOVE_WARNING:
        return "more signs than usual for this client"
    return "fewer signs than usual for this client" if value < -WARNING_LIMIT else "as usual for this client"


def _missed(value: float) -> str:
    """Up to yesterday, as the headline counts: today's dose may still come."""
    return count(max(0, round(value) - 1), "day")


_IN_WORDS: Final[dict[str, Callable[[float], str]]] = {"drift": _drift, "days_without_dose": _missed}


def value_in_words(indicator_id: str, value: float) -> str:
    """An indicator's value with its unit: "3 signs", "84% of sessions", "2 of 4", "slip"; "not known" for NaN."""
    if math.isnan(value):
        return _UNKNOWN.get(indicator_id, "not known")
    if indicator_id in _IN_WORDS:
        return _IN_WORDS[indicator_id](value)
    if indicator_id in _BY_VALUE:
        return _BY_VALUE[indicator_id][int(value)]
    one, more = _FOR_ONE_AND_MORE[indicator_id]
    whole = int(value)  # a week that has begun is not a week yet
    return (one if abs(round(value, 1)) == 1 or (whole == 1 and "{whole}" in one) else more).format(
        number=decimal(value), whole=whole, percent=percent(value)
    )
