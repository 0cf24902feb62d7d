"""Lowered tolerance: the same dose can kill after time away from opioids or from medication."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.frames import FAR
from casework.indicators.absences import days_away, days_away_since
from casework.indicators.contact import CONTACT_FRAMES, counted_from, is_contact, last_contact
from casework.indicators.medication import (
    LOOK_BACK_DAYS,
    MISSED_DAYS,
    days_answered_for,
    days_dosed,
    days_prescribed,
)
from casework.indicators.registry import Concern, NextStep, Reading, indicator
from casework.vocabulary import LOWERS_TOLERANCE, AbsenceCause
from casework.windows import FURTHEST_WINDOW_DAYS, NEVER, Ints, Pairs, Panel, cached, lowest_bit

WATCH_DAYS: Final = 28
"""Overdose deaths are most frequent in the first four weeks after treatment ends (Sordo et al., BMJ 2017;357:j1550)."""
SILENCE_DAYS: Final = 28
"""Four weeks without a word: the trials' own rule for having left treatment (CTN-0094)."""
_LATER: Final = int(FAR)
MEDICATION_GAP: Final = "medication_gap"
CAUSES: Final = (*LOWERS_TOLERANCE, MEDICATION_GAP, "medication_ended", "silence")
"""Bit k of ``extra["mask"]`` is the k-th of these: the recorded absences, then what records imply."""


_POSITION: Final = {cause: position for position, cause in enumerate(AbsenceCause)}


def _recorded(panel: Panel) -> tuple[Ints, ...]:
    """The last day, up to today, of recorded detox, custody and hospital stays, and the first day of the latest of
    them for which the flag stands; NEVER."""

    def last_days(pairs: Pairs) -> tuple[Ints, ...]:
        today = pairs.of_owner(panel.as_of)
        last = np.minimum(pairs.column("until"), today)
        causes = pairs.column("cause")
        held = [np.where(causes == _POSITION[cause], last, NEVER) for cause in LOWERS_TOLERANCE]
        lasts = np.maximum.reduce(held) + WATCH_DAYS >= today
        began = np.where(lasts, pairs.column("day"), NEVER)
        return tuple(pairs.reduce(np.maximum, days, NEVER) for days in (*held, began))

    return panel.window("absences", None).fold(last_days)


@cached
def medication_gap(panel: Panel) -> tuple[Ints, Ints]:
    """The last and the first day of three prescribed days or more without a dose, for clients whose doses are on
    record; NEVER. Days of an absence count unless the medication was given in it: a body knows no excuse."""
    if not days_prescribed(panel).any():
        never = np.full(len(panel), NEVER, dtype=np.int64)
        return never, never
    dosed, recorded = days_dosed(panel)
    gap = days_prescribed(panel) & days_answered_for(panel) & ~dosed
    gap &= ~days_away(panel, LOOK_BACK_DAYS, medicated=True)
    for _ in range(MISSED_DAYS - 1):
        gap &= gap >> 1
    held, latest = recorded & (gap != 0), lowest_bit(gap)
    length = lowest_bit(~(gap >> np.maximum(latest, 0))) + MISSED_DAYS - 1
    last = np.where(held, panel.as_of - latest, NEVER)
    return last, np.where(held, last - length + 1, NEVER)


def _medication_ended(panel: Panel) -> Ints:
    """The last prescribed day of a medication that is not prescribed any more; NEVER."""
    days = days_prescribed(panel)
    return np.where((days != 0) & (days & 1 == 0), panel.as_of - lowest_bit(days), NEVER)


def _on_a_journey(panel: Panel, since: Ints) -> Ints:
    """Days since the day `since` on which the client was known to be away for a cause that lowers no tolerance."""
    return days_away_since(
        panel, since, causes=[cause for cause in AbsenceCause if cause not in LOWERS_TOLERANCE]
    )


def _silence(panel: Panel) -> tuple[Ints, Ints]:
    """The last and the first day of four weeks or more without contact or a dose (longer, where contact is expected
    more rarely); NEVER.

    Today, while it lasts; after a return, the day before it.
    """
    long = np.maximum(SILENCE_DAYS, panel.of_client("interval"))
    begin = counted_from(panel)
    latest = _heard(panel)
    heard = np.maximum(latest, begin)
    lasts = panel.as_of - heard - _on_a_journey(panel, heard) >= long
    back = np.full(len(panel), _LATER, dtype=np.int64)
    for name in CONTACT_FRAMES:
        window = panel.window(name, WATCH_DAYS)
        back = np.minimum(back, window.at("day", window.first(is_contact(window)), _LATER))
    doses = panel.window("doses", WATCH_DAYS)
    back = np.minimum(back, doses.at("day", doses.first(), _LATER))
    before = _heard(panel, skip=WATCH_DAYS)
    heard_before = np.maximum(before, begin)
    ended = (back <= panel.as_of) & (back - heard_before - _on_a_journey(panel, heard_before) >= long)
    last = np.where(lasts, panel.as_of, np.where(ended, back - 1, NEVER))
    return last, np.maximum(np.where(lasts, latest, before), begin) + 1


def _heard(panel: Panel, *, skip: int = 0) -> Ints:
    """The day of the last contact or dose, leaving out the latest `skip` days: who is dosed here is here."""
    contact, _ = last_contact(panel, skip=skip)
    doses = panel.window("doses", FURTHEST_WINDOW_DAYS, skip=skip)
    found: Ints = np.maximum(contact, doses.at("day", doses.last(), NEVER))
    return found


@indicator(
    id="lowered_tolerance",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("check_naloxone", "counselor", 1),
    group="safety",
)
def lowered_tolerance(panel: Panel) -> Reading:
    """Beside the value: `mask`, bits of the causes; `until`, the last day of the flag; `began`, the first day of the
    latest cause, -1 without one; `naloxone`, the day of the last naloxone kit, -1 if none is recorded."""
    *stays, stay_began = _recorded(panel)
    gap, gap_began = medication_gap(panel)
    ended = _medication_ended(panel)
    silence, silence_began = _silence(panel)
    held = [*stays, gap, ended, silence]
    mask = np.zeros(len(panel), dtype=np.int64)
    for bit, last_day in enumerate(held):
        mask |= (last_day + WATCH_DAYS >= panel.as_of).astype(np.int64) << bit
    until = np.where(mask != 0, np.maximum.reduce(held) + WATCH_DAYS, -1)
    began = stay_began
    for last_day, first_day in ((gap, gap_began), (ended, ended + 1), (silence, silence_began)):
        began = np.maximum(began, np.where(last_day + WATCH_DAYS >= panel.as_of, first_day, NEVER))
    value = (mask != 0).astype(np.float64)
    level = np.where(mask != 0, Concern.MARKED, Concern.NONE).astype(np.int8)
    events = panel.window("absences", None).evidence()
    evidence = events + panel.window("doses", WATCH_DAYS).evidence() + last_contact(panel)[1]
    extra = {
        "mask": mask,
        "until": until,
        "began": np.where(mask != 0, began, -1),
        "naloxone": panel.of_client("naloxone"),
    }
    return Reading(value, level, evidence, extra)
