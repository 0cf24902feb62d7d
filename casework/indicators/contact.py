"""Attendance and silence. Silence is a signal of its own, apart from risk: it carries no points."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.absences import days_away_since, window_here
from casework.indicators.registry import NextStep, Reading, graded, graded_down, indicator
from casework.indicators.screens import is_collected
from casework.vocabulary import Mark, SessionKind
from casework.windows import (
    FURTHEST_WINDOW_DAYS,
    NEVER,
    NO_EVIDENCE,
    NO_ROW,
    Bools,
    Evidence,
    Ints,
    Panel,
    Window,
    cached,
    ratio,
)

RATE_DAYS: Final = 28
ATTENDED, LATE, NO_SHOW = (list(Mark).index(mark) for mark in (Mark.ATTENDED, Mark.LATE, Mark.NO_SHOW))
_OUTSIDE: Final = list(SessionKind).index(SessionKind.OUTSIDE_MEETING)


@cached
def is_kept(window: Window) -> Bools:
    """Rows of attendance in which the client came."""
    mark = window.all_of("mark")
    found: Bools = (mark == ATTENDED) | (mark == LATE)
    return found


@cached
def is_no_show(window: Window) -> Bools:
    """Rows of attendance in which the client was expected and did not come."""
    mark = window.all_of("mark")
    found: Bools = mark == NO_SHOW
    return found


@indicator(
    id="attendance_rate",
    window_days=RATE_DAYS,
    next_step=NextStep("find_a_way_to_come", "counselor", 7),
)
def attendance_rate(panel: Panel) -> Reading:
    """Beside the value: `of`, sessions counted; `kept`, sessions attended or late."""
    window, here = panel.window("attendance", RATE_DAYS), window_here(panel, "attendance", RATE_DAYS)
    kept_rows, missed_rows = is_kept(window), is_no_show(window)
    kept = window.each(lambda pairs: pairs.total(kept_rows[pairs.row]))
    of = kept + here.each(lambda pairs: pairs.total(missed_rows[pairs.row]))
    value = ratio(kept, of)
    evidence = window.evidence(kept_rows) + here.evidence(missed_rows)
    return Reading(value, graded_down(value, some=0.75, marked=0.5), evidence, {"of": of, "kept": kept})


@indicator(
    id="consecutive_no_shows",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("call_and_offer_appointment", "counselor", 1),
)
def consecutive_no_shows(panel: Panel) -> Reading:
    window = window_here(panel, "attendance", FURTHEST_WINDOW_DAYS)
    missed = is_no_show(window)
    counted = missed | is_kept(window)
    run, begins = window.trailing_run(missed, counted)
    value = np.where(window.last(counted) != NO_ROW, run, np.nan)
    return Reading(value, graded(value, some=1, marked=2, serious=3), window.evidence(missed, begins=begins))


@cached
def is_contact(window: Window) -> Bools:
    """Rows in which the client was seen or heard."""
    if window.name == "check_ins":
        heard: Bools = window.all_of("contact") == 1
    elif window.name == "attendance":
        heard = is_kept(window) & (window.all_of("kind") != _OUTSIDE)
    elif window.name == "screens":
        heard = is_collected(window)
    else:
        heard = window.all_of("reached") == 1
    return heard


CONTACT_FRAMES: Final = ("check_ins", "attendance", "screens", "calls")


@cached
def last_contact(panel: Panel, *, skip: int = 0) -> tuple[Ints, Evidence]:
    """The day of the last contact (NEVER within 14 weeks), leaving out the latest `skip` days."""
    latest, rows = np.full(len(panel), NEVER, dtype=np.int64), []
    for name in CONTACT_FRAMES:
        window = panel.window(name, FURTHEST_WINDOW_DAYS, skip=skip)
        row = window.last(is_contact(window))
        day = window.at("day", row, NEVER)
        rows.append((window, row, day))
        latest = np.maximum(latest, day)
    evidence = NO_EVIDENCE
    for window, row, day in rows:
        evidence += window.evidence_at(np.where(day == latest, row, NO_ROW))
    return latest, evidence


def days_waited(panel: Panel, since: Ints) -> Ints:
    """Days since the day `since` on which the client could have come."""
    waited: Ints = np.maximum(panel.as_of - since - days_away_since(panel, since), 0)
    return waited


def counted_from(panel: Panel) -> Ints:
    """The day from which silence counts without any contact: admission, at most 14 weeks ago."""
    return np.maximum(panel.of_client("admitted"), panel.as_of - FURTHEST_WINDOW_DAYS).astype(np.int64)


@indicator(
    id="contact_gap",
    window_days=FURTHEST_WINDOW_DAYS,
    next_step=NextStep("call_overdue", "counselor", 1),
    group="contact",
)
def contact_gap(panel: Panel) -> Reading:
    """Beside the value: `overdue`, days beyond the interval; `last_day`, day of the last contact, if any. Days of an
    absence do not count."""
    latest, evidence = last_contact(panel)
    gap = days_waited(panel, np.maximum(latest, counted_from(panel))).astype(np.float64)
    interval = panel.of_client("interval")
    level = graded(ratio(gap, interval), some=np.nextafter(1, 2), marked=np.nextafter(2, 3), serious=4)
    overdue = np.maximum(gap - interval, 0).astype(np.int64)
    return Reading(gap, level, evidence, {"overdue": overdue, "last_day": latest})
