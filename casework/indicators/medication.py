"""Maintenance medication: is it prescribed, and on how many days was it taken?"""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.frames import NOT_ASKED
from casework.indicators.absences import days_away
from casework.indicators.registry import Concern, NextStep, Reading, graded_down, indicator
from casework.vocabulary import Mark
from casework.windows import (
    FURTHEST_WINDOW_DAYS,
    NEVER,
    NO_EVIDENCE,
    NO_ROW,
    Bools,
    Evidence,
    Floats,
    Ints,
    Panel,
    bit_count,
    cached,
    first_days,
    lowest_bit,
    ratio,
)

COVERAGE_DAYS: Final = 14
LOOK_BACK_DAYS: Final = 35
"""How far back days of medication are laid out: 28 days of watchfulness and the gap before them (see `tolerance`)."""
GOOD_COVERAGE: Final = 0.8
"""80% of days covered is the usual line for adherence (Pharmacy Quality Alliance, proportion of days covered)."""
POOR_COVERAGE: Final = 0.5
"""Fewer than half of the prescribed days covered: the medication does not protect. Tideline's own reading, as for level
of care; a clinic's medical director signs it."""
MISSED_DAYS: Final = 3
"""After three missed days tolerance may be lost, and the prescriber sees the client before the next dose (UK guidelines
on clinical management of drug misuse, 2017)."""
MISSED_DAYS_IN_PREGNANCY: Final = 2
"""Missed days that are enough in pregnancy. A clinic's medical director signs it."""
TAKE_HOME_DAYS: Final = 7
"""Take-home doses become known at the next contact. For a week without any word the days are open, not uncovered."""


@cached
def days_prescribed(panel: Panel) -> Ints:
    """Bit k: a maintenance medication was prescribed for the day k days ago (`LOOK_BACK_DAYS` bits)."""
    window = panel.window("prescriptions", None)
    return window.each(lambda pairs: pairs.days_covered(pairs.column("until"), LOOK_BACK_DAYS))


def prescribed(panel: Panel) -> Bools:
    """True where a maintenance medication is prescribed on the day."""
    today: Bools = (days_prescribed(panel) & 1).astype(bool)
    return today


@cached
def days_dosed(panel: Panel) -> tuple[Ints, Bools]:
    """Bit k: a recorded dose covers the day k days ago; and whether any dose is on record in the last weeks."""
    covers = panel.facts.column("doses", "covers")
    longest = int(covers.max()) if len(covers) else 1
    window = panel.window("doses", LOOK_BACK_DAYS + longest - 1)
    ends = window.all_of("day") + covers
    days = window.each(lambda pairs: pairs.days_covered(ends[pairs.row], LOOK_BACK_DAYS))
    recorded = panel.window("doses", FURTHEST_WINDOW_DAYS).last() != NO_ROW
    return days, recorded | (days != 0)


@cached
def days_answered_for(panel: Panel) -> Ints:
    """Bit k: it is known whether the day k days ago was covered.

    Known are the days up to the last word of the client (a check-in, a mark, a dose), and all that are a week old.
    """
    heard = np.full(len(panel), NEVER, dtype=np.int64)
    for name in ("check_ins", "attendance", "doses"):
        window = panel.window(name, LOOK_BACK_DAYS)
        told = None if name != "attendance" else window.all_of("mark") != _CANCELLED
        heard = np.maximum(heard, window.at("day", window.last(told), NEVER))
    silent = np.clip(panel.as_of - heard, 0, TAKE_HOME_DAYS)
    dosed, _ = days_dosed(panel)
    open_days = np.left_shift(np.int64(1), silent) - 1
    answered: Ints = first_days(LOOK_BACK_DAYS) & ~open_days | dosed
    return answered


_CANCELLED: Final = list(Mark).index(Mark.CANCELLED_BY_CLINIC)


@indicator(
    id="medication_coverage",
    window_days=COVERAGE_DAYS,
    next_step=NextStep("ask_about_medication", "counselor", 2),
)
def medication_coverage(panel: Panel) -> Reading:
    """Beside the value: `of_days`, prescribed days that are accounted for; `prescribed`, 1 with a prescription; `day`,
    the latest day without medication by the doses on record, -1 if none."""
    has_prescription = prescribed(panel)
    if not has_prescription.any():
        return _not_applicable(panel)
    dosed, recorded = days_dosed(panel)
    counted = days_prescribed(panel) & days_answered_for(panel) & first_days(COVERAGE_DAYS)
    counted &= ~days_away(panel, COVERAGE_DAYS)
    of_days = bit_count(counted) * has_prescription
    by_doses = ratio(bit_count(dosed & counted), of_days)
    reported, report_evidence = _reported(panel)
    value = np.where(recorded, by_doses, reported)
    value[~has_prescription] = np.nan
    doses, older = (panel.window("doses", days) for days in (COVERAGE_DAYS, FURTHEST_WINDOW_DAYS))
    missed = counted & ~dosed
    day = np.where(has_prescription & recorded & (missed != 0), panel.as_of - lowest_bit(missed), -1)
    level = graded_down(value, some=GOOD_COVERAGE, marked=POOR_COVERAGE)
    level[value == 0] = Concern.SERIOUS
    # The latest dose, however old, says since when; the prescription may be years old and says nothing of the days.
    evidence = doses.evidence() + older.evidence_at(older.last()) + report_evidence.only(~recorded)
    extra = {"of_days": of_days, "prescribed": has_prescription.astype(np.int64), "day": day}
    return Reading(value, level, evidence.only(has_prescription), extra)


def _not_applicable(panel: Panel) -> Reading:
    nothing = np.zeros(len(panel), dtype=np.int64)
    level = np.full(len(panel), Concern.UNKNOWN, dtype=np.int8)
    value = np.full(len(panel), np.nan)
    return Reading(value, level, NO_EVIDENCE, {"of_days": nothing, "prescribed": nothing, "day": nothing - 1})


def _reported(panel: Panel) -> tuple[Floats, Evidence]:
    """The latest check-in's days taken of days, as a share."""
    window = panel.window("check_ins", COVERAGE_DAYS)
    of_days = window.all_of("medication_days_of")
    rows = window.last((of_days > 0) & (window.all_of("medication_days_taken") > NOT_ASKED))
    taken = window.at("medication_days_taken", rows, np.nan)
    return ratio(taken, np.nan_to_num(window.at("medication_days_of", rows, 0.0))), window.evidence_at(rows)
