"""The dense NumPy pass that the indicators are measured against: the same numbers from [clients x weeks] arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casework.indicators.drift import (
    ABOVE_LIMIT,
    ABOVE_WARNING,
    HELD_OUT,
    LAMBDA,
    LIMIT,
    MIN_ASKED,
    MIN_POINTS,
    PRIOR_ASKED,
    PRIOR_PRESENT,
    WARNING_LIMIT,
    sigma_of_distance,
)
from casework.indicators.points import BANDS, TABLE, band_of, enough_heard, priority
from casework.indicators.registry import Reading, graded, graded_down
from casework.indicators.signs import ALL_SIGNS, HALF_LIFE_DAYS
from casework.indicators.stages import TAGS
from casework.vocabulary import (
    MEDICATION_SIGN,
    SAFETY_STAGE_MASK,
    STAGE_SIGNS,
    WARNING_SIGNS,
    Stage,
    mask,
    stage_mask,
)
from casework.windows import NO_EVIDENCE, share
from tests.support.facts import TODAY_DAY

ATTENDED_AGE = 2
"""Sessions are two days before check-ins."""
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
    points = share(np.bitwise_count(asked & present), np.bitwise_count(asked))
    count = counted.sum(axis=1)
    later = np.cumsum(counted[:, ::-1], axis=1)[:, ::-1] - counted
    base = counted & (later >= HELD_OUT)
    n = base.sum(axis=1)
    center = share(np.where(base, points, 0).sum(axis=1), n)
    squares = np.where(base, points - center[:, None], 0)
    own = share((squares * squares).sum(axis=1), np.maximum(n - 1, 0))
    answers = np.where(base, np.bitwise_count(asked), 0).sum(axis=1)
    found = np.where(base, np.bitwise_count(asked & present), 0).sum(axis=1)
    level = (found + PRIOR_PRESENT) / (answers + PRIOR_ASKED)
    questions = share(np.where(counted, share(1, np.bitwise_count(asked)), 0).sum(axis=1), count)
    enough = count >= MIN_POINTS
    spread = np.sqrt(np.fmax(own, level * (1 - level) * questions))
    sigma = sigma_of_distance(spread, np.maximum(count, 1))
    average = np.nan_to_num(center)
    for week in range(asked.shape[1]):
        moved = LAMBDA * points[:, week] + (1 - LAMBDA) * average
        average = np.where(counted[:, week], moved, average)
    known = enough & counted[:, -4:].any(axis=1)
    value = np.where(known, (average - center) / sigma, np.nan)
    extra = {
        "ewma": np.where(known, average, np.nan),
        "center": np.where(known, center, np.nan),
        "warning": np.where(known, center + WARNING_LIMIT * sigma, np.nan),
        "upper": np.where(known, center + LIMIT * sigma, np.nan),
        "points": count,
    }
    return reading(value, extra, some=ABOVE_WARNING, marked=ABOVE_LIMIT)


def dense_trend(craving: Array) -> Array:
    week = np.arange(4.0)
    known = ~np.isnan(craving)
    count = known.sum(axis=1)
    rated = np.where(known, craving, 0)
    of_week, of_rated = (known * week).sum(axis=1), rated.sum(axis=1)
    together = count * (rated * week).sum(axis=1) - of_week * of_rated
    slope = share(together, count * (known * week * week).sum(axis=1) - of_week * of_week)
    return np.where(count >= 3, slope, np.nan)


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
        "attendance_rate": down(share(came, counted), {"of": counted, "kept": came}, some=0.75, marked=0.5),
        "consecutive_no_shows": reading(np.where(run_known, run, np.nan), some=1, marked=2, serious=3),
    }


def dense_contact(kept: Array, contact: Array) -> dict[str, Reading]:
    def age(weeks: slice, offset: int) -> Array:
        heard = np.minimum(7 * weeks_ago(contact[:, weeks]), 7 * weeks_ago(kept[:, weeks]) + ATTENDED_AGE)
        return np.minimum(heard + offset, 98)

    gap = age(slice(-14, None), 0)
    month_ci, month_kept = contact[:, -4:], kept[:, -4:]
    first_ci = np.where(month_ci.any(axis=1), 7 * (3 - np.argmax(month_ci, axis=1)), -1)
    first_kept = np.where(month_kept.any(axis=1), 7 * (3 - np.argmax(month_kept, axis=1)) + ATTENDED_AGE, -1)
    back = np.maximum(first_ci, first_kept)
    before = age(slice(-14, -4), 28)
    lasts = gap >= 28
    absent = lasts | ((back >= 0) & (before - back >= 28))
    until = np.where(absent, TODAY_DAY + 28 - np.where(lasts, 0, back + 1), -1)
    late = graded(gap / 7, some=np.nextafter(1, 2), marked=np.nextafter(2, 3), serious=4)
    flag = np.where(absent, 2, 0).astype(np.int8)
    return {
        "contact_gap": Reading(gap * 1.0, late, NO_EVIDENCE, {"overdue": np.maximum(gap - 7, 0)}),
        "lowered_tolerance": Reading(absent * 1.0, flag, NO_EVIDENCE, {"until": until}),
    }


def dense_signs(dense: Dense) -> dict[str, Reading]:
    can_be = ALL_SIGNS & ~mask(WARNING_SIGNS, [MEDICATION_SIGN])
    asked, present = dense["signs_asked"] & can_be, dense["signs_present"] & can_be
    answered, active = latest_answers(asked[:, -2:], present[:, -2:])
    count = np.bitwise_count(answered)
    weight = 0.5 ** (np.arange(7, -1, -1) * 7 / HALF_LIFE_DAYS)
    whole = (np.bitwise_count(asked[:, -8:]) * weight).sum(axis=1)
    burden = share((np.bitwise_count(present[:, -8:]) * weight).sum(axis=1), whole)
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
    tags |= (worst >= 1).astype(np.int64) << 2
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
        "craving_trend": reading(dense_trend(craving[:, -4:]), some=1),
        "withdrawal": reading(severity, some=1, marked=2, serious=3),
    }


def dense_pass(dense: Dense) -> tuple[dict[str, Reading], pd.DataFrame]:
    """Every number of `assess` that these facts can give: values, levels and what stands beside them by indicator,
    and the table of the worklist."""
    clients = len(dense["mark"])
    found = dense_signs(dense) | dense_reports(dense) | dense_attendance(dense["mark"])
    found |= dense_contact(dense["mark"] <= 1, dense["contact"].astype(bool))
    none = reading(np.full(clients, np.nan))
    without = ("overdose", "unexpected_opioids", "missed_screens", "medication_absent", "medication_coverage")
    readings = found | dict.fromkeys(without, none)
    points = np.zeros(clients, dtype=np.int64)
    for rule in TABLE:
        points += rule.holds(readings) * rule.points
    asked = (dense["signs_asked"][:, -4:] != 0).any(axis=1)
    told = ~np.isnan(found["reported_use"].value)
    heard = asked * 1 + (found["attendance_rate"].extra["of"] > 0) + told
    coverage = heard / 3
    band = band_of(points, enough_heard(coverage, asked | told))
    safety_open, overdue = found["safety"].value > 0, found["contact_gap"].extra["overdue"]
    order = priority(safety_open, band, points, overdue, np.arange(clients))
    table = {
        "client_id": order + 1,
        "rank": np.arange(1, clients + 1),
        "band": NAMES[band[order]],
        "points": points[order],
        "coverage": coverage[order],
        "sign_coverage": found["sign_coverage"].value[order],
        "change": np.full(clients, np.nan),
        "overdue": overdue[order],
        "safety_open": safety_open[order],
    }
    return found, pd.DataFrame(table, copy=False)
