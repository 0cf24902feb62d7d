"""Probabilities: what a score has meant in the trials, by monotone calibration, with a stated range.

Each outcome is read from one score: a relapse (missing counted as use) from the priority, its early warning and
observed use from the use score, dropout from the engagement score. The points of the warning signs, which are not
validated, enter no probability.

The range is the 95% interval of the calibration, widened for what is not known: every domain that was not heard from
could have moved the score by as much as such a domain usually does (`fitted.SWING`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from casework.indicators.fitted import CURVES, SWING
from casework.indicators.points import ENGAGEMENT_SHARE
from casework.vocabulary import Outcome, Score

Floats = NDArray[np.float64]
Points = TypeVar("Points", int, NDArray[np.int64])
Curve = tuple[tuple[float, float, float, float], ...]
"""Knots: points, and the lower limit, likely value and upper limit of the probability there."""
LOW, LIKELY, HIGH = 1, 2, 3
READS: Final[dict[Outcome, str]] = {
    Outcome.RELAPSE: "priority",
    Outcome.EARLY: "use",
    Outcome.USE: "use",
    Outcome.DROPOUT: "engagement",
}


@dataclass(frozen=True)
class Chance:
    """A probability (0 to 1) and its range. `adjusted` when it was fitted to this clinic (see
    `casework.recalibration`) and is not the published one."""

    low: float
    likely: float
    high: float
    adjusted: bool = False

    def moved(self, move: Callable[[float], float]) -> Chance:
        """The same with `move`, which keeps the order, applied to each number."""
        return Chance(move(self.low), move(self.likely), move(self.high), adjusted=True)


def read_score(outcome: Outcome, of: Mapping[Score, Points]) -> Points:
    """The number that an outcome's probability is read from; of arrays, an array."""
    if READS[outcome] == "priority":
        return of[Score.USE] + of[Score.ENGAGEMENT] // ENGAGEMENT_SHARE
    return of[Score(READS[outcome])]


def probability(curve: Curve, points: Any, which: int = LIKELY) -> Floats:
    """The curve at these points (one number or an array)."""
    knots = np.array(curve)
    return np.asarray(np.interp(points, knots[:, 0], knots[:, which]))


def chance(outcome: Outcome, of: Mapping[Score, int], unheard: int) -> Chance:
    """The chance at these scores, where the domains of the bits `unheard` were not heard from."""
    points, curve = read_score(outcome, of), CURVES[outcome.value]
    swing = sum(size for bit, size in enumerate(SWING[READS[outcome]]) if unheard >> bit & 1)
    return Chance(
        low=float(probability(curve, points - swing, LOW)),
        likely=float(probability(curve, points, LIKELY)),
        high=float(probability(curve, points + swing, HIGH)),
    )
