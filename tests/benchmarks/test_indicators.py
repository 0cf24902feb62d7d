"""All scores of 100,000 clients with a year of check-ins, sessions, urine screens and supplies of medication, in one
call, against a dense NumPy pass that computes the same numbers from [clients x weeks] arrays; and of one client. Only
ratios are judged, never seconds."""

from __future__ import annotations

import os

import numpy as np
import pandas as pd
import pytest

from casework import frames
from casework.frames import COLUMNS, FAR, Facts
from casework.indicators import Assessment, assess
from casework.indicators.screens import COLLECTED, MISSED
from casework.vocabulary import STAGE_SIGNS, SUBSTANCES, ScreenStatus, mask
from tests.benchmarks.dense import (
    ADMITTED_AGE,
    ATTENDED_AGE,
    SCREENED_AGE,
    SUPPLY_DAYS,
    Array,
    Dense,
    dense_pass,
    tells_of_harm,
)
from tests.benchmarks.timing import fastest
from tests.support.facts import TODAY, TODAY_DAY

WEEKS = 52
EXCUSED = list(ScreenStatus).index(ScreenStatus.EXCUSED)
EXPLAINS = np.array([mask(SUBSTANCES, ["methadone"]), mask(SUBSTANCES, ["buprenorphine"]), 0])
"""What a client's medication (0 methadone, 1 buprenorphine, -1 none) explains in a urine screen."""
LONG = os.environ.get("TIDELINE_LONG") == "1"
# The promise is for 100,000 clients, the long form. In the short one the fixed cost of a call is a larger part.
MOST_TIMES_DENSE = 2.0 if LONG else 2.5
CLIENTS = 100_000 if LONG else 20_000
MOST_TIMES_DENSE_ALONE = 4.0
"""For one client a pass is all fixed costs, of hundreds of small array operations; ours also chooses the rows, and has
the twelve weeks of history that the page draws. 2.3 times where nothing else runs: the rest is for a busy machine."""
ROUNDS_ALONE = 200


def dense_clinic(clients: int, seed: int = 7) -> Dense:
    """[clients x weeks] arrays of what was recorded, the last column today's week."""
    rng = np.random.default_rng(seed)
    shape = (clients, WEEKS)

    def some(bits: int, ands: int) -> Array:
        chosen = rng.integers(0, 1 << bits, shape)
        for _ in range(ands):
            chosen &= rng.integers(0, 1 << bits, shape)
        return chosen

    asked = rng.integers(0, 1 << 12, shape) | rng.integers(0, 1 << 12, shape)
    not_asked = rng.random((clients, 1)) < 0.05
    asked[(rng.random(shape) < 0.1) | not_asked] = 0
    use = rng.choice([-1, 0, 1, 2], shape, p=[0.5, 0.46, 0.03, 0.01])
    craving = rng.integers(0, 11, shape).astype(np.float64)
    craving[rng.random(shape) < 0.2] = np.nan
    silent = rng.random((clients, 1)) < 0.05
    medication = rng.integers(-1, 2, clients)
    expected = np.broadcast_to(EXPLAINS[medication][:, None], shape)
    status = rng.choice([COLLECTED, MISSED, EXCUSED], shape, p=[0.75, 0.15, 0.1])
    found = some(len(SUBSTANCES), 3) | np.where(rng.random(shape) < 0.9, expected, 0)
    return {
        "signs_asked": asked.astype(np.int32),
        "signs_present": (asked & some(12, 2)).astype(np.int32),
        "halt_present": some(4, 1).astype(np.int32),
        "stage_present": some(len(STAGE_SIGNS), 5).astype(np.int32),
        "protective_present": some(4, 0).astype(np.int32),
        "craving": craving,
        "use": np.where(not_asked, -1, use).astype(np.int8),
        "withdrawal": rng.choice([-1, 0, 1, 2, 3], shape, p=[0.5, 0.3, 0.1, 0.07, 0.03]).astype(np.int8),
        "contact": ((rng.random(shape) < 0.9) & ~silent).astype(np.int8),
        "mark": np.where(silent, 2, rng.choice(5, shape, p=[0.6, 0.1, 0.1, 0.15, 0.05])).astype(np.int8),
        "screen": np.where(silent, MISSED, status).astype(np.int8),
        "found": found.astype(np.int32),
        "expected": expected.astype(np.int32),
        "tested": np.full(shape, (1 << len(SUBSTANCES)) - 1, dtype=np.int32),
        "medication": medication,
        "supplied": (rng.random(shape) < 0.8) & ~silent & (medication >= 0)[:, None],
    }


def as_facts(dense: Dense) -> Facts:
    """The same as frames, one row a client and week."""
    clients = len(dense["mark"])
    rows = clients * WEEKS
    check_in_days = np.tile(TODAY_DAY - 7 * np.arange(WEEKS - 1, -1, -1), clients)
    nothing, unknown = np.zeros(rows, dtype=np.int64), np.full(rows, np.nan)

    def fact(days: Array) -> Dense:
        return {
            "id": np.arange(rows),
            "client_id": np.repeat(np.arange(1, clients + 1), WEEKS),
            "day": days,
            "known": days,
        }

    screens = {name: dense[name].ravel() for name in ("tested", "found", "expected")}
    filled = {
        "halt_asked": nothing + 15,
        "stage_asked": nothing + (1 << len(STAGE_SIGNS)) - 1,
        "protective_asked": nothing + 15,
        "other_substances": nothing - 1,
        **dict.fromkeys(("suicidal", "overdosed", "used_on", "overdosed_on", "naloxone_used"), nothing - 1),
        "use_days": unknown,
        "medication_days_taken": unknown,
        "medication_days_of": unknown,
    }
    flat = (
        {name: values.ravel() for name, values in dense.items() if values.ndim == 2}
        | fact(check_in_days)
        | filled
    )
    given = {
        "clients": people(clients),
        "check_ins": {name: flat.get(name, nothing) for name in COLUMNS["check_ins"]},
        "attendance": fact(check_in_days - ATTENDED_AGE) | {"mark": flat["mark"], "kind": nothing},
        "screens": fact(check_in_days - SCREENED_AGE) | screens | {"status": flat["screen"]},
        "doses": supplies(dense["supplied"]),
        "prescriptions": prescriptions(dense["medication"]),
    }
    owner, week = np.nonzero(tells_of_harm(dense))
    raised = TODAY_DAY - 7 * (3 - week)
    given["safety_items"] = {
        "id": np.arange(len(owner)),
        "client_id": owner + 1,
        "day": raised,
        "known": raised,
        "concerns": np.ones(len(owner)),
        "acknowledged": np.full(len(owner), FAR),
        "event": np.full(len(owner), -1),
    }
    return frames.check(Facts.of(given))


def supplies(supplied: Array) -> Dense:
    owner, week = np.nonzero(supplied)
    day = TODAY_DAY - 7 * (WEEKS - 1 - week)
    covers, medication = np.full(len(owner), SUPPLY_DAYS), np.zeros(len(owner))
    fact = {"id": np.arange(len(owner)), "client_id": owner + 1, "day": day, "known": day}
    return fact | {"covers": covers, "medication": medication}


def prescriptions(medication: Array) -> Dense:
    """From admission on, without an end."""
    owner = np.flatnonzero(medication >= 0)
    day = np.full(len(owner), TODAY_DAY - ADMITTED_AGE)
    fact = {"id": np.arange(len(owner)), "client_id": owner + 1, "day": day, "known": day}
    return fact | {"until": np.full(len(owner), FAR), "medication": medication[owner]}


def people(clients: int) -> Dense:
    return {
        "client_id": np.arange(1, clients + 1),
        "caseload": np.arange(clients) // 45,
        "admitted": np.full(clients, TODAY_DAY - ADMITTED_AGE),
        "level": np.ones(clients),
        "interval": np.full(clients, 7),
        "pregnant": np.full(clients, -1),
        "co_occurring": np.zeros(clients),
        "naloxone": np.full(clients, -1),
        "pregnant_since": np.full(clients, -1),
        "pregnancy_ended": np.full(clients, -1),
        "safe_to_call": np.zeros(clients),
        "safe_housing": np.full(clients, -1),
    }


@pytest.fixture(scope="module")
def clinic() -> tuple[Dense, Facts]:
    dense = dense_clinic(CLIENTS)
    return dense, as_facts(dense)


def test_the_dense_pass_and_the_indicators_give_the_same_numbers(clinic: tuple[Dense, Facts]) -> None:
    dense, facts = clinic
    expected, table = dense_pass(dense)
    assessed = assess(facts, TODAY, history_weeks=0)
    for id_, theirs in expected.items():
        ours = assessed.readings[id_]
        np.testing.assert_allclose(ours.value, theirs.value, rtol=1e-9, atol=1e-12, err_msg=id_)
        np.testing.assert_array_equal(ours.level, theirs.level, err_msg=id_)
        for name, values in theirs.extra.items():
            np.testing.assert_allclose(
                ours.extra[name], values, rtol=1e-9, atol=1e-12, err_msg=f"{id_} {name}"
            )
    pd.testing.assert_frame_equal(assessed.table, table)
    assert set(assessed.readings) - set(expected) == {"overdose"}
    assert set(table["band"]) == {"low", "watch", "elevated", "high", "unknown"}
    assert all(len(np.unique(one.value)) > 1 for id_, one in expected.items() if id_ != "time_in_care")


@pytest.mark.benchmark
def test_one_call_for_the_whole_clinic_takes_at_most_twice_a_dense_pass(
    clinic: tuple[Dense, Facts], capsys: pytest.CaptureFixture[str]
) -> None:
    dense, facts = clinic
    ours, theirs = fastest(lambda: assess(facts, TODAY, history_weeks=0).table, lambda: dense_pass(dense))
    ratio = ours / theirs
    with capsys.disabled():
        print(f"\nindicators: {CLIENTS:,} clients x {WEEKS} weeks, {ratio:.2f} times a dense NumPy pass")
    assert ratio <= MOST_TIMES_DENSE


def all_of(assessment: Assessment) -> object:
    """With what is only made when it is asked for, as a client's page does."""
    return assessment.table, assessment.history


@pytest.mark.benchmark
def test_the_scores_of_one_page_take_a_few_times_a_dense_pass_of_one_client(
    capsys: pytest.CaptureFixture[str],
) -> None:
    dense = dense_clinic(1)
    facts = as_facts(dense)
    ours, theirs = fastest(
        lambda: all_of(assess(facts, TODAY)), lambda: dense_pass(dense), rounds=ROUNDS_ALONE
    )
    ratio = ours / theirs
    with capsys.disabled():
        print(
            f"\none client, with the weeks of history: {ratio:.2f} times a dense pass ({ours * 1e3:.1f} ms here)"
        )
    assert ratio <= MOST_TIMES_DENSE_ALONE
