"""The counselor's forecast: whose turn it is, and the comparison with what happened, as tables."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from casework.forecasts import (
    A_WEEK,
    MIN_CLIENTS,
    MIN_FORECASTS,
    PROBABILITY,
    Case,
    compare,
    furthest_apart,
    nearest_answer,
    student_t95,
    tally,
    turns,
    week_of,
)
from casework.vocabulary import Likelihood
from tests.support.forecasts import case

MONDAY = dt.date(2026, 3, 9)
VERY_UNLIKELY, UNLIKELY, EVEN, LIKELY, VERY_LIKELY = Likelihood


def enough(*cases: Case) -> list[Case]:
    """These cases over and over, on as many clients as a summary needs at least."""
    return [
        Case(place % MIN_CLIENTS, one.made_on, one.said, one.engine, one.happened, one.by_turn)
        for place, one in enumerate(cases * math.ceil(MIN_FORECASTS / len(cases)))
    ]


# Whose turn it is


@pytest.mark.parametrize(
    ("day", "monday"),
    [(MONDAY, MONDAY), (dt.date(2026, 3, 15), MONDAY), (dt.date(2026, 3, 16), dt.date(2026, 3, 16))],
)
def test_a_week_begins_on_monday(day: dt.date, monday: dt.date) -> None:
    assert week_of(day) == monday


@pytest.mark.parametrize(
    ("caseload", "weeks", "most"),
    [(0, 1, 0), (1, 1, 1), (5, 1, 5), (6, 2, 3), (22, 5, 5), (40, 8, 5), (41, 9, 5)],
)
def test_every_client_has_one_turn_in_a_round_and_no_week_has_more_than_five(
    caseload: int, weeks: int, most: int
) -> None:
    rounds = [turns(range(caseload), MONDAY + dt.timedelta(weeks=week)) for week in range(weeks)]
    assert sorted(id_ for one in rounds for id_ in one) == list(range(caseload))
    assert max(len(one) for one in rounds) == most <= A_WEEK


def test_a_newcomer_moves_nobody_while_the_round_is_as_long() -> None:
    before, after = turns(range(1, 22), MONDAY), turns(range(1, 23), MONDAY)
    assert before == after - {22}


# What answers stand for


def test_answers_grow_and_none_is_certain() -> None:
    chances = list(PROBABILITY.values())
    assert list(PROBABILITY) == list(Likelihood)
    assert chances == sorted(chances) == [0.05, 0.2, 0.5, 0.8, 0.95]


@pytest.mark.parametrize(
    ("chance", "answer"),
    [
        (0, VERY_UNLIKELY),
        (0.12, VERY_UNLIKELY),
        (0.125, UNLIKELY),
        (0.34, UNLIKELY),
        (0.35, EVEN),
        (0.65, EVEN),
        (0.66, LIKELY),
        (0.875, LIKELY),
        (1, VERY_LIKELY),
    ],
)
def test_a_chance_stands_beside_the_nearest_answer(chance: float, answer: Likelihood) -> None:
    assert nearest_answer(chance) is answer


# The comparison


@pytest.mark.parametrize(
    ("said", "engine", "happened", "counselor", "theirs"),
    [
        (UNLIKELY, 0.2, False, 0.04, 0.04),
        (UNLIKELY, 0.2, True, 0.64, 0.64),
        (EVEN, 0.9, True, 0.25, 0.01),
        (VERY_LIKELY, 0.5, True, 0.0025, 0.25),
        (VERY_LIKELY, 0.0, False, 0.9025, 0.0),
    ],
)
def test_how_far_off_is_the_mean_of_squared_distances(
    said: Likelihood, engine: float, happened: bool, counselor: float, theirs: float
) -> None:
    found = compare(enough(case(said, engine, happened))).summary
    assert found is not None
    assert found.counselor.value == pytest.approx(counselor)
    assert found.engine.value == pytest.approx(theirs)
    assert found.difference.value == pytest.approx(counselor - theirs)


@pytest.mark.parametrize(
    ("forecasts", "clients", "shown"),
    [
        (MIN_FORECASTS, MIN_CLIENTS, True),
        (MIN_FORECASTS - 1, MIN_CLIENTS, False),
        (MIN_FORECASTS, MIN_CLIENTS - 1, False),
        (0, 0, False),
    ],
)
def test_no_figure_is_given_below_the_minimum(forecasts: int, clients: int, shown: bool) -> None:
    found = compare([case(client_id=place % clients) for place in range(forecasts)])
    assert (found.summary is not None) is shown
    assert (found.cases, found.clients) == (forecasts, clients)


@pytest.mark.parametrize(
    ("happened", "not_happened", "tells"), [(5, 15, True), (4, 40, False), (15, 5, True), (40, 4, False)]
)
def test_nobody_is_called_closer_before_both_endings_were_seen(
    happened: int, not_happened: int, tells: bool
) -> None:
    cases = [case(happened=True)] * happened + [case(happened=False)] * not_happened
    assert compare(cases).tells is tells


def test_what_cannot_be_compared_is_counted_and_left_out() -> None:
    cases = [case(), case(happened=True), case(happened=None), case(engine=None), case(by_turn=False)]
    found = compare(cases)
    assert (found.cases, found.happened, found.by_turn) == (3, 1, 2)
    assert (found.unknown, found.unmatched) == (1, 1)


def test_the_calibration_counts_what_happened_by_answer_for_both() -> None:
    cases = enough(
        case(LIKELY, 0.2, True), case(LIKELY, 0.9, True), case(LIKELY, 0.9, False), case(EVEN, 0.5)
    )
    found = compare(cases).summary
    assert found is not None
    rows = {
        row.answer: ((row.counselor.happened, row.counselor.of), (row.engine.happened, row.engine.of))
        for row in found.calibration
    }
    assert rows == {
        VERY_UNLIKELY: ((0, 0), (0, 0)),
        UNLIKELY: ((0, 0), (5, 5)),
        EVEN: ((0, 5), (0, 5)),
        LIKELY: ((10, 15), (0, 0)),
        VERY_LIKELY: ((0, 0), (5, 10)),
    }


def test_forecasts_on_one_client_count_as_less_than_those_on_many() -> None:
    far, near = case(LIKELY, 0.2, False), case(UNLIKELY, 0.2, False)
    mixed = [
        Case(place // 4, one.made_on, one.said, one.engine, one.happened)
        for place, one in enumerate([far] * 12 + [near] * 12)
    ]
    spread = [Case(place, one.made_on, one.said, one.engine, one.happened) for place, one in enumerate(mixed)]
    of_few, of_many = compare(mixed).summary, compare(spread).summary
    assert of_few is not None
    assert of_many is not None
    assert of_few.counselor.value == pytest.approx(of_many.counselor.value)
    assert of_few.counselor.high - of_few.counselor.low > of_many.counselor.high - of_many.counselor.low


def test_the_interval_is_that_of_the_textbook_when_every_client_has_one_forecast() -> None:
    said = [UNLIKELY] * 15 + [LIKELY] * 5
    found = compare([case(one, 0.5, False, client_id=place) for place, one in enumerate(said)]).summary
    assert found is not None
    # mean 0.19, sample standard deviation 0.266557, t(19) = 2.093024
    assert found.counselor.value == pytest.approx(0.19)
    assert found.counselor.high == pytest.approx(0.19 + 2.093024 * 0.266557 / math.sqrt(20), abs=1e-4)


@pytest.mark.parametrize(("freedom", "quantile"), [(4, 2.776), (9, 2.262), (19, 2.093), (100, 1.984)])
def test_students_quantile(freedom: int, quantile: float) -> None:
    assert student_t95(freedom) == pytest.approx(quantile, abs=0.01)


@pytest.mark.parametrize(
    ("happened", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (3, 10, 0.1078, 0.6032), (10, 10, 0.7225, 1.0)],
)
def test_a_share_has_wilsons_interval(happened: int, of: int, low: float, high: float) -> None:
    found = tally([True] * happened + [False] * (of - happened))
    assert (found.happened, found.of) == (happened, of)
    assert found.low == pytest.approx(low, abs=1e-3)
    assert found.high == pytest.approx(high, abs=1e-3)
    assert math.isnan(tally([]).low)


def test_the_widest_apart_stand_first_and_of_those_the_latest() -> None:
    alike, apart = case(UNLIKELY, 0.2), case(UNLIKELY, 0.9)
    later, unmatched = case(UNLIKELY, 0.9, made_on=MONDAY + dt.timedelta(days=7)), case(UNLIKELY, None)
    assert furthest_apart([unmatched, alike, apart, later])[:2] == (later, apart)
