"""Fitting: from how often each row of a table held and what the next weeks brought, to whole points.

Three tables, three targets (why these: `docs/scores.md`). Every fit keeps the sign that a row states, so that adding a
bad fact never lowers a score and a good one never raises it, and ends in whole points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import lsq_linear

from casework.indicators.points import ALL_WEEKS

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Signs = NDArray[np.int64]

LOGIT_POINTS: Final = 20.0
"""Points for one unit of the log odds."""
RIDGE: Final = 0.003
"""The ridge of a row as a part of how much its column varies: every row is drawn to zero by the same small part,
however rare it is. One ridge for all would leave nothing of a row that holds for few."""
ODDS_RIDGE: Final = 0.001
"""The same for odds: an outcome that is rare says less of each row."""
_FREE: Final = 1e-6
_NEWTON_STEPS: Final = 25


@dataclass(frozen=True)
class Target:
    """What a table is fitted to: `value` (NaN: not known) and `weight`, one a row."""

    value: Floats
    weight: Floats

    def rows(self, among: Bools) -> NDArray[np.int64]:
        """Positions of the rows `among` those that count."""
        return np.flatnonzero(among & ~np.isnan(self.value) & (self.weight > 0))


@dataclass(frozen=True)
class CandidateRows:
    """Rows that may get points. `times`: [person-weeks, rows]; `signs`: see `Rule.sign`; `takes_back`: for each row the
    position of the good one of which it takes back a part (`Rule.takes_back`), -1 without one;
    `most`: see `Rule.most`."""

    times: Floats
    signs: Signs
    takes_back: NDArray[np.int64]
    most: NDArray[np.int64]

    @property
    def design(self) -> Floats:
        """[person-weeks, rows]: every column with the sign of its points. Where a row takes back from a good one, its
        column counts how much of the good one it leaves: a good row too, so that it never takes back more than was
        given."""
        columns = self.times * np.where(self.signs == 0, 1, self.signs)
        for row in np.flatnonzero(self.takes_back >= 0):
            columns[:, row] = self.times[:, row] - self.most[row] * self.times[:, self.takes_back[row]]
        return columns

    @property
    def free(self) -> Bools:
        """The rows whose points may have either sign."""
        either: Bools = self.signs == 0
        return either

    def points(self, found: Floats, scale: float) -> Floats:
        """Whole points of each row, from coefficients of the design."""
        sizes = np.round(found * scale)
        points = sizes * np.where(self.signs == 0, 1, self.signs)
        for row in np.flatnonzero(self.takes_back >= 0):
            points[self.takes_back[row]] -= self.most[row] * sizes[row]
        return points


def fit_shares(rows: CandidateRows, target: Target, among: Bools) -> tuple[Floats, int]:
    """Points of a table for a share, by ridge least squares; and where it starts, in points, so that the mean of what
    the whole points state is that of the target."""
    at = target.rows(among)
    design, value, weight = _with_ones(rows.design[at]), target.value[at], target.weight[at]
    weighted = design * weight[:, np.newaxis]
    found = _bounded(
        weighted.T @ design, weighted.T @ value, _penalty(design, weight, rows.free, RIDGE), rows.free
    )
    points = rows.points(found[:-1], ALL_WEEKS)
    rest = value * ALL_WEEKS - rows.times[at] @ points
    return points, round(float(np.average(rest, weights=weight)))


def fit_odds(rows: CandidateRows, target: Target, among: Bools) -> Floats:
    """Points of a table for the odds of one outcome, by ridge logistic regression (Newton's method, each step a
    bounded least-squares problem)."""
    at = target.rows(among)
    design, value, weight = _with_ones(rows.design[at]), target.value[at], target.weight[at]
    penalty = _penalty(design, weight, rows.free, ODDS_RIDGE)
    found = np.zeros(design.shape[1])
    found[-1] = np.log(value.mean() / (1 - value.mean()))
    for _ in range(_NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-design @ found))
        curvature = (design * (weight * np.maximum(chance * (1 - chance), 1e-4))[:, np.newaxis]).T @ design
        slope = design.T @ (weight * (value - chance))
        step = _bounded(curvature, curvature @ found + slope, penalty, rows.free) - found
        found = found + step
        if np.abs(step).max() < 1e-5:
            break
    return rows.points(found[:-1], LOGIT_POINTS)


def _with_ones(design: Floats) -> Floats:
    """The design with a last column of ones."""
    return np.hstack([design, np.ones((len(design), 1))])


def _penalty(design: Floats, weight: Floats, free: Bools, part: float) -> Floats:
    """The ridge of each column: the `part` of its weighted variation; next to none for free columns and the last."""
    columns = design[:, :-1]
    variation = weight.sum() * (
        np.average(columns**2, axis=0, weights=weight) - np.average(columns, axis=0, weights=weight) ** 2
    )
    return np.append(np.where(free, _FREE, np.maximum(part * variation, _FREE)), _FREE)


def _bounded(square: Floats, right: Floats, penalty: Floats, free: Bools) -> Floats:
    """The ridge solution of the normal equations; not negative unless `free`. The last column is free."""
    root = cholesky(square + np.diag(penalty), lower=True)
    wanted = solve_triangular(root, right, lower=True)
    lowest = np.append(np.where(free, -np.inf, 0.0), -np.inf)
    found: Floats = lsq_linear(root.T, wanted, bounds=(lowest, np.inf), method="bvls", max_iter=1000).x
    return found
