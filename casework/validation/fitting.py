"""Fitting: from how often each row of a table held and what the next weeks brought, to whole points.

Three tables, three targets (why these: `docs/scores.md`). Every fit keeps the sign that a row states, so that adding a
bad fact never lowers a score and a good one never raises it, and ends in whole points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Signs = NDArray[np.int64]

SHARE_POINTS: Final = 200.0
"""Points for a share of one: two for one week of a hundred."""
LOGIT_POINTS: Final = 10.0
"""Points for one unit of the log odds."""
SHARE_RIDGE: Final = 300.0
ENGAGEMENT_RIDGE: Final = 30.0
_STEPS: Final = 200
_NEWTON_STEPS: Final = 15


@dataclass(frozen=True)
class Target:
    """What a table is fitted to: `value` (NaN: not known) and `weight`, one a row."""

    value: Floats
    weight: Floats

    def rows(self, among: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Positions of the rows `among` those that count."""
        return np.flatnonzero(among & ~np.isnan(self.value) & (self.weight > 0))


def fit_shares(times: Floats, signs: Signs, target: Target, among: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Points of a table for a share, by ridge least squares; and the intercept, in points.

    `times`: [rows, rules]; `signs`: see `Rule.sign`.
    """
    design, value, weight = _design(times * np.where(signs == 0, 1, signs), target, among)
    weighted = design * weight[:, np.newaxis]
    free = np.append(signs == 0, True)
    found = _nonnegative(weighted.T @ design, weighted.T @ value, free, SHARE_RIDGE)
    return _as_points(found, signs, SHARE_POINTS)


def fit_odds(times: Floats, signs: Signs, target: Target, among: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Points of a table for the odds of one outcome, by ridge logistic regression; and the intercept, in points."""
    design, value, weight = _design(times * np.where(signs == 0, 1, signs), target, among)
    free = np.append(signs == 0, True)
    found = np.zeros(design.shape[1])
    for _ in range(_NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-design @ found))
        curvature = (design * (weight * np.maximum(chance * (1 - chance), 1e-4))[:, np.newaxis]).T @ design
        slope = design.T @ (weight * (value - chance))
        step = _nonnegative(curvature, curvature @ found + slope, free, ENGAGEMENT_RIDGE) - found
        found = found + step
        if np.abs(step).max() < 1e-4:
            break
    return _as_points(found, signs, LOGIT_POINTS)


def _design(times: Floats, target: Target, among: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """The target's rows with a last column of ones, their values and their weights."""
    rows = target.rows(among)
    design = np.hstack([times[rows], np.ones((len(rows), 1))])
    return design, target.value[rows], target.weight[rows]


def _nonnegative(square: Floats, right: Floats, free: NDArray[np.bool_], ridge: float) -> Floats:
    """The least-squares solution of the normal equations, by coordinate descent; not negative unless `free`."""
    found = np.zeros(len(right))
    curvature = np.diag(square) + np.where(free, 1e-6, ridge)
    for _ in range(_STEPS):
        before = found.copy()
        for j in range(len(found)):
            best = (right[j] - square[j] @ found + square[j, j] * found[j]) / curvature[j]
            found[j] = best if free[j] else max(best, 0.0)
        if np.abs(found - before).max() < 1e-7:
            break
    return found


def _as_points(found: Floats, signs: Signs, scale: float) -> tuple[Floats, float]:
    points = found[:-1] * np.where(signs == 0, 1, signs)
    return np.round(points * scale), round(float(found[-1]) * scale)
