"""Rules of the comparison that hold for any forecasts (Hypothesis)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.forecasts import MIN_CLIENTS, MIN_FORECASTS, PROBABILITY, Case, compare, nearest_answer, turns
from casework.vocabulary import Likelihood
from tests.support.clinic import TODAY

CHANCES = st.floats(0, 1)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
CASES = st.lists(
    st.builds(
        Case,
        client_id=st.integers(1, 12),
        made_on=st.dates(dt.date(2025, 1, 1), TODAY),
        said=st.sampled_from(Likelihood),
        engine=st.one_of(st.none(), CHANCES),
        happened=st.sampled_from([None, False, True, False, True]),
        by_turn=st.booleans(),
    ),
    max_size=60,
)


@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_forecasts_changes_nothing(cases: list[Case], chance: object) -> None:
    mixed = list(cases)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = compare(cases), compare(mixed)
    assert (one.cases, one.clients, one.happened, one.unknown) == (
        other.cases,
        other.clients,
        other.happened,
        other.unknown,
    )
    assert (one.summary is None) == (other.summary is None)
    if one.summary is not None and other.summary is not None:
        assert one.summary.calibration == other.summary.calibration
        assert one.summary.difference.value == pytest.approx(other.summary.difference.value)
        assert one.summary.difference.low == pytest.approx(other.summary.difference.low)


@given(CASES)
def test_every_forecast_is_counted_once(cases: list[Case]) -> None:
    found = compare(cases)
    assert found.cases + found.unknown + found.unmatched == len(cases)
    assert (found.summary is not None) is (found.cases >= MIN_FORECASTS and found.clients >= MIN_CLIENTS)
    if found.summary is not None:
        for side in ("counselor", "engine"):
            tallies = [getattr(row, side) for row in found.summary.calibration]
            assert sum(one.of for one in tallies) == found.cases
            assert sum(one.happened for one in tallies) == found.happened


@given(CASES)
def test_means_are_distances_and_lie_within_their_intervals(cases: list[Case]) -> None:
    found = compare(cases).summary
    if found is None:
        return
    for one in (found.counselor, found.engine):
        assert 0 <= one.low <= one.value <= one.high <= 1
    assert -1 <= found.difference.low <= found.difference.value <= found.difference.high <= 1
    assert found.difference.value == pytest.approx(found.counselor.value - found.engine.value)


@given(CASES)
def test_who_repeats_tideline_is_exactly_as_far_off(cases: list[Case]) -> None:
    same = [
        Case(one.client_id, one.made_on, one.said, PROBABILITY[one.said], one.happened, one.by_turn)
        for one in cases
    ]
    found = compare(same).summary
    if found is not None:
        assert found.counselor == found.engine
        assert (found.difference.low, found.difference.high) == (0, 0)
        assert all(row.counselor == row.engine for row in found.calibration)


@given(CHANCES)
def test_no_answer_is_nearer_than_the_nearest(chance: float) -> None:
    nearest = abs(PROBABILITY[nearest_answer(chance)] - chance)
    assert all(nearest <= abs(value - chance) + 1e-8 for value in PROBABILITY.values())


@given(st.sets(st.integers(1, 10_000), max_size=80), DAYS)
def test_turns_are_few_of_the_caseload_and_come_round(caseload: set[int], day: dt.date) -> None:
    monday = day - dt.timedelta(days=day.weekday())
    asked = [turns(caseload, monday + dt.timedelta(weeks=week)) for week in range(16)]
    assert all(one <= caseload and len(one) <= 5 for one in asked)
    assert frozenset().union(*asked) == caseload  # 80 clients come round in 16 weeks
