"""Urine screens: what was found, what was missed, and whether the prescribed medication shows."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.absences import window_here
from casework.indicators.registry import NextStep, Reading, graded, indicator
from casework.vocabulary import OPIOID_MASK, ScreenStatus
from casework.windows import NO_ROW, Array, Bools, Ints, Panel, Window, cached

LAST_DUE: Final = 3
REPEATED_FINDINGS: Final = 2
"""Of the last screens. One finding can be wrong; two are a pattern (presumptive results, ASAM 2017)."""
LAST_DUE_DAYS: Final = 42
"""Older screens say nothing about now: six weeks hold three screens even where one is due every two weeks."""
GRACE_DAYS: Final = 3
"""A planned screen may be collected, and written down, a few days late; after that nobody collected it."""
DUE, COLLECTED, MISSED, EXCUSED = (
    list(ScreenStatus).index(s)
    for s in (ScreenStatus.DUE, ScreenStatus.COLLECTED, ScreenStatus.MISSED, ScreenStatus.EXCUSED)
)


@cached
def last_due(panel: Panel) -> tuple[Window, Ints]:
    """The last three screens of six weeks that were collected or missed; excused ones don't count."""
    window = panel.window("screens", LAST_DUE_DAYS)
    status = window.all_of("status")
    return window, window.latest(LAST_DUE, (status == COLLECTED) | (status == MISSED))


def last_due_with_overdue(panel: Panel) -> tuple[Window, Ints]:
    """As `last_due`, without those of days on which the client was away; planned screens whose due date is more
    than `GRACE_DAYS` past are among them."""
    window = window_here(panel, "screens", LAST_DUE_DAYS)
    status = window.all_of("status")
    settled = window.latest(LAST_DUE, (status == COLLECTED) | (status == MISSED))
    planned = status == DUE
    if not planned.any():
        return window, settled
    overdue = window_here(panel, "screens", LAST_DUE_DAYS, skip=GRACE_DAYS + 1)
    open_ones = overdue.latest(LAST_DUE, planned)
    # Rows stand by day, so the latest ones have the highest numbers; NO_ROW is below all of them.
    return window, -np.sort(-np.concatenate([settled, open_ones]), axis=0)[:LAST_DUE]


@cached
def is_collected(window: Window) -> Bools:
    """Frame rows of screens that have a result."""
    found: Bools = window.all_of("status") == COLLECTED
    return found


@cached
def unexpected(window: Window) -> Array:
    """For each frame row the substances found that the client's own prescription does not explain."""
    found: Array = window.all_of("found") & ~window.all_of("expected")
    found[~is_collected(window)] = 0
    return found


@cached
def unexpected_opioid(window: Window) -> Bools:
    """Frame rows with an opioid that the client's own prescription does not explain."""
    found: Bools = (unexpected(window) & OPIOID_MASK) != 0
    return found


@cached
def is_negative(window: Window) -> Bools:
    """Frame rows that were tested for opioids and showed none that the prescription does not explain. What was not
    tested for is no negative result."""
    tested = (window.all_of("tested") & OPIOID_MASK) != 0
    found: Bools = is_collected(window) & tested & ~unexpected_opioid(window)
    return found


def _reading(window: Window, rows: Ints, of_rows: Bools, marked: int) -> Reading:
    """How many of the last due `rows` are hits."""
    hit = window_hits(rows, of_rows)
    due = (rows != NO_ROW).sum(axis=0)
    value = np.where(due > 0, hit.sum(axis=0), np.nan)
    extra = {"due": due, "latest": hit[0].astype(np.int8)}
    evidence = window.evidence_at(np.where(hit, rows, NO_ROW))
    return Reading(value, graded(value, some=1, marked=marked, serious=3), evidence, extra)


def window_hits(rows: Ints, of_rows: Bools) -> Bools:
    """For each of `rows` whether it is a hit; NO_ROW is none."""
    if not len(of_rows):
        return np.zeros(rows.shape, dtype=bool)
    hit: Bools = (rows != NO_ROW) & of_rows[rows]
    return hit


@indicator(
    id="unexpected_opioids",
    window_days=LAST_DUE_DAYS,
    next_step=NextStep("talk_about_result", "counselor", 2),
)
def unexpected_opioids(panel: Panel) -> Reading:
    """Beside the value: `due`, screens that were due (at most 3); `latest`, 1 when the latest is such a finding."""
    window, rows = last_due(panel)
    return _reading(window, rows, unexpected_opioid(window), marked=2)


@indicator(
    id="missed_screens",
    window_days=LAST_DUE_DAYS,
    next_step=NextStep("plan_screen", "counselor", 3),
)
def missed_screens(panel: Panel) -> Reading:
    """Beside the value: `due`, screens that were due (at most 3); `latest`, 1 when the latest was missed."""
    window, rows = last_due_with_overdue(panel)
    status = window.all_of("status")
    return _reading(window, rows, (status == MISSED) | (status == DUE), marked=2)


@indicator(
    id="medication_absent",
    window_days=LAST_DUE_DAYS,
    next_step=NextStep("ask_about_doses", "counselor", 3),
)
def medication_absent(panel: Panel) -> Reading:
    """Beside the value: `due`, screens that were due (at most 3); `latest`, 1 when the latest is such a finding."""
    window, rows = last_due(panel)
    absent = window.all_of("expected") & window.all_of("tested") & ~window.all_of("found")
    return _reading(window, rows, is_collected(window) & (absent != 0), marked=2)
