"""Monotone calibration: from points to the share of people to whom it happened."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

from casework.indicators.chances import Curve
from casework.validation.drawing import interval_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BINS: Final = 40
"""Neighboring scores are taken together until each bin holds so small a part of the rows. Few wide bins would state for
the few at the top what holds of many below them."""
RESAMPLES: Final = 200


def curve(points: Ints, happened: Floats, people: Ints, *, interval: bool) -> Curve:
    """Knots (points, low, likely, high) of a curve that never falls.

    `happened`: 0 or 1, one a row. The interval is that of a bootstrap over `people`; without one low and high are the
    likely value.
    """
    knots, bins = _bins(points)
    likely = _shares(bins, happened, np.ones(len(points)), len(knots))
    low, high = likely, likely
    if interval:
        low, high = interval_of(people, lambda weight: _shares(bins, happened, weight, len(knots)), RESAMPLES)
    return tuple(
        (round(at, 1), round(lower, 4), round(middle, 4), round(upper, 4))
        for at, lower, middle, upper in zip(
            knots.tolist(), low.tolist(), likely.tolist(), high.tolist(), strict=True
        )
    )


def _bins(points: Ints) -> tuple[Floats, Ints]:
    """The mean score of each bin, and the bin of each row. A score is never torn apart."""
    edges = np.unique(np.quantile(points, np.linspace(0, 1, BINS + 1)[1:-1], method="higher"))
    bins = np.searchsorted(edges, points, side="right")
    used, bins = np.unique(bins, return_inverse=True)
    return np.bincount(bins, points, len(used)) / np.bincount(bins, minlength=len(used)), bins


def _shares(bins: Ints, happened: Floats, weight: Floats, size: int) -> Floats:
    """The weighted share of each bin to which it happened, made monotone by pooling adjacent violators."""
    rows = np.maximum(np.bincount(bins, weight, size), 1e-9)
    shares = np.bincount(bins, weight * happened, size) / rows
    return np.asarray(isotonic_regression(shares, weights=rows).x)
