"""The point table: which finding adds how many points, and what a score means.

A score is the exact sum of the rows that hold, and each of them is listed with its dated reason. No row takes points
away. Findings that exclude each other (one missed screen, two of them) are separate rows of which one holds.

Weights are set by hand on what is known: return to use, opioids in urine, missed screens, missed sessions and missed
medication weigh far more than single signs. In the CTN-0094 trials recent positives and missed visits carry most of
what can be known about the next weeks (Luo et al. 2024), while of the signs only the total was shown to predict
(Miller & Harris 2000). On the trials' development part, which has no sign items, this table ranks with an AUC of
.88 for relapse within four weeks with missing counted as use, .66 for clients who are negative now, and .72 for
observed use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from casework.frames import Facts
from casework.indicators.drift import ABOVE_LIMIT, ABOVE_WARNING, LIMIT, WARNING_LIMIT
from casework.indicators.medication import GOOD_COVERAGE, POOR_COVERAGE, prescribed
from casework.indicators.registry import Reading
from casework.indicators.screens import COLLECTED, MISSED
from casework.indicators.signs import asks_signs
from casework.indicators.stages import TAGS
from casework.vocabulary import Band, Stage, stage_mask
from casework.windows import NO_ROW, Bools, Floats, Ints, Panel, ones, within

Readings = Mapping[str, Reading]

WATCH_FROM: Final = 10
ELEVATED_FROM: Final = 25
HIGH_FROM: Final = 45
MIN_COVERAGE: Final = 0.5
"""Heard from fewer than half of the applicable domains, a client is unknown rather than low or watch. So is one of
whom neither a sign nor use was asked, whatever the coverage."""
HEARD_DAYS: Final = 28
"""A domain is heard from when it said something in the last 28 days."""
BANDS: Final = (Band.LOW, Band.WATCH, Band.ELEVATED, Band.HIGH, Band.UNKNOWN)
LOW, WATCH, ELEVATED, HIGH, UNKNOWN = range(len(BANDS))
PRIORITY: Final = np.array([4, 3, 1, 0, 2])
"""By band position: high, elevated, unknown, watch, low. Unknown stands above watch: somebody has to ask."""
STAGE_BITS: Final = {stage: stage_mask(stage) for stage in TAGS}


@dataclass(frozen=True)
class Rule:
    """A row of the table. `holds` says for which panel rows; `reason` is a template (see `reasons.reason`)."""

    id: str
    indicator_id: str
    condition: str
    points: int
    holds: Callable[[Readings], Bools]
    reason: str
    stage: Stage | None = None
    """The reason names the signs, and rests on the rows, of this stage alone."""


def _value(id_: str, low: float, high: float = np.inf) -> Callable[[Readings], Bools]:
    """The indicator's value is at least `low` and below `high`."""

    def holds(readings: Readings) -> Bools:
        value = readings[id_].value
        between: Bools = (value >= low) & (value < high)
        return between

    return holds


def _use(worst: int, recent: bool) -> Callable[[Readings], Bools]:
    """The worst use reported in 28 days is `worst`, and it was (or was not) reported in the last 14."""

    def holds(readings: Readings) -> Bools:
        reading = readings["reported_use"]
        found: Bools = (reading.value == worst) & ((reading.extra["recent"] == worst) == recent)
        return found

    return holds


def _stage(stage: Stage) -> Callable[[Readings], Bools]:
    """The stage is tagged by a stage sign."""
    bits = STAGE_BITS[stage]

    def holds(readings: Readings) -> Bools:
        shows: Bools = (readings["stage_tags"].extra["mask"] & bits) != 0
        return shows

    return holds


def _physical(beside: bool) -> Callable[[Readings], Bools]:
    """A sign of the physical stage, alone or `beside` one finding of use that is worth less than it.

    Findings worth as much speak for themselves, so that one lapse does not count twice; and learning of a further
    finding never takes points away.
    """
    shows = _stage(Stage.PHYSICAL)
    signs_of_use = ("reported_use", "unexpected_opioids", "overdose")

    def holds(readings: Readings) -> Bools:
        known = sum(
            np.int64(rule.points) * rule.holds(readings)
            for rule in TABLE
            if rule.indicator_id in signs_of_use
        )
        wanted = (known > 0) & (known < PHYSICAL_POINTS) if beside else known == 0
        held: Bools = shows(readings) & wanted
        return held

    return holds


PHYSICAL_POINTS: Final = 20

TABLE: Final[tuple[Rule, ...]] = (
    Rule("overdose", "overdose", "an overdose told of in the last 28 days", 30,
         _value("overdose", 1), "An overdose told of[ {days}]"),
    Rule("use_regular", "reported_use", "regular opioid use reported in the last 14 days", 30,
         _use(2, True), "Regular opioid use reported[ {days}]"),
    Rule("use_regular_earlier", "reported_use", "regular opioid use reported 15 to 28 days ago", 20,
         _use(2, False), "Regular opioid use reported[ {days}]"),
    Rule("use_slip", "reported_use", "a slip reported in the last 14 days", 20,
         _use(1, True), "A slip reported[ {days}]"),
    Rule("use_slip_earlier", "reported_use", "a slip reported 15 to 28 days ago", 10,
         _use(1, False), "A slip reported[ {days}]"),
    Rule("opioids_3", "unexpected_opioids", "an unexpected opioid in all of the last 3 due screens", 30,
         _value("unexpected_opioids", 3), "Unexpected opioid in urine[ {days}]"),
    Rule("opioids_2", "unexpected_opioids", "an unexpected opioid in 2 of the last 3 due screens", 22,
         _value("unexpected_opioids", 2, 3), "Unexpected opioid in urine[ {days}]"),
    Rule("opioids_1", "unexpected_opioids", "an unexpected opioid in 1 of the last 3 due screens", 12,
         _value("unexpected_opioids", 1, 2), "Unexpected opioid in urine[ {days}]"),
    Rule("screens_missed_3", "missed_screens", "all of the last 3 due screens missed", 20,
         _value("missed_screens", 3), "Urine screens missed[ {days}]"),
    Rule("screens_missed_2", "missed_screens", "2 of the last 3 due screens missed", 12,
         _value("missed_screens", 2, 3), "Urine screens missed[ {days}]"),
    Rule("screens_missed_1", "missed_screens", "1 of the last 3 due screens missed", 5,
         _value("missed_screens", 1, 2), "Urine screen missed[ {days}]"),
    Rule("medication_absent", "medication_absent", "prescribed medication absent from any of the last 3 due screens", 6,
         _value("medication_absent", 1), "Prescribed medication not found in urine[ {days}]"),
    Rule("no_shows_3", "consecutive_no_shows", "3 no-shows in a row or more", 20,
         _value("consecutive_no_shows", 3), "{n} no-shows in a row[: {days}]"),
    Rule("no_shows_2", "consecutive_no_shows", "2 no-shows in a row", 12,
         _value("consecutive_no_shows", 2, 3), "No-show[ {days}]"),
    Rule("no_shows_1", "consecutive_no_shows", "the latest session was a no-show", 6,
         _value("consecutive_no_shows", 1, 2), "No-show[ {days}]"),
    Rule("attendance_poor", "attendance_rate", "attendance below 50% in 28 days", 8,
         _value("attendance_rate", 0, 0.5), "Came to {percent} of sessions in 28 days"),
    Rule("attendance_fair", "attendance_rate", "attendance from 50% to below 75% in 28 days", 4,
         _value("attendance_rate", 0.5, 0.75), "Came to {percent} of sessions in 28 days"),
    Rule("medication_poor", "medication_coverage", "medication on fewer than 50% of the prescribed days", 15,
         _value("medication_coverage", 0, POOR_COVERAGE), "Medication on {percent} of the known days of two weeks"),
    Rule("medication_fair", "medication_coverage", "medication on 50% to below 80% of the prescribed days", 8,
         _value("medication_coverage", POOR_COVERAGE, GOOD_COVERAGE),
         "Medication on {percent} of the known days of two weeks"),
    Rule("withdrawal_severe", "withdrawal", "severe withdrawal", 8,
         _value("withdrawal", 3), "Severe withdrawal[ {day}]"),
    Rule("withdrawal_moderate", "withdrawal", "moderate withdrawal", 4,
         _value("withdrawal", 2, 3), "Moderate withdrawal[ {day}]"),
    Rule("stage_physical", "stage_tags",
         "a sign of the physical stage, and no reported use, unexpected opioid or overdose", PHYSICAL_POINTS,
         _physical(beside=False), "Signs of the physical stage: {names}[ ({day})]", Stage.PHYSICAL),
    Rule("stage_physical_beside", "stage_tags",
         f"a sign of the physical stage beside findings of use worth fewer than {PHYSICAL_POINTS} points", 10,
         _physical(beside=True), "Signs of the physical stage: {names}[ ({day})]", Stage.PHYSICAL),
    Rule("stage_mental", "stage_tags", "a sign of the mental stage", 6,
         _stage(Stage.MENTAL), "Signs of the mental stage: {names}[ ({day})]", Stage.MENTAL),
    Rule("stage_emotional", "stage_tags", "a sign of the emotional stage", 3,
         _stage(Stage.EMOTIONAL), "Signs of the emotional stage: {names}[ ({day})]", Stage.EMOTIONAL),
    Rule("signs_5", "active_signs", "5 active signs or more", 15,
         _value("active_signs", 5), "{n} active signs: {names}"),
    Rule("signs_3", "active_signs", "3 or 4 active signs", 9,
         _value("active_signs", 3, 5), "{n} active signs: {names}"),
    Rule("signs_1", "active_signs", "1 or 2 active signs", 4,
         _value("active_signs", 1, 3), "Active: {names}[ ({day})]"),
    Rule("drift_alarm", "drift", f"above the own control limit ({LIMIT:g} standard deviations)", 10,
         _value("drift", ABOVE_LIMIT), "More signs than usual for this client"),
    Rule("drift_warning", "drift", f"above the own warning limit ({WARNING_LIMIT:g} standard deviations)", 4,
         _value("drift", ABOVE_WARNING, ABOVE_LIMIT),
         "Some more signs than usual for this client"),
    Rule("craving_strong", "craving", "craving of 7 or more", 10,
         _value("craving", 7), "Craving {n} of 10[ {day}]"),
    Rule("craving_moderate", "craving", "craving of 4 to 6", 4,
         _value("craving", 4, 7), "Craving {n} of 10[ {day}]"),
    Rule("craving_rising", "craving_trend", "craving rising by 1 a week or more", 4,
         _value("craving_trend", 1), "Craving up {value} a week"),
    Rule("halt_3", "halt", "3 parts of HALT or more", 3,
         _value("halt", 3), "Self-care: {names}"),
)  # fmt: skip


@dataclass(frozen=True)
class Scores:
    """Per panel row: which rules hold ([rules, panel]), the points they add up to, coverage, whether that is enough to
    call the risk known, band (see `BANDS`), and the bits of the `DOMAINS` that apply and were not heard from."""

    holds: NDArray[np.bool_]
    points: Ints
    coverage: Floats
    known: Bools
    band: NDArray[np.int8]
    unheard: Ints


def score(facts: Facts, panel: Panel, readings: Readings) -> Scores:
    """The table applied to the readings of a panel."""
    holds = np.empty((len(TABLE), len(panel)), dtype=bool)
    points = np.zeros(len(panel), dtype=np.int64)
    for row, rule in enumerate(TABLE):
        holds[row] = rule.holds(readings)
        points += holds[row] * np.int64(rule.points)
    heard, applicable = domains_heard(facts, panel, readings)
    coverage = ones(heard) / ones(applicable)
    known = enough_heard(coverage, (heard & _ASKED) != 0)
    return Scores(holds, points, coverage, known, band_of(points, known), applicable & ~heard)


def enough_heard(coverage: Floats, asked: Bools) -> Bools:
    """Whether so much was heard that few points mean low risk: from enough domains, and a sign or use was `asked`
    about. Coming to sessions alone tells nothing of how somebody is."""
    enough: Bools = (coverage >= MIN_COVERAGE) & asked
    return enough


def band_of(points: Ints, known: Bools) -> NDArray[np.int8]:
    """Positions in `BANDS`. What is not `known` is unknown rather than low or watch; enough bad facts stay elevated or
    high, because what is missing cannot make what is known any better."""
    band = np.searchsorted([WATCH_FROM, ELEVATED_FROM, HIGH_FROM], points, side="right").astype(np.int8)
    band[~known & (points < ELEVATED_FROM)] = UNKNOWN
    return band


DOMAINS: Final = (
    ("signs", "a warning sign was asked in the last 28 days"),
    ("attendance", "a session was marked attended, late or no-show in the last 28 days"),
    ("use", "opioid use was asked about in the last 28 days"),
    ("screens", "a urine screen was collected or missed in the last 28 days (once any was planned)"),
    ("medication", "days of medication are known for the last 14 days (with a prescription)"),
)


DOMAIN_WORDS: Final = ("warning signs", "attendance", "opioid use", "urine screens", "medication")
"""The `DOMAINS` in a word or two, in their order."""
_ASKED: Final = 0b101
"""Bits of the domains that say how somebody is: signs and use."""


def domains_heard(facts: Facts, panel: Panel, readings: Readings) -> tuple[Ints, Ints]:
    """Bits of the `DOMAINS` that were heard from recently, and of those that apply."""
    check_ins = within(facts, "check_ins", panel, HEARD_DAYS)
    signs = check_ins.last(asks_signs(check_ins)) != NO_ROW
    attendance = readings["attendance_rate"].extra["of"] > 0
    use = ~np.isnan(readings["reported_use"].value)
    planned = within(facts, "screens", panel, None).last() != NO_ROW
    screens = within(facts, "screens", panel, HEARD_DAYS)
    status = screens.all_of("status")
    screened = screens.last((status == COLLECTED) | (status == MISSED)) != NO_ROW
    has_prescription = prescribed(facts, panel)
    medication = has_prescription & ~np.isnan(readings["medication_coverage"].value)
    heard, applicable = np.zeros(len(panel), dtype=np.int64), np.full(len(panel), 0b111, dtype=np.int64)
    for bit, domain in enumerate((signs, attendance, use, screened, medication)):
        heard |= domain.astype(np.int64) << bit
    applicable |= planned.astype(np.int64) << 3 | has_prescription.astype(np.int64) << 4
    return heard & applicable, applicable


def priority(safety_open: Bools, band: NDArray[Any], points: Ints, overdue: Ints, client_id: Ints) -> Ints:
    """Positions in the order of the worklist: open safety items, band, points, overdue, and the client's id."""
    return np.lexsort((client_id, -overdue, -points, PRIORITY[band], ~safety_open))
