"""The interval of a share."""

from __future__ import annotations

import math

import pytest

from casework.intervals import wilson


def test_the_interval_is_wilsons() -> None:
    assert wilson(10, 40) == pytest.approx((0.1419, 0.4019), abs=1e-4)  # statsmodels' proportion_confint


def test_an_interval_ends_exactly_where_all_or_none_were_hit() -> None:
    assert wilson(0, 40)[0] == 0
    assert wilson(40, 40)[1] == 1


def test_nothing_is_known_of_a_share_of_nothing() -> None:
    assert all(math.isnan(limit) for limit in wilson(0, 0))
