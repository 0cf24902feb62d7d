"""The validation report's own arithmetic: small cases worked out by hand, and rules that must hold of any case."""

from __future__ import annotations

import numpy as np
import pytest

from casework.caseload.evidence_report import Interval
from casework.validation.measures import (
    LONGEST_LEAD,
    RankedRows,
    Rows,
    caught,
    flagged,
    interval,
    leads,
    logistic,
    ratio,
)


def rows(happened: list[int], *, who: list[int] | None = None, week: list[int] | None = None) -> Rows:
    size = len(happened)
    return Rows(
        np.array(who or range(size), dtype=np.int64),
        np.array(week or [3] * size, dtype=np.int64),
        np.array(happened, dtype=np.float64),
    )


def ones(of: Rows) -> np.ndarray:
    return np.ones(len(of.who))


def test_the_area_under_the_curve_is_the_share_of_pairs_in_the_right_order_and_ties_count_half() -> None:
    some = rows([1, 0, 1, 0])
    ranked = RankedRows(some, np.array([3, 3, 5, 1]))
    assert ranked.auc(ones(some)) == pytest.approx((0.5 + 1 + 1 + 1) / 4)


def test_a_person_who_is_drawn_twice_counts_twice() -> None:
    some, twice = rows([1, 0, 0]), rows([1, 0, 0, 0])
    weighted = RankedRows(some, np.array([2, 1, 3])).auc(np.array([1.0, 1.0, 2.0]))
    assert weighted == pytest.approx(RankedRows(twice, np.array([2, 1, 3, 3])).auc(ones(twice)))


def test_the_average_precision_is_the_mean_precision_at_each_event() -> None:
    some = rows([1, 0, 1, 0])
    assert RankedRows(some, np.array([9, 8, 7, 6])).average_precision(ones(some)) == pytest.approx(
        (1 + 2 / 3) / 2
    )


def test_each_week_the_same_share_is_flagged_and_equals_share_what_is_left() -> None:
    some = rows([0] * 10, week=[3] * 5 + [4] * 5)
    found = flagged(some, np.array([5, 4, 4, 1, 1, 9, 9, 9, 9, 9]), 0.4)
    np.testing.assert_allclose(found, [1, 0.5, 0.5, 0, 0, 0.4, 0.4, 0.4, 0.4, 0.4])
    assert caught(rows([1, 1, 0, 0, 0] * 2), found)(np.ones(10)) == pytest.approx((1 + 0.5 + 0.8) / 4)


def test_chances_that_hold_have_slope_one_intercept_nought_and_ratio_one() -> None:
    draw = np.random.default_rng(1)
    stated = draw.uniform(0.05, 0.9, 40_000)
    some = rows(list((draw.random(40_000) < stated).astype(int)))
    intercept, slope = logistic(some, stated)(ones(some))
    assert (intercept, slope) == (pytest.approx(0, abs=0.05), pytest.approx(1, abs=0.05))
    assert ratio(some, stated)(ones(some)) == pytest.approx(1, abs=0.03)
    assert ratio(some, stated / 2)(ones(some)) == pytest.approx(2, abs=0.06)


def test_the_interval_holds_the_figure_is_narrower_with_more_people_and_the_same_each_time() -> None:
    def of(people: int) -> Interval:
        draw = np.random.default_rng(2)
        happened = (draw.random(people) < 0.3).astype(int)
        some = rows(list(happened))
        return interval(some, RankedRows(some, happened + draw.normal(0, 1, people)).auc, 200)

    small, large = of(100), of(2000)
    assert small.low < small.value < small.high
    assert large.high - large.low < (small.high - small.low) / 2
    assert of(100) == small


def test_weeks_of_one_person_are_drawn_together() -> None:
    some = rows([0, 1, 0, 1], who=[1, 1, 2, 2])
    drawn: list[np.ndarray] = []

    def kept(weight: np.ndarray) -> float:
        drawn.append(weight)
        return 0.0

    interval(some, kept, 20)
    assert len(drawn) > 20
    for weight in drawn:
        assert weight[0] == weight[1]
        assert weight[2] == weight[3]
        assert weight.sum() == 4


def lead_of(alarmed: list[int], event: int) -> tuple[list[bool], list[int]]:
    """One person whose event is in week `event`, flagged in the weeks `alarmed`, beside nine who never are."""
    weeks = list(range(3, event))
    who = [1] * len(weeks) + [other for other in range(2, 11) for _ in weeks]
    score = [10 if week in alarmed else -10 for week in weeks] + [0] * 9 * len(weeks)
    some = rows([0] * len(who), who=who, week=weeks * 10)
    confirmed = np.array([event] + [0] * 9)
    found, lengths = leads(some, np.array(score), 0.1, confirmed)
    return found.tolist(), lengths.tolist()


def test_the_lead_is_the_row_of_flagged_weeks_up_to_the_event() -> None:
    assert lead_of([9, 10, 11], 12) == ([True], [3])
    assert lead_of([8, 9, 10], 12) == ([True], [0])
    assert lead_of([5, 11], 12) == ([True], [1])
    assert lead_of([4, 5], 12) == ([False], [0])
    assert lead_of(list(range(3, 18)), 18) == ([True], [LONGEST_LEAD])


def test_an_event_of_the_first_weeks_has_no_lead_to_count() -> None:
    assert lead_of([5, 6], 7) == ([], [])
