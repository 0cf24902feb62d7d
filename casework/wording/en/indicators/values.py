"""Values with their unit."""

from __future__ import annotations

import math
from typing import Final

from casework.wording.en.numbers import decimal, percent

_FOR_ONE_AND_MORE: Final = {
    "medication_coverage": ("{percent} of days", "{percent} of days"),
    "unexpected_opioids": ("{number} of the last 3 due", "{number} of the last 3 due"),
    "missed_screens": ("{number} of the last 3 due", "{number} of the last 3 due"),
    "medication_absent": ("{number} of the last 3 due", "{number} of the last 3 due"),
    "time_in_care": ("{number} week", "{number} weeks"),
    "medication_kind": ("{number} kind", "{number} kind"),
    "days_without_dose": ("{number} day", "{number} days"),
    "stimulants": ("{number} screen", "{number} screens"),
    "attendance_rate": ("{percent} of sessions", "{percent} of sessions"),
    "consecutive_no_shows": ("{number} session", "{number} sessions"),
    "contact_gap": ("{number} day", "{number} days"),
    "craving": ("{number} of 10", "{number} of 10"),
    "craving_trend": ("{number} point a week", "{number} points a week"),
    "active_signs": ("{number} sign", "{number} signs"),
    "sign_coverage": ("{percent} of signs", "{percent} of signs"),
    "sign_burden": ("{percent} of asked signs", "{percent} of asked signs"),
    "halt": ("{number} of 4", "{number} of 4"),
    "drift": ("{number} times the usual spread", "{number} times the usual spread"),
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
_BY_VALUE: Final = {
    "reported_use": ("none", "slip", "regular"),
    "lowered_tolerance": ("no", "yes"),
}


def value_in_words(indicator_id: str, value: float) -> str:
    """An indicator's value with its unit: "3 signs", "84% of sessions", "2 of 4", "slip"; "not known" for NaN."""
    if math.isnan(value):
        return "not known"
    if indicator_id in _BY_VALUE:
        return _BY_VALUE[indicator_id][int(value)]
    one, more = _FOR_ONE_AND_MORE[indicator_id]
    return (one if value == 1 else more).format(number=decimal(value, 2), percent=percent(value))
