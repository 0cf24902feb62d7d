"""Proposals from a clinic's own outcomes: when there are enough, how far they go, and what they may never do."""

from __future__ import annotations

import numpy as np
import pytest

from casework.outcomes import NO_DAY, Happened
from casework.recalibration import (
    LOWEST_SLOPE,
    MIN_OUTCOMES,
    PUBLISHED,
    SLOPE_OUTCOMES,
    Adjustment,
    Proposal,
    TooFew,
    propose,
)
from casework.vocabulary import Outcome


def simulated(
    clients: int, *, intercept: float = 0.0, slope: float = 1.0, weeks: int = 8, seed: int = 1
) -> tuple[np.ndarray, np.ndarray, Happened]:
    """(published chance, client, what happened) where the truth is the published chance moved."""
    random = np.random.default_rng(seed)
    published = 1 / (1 + np.exp(-random.normal(-1.2, 1.0, clients * weeks)))
    client = np.repeat(np.arange(clients), weeks)
    truth = Adjustment(intercept, slope).of(published)
    happened = (random.random(len(published)) < truth).astype(float)
    day = np.where(happened == 1, np.arange(len(published)), NO_DAY)  # each an outcome of its own
    return published, client, Happened(np.ones(len(published), dtype=bool), happened, day)


def proposal(*data) -> Proposal:
    made = propose(Outcome.USE, *data)
    assert isinstance(made, Proposal)
    return made


def test_too_few_outcomes_propose_nothing_and_say_how_many_there_are():
    published, client, found = simulated(20)
    made = propose(Outcome.USE, published, client, found)
    assert made == TooFew(Outcome.USE, int(found.happened.sum()), int((found.happened == 0).sum()) // 4)
    assert made.outcomes < MIN_OUTCOMES


def test_too_few_stretches_without_an_outcome_propose_nothing():
    published, client, found = simulated(60, intercept=4)
    made = propose(Outcome.USE, published, client, found)
    assert isinstance(made, TooFew)
    assert made.outcomes >= MIN_OUTCOMES > made.stretches


def test_an_outcome_counts_once_however_many_weeks_looked_ahead_to_it():
    published, client, found = simulated(100)
    together = Happened(found.at_risk, found.happened, np.where(found.happened == 1, 700, NO_DAY))
    made = propose(Outcome.USE, published, client, together)
    assert isinstance(made, TooFew)
    assert made.outcomes == len(np.unique(client[found.happened == 1]))


def test_a_clinic_with_more_outcomes_than_published_gets_higher_chances_but_not_all_the_way():
    made = proposal(*simulated(150, intercept=0.8))
    assert 0 < made.adjustment.intercept < made.fitted.intercept
    assert made.fitted.intercept == pytest.approx(0.8, abs=0.25)
    assert made.adjustment.slope == made.fitted.slope == 1
    assert made.published < made.adjusted < made.observed


def test_more_outcomes_are_shrunk_less():
    small, large = proposal(*simulated(90, intercept=0.8)), proposal(*simulated(150, intercept=0.8))
    assert large.outcomes < SLOPE_OUTCOMES
    kept = [made.adjustment.intercept / made.fitted.intercept for made in (small, large)]
    assert 0.8 < kept[0] < kept[1] < 1


def test_weeks_of_few_clients_are_known_less_well_than_as_many_weeks_of_many():
    """The same client-weeks, once all alike within a client: the proposal trusts them less."""
    published, _, found = simulated(400, intercept=0.8)
    order = np.argsort(found.happened, kind="stable")
    alike = Happened(found.at_risk, found.happened[order], found.day[order])
    alone = proposal(published[order], np.arange(3200), alike)
    grouped = proposal(published[order], np.repeat(np.arange(40), 80), alike)
    assert alone.fitted == grouped.fitted
    assert grouped.adjustment.intercept < alone.adjustment.intercept


def test_a_slope_is_fitted_only_from_far_more_outcomes():
    some, many = proposal(*simulated(120, slope=0.6)), proposal(*simulated(3000, slope=0.6))
    assert some.outcomes < SLOPE_OUTCOMES < many.outcomes
    assert some.adjustment.slope == 1
    assert 0.5 < many.fitted.slope < many.adjustment.slope < 0.7


def test_the_order_of_clients_is_never_turned_around():
    made = proposal(*simulated(6000, slope=-0.5))
    assert made.fitted.slope == LOWEST_SLOPE
    assert made.adjustment.slope >= LOWEST_SLOPE
    moved = made.adjustment.of(np.array([0.1, 0.3, 0.9]))
    assert (np.diff(moved) > 0).all()


def test_a_clinic_like_the_published_one_stays_as_it_is():
    made = proposal(*simulated(3000))
    np.testing.assert_allclose(made.adjustment.of(np.array([0.1, 0.5])), [0.1, 0.5], atol=0.02)
    np.testing.assert_allclose(PUBLISHED.of(np.array([0.1, 0.5])), [0.1, 0.5])


def test_thirds_show_before_and_after_and_cover_every_week():
    made = proposal(*simulated(300, intercept=0.8))
    assert sum(group.weeks for group in made.groups) == made.weeks
    assert [group.published for group in made.groups] == sorted(group.published for group in made.groups)
    assert all(group.published < group.adjusted for group in made.groups)


def test_weeks_without_a_published_chance_or_a_known_outcome_are_left_out():
    published, client, found = simulated(300)
    chance, happened = published.copy(), found.happened.copy()
    chance[:100], happened[100:200] = np.nan, np.nan
    made = proposal(chance, client, Happened(found.at_risk, happened, found.day))
    alone = Happened(found.at_risk[200:], found.happened[200:], found.day[200:])
    assert made == proposal(published[200:], client[200:], alone)
