"""The dense NumPy pass that the indicators are measured against: the same numbers from [clients x weeks] arrays.

A week has one check-in, on the weekday of today; one urine screen, the day before; one session, two days before; and at
most one supply of medication for seven days, handed out with the check-in.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casework.indicators.care import STIMULANTS
from casework.indicators.craving import RISE, USUAL_RATINGS
from casework.indicators.drift import (
    ABOVE_LIMIT,
    ABOVE_WARNING,
    LAMBDA,
    LIMIT,
    MIN_ASKED,
    MIN_WEEKS,
    PRIOR_ASKED,
    PRIOR_PRESENT,
    RECENT_DAYS,
    WARNING_LIMIT,
)
from casework.indicators.points import (
    BANDS,
    LIFT,
    band_of,
    enough_heard,
    priority,
    together,
    weight,
)
from casework.indicators.registry import Reading, graded, graded_down
from casework.indicators.screens import COLLECTED, MISSED
from casework.indicators.signs import ALL_SIGNS, HALF_LIFE_DAYS
from casework.indicators.stages import TAGS
from casework.indicators.tables import TABLE
from casework.vocabulary import (
    MEDICATION_SIGN,
    OPIOID_MASK,
    SAFETY_STAGE_MASK,
    STAGE_SIGNS,
    WARNING_SIGNS,
    Band,
    Score,
    Stage,
    Use,
    mask,
    stage_mask,
)
from casework.windows import NO_EVIDENCE, ratio
from tests.support.facts import TODAY_DAY

SUPPLY_DAYS = 7
SCREENED_AGE = 1
ATTENDED_AGE = 2
"""Screens are one day before check-ins, and sessions two."""
ADMITTED_AGE = 399
NAMES = np.array([band.value for band in BANDS], dtype=object)

Array = NDArray[Any]
Dense = dict[str, Array]


def reading(value: Array, extra: Dense | None = None, **limits: float) -> Reading:
    return Reading(value, graded(value, **limits), NO_EVIDENCE, extra or {})


def down(value: Array, extra: Dense, **limits: float) -> Reading:
    return Reading(value, graded_down(value, **limits), NO_EVIDENCE, extra)


def latest_answers(asked: Array, present: Array) -> tuple[Array, Array]:
    answered = np.zeros(len(asked), dtype=np.int64)
    active = np.zeros(len(asked), dtype=np.int64)
    for week in range(asked.shape[1] - 1, -1, -1):
        fresh = asked[:, week] & ~answered
        active |= present[:, week] & fresh
        answered |= fresh
    return answered, active


def latest_value(values: Array, known: Array) -> Array:
    """The last known value of each line; NaN where there is none."""
    at = values.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), values[np.arange(len(values)), at], np.nan)


def dense_drift(asked: Array, present: Array) -> Reading:
    counted = np.bitwise_count(asked) >= MIN_ASKED
    points = ratio(np.bitwise_count(asked & present), np.bitwise_count(asked))
    weeks = asked.shape[1]
    base = counted & (np.arange(weeks) < weeks - RECENT_DAYS // 7)
    n = base.sum(axis=1)
    center = ratio(np.where(base, points, 0).sum(axis=1), n)
    squares = np.where(base, points - center[:, None], 0)
    own = ratio((squares * squares).sum(axis=1), n - 1)
    answers = np.where(base, np.bitwise_count(asked), 0).sum(axis=1)
    found = np.where(base, np.bitwise_count(asked & present), 0).sum(axis=1)
    level = (found + PRIOR_PRESENT) / (answers + PRIOR_ASKED)
    questions = ratio(np.where(base, ratio(1, np.bitwise_count(asked)), 0).sum(axis=1), n)
    spread = np.sqrt(np.fmax(own, level * (1 - level) * questions))
    in_center = base / np.where(n > 0, n, 1)[:, None]
    average, left, gap = center.copy(), np.ones(len(asked)), np.ones(len(asked))
    weights, sigma, highest = np.zeros(asked.shape), np.zeros(len(asked)), np.full(len(asked), -np.inf)
    for week in range(weeks):
        now = counted[:, week]
        fades = np.where(now, (1 - LAMBDA) ** gap, 1)
        average = np.where(now, fades * average + (1 - fades) * points[:, week], average)
        weights, left = weights * fades[:, None], left * fades
        weights[:, week] = 1 - fades
        apart = weights - (1 - left)[:, None] * in_center
        sigma = np.where(now, spread * np.sqrt((apart * apart).sum(axis=1)), sigma)
        if week >= weeks - RECENT_DAYS // 7:
            highest = np.where(now, np.fmax(highest, ratio(average - center, sigma)), highest)
        gap = np.where(now | (left == 1), 1, gap + 1)
    known = (n >= MIN_WEEKS) & counted[:, -(RECENT_DAYS // 7) :].any(axis=1)
    extra = {
        "ewma": np.where(known, average, np.nan),
        "center": np.where(known, center, np.nan),
        "warning": np.where(known, center + WARNING_LIMIT * sigma, np.nan),
        "upper": np.where(known, center + LIMIT * sigma, np.nan),
        "points": counted.sum(axis=1),
    }
    value = np.where(known, highest, np.nan)
    return reading(value, extra, some=ABOVE_WARNING, marked=ABOVE_LIMIT)


def dense_trend(craving: Array) -> Array:
    """Of six weeks, the last two against the four before."""
    known = ~np.isnan(craving)
    before, highest = known[:, :4], np.where(known[:, 4:], craving[:, 4:], -np.inf).max(axis=1)
    usual = ratio(np.where(before, craving[:, :4], 0).sum(axis=1), before.sum(axis=1))
    return np.where((before.sum(axis=1) >= USUAL_RATINGS) & np.isfinite(highest), highest - usual, np.nan)


def weeks_ago(hit: Array) -> Array:
    """Weeks from the last column to the last hit of each line; 1000 where there is none."""
    return np.where(hit.any(axis=1), np.argmax(hit[:, ::-1], axis=1), 1000)


def dense_attendance(mark: Array) -> dict[str, Reading]:
    kept, missed = mark <= 1, mark == 3
    came, counted = kept[:, -4:].sum(axis=1), (kept | missed)[:, -4:].sum(axis=1)
    running = np.ones(len(mark), dtype=bool)
    run = np.zeros(len(mark), dtype=np.int64)
    for week in range(mark.shape[1] - 1, mark.shape[1] - 15, -1):
        running &= ~kept[:, week]
        run += running & missed[:, week]
    run_known = (kept | missed)[:, -14:].any(axis=1)
    return {
        "attendance_rate": down(ratio(came, counted), {"of": counted, "kept": came}, some=0.75, marked=0.5),
        "consecutive_no_shows": reading(np.where(run_known, run, np.nan), some=1, marked=2, serious=3),
    }


def last_seen(*marks: tuple[Array, int]) -> Array:
    """Days from the last column to the latest hit of any of the marks (hits by week, and their age in their week)."""
    return np.minimum.reduce([7 * weeks_ago(hit) + age for hit, age in marks])


def dense_contact(dense: Dense) -> dict[str, Reading]:
    marks = (
        (dense["contact"].astype(bool), 0),
        (dense["screen"] == COLLECTED, SCREENED_AGE),
        (dense["mark"] <= 1, ATTENDED_AGE),
    )
    gap = np.minimum(last_seen(*((hit[:, -14:], age) for hit, age in marks)), 98)
    before = np.minimum(last_seen(*((hit[:, -14:-4], age + 28) for hit, age in marks)), 98)
    back = np.full(len(gap), -1)
    for hit, age in marks:
        month = hit[:, -4:]
        back = np.maximum(back, np.where(month.any(axis=1), 7 * (3 - np.argmax(month, axis=1)) + age, -1))
    lasts = gap >= 28
    absent = lasts | ((back >= 0) & (before - back >= 28))
    without, age_of_gap = medication_gap(dense)
    until = np.maximum(
        np.where(absent, TODAY_DAY + 28 - np.where(lasts, 0, back + 1), -1),
        np.where(without, TODAY_DAY + 28 - age_of_gap, -1),
    )
    until[until < TODAY_DAY] = -1
    late = graded(gap / 7, some=np.nextafter(1, 2), marked=np.nextafter(2, 3), serious=4)
    flag = np.where(until >= 0, 2, 0).astype(np.int8)
    supplied = np.minimum(7 * weeks_ago(dense["supplied"][:, -14:]), 98)
    return {
        "contact_gap": Reading(gap * 1.0, late, NO_EVIDENCE, {"overdue": np.maximum(gap - 7, 0)}),
        "lowered_tolerance": Reading((until >= 0) * 1.0, flag, NO_EVIDENCE, {"until": until}),
        "days_unseen": reading(
            gap * 1.0, {"silent": np.minimum(gap, supplied)}, some=9, marked=14, serious=21
        ),
    }


def days_without(dense: Dense) -> Array:
    """[clients x 35] by age: no supply covers the day. A supply covers its day and the six after it."""
    supplied = dense["supplied"][:, :-7:-1]
    return ~np.repeat(supplied, [1, 7, 7, 7, 7, 6], axis=1)


def medicated(dense: Dense) -> Array:
    """Clients with a prescription and any supply on record."""
    return (dense["medication"] >= 0) & dense["supplied"][:, -14:].any(axis=1)


def medication_gap(dense: Dense) -> tuple[Array, Array]:
    """Whether three days in a row were without medication, and the age of the latest such day."""
    without = days_without(dense)
    three = without[:, :-2] & without[:, 1:-1] & without[:, 2:]
    return three.any(axis=1) & medicated(dense), np.argmax(three, axis=1)


def dense_medication(dense: Dense) -> dict[str, Reading]:
    applies, without = medicated(dense), days_without(dense)
    fortnight, month = without[:, :14], without[:, :28]
    coverage = np.where(applies, 1 - fortnight.mean(axis=1), np.nan)
    day = np.where(applies & fortnight.any(axis=1), TODAY_DAY - np.argmax(fortnight, axis=1), -1)
    taken = down(coverage, {"day": day}, some=0.8, marked=0.5)
    taken.level[coverage == 0] = 3
    run = np.where(without.all(axis=1), 35, np.argmin(without, axis=1))
    uncovered = month.sum(axis=1)
    beside = {"uncovered": uncovered * applies, "covered": (28 - uncovered) * applies}
    kind = np.array([1, 2, np.nan])[dense["medication"]]
    stopped_from = np.array([3, 9, 99])[dense["medication"]]
    still_known = np.maximum(98 - 7 * weeks_ago(dense["supplied"][:, -14:]), 35 - run)
    counted = np.clip(still_known, 0, run) * applies
    beside |= {"counted": counted, "stopped": np.maximum(counted - stopped_from + 1, 0)}
    beside["lasting"] = np.zeros(len(run), dtype=np.int64)
    return {
        "medication_coverage": taken,
        "days_without_dose": reading(np.where(applies, run, np.nan), beside, some=3, marked=9, serious=14),
        "medication_kind": reading(kind),
    }


def unexpected(dense: Dense, weeks: int) -> Array:
    """By week: the screen found an opioid that was not expected."""
    found = dense["found"][:, -weeks:] & ~dense["expected"][:, -weeks:] & OPIOID_MASK
    return (dense["screen"][:, -weeks:] == COLLECTED) & (found != 0)


def last_three(hit: Array, rank: Array, due: Array) -> Reading:
    """How many of the last three due screens are hits; `rank` counts the due ones from the latest (1)."""
    number = (hit & (rank <= 3)).sum(axis=1)
    latest = (hit & (rank == 1)).any(axis=1)
    return reading(
        np.where(due > 0, number, np.nan), {"due": due, "latest": latest}, some=1, marked=2, serious=3
    )


def dense_screens(dense: Dense) -> dict[str, Reading]:
    status = dense["screen"][:, -6:]
    settled = (status == COLLECTED) | (status == MISSED)
    rank = np.cumsum(settled[:, ::-1], axis=1)[:, ::-1]
    due = np.minimum(settled.sum(axis=1), 3)
    found, expected, tested = (dense[name][:, -6:] for name in ("found", "expected", "tested"))
    absent = (status == COLLECTED) & ((expected & tested & ~found) != 0)
    collected = status[:, -4:] == COLLECTED
    shows = collected & ((found[:, -4:] & ~expected[:, -4:] & STIMULANTS) != 0)
    stimulants = np.where(collected.any(axis=1), shows.sum(axis=1), np.nan)
    return {
        "unexpected_opioids": last_three(unexpected(dense, 6), rank, due),
        "missed_screens": last_three(status == MISSED, rank, due),
        "medication_absent": last_three(absent, rank, due),
        "stimulants": reading(stimulants, some=1, marked=3),
    }


def bits(hit: Array) -> Array:
    """[clients x weeks] as a number a client, bit 0 the last week."""
    return (hit[:, ::-1] * (1 << np.arange(hit.shape[1]))).sum(axis=1)


def in_a_row(hit: Array) -> Array:
    """Hits in a row up to the last week."""
    return np.logical_and.accumulate(hit[:, ::-1], axis=1).sum(axis=1)


def dense_weeks(dense: Dense) -> dict[str, Reading]:
    mark, status = dense["mark"][:, -14:], dense["screen"][:, -14:]
    seen_signs = (dense["stage_present"][:, -14:] & stage_mask(Stage.PHYSICAL)) != 0
    found, told = unexpected(dense, 14), (dense["use"][:, -14:] >= 1) | seen_signs
    collected = status == COLLECTED
    missed = ((mark == 3) | (status == MISSED)) & ~(mark <= 1) & ~collected
    clean = collected & ~found & ~told
    seen = (mark <= 1) | collected | dense["contact"][:, -14:].astype(bool)
    heard = (seen | missed | told).any(axis=1)

    def weeks(hit: Array, extra: Dense, **limits: float) -> Reading:
        return reading(np.where(heard, hit.sum(axis=1), np.nan), extra, **limits)

    used = found | told
    of_use = {
        "found": bits(found),
        "told": bits(told),
        "confirmed": bits(found & told),
        "used": bits(used),
        "bad": in_a_row(used | missed),
    }
    of_missed = {"missed": bits(missed), "row": in_a_row(missed)}
    of_clean = {
        "clean": bits(clean),
        "screens": np.ones(len(mark), dtype=np.int64),
        "since_use": (clean & (np.cumsum(used[:, ::-1], axis=1)[:, ::-1] == 0)).sum(axis=1),
    }
    return {
        "use_weeks": weeks(used, of_use, some=1, marked=2, serious=4),
        "clean_weeks": weeks(clean, of_clean),
        "missed_weeks": weeks(missed, of_missed, some=1, marked=2, serious=4),
        "time_in_care": reading(np.full(len(mark), ADMITTED_AGE / 7)),
    }


def dense_signs(dense: Dense) -> dict[str, Reading]:
    not_applicable = np.where(dense["medication"] >= 0, 0, mask(WARNING_SIGNS, [MEDICATION_SIGN]))
    can_be = ALL_SIGNS & ~not_applicable
    asked, present = (dense[f"signs_{what}"] & can_be[:, None] for what in ("asked", "present"))
    answered, active = latest_answers(asked[:, -2:], present[:, -2:])
    count = np.bitwise_count(answered)
    weight = 0.5 ** (np.arange(7, -1, -1) * 7 / HALF_LIFE_DAYS)
    whole = (np.bitwise_count(asked[:, -8:]) * weight).sum(axis=1)
    burden = ratio((np.bitwise_count(present[:, -8:]) * weight).sum(axis=1), whole)
    coverage = down(count / np.bitwise_count(can_be), {}, some=0.5, marked=0.25)
    coverage.level[count == 0] = 3
    every = np.full((len(asked), 4), 15)
    halt = latest_answers(every[:, -2:], dense["halt_present"][:, -2:])[1]
    strong = latest_answers(every, dense["protective_present"][:, -4:])[1]
    number = np.where(count != 0, np.bitwise_count(active), np.nan)
    return {
        "active_signs": reading(number, {"mask": active, "asked": count}, some=1, marked=3, serious=5),
        "sign_coverage": coverage,
        "sign_burden": reading(burden, {"weight": whole}, some=0.15, marked=0.35, serious=0.5),
        "drift": dense_drift(asked[:, -14:], present[:, -14:]),
        "halt": reading(np.bitwise_count(halt) * 1.0, {"mask": halt}, some=1, marked=3),
        "protective_factors": reading(np.bitwise_count(strong) * 1.0, {"mask": strong}),
    }


def tells_of_harm(dense: Dense) -> Array:
    """The check-ins, of the last four weeks, whose safety items are open."""
    told: Array = (dense["stage_present"][:, -4:] & SAFETY_STAGE_MASK) != 0
    return told


def dense_reports(dense: Dense) -> dict[str, Reading]:
    use, craving = dense["use"], dense["craving"]
    worst, recent = use[:, -4:].max(axis=1), use[:, -2:].max(axis=1)
    every = np.full((len(use), 4), (1 << len(STAGE_SIGNS)) - 1)
    stages = latest_answers(every, dense["stage_present"][:, -4:])[1]
    stages |= np.bitwise_or.reduce(dense["stage_present"][:, -4:] & stage_mask(Stage.PHYSICAL), axis=1)
    tags = np.zeros(len(use), dtype=np.int64)
    for bit, stage in enumerate(TAGS):
        tags |= ((stages & stage_mask(stage)) != 0).astype(np.int64) << bit
    tags |= ((worst >= 1) | unexpected(dense, 4).any(axis=1)).astype(np.int64) << 2
    highest = np.where(tags >= 4, 3, np.minimum(tags, 2)).astype(np.int8)
    harm = tells_of_harm(dense).sum(axis=1)
    severity = latest_value(dense["withdrawal"][:, -2:], dense["withdrawal"][:, -2:] >= 0)
    level = latest_value(craving[:, -2:], ~np.isnan(craving[:, -2:]))
    reported = {"recent": np.where(recent >= 0, recent, np.nan)}
    shown = {"mask": stages, "tags": tags}
    return {
        "reported_use": reading(np.where(worst >= 0, worst, np.nan), reported, some=1, marked=1, serious=2),
        "stage_tags": Reading(np.bitwise_count(tags) * 1.0, highest, NO_EVIDENCE, shown),
        "safety": Reading(harm * 1.0, np.where(harm, 3, 0).astype(np.int8), NO_EVIDENCE, {}),
        "craving": reading(level, some=4, marked=7),
        "craving_trend": reading(dense_trend(craving[:, -6:]), some=RISE),
        "withdrawal": reading(severity, some=1, marked=2, serious=3),
    }


def dense_scores(readings: dict[str, Reading], clients: int) -> dict[Score, Array]:
    of = {score: np.zeros(clients, dtype=np.int64) for score in Score}
    for rule in TABLE:
        of[rule.score] += rule.times(readings) * np.int64(rule.points)
    return of


def dense_against(readings: dict[str, Reading], clients: int) -> Array:
    """What bad findings other than silence add to the priority."""
    against = np.zeros(clients)
    for rule in TABLE:
        if rule.sign > 0 and rule.indicator_id != "days_unseen":
            against += rule.times(readings) * weight(rule.score, rule.points)
    return against


def dense_coverage(dense: Dense, found: dict[str, Reading]) -> tuple[Array, Array]:
    """The share of domains heard from, and whether anything was asked of how somebody is."""
    signs = (dense["signs_asked"][:, -4:] != 0).any(axis=1)
    attendance = found["attendance_rate"].extra["of"] > 0
    use = ~np.isnan(found["reported_use"].value)
    screens = np.isin(dense["screen"][:, -4:], [COLLECTED, MISSED]).any(axis=1)
    medication = ~np.isnan(found["medication_coverage"].value)
    heard = signs * 1 + attendance + use + screens + medication
    return heard / (4 + (dense["medication"] >= 0)), signs | use


def dense_pass(dense: Dense) -> tuple[dict[str, Reading], pd.DataFrame]:
    """Every number of `assess`: values, levels and what stands beside them by indicator, and the table of the
    worklist. Of overdoses nothing is on record."""
    clients = len(dense["mark"])
    found = dense_signs(dense) | dense_reports(dense) | dense_attendance(dense["mark"]) | dense_contact(dense)
    found |= dense_medication(dense) | dense_screens(dense) | dense_weeks(dense)
    findings = found | {"overdose": reading(np.full(clients, np.nan))}
    of = dense_scores(findings, clients)
    points = together(of)
    coverage, asked = dense_coverage(dense, found)
    known = enough_heard(coverage, asked)
    band = band_of(points, known)
    weeks_of_use = found["use_weeks"].extra["found"] | found["use_weeks"].extra["told"]
    band[(band == BANDS.index(Band.LOW)) & ((weeks_of_use & 0b11) != 0)] = BANDS.index(Band.WATCH)
    band[~known & (dense_against(findings, clients) < LIFT)] = BANDS.index(Band.UNKNOWN)
    regular = found["reported_use"].extra["recent"] == list(Use).index(Use.REGULAR)
    band[regular & (band != BANDS.index(Band.HIGH))] = BANDS.index(Band.ELEVATED)
    safety_open, overdue = found["safety"].value > 0, found["contact_gap"].extra["overdue"]
    order = priority(safety_open, band, points, overdue, np.arange(clients))
    table = {
        "client_id": order + 1,
        "rank": np.arange(1, clients + 1),
        "band": NAMES[band[order]],
        "points": points[order],
        **{score.value: of[score][order] for score in Score},
        "coverage": coverage[order],
        "sign_coverage": found["sign_coverage"].value[order],
        "change": np.full(clients, np.nan),
        "overdue": overdue[order],
        "safety_open": safety_open[order],
    }
    return found, pd.DataFrame(table, copy=False)
