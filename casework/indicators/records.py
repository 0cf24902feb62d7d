"""What is on record beside what a client tells: screens, visits, doses, and what others tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from casework.indicators.contact import (
    RATE_DAYS,
    attendance_rate,
    consecutive_no_shows,
    is_contact,
    is_kept,
    is_no_show,
)
from casework.indicators.medication import (
    GOOD_COVERAGE,
    LOOK_BACK_DAYS,
    POOR_COVERAGE,
    days_answered_for,
    days_dosed,
    days_prescribed,
    medication_coverage,
)
from casework.indicators.registry import Concern
from casework.indicators.screens import (
    COLLECTED,
    LAST_DUE_DAYS,
    last_due_with_overdue,
    missed_screens,
    unexpected_opioid,
    window_hits,
)
from casework.indicators.self_report import MEDICATION, SelfReport, self_reports
from casework.indicators.use import has_use_sign, reports_use
from casework.vocabulary import OPIOID_MASK
from casework.windows import (
    FURTHEST_WINDOW_DAYS,
    NEVER,
    NO_ROW,
    Bools,
    Evidence,
    Ints,
    Panel,
    bit_count,
    cached,
    ratio,
)

NEAR_DAYS: Final = 14
"""Check-ins ask about the days since the one before, and urine shows opioids for a few days: what lies further apart
does not speak of the same time."""
SEVERAL: Final = 2
"""One missed session or screen can be a missed bus."""


@dataclass(frozen=True)
class Found:
    """One kind of record, for each panel row. `known`: there is something to compare. `against`: it does not fit with
    being fine; `fine`: it fits. `day` is that of the latest of it (NEVER: none)."""

    known: Bools
    against: Bools
    fine: Bools
    day: Ints
    evidence: Evidence


@dataclass(frozen=True)
class RecordSource:
    """A kind of record, and how to look at it."""

    id: str
    look: Callable[[Panel], Found]


def _opioids(panel: Panel) -> Found:
    """The latest collected screen that was tested for opioids. What the client told of is no disagreement."""
    window = panel.window("screens", LAST_DUE_DAYS)
    tested = (window.all_of("status") == COLLECTED) & ((window.all_of("tested") & OPIOID_MASK) != 0)
    row = window.last(tested)
    known, day = row != NO_ROW, window.at("day", row, NEVER)
    found = window_hits(row, unexpected_opioid(window))
    untold = day - _last_told_of_use(panel) > NEAR_DAYS
    return Found(known, found & untold, known & ~found, day, window.evidence_at(row))


def _last_told_of_use(panel: Panel) -> Ints:
    """The day on which the client last told of opioid use; NEVER within eight weeks."""
    window = panel.window("check_ins", LAST_DUE_DAYS + NEAR_DAYS)
    of_use = (reports_use(window) | has_use_sign(window)) & is_contact(window)
    return window.at("day", window.last(of_use), NEVER)


def _missed(panel: Panel) -> Found:
    reading = missed_screens(panel)
    window, rows = last_due_with_overdue(panel)
    return Found(
        known=~np.isnan(reading.value),
        against=reading.value >= SEVERAL,
        fine=reading.value == 0,
        day=window.at("day", rows[0], NEVER),
        evidence=reading.evidence,
    )


def _visits(panel: Panel) -> Found:
    rate, in_a_row = attendance_rate(panel), consecutive_no_shows(panel)
    window = panel.window("attendance", RATE_DAYS)
    kept = is_kept(window)
    latest = window.last(kept | is_no_show(window))
    against = in_a_row.value >= SEVERAL
    fine = (in_a_row.value == 0) & (rate.level == Concern.NONE)
    evidence = in_a_row.evidence.only(against) + window.evidence(kept).only(fine)
    return Found(latest != NO_ROW, against, fine, window.at("day", latest, NEVER), evidence)


@cached
def days_covered(panel: Panel) -> tuple[Ints, Ints]:
    """Of the days for which the client's latest answer about medication holds: how many are covered by a dose on
    record, and how many are prescribed and accounted for (0: nothing to compare)."""
    client, rows = _answer(panel)
    ago = np.where(rows == NO_ROW, 0, panel.as_of - client.window.at("day", rows, 0))
    days = np.nan_to_num(client.window.at("medication_days_of", rows, 0.0)).astype(np.int64)
    length = np.minimum(days, LOOK_BACK_DAYS - ago)
    spoken_of = np.left_shift(np.left_shift(np.int64(1), length) - 1, ago)
    dosed, recorded = days_dosed(panel)
    counted = days_prescribed(panel) & days_answered_for(panel) & spoken_of
    counted = np.where(recorded, counted, 0)
    return bit_count(dosed & counted), bit_count(counted)


def _answer(panel: Panel) -> tuple[SelfReport, Ints]:
    client, _ = self_reports(panel)
    return client, client.rows[MEDICATION]


def _doses(panel: Panel) -> Found:
    """Doses on record on the very days that the client's answer speaks of."""
    client, rows = _answer(panel)
    covered, of_days = days_covered(panel)
    _, recorded = days_dosed(panel)
    coverage = medication_coverage(panel)
    untaken: Bools = (client.level[MEDICATION] == Concern.NONE) & (ratio(covered, of_days) < POOR_COVERAGE)
    window, older = (panel.window("doses", days) for days in (LOOK_BACK_DAYS, FURTHEST_WINDOW_DAYS))
    return Found(
        known=recorded & ~np.isnan(coverage.value),
        against=untaken,
        fine=recorded & (coverage.value >= GOOD_COVERAGE),
        day=client.window.at("day", np.where(of_days > 0, rows, NO_ROW), NEVER),
        evidence=window.evidence() + older.evidence_at(older.last()),
    )


def _others(panel: Panel) -> Found:
    _, others = self_reports(panel)
    day = others.day()
    return Found(day != NEVER, others.any_hard, others.fine, day, others.evidence())


SOURCES: Final = (
    RecordSource("opioids", _opioids),
    RecordSource("missed_screens", _missed),
    RecordSource("no_shows", _visits),
    RecordSource("doses", _doses),
    RecordSource("others", _others),
)
OPIOIDS, MISSED, VISITS, DOSES, OTHERS = range(len(SOURCES))


@cached
def records_found(panel: Panel) -> tuple[Found, ...]:
    """What each of `SOURCES` says."""
    return tuple(source.look(panel) for source in SOURCES)
