"""What the client reports: opioid use, and withdrawal."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.frames import NOT_ASKED
from casework.indicators.registry import NextStep, Reading, graded, indicator
from casework.vocabulary import SAFETY_CONCERNS, STAGE_SIGNS, Stage, Use, mask, stage_mask
from casework.windows import NEVER, NO_ROW, Bools, Floats, Ints, Pairs, Panel, Window, cached

USE_DAYS: Final = 28
NOW_DAYS: Final = 14
WITHDRAWAL_DAYS: Final = 14
CAN_KILL: Final = ("alcohol", "benzodiazepine")
"""Withdrawal from these can kill; that from opioids alone rarely does (see docs/standing.md)."""
NONE, SLIP, REGULAR = (list(Use).index(use) for use in (Use.NONE, Use.SLIP, Use.REGULAR))
OVERDOSE: Final = mask(SAFETY_CONCERNS, ["overdose"])
USE_SIGNS: Final = stage_mask(Stage.PHYSICAL)
"""The signs of the physical stage say that there was use: a lapse, being preoccupied after it, or a relapse."""
RELAPSE_SIGN: Final = mask(STAGE_SIGNS, ["relapse"])


@cached
def reports_use(window: Window) -> Bools:
    """Check-ins that report opioid use."""
    use = window.all_of("use")
    found: Bools = use >= SLIP
    return found


def tells_of_overdose(window: Window) -> Bools:
    """Safety items about an overdose, acknowledged or not."""
    told: Bools = (window.all_of("concerns") & OVERDOSE) != 0
    return told


def overdosed_on(window: Window) -> Ints:
    """Of each safety item the day of the overdose; where nobody knows it, the day on which it was told."""
    return _own_day(window, "event")


def used_on(window: Window) -> Ints:
    """Of each check-in the last day of the use that it tells of; where none is named, its own."""
    return _own_day(window, "used_on")


def _own_day(window: Window, column: str) -> Ints:
    named = window.all_of(column)
    return np.where(named >= 0, named, window.all_of("day")).astype(np.int64)


def has_use_sign(window: Window, signs: int = USE_SIGNS) -> Bools:
    """Check-ins with one of the physical stage's `signs`."""
    seen: Bools = (window.all_of("stage_present") & signs) != 0
    return seen


@cached
def reported(panel: Panel) -> tuple[Floats, Floats, Floats, Ints]:
    """The worst opioid use reported of the last 28 days and of 14 (0 none, 1 slip, 2 regular; NaN when nobody asked),
    the days of use that were reported, and the `USE_SIGNS` that were seen in 28 days. Use counts by its own day: what
    was longer ago is none of these days, whenever it was told."""
    window = panel.window("check_ins", USE_DAYS)
    last_day = used_on(window)

    def worst(pairs: Pairs) -> tuple[Ints, Ints, Floats, Ints]:
        ago = pairs.of_owner(panel.as_of) - last_day[pairs.row]
        told = pairs.column("use")
        use = np.where(ago < USE_DAYS, told, np.minimum(told, NONE))
        recent = np.where(ago < NOW_DAYS, told, np.minimum(told, NONE))
        recent = np.where(pairs.age < NOW_DAYS, recent, NOT_ASKED)
        days = pairs.total(np.where(ago < USE_DAYS, np.nan_to_num(pairs.column("use_days")), 0.0))
        seen = pairs.union(pairs.column("stage_present") & USE_SIGNS)
        return (
            pairs.reduce(np.maximum, use, NOT_ASKED),
            pairs.reduce(np.maximum, recent, NOT_ASKED),
            days,
            seen,
        )

    month, fortnight, days, seen = window.fold(worst)
    return (
        np.where(month == NOT_ASKED, np.nan, month),
        np.where(fortnight == NOT_ASKED, np.nan, fortnight),
        days,
        seen,
    )


@indicator(
    id="reported_use",
    window_days=USE_DAYS,
    next_step=NextStep("offer_medication", "counselor", 1),
)
def reported_use(panel: Panel) -> Reading:
    """Beside the value: `recent`, the worst of the last 14 days; `days`, days of use reported in 28 days."""
    value, recent, days, _ = reported(panel)
    window = panel.window("check_ins", USE_DAYS)
    level = graded(value, some=SLIP, marked=SLIP, serious=REGULAR)
    use = window.all_of("use")
    # What says none is evidence too, when there is nothing worse.
    said_none = window.last(use == NONE)
    said_none[np.nan_to_num(value) > NONE] = NO_ROW
    since = np.where(np.nan_to_num(value) > NONE, panel.as_of - USE_DAYS, NEVER)
    told = window.evidence_since(reports_use(window), used_on(window), since)
    evidence = told + window.evidence_at(said_none)
    return Reading(value, level, evidence, {"recent": recent, "days": days})


@indicator(
    id="overdose",
    window_days=USE_DAYS,
    next_step=NextStep("see_today", "counselor", 0),
)
def overdose(panel: Panel) -> Reading:
    """By the day on which it happened, whenever it was told."""
    items = panel.window("safety_items", USE_DAYS)
    told, on, since = tells_of_overdose(items), overdosed_on(items), panel.as_of - USE_DAYS
    count = items.each(lambda pairs: pairs.total(told[pairs.row] & (on[pairs.row] > pairs.of_owner(since))))
    check_ins = panel.window("check_ins", USE_DAYS)
    asked = check_ins.last(check_ins.all_of("overdosed") >= 0) != NO_ROW
    value = np.where(asked | (count > 0), count, np.nan)
    return Reading(value, graded(value, some=1, marked=1, serious=1), items.evidence_since(told, on, since))


@indicator(
    id="withdrawal",
    window_days=WITHDRAWAL_DAYS,
    next_step=NextStep("review_dose", "prescriber", 1),
)
def withdrawal(panel: Panel) -> Reading:
    window = panel.window("check_ins", WITHDRAWAL_DAYS)
    rows = window.last(window.all_of("withdrawal") >= 0)
    value = window.at("withdrawal", rows, -1).astype(np.float64)
    value[rows == NO_ROW] = np.nan
    return Reading(value, graded(value, some=1, marked=2, serious=3), window.evidence_at(rows))
