"""Week by week: in which of the last fourteen weeks use was found, the client was seen, or they did not come.

A week is a 7-day block counted back from the panel's day: bit 0 is the last seven days, bit 1 the seven before them.
A week in which nothing was due and nothing was heard has no bit anywhere: it is unknown, neither good nor bad.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.indicators.contact import counted_from, is_contact, is_kept, is_no_show
from casework.indicators.registry import NextStep, Reading, graded, indicator
from casework.indicators.screens import DUE, EXCUSED, GRACE_DAYS, MISSED, is_collected, unexpected_opioid
from casework.indicators.use import has_use_sign, reports_use
from casework.windows import (
    FURTHEST_WINDOW_DAYS,
    NEVER,
    NO_EVIDENCE,
    NO_ROW,
    Bools,
    Floats,
    Ints,
    Pairs,
    Panel,
    Window,
    bit_count,
    cached,
)

WEEK_DAYS: Final = 7
WEEKS: Final = FURTHEST_WINDOW_DAYS // WEEK_DAYS
_BIT_OF_AGE: Final = (1 << np.arange(FURTHEST_WINDOW_DAYS) // WEEK_DAYS).astype(np.int16)
"""For each age in days the bit of its week."""
HEARD_AT_ONCE_DAYS: Final = 1
"""A check-in that became known later tells of a day; it does not say that the client was seen on it."""


@dataclass(frozen=True)
class Weeks:
    """Bits of the last `WEEKS` weeks, one number a panel row.

    seen: a kept session, a collected screen, or, where nothing was missed, a check-in with the client. missed: a
    no-show or a missed screen, and neither kept nor collected. found: an unexpected opioid in urine. told: opioid use
    reported, or a sign of the physical stage. clean: a collected screen without an unexpected opioid, and nothing found
    or told.
    """

    seen: Ints
    missed: Ints
    found: Ints
    told: Ints
    clean: Ints

    @property
    def used(self) -> Ints:
        """Opioid use was found or told."""
        return self.found | self.told


@cached
def weeks(panel: Panel) -> Weeks:
    """The weeks of every panel row, from what was known by its day."""
    sessions, screens, check_ins = _windows(panel)
    opioid, status = unexpected_opioid(screens), screens.all_of("status")
    kept, no_show = _bits(sessions, is_kept(sessions), is_no_show(sessions))
    collected, found, not_taken = _bits(screens, is_collected(screens) & ~opioid, opioid, status == MISSED)
    heard, told = _bits(check_ins, is_heard_at_once(check_ins), tells_of_use(check_ins))
    came = kept | collected | found
    missed = (no_show | not_taken | _overdue(panel)) & ~came
    return Weeks((came | heard) & ~missed, missed, found, told, collected & ~found & ~told)


def _windows(panel: Panel) -> tuple[Window, Window, Window]:
    sessions, screens, check_ins = (
        panel.window(name, FURTHEST_WINDOW_DAYS) for name in ("attendance", "screens", "check_ins")
    )
    return sessions, screens, check_ins


@cached
def is_heard_at_once(window: Window) -> Bools:
    """Check-ins with the client that were known on the day itself or the day after."""
    heard = is_contact(window)
    if window.late:
        heard = heard & (window.all_of("known") - window.all_of("day") <= HEARD_AT_ONCE_DAYS)
    return heard


@cached
def tells_of_use(window: Window) -> Bools:
    """Check-ins that report opioid use, or saw a sign of the physical stage, which says that there was use."""
    found: Bools = reports_use(window) | has_use_sign(window)
    return found


def _bits(window: Window, *where: Bools) -> tuple[Ints, ...]:
    """For each condition (one value a frame row) the weeks in which it holds for some row."""

    def union(pairs: Pairs) -> tuple[Ints, ...]:
        week = _BIT_OF_AGE[pairs.age]
        return tuple(pairs.union(week * holds[pairs.row]) for holds in where)

    return window.fold(union)


def _planned(panel: Panel) -> tuple[Window, Bools]:
    """The window of screens that were due more than `GRACE_DAYS` ago, and which of its rows have no result."""
    late = panel.window("screens", FURTHEST_WINDOW_DAYS, skip=GRACE_DAYS + 1)
    return late, late.all_of("status") == DUE


def _overdue(panel: Panel) -> Ints:
    """Weeks of planned screens that have no result days after they were due."""
    late, planned = _planned(panel)
    return _bits(late, planned)[0] if planned.any() else np.zeros(len(panel), dtype=np.int64)


def between(first: int, last: int) -> int:
    """The bits of the weeks from `first` to `last`, both included (0: the last seven days)."""
    return (1 << (last + 1)) - (1 << first)


def run_of(mask: Ints) -> Ints:
    """How many weeks in a row up to the latest have their bit set."""
    ends = ~mask & between(0, WEEKS)  # one bit past the last week, so that a full run ends there
    return bit_count((ends & -ends) - 1)


def count(mask: Ints, first: int = 0, last: int = WEEKS - 1) -> Ints:
    """How many of the weeks from `first` to `last` have their bit set."""
    return bit_count(mask & between(first, last))


def _known(weeks_known: Weeks, value: Ints) -> Floats:
    """The value; NaN where no week says anything."""
    heard = weeks_known.seen | weeks_known.missed | weeks_known.used | weeks_known.clean
    return np.where(heard != 0, value.astype(np.float64), np.nan)


@indicator(
    id="use_weeks",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("offer_medication", "counselor", 1),
)
def use_weeks(panel: Panel) -> Reading:
    """Beside the value: `found`, bits of the weeks in which urine showed it; `told`, bits of the weeks in which it was
    reported; `bad`, weeks in a row up to now with use, or missed."""
    known = weeks(panel)
    value = _known(known, count(known.used))
    _, screens, check_ins = _windows(panel)
    found, told = screens.evidence(unexpected_opioid(screens)), check_ins.evidence(tells_of_use(check_ins))
    extra = {"found": known.found, "told": known.told, "bad": run_of(known.used | known.missed)}
    level = graded(value, some=1, marked=2, serious=4)
    return Reading(value, level, found + told, extra, {"found": found, "told": told})


@indicator(
    id="clean_weeks",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("say_it_is_seen", "counselor", 14),
    group="strength",
)
def clean_weeks(panel: Panel) -> Reading:
    """Beside the value: `clean`, bits of the weeks; `screens`, 1 when any screen was due or taken; excused ones do not
    count."""
    known = weeks(panel)
    value = _known(known, count(known.clean))
    screens = _windows(panel)[1]
    negative = is_collected(screens) & ~unexpected_opioid(screens)
    counts = screens.all_of("status") != EXCUSED
    extra = {"clean": known.clean, "screens": (screens.last(counts) != NO_ROW).astype(np.int64)}
    return Reading(value, graded(value), screens.evidence(negative), extra)


@indicator(
    id="missed_weeks",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("call_and_offer_appointment", "counselor", 1),
)
def missed_weeks(panel: Panel) -> Reading:
    """Beside the value: `missed`, bits of the weeks; `row`, missed weeks in a row up to now."""
    known = weeks(panel)
    value = _known(known, count(known.missed))
    sessions, screens, _ = _windows(panel)
    evidence = sessions.evidence(is_no_show(sessions)) + screens.evidence(screens.all_of("status") == MISSED)
    late, planned = _planned(panel)
    evidence += late.evidence(planned)
    extra = {"missed": known.missed, "row": run_of(known.missed)}
    return Reading(value, graded(value, some=1, marked=2, serious=4), evidence, extra)


@indicator(
    id="days_unseen",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("call_and_offer_appointment", "counselor", 1),
)
def days_unseen(panel: Panel) -> Reading:
    """Beside the value: `silent`, days without any sign of the client."""
    sessions, screens, check_ins = _windows(panel)
    collected = is_collected(screens)
    seen = counted_from(panel)
    evidence = NO_EVIDENCE
    for window, where in (
        (sessions, is_kept(sessions)), (screens, collected), (check_ins, is_heard_at_once(check_ins)),
    ):  # fmt: skip
        row = window.last(where)
        seen = np.maximum(seen, window.at("day", row, NEVER))
        evidence += window.evidence_at(row)
    calls = panel.window("calls", FURTHEST_WINDOW_DAYS)
    heard = np.maximum(seen, calls.at("day", calls.last(is_contact(calls)), NEVER))
    doses = panel.window("doses", FURTHEST_WINDOW_DAYS)
    heard = np.maximum(heard, doses.at("day", doses.last(), NEVER))
    value = np.maximum(panel.as_of - seen, 0).astype(np.float64)
    extra = {"silent": np.maximum(panel.as_of - heard, 0)}
    return Reading(value, graded(value, some=9, marked=14, serious=21), evidence, extra)
