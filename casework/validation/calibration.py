"""Monotone calibration: from points to the share of people to whom it happened."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from casework.indicators.chances import Curve

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BINS: Final = 16
"""Neighbouring scores are taken together until each bin holds a sixteenth of the rows."""
RESAMPLES: Final = 200
SEED: Final = 94


def curve(points: Ints, happened: Floats, people: Ints, *, interval: bool) -> Curve:
    """Knots (points, low, likely, high) of a curve that never falls.

    `happened`: 0 or 1, one a row. The interval is that of a bootstrap over `people`; without one low and high are the
    likely value.
    """
    knots, bins = _bins(points)
    likely = _shares(bins, happened, np.ones(len(points)), len(knots))
    low, high = _interval(bins, happened, people, len(knots)) if interval else (likely, likely)
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
    events = np.bincount(bins, weight * happened, size)
    blocks: list[tuple[float, float, int]] = []
    for event, count in zip(events.tolist(), rows.tolist(), strict=True):
        blocks.append((event, count, 1))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            (event_, count_, width_), (event_0, count_0, width_0) = blocks.pop(), blocks.pop()
            blocks.append((event_ + event_0, count_ + count_0, width_ + width_0))
    return np.concatenate([np.full(width, event / count) for event, count, width in blocks])


def _interval(bins: Ints, happened: Floats, people: Ints, size: int) -> tuple[Floats, Floats]:
    """The 95% interval of `_shares`, by drawing people with replacement."""
    draw = np.random.default_rng(SEED)
    _, person = np.unique(people, return_inverse=True)
    count = int(person.max()) + 1
    drawn = [
        np.bincount(draw.integers(0, count, count), minlength=count)[person].astype(np.float64)
        for _ in range(RESAMPLES)
    ]
    curves = np.array([_shares(bins, happened, weight, size) for weight in drawn])
    low, high = np.percentile(curves, [2.5, 97.5], axis=0)
    return np.asarray(low), np.asarray(high)
