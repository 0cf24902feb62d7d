"""Fitting and calibration on small made-up data whose answer is known."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from casework.indicators.points import ALL_WEEKS
from casework.validation.calibration import curve
from casework.validation.fitting import (
    LOGIT_POINTS,
    CandidateRows,
    Target,
    fit_odds,
    fit_shares,
)

ROWS = 20_000
draw = np.random.default_rng(7)
TIMES = draw.integers(0, 3, (ROWS, 3)).astype(np.float64)
BAD, GOOD, EITHER = 1, -1, 0
SIGNS = np.array([BAD, GOOD, EITHER])
ALONE = np.full(3, -1)
THREE = CandidateRows(TIMES, SIGNS, ALONE, np.ones(3, dtype=np.int64))
EVERYBODY = np.ones(ROWS, dtype=bool)


def target(value: np.ndarray) -> Target:
    return Target(value, np.ones(len(value)))


def shares(*weights: float, start: float = 0.3) -> np.ndarray:
    return start + TIMES @ np.array(weights)


def happened(*weights: float, start: float) -> np.ndarray:
    """1.0 or 0.0 with these log odds."""
    chance = 1 / (1 + np.exp(-(start + TIMES @ np.array(weights))))
    return (np.random.default_rng(8).random(ROWS) < chance).astype(np.float64)


def happened_of(odds: np.ndarray) -> np.ndarray:
    return (np.random.default_rng(8).random(ROWS) < 1 / (1 + np.exp(-odds))).astype(np.float64)


def test_points_of_shares_are_found_again_in_whole_numbers() -> None:
    points, intercept = fit_shares(THREE, target(shares(0.1, -0.05, 0.02)), EVERYBODY)
    np.testing.assert_allclose(points, np.array([0.1, -0.05, 0.02]) * ALL_WEEKS, atol=1.5)
    assert abs(intercept - 0.3 * ALL_WEEKS) <= 2
    assert (points == np.round(points)).all()


def test_a_bad_finding_never_gets_negative_points_nor_a_good_one_positive() -> None:
    against = target(shares(-0.1, 0.05, -0.02))
    points, _ = fit_shares(THREE, against, EVERYBODY)
    assert points[:2].tolist() == [0, 0]
    assert points[2] < 0
    odds = fit_odds(THREE, target(happened(-1.0, 0.8, -0.5, start=0.5)), EVERYBODY)
    assert odds[:2].tolist() == [0, 0]
    assert odds[2] < 0


def test_points_of_odds_are_found_again() -> None:
    points = fit_odds(THREE, target(happened(0.8, -0.6, 0.3, start=-1)), EVERYBODY)
    np.testing.assert_allclose(points, np.array([0.8, -0.6, 0.3]) * LOGIT_POINTS, atol=2)


def test_a_rare_row_is_not_shrunk_away() -> None:
    """One ridge for all, large enough for the common rows, would leave a row of 40 weeks next to nothing."""
    rare = np.zeros(ROWS)
    rare[:40] = 1
    rows = CandidateRows(
        np.column_stack([TIMES, rare]), np.append(SIGNS, BAD), np.full(4, -1), np.ones(4, dtype=np.int64)
    )
    points, _ = fit_shares(rows, target(shares(0.1, -0.05, 0.02) + 0.3 * rare), EVERYBODY)
    assert points[3] >= 0.95 * 0.3 * ALL_WEEKS


PAIR = (TIMES[:, 1] > 0) & (np.arange(ROWS) % 3 == 0)
GOOD_AND_PAIR = CandidateRows(
    np.column_stack([TIMES[:, 1] > 0, PAIR]).astype(np.float64),
    np.array([GOOD, BAD]),
    np.array([-1, 0]),
    np.array([1, 1]),
)


def test_a_pair_takes_back_a_part_of_what_its_good_row_gives() -> None:
    good, pair = GOOD_AND_PAIR.times.T
    points, _ = fit_shares(GOOD_AND_PAIR, target(0.5 - 0.2 * good + 0.15 * pair), EVERYBODY)
    np.testing.assert_allclose(points, [-0.2 * ALL_WEEKS, 0.15 * ALL_WEEKS], atol=1.5)


def test_a_pair_never_takes_back_more_than_its_good_row_gives() -> None:
    """Otherwise the good fact that makes it hold would raise the score."""
    good, pair = GOOD_AND_PAIR.times.T
    points, _ = fit_shares(GOOD_AND_PAIR, target(0.5 - 0.1 * good + 0.3 * pair), EVERYBODY)
    assert 0 < points[1] == -points[0]
    odds = fit_odds(GOOD_AND_PAIR, target(happened_of(-0.3 * good + 2 * pair)), EVERYBODY)
    assert 0 <= odds[1] <= -odds[0]


def test_a_pair_that_holds_several_times_takes_back_no_more_than_its_good_row_gives() -> None:
    good, pair = GOOD_AND_PAIR.times.T
    three_times = replace(GOOD_AND_PAIR, times=GOOD_AND_PAIR.times * np.array([1, 3]), most=np.array([1, 3]))
    points, _ = fit_shares(three_times, target(0.5 - 0.2 * good + 0.15 * pair), EVERYBODY)
    np.testing.assert_allclose(points * [1, 3], [-0.2 * ALL_WEEKS, 0.15 * ALL_WEEKS], atol=1.5)
    points, _ = fit_shares(three_times, target(0.5 - 0.1 * good + 0.3 * pair), EVERYBODY)
    assert 0 < 3 * points[1] == -points[0]


def test_rows_that_are_not_among_the_fitted_ones_or_have_no_answer_change_nothing() -> None:
    value = shares(0.1, -0.05, 0.02)
    among = np.arange(ROWS) % 2 == 0
    spoilt, unknown = value.copy(), value.copy()
    spoilt[~among], unknown[~among] = 9.0, np.nan
    weightless = Target(spoilt, among.astype(np.float64))
    expected = fit_shares(THREE, target(value), among)
    for answers, rows in (
        (target(spoilt), among), (target(unknown), EVERYBODY), (weightless, EVERYBODY),
    ):  # fmt: skip
        found = fit_shares(THREE, answers, rows)
        np.testing.assert_array_equal(found[0], expected[0])
        assert found[1] == expected[1]


# --- calibration ----------------------------------------------------------------------------------------------------

POINTS = np.repeat(np.arange(40), 200)
PEOPLE = np.arange(len(POINTS)) // 4


def outcomes(chance: np.ndarray) -> np.ndarray:
    return (np.random.default_rng(9).random(len(POINTS)) < chance).astype(np.float64)


def test_the_curve_never_falls_and_the_likely_value_lies_within_its_range() -> None:
    knots = np.array(curve(POINTS, outcomes(0.1 + POINTS / 100), PEOPLE, interval=True))
    assert (np.diff(knots, axis=0) >= 0).all()
    assert (np.diff(knots[:, 0]) > 0).all()
    assert ((knots[:, 1] <= knots[:, 2]) & (knots[:, 2] <= knots[:, 3])).all()


def test_the_curve_finds_the_chances_again() -> None:
    knots = np.array(curve(POINTS, outcomes(0.1 + POINTS / 100), PEOPLE, interval=False))
    np.testing.assert_allclose(knots[:, 2], 0.1 + knots[:, 0] / 100, atol=0.06)
    np.testing.assert_array_equal(knots[:, 1], knots[:, 2])


def test_where_more_points_mean_less_the_curve_is_flat_and_keeps_the_overall_share() -> None:
    falling = outcomes(0.8 - POINTS / 100)
    knots = np.array(curve(POINTS, falling, PEOPLE, interval=False))
    assert len(set(knots[:, 2])) == 1
    assert math.isclose(knots[0, 2], falling.mean(), abs_tol=1e-3)


def test_rows_of_the_same_person_count_as_one_draw() -> None:
    happened_ = np.repeat(outcomes(0.1 + POINTS / 100)[::20], 20)
    alone = np.array(curve(POINTS, happened_, np.arange(len(POINTS)), interval=True))
    together = np.array(curve(POINTS, happened_, np.arange(len(POINTS)) // 20, interval=True))
    assert (together[:, 3] - together[:, 1]).mean() > (alone[:, 3] - alone[:, 1]).mean()
