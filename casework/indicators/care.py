"""The frame of treatment: how long somebody has been in care, which medication covers them, and other substances."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.absences import days_away
from casework.indicators.medication import LOOK_BACK_DAYS, days_dosed, days_prescribed, prescribed
from casework.indicators.registry import NextStep, Reading, graded, indicator
from casework.indicators.screens import is_collected, unexpected
from casework.vocabulary import MEDICATIONS, SUBSTANCES, mask
from casework.windows import (
    FURTHEST_WINDOW_DAYS,
    NEVER,
    NO_EVIDENCE,
    NO_ROW,
    Ints,
    Panel,
    Window,
    bit_count,
    first_days,
    lowest_bit,
)

MONTH_DAYS: Final = 28
STIMULANTS: Final = mask(SUBSTANCES, ["cocaine", "amphetamine"])
LASTING_DAYS: Final = 28
"""A dose that covers so many days or more is a lasting injection."""
AFTER_COVER_DAYS: Final = 5
"""On so many days after its cover, that one included, what a lasting injection was worth goes a part at a time."""
OTHER_MEDICATION, METHADONE, BUPRENORPHINE = range(3)
_STOPPED_FROM: Final = {"methadone": 3}
_STOPPED_FROM_OTHERS: Final = 9
"""Days without a known dose from which a medication counts as stopped. Methadone is given daily; the others may be
taken home, for a week at most in the trials, and are known at the next visit. Of a lasting injection it is the first
day after its cover."""
_STOPPED_DAYS: Final = np.array(
    [
        1 if one.covers_days >= LASTING_DAYS else _STOPPED_FROM.get(one.id, _STOPPED_FROM_OTHERS)
        for one in MEDICATIONS
    ]
)
_KINDS: Final = np.array(
    [
        {"methadone": METHADONE, "buprenorphine": BUPRENORPHINE}.get(one.shows_as or "", OTHER_MEDICATION)
        for one in MEDICATIONS
    ]
)


@indicator(
    id="time_in_care",
    window_days=None,
    next_step=NextStep("keep_to_plan", "counselor", 14),
    group="strength",
)
def time_in_care(panel: Panel) -> Reading:
    value = np.maximum(panel.as_of - panel.of_client("admitted"), 0) / 7
    return Reading(value, graded(value), NO_EVIDENCE)


@indicator(
    id="medication_kind",
    window_days=None,
    next_step=NextStep("keep_to_plan", "counselor", 14),
    group="strength",
)
def medication_kind(panel: Panel) -> Reading:
    window = panel.window("prescriptions", None)
    rows = latest_that_holds(window)
    kind = _KINDS[window.at("medication", rows, 0)].astype(np.float64)
    value = np.where(prescribed(panel), kind, np.nan)
    return Reading(value, graded(value), window.evidence_at(rows))


def latest_that_holds(window: Window) -> Ints:
    """Of the prescriptions that hold on the panel row's day the one that began last; NO_ROW without one."""
    found = np.full(window.size, NO_ROW, dtype=np.int64)
    done = np.zeros(window.size, dtype=bool)
    until = window.all_of("until")
    for owner, row in window.backwards(done):
        holds = until[row] > window.as_of[owner]
        found[owner[holds]] = row[holds]
        done[owner] = holds
    return found


@indicator(
    id="days_without_dose",
    window_days=LOOK_BACK_DAYS,
    next_step=NextStep("ask_about_medication", "counselor", 2),
)
def days_without_dose(panel: Panel) -> Reading:
    """Beside the value: `counted`, what the rows of the scores count of it (see `_still_known`); `uncovered`,
    prescribed days of the last 28 that no dose covers; `covered`, those that one covers; `stopped`, days since the
    medication has stopped, the first included; `lasting`, `AFTER_COVER_DAYS` where a lasting injection covers today,
    one less for each day since."""
    dosed, recorded = days_dosed(panel)
    due = days_prescribed(panel)
    applies = recorded & (due & 1).astype(bool)
    here = ~days_away(panel, LOOK_BACK_DAYS)
    since_dose = np.where(dosed == 0, first_days(LOOK_BACK_DAYS), (dosed & -dosed) - 1)
    since_prescribed = first_days(LOOK_BACK_DAYS) & ((~due & (due + 1)) - 1)
    value = np.where(applies, bit_count(since_dose & since_prescribed & here), np.nan)
    counted = np.minimum(np.nan_to_num(value), _still_known(panel, dosed)).astype(np.int64)
    month = due & here & first_days(MONTH_DAYS)
    extra = {
        "counted": counted,
        "uncovered": np.where(applies, bit_count(month & ~dosed), 0).astype(np.int64),
        "covered": np.where(applies, bit_count(month & dosed), 0).astype(np.int64),
        "stopped": _has_stopped(panel, counted),
        "lasting": _lasting(panel),
    }
    doses = panel.window("doses", MONTH_DAYS)
    return Reading(value, graded(value, some=3, marked=9, serious=14), doses.evidence_at(doses.last()), extra)


def _still_known(panel: Panel, dosed: Ints) -> Ints:
    """For how many days more a dose will be on record (see `days_dosed`), if none comes: whether doses are recorded at
    all stops being known a day at a time, so that no score falls overnight when the last one is too old."""
    window = panel.window("doses", FURTHEST_WINDOW_DAYS)
    by_day = FURTHEST_WINDOW_DAYS - (panel.as_of - window.at("day", window.last(), NEVER))
    by_cover = np.where(dosed != 0, LOOK_BACK_DAYS - lowest_bit(dosed), 0)
    return np.maximum(np.maximum(by_day, by_cover), 0)


def _has_stopped(panel: Panel, days: Ints) -> Ints:
    """For how many days so many `days` without a dose have meant that the medication that is prescribed has stopped;
    the first counts, 0 while it has not."""
    window = panel.window("prescriptions", None)
    medication = window.at("medication", latest_that_holds(window), 0)
    since: Ints = np.maximum(days - _STOPPED_DAYS[medication] + 1, 0)
    return since


def _lasting(panel: Panel) -> Ints:
    """`AFTER_COVER_DAYS` where a dose of `LASTING_DAYS` or more covers the day, one less for each day since."""
    covers = panel.facts.column("doses", "covers").astype(np.int64)
    window = panel.window("doses", (int(covers.max()) if len(covers) else 1) + AFTER_COVER_DAYS)
    days = window.all_of("day")
    until = np.where(covers >= LASTING_DAYS, days + covers, NEVER)
    last = window.each(lambda pairs: pairs.reduce(np.maximum, until[pairs.row], NEVER)) - 1
    return np.clip(last - panel.as_of + AFTER_COVER_DAYS, 0, AFTER_COVER_DAYS)


@indicator(
    id="stimulants",
    window_days=MONTH_DAYS,
    next_step=NextStep("talk_about_substances", "counselor", 7),
)
def stimulants(panel: Panel) -> Reading:
    window = panel.window("screens", MONTH_DAYS)
    collected = is_collected(window)
    shows = (unexpected(window) & STIMULANTS) != 0
    taken, found = window.fold(
        lambda pairs: (pairs.total(collected[pairs.row]), pairs.total(shows[pairs.row]))
    )
    value = np.where(taken > 0, found.astype(np.float64), np.nan)
    return Reading(value, graded(value, some=1, marked=3), window.evidence(shows))
