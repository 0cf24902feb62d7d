"""Probabilities: what a score has meant in the trials, by monotone calibration, with a stated range.

Each outcome is read from one score: a relapse (missing counted as use) from the priority, its early warning from the
early score, observed use from the use score, dropout from the engagement score. The points of the warning signs, which
are not validated, enter no probability.

The range is the 95% interval of the calibration, widened for what is not known: every domain that was not heard from
could have moved the score by as much as such a domain usually does (`fitted.SWING`). That holds too where the clinic
never records it, as without urine screens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from casework.indicators.fitted import CURVES, SWING
from casework.indicators.points import fitted_together
from casework.indicators.rules import Readings
from casework.indicators.weeks import count
from casework.vocabulary import Outcome, Score
from casework.windows import Bools

Floats = NDArray[np.float64]
Move = Callable[[Any], Floats]
"""What a clinic's own outcomes make of probabilities (one or an array); it keeps their order."""
Curve = tuple[tuple[float, float, float, float], ...]
"""Knots: points, and the lower limit, likely value and upper limit of the probability there."""
LOW, LIKELY, HIGH = 1, 2, 3
RUN: Final = 4
"""So many bad weeks in a row are a relapse, so many missed ones leaving (`casework.outcomes`, of which this module
knows nothing)."""
KNOWN_USE_WEEKS: Final = 2
READS: Final[dict[Outcome, str]] = {
    Outcome.RELAPSE: "priority",
    Outcome.EARLY: "early",
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

    def moved(self, move: Move) -> Chance:
        """The same with each number moved."""
        return Chance(float(move(self.low)), float(move(self.likely)), float(move(self.high)), adjusted=True)


SEEN_DAYS: Final = 28


def applies(outcome: Outcome, readings: Readings) -> Bools:
    """For whom a chance was made: to whom the outcome has not come already. Use: it is known from fewer than two of the
    last four weeks, in which somebody saw the client. Early warning: the latest week was neither one with use nor
    missed, and so were none of four in a row lately. The others: no such run of weeks is complete up to now."""
    use, missed = readings["use_weeks"].extra, readings["missed_weeks"].extra
    seen: Bools = readings["days_unseen"].value < SEEN_DAYS
    used = use["found"] | use["told"]
    if outcome is Outcome.USE:
        few: Bools = count(used, 0, RUN - 1) < KNOWN_USE_WEEKS
        return seen & few
    if outcome is Outcome.EARLY:
        bad = used | missed["missed"]
        pairs = bad & (bad >> 1)
        well: Bools = ((bad & 1) == 0) & ((pairs & (pairs >> 2)) == 0)
        return seen & well
    shorter: Bools = (missed["row"] if outcome is Outcome.DROPOUT else use["bad"]) < RUN
    return shorter


def scores_read(outcome: Outcome) -> tuple[Score, ...]:
    """The scores that enter the number of `read_score`."""
    if READS[outcome] == "priority":
        return Score.EARLY, Score.ENGAGEMENT
    return (Score(READS[outcome]),)


def read_score(outcome: Outcome, of: Mapping[Score, Any]) -> Any:
    """The number (or array of them) that an outcome's probability is read from."""
    if READS[outcome] == "priority":
        return fitted_together(of)
    return of[Score(READS[outcome])]


def probability(curve: Curve, points: Any, which: int = LIKELY) -> Floats:
    """The curve at these points (one number or an array)."""
    knots = np.array(curve)
    return np.asarray(np.interp(points, knots[:, 0], knots[:, which]))


def ranges(outcome: Outcome, of: Mapping[Score, Any], missing: Any) -> tuple[Floats, Floats, Floats]:
    """Low, likely and high at these scores, where the domains of the bits `missing` were not heard from: numbers, or
    arrays with an element a client."""
    points, curve = read_score(outcome, of), CURVES[outcome.value]
    swing = sum(size * (missing >> bit & 1) for bit, size in enumerate(SWING[READS[outcome]]))
    return (
        probability(curve, points - swing, LOW),
        probability(curve, points, LIKELY),
        probability(curve, points + swing, HIGH),
    )


def chance(outcome: Outcome, of: Mapping[Score, int], missing: int) -> Chance:
    """The chance of one client (see `ranges`)."""
    low, likely, high = ranges(outcome, of, missing)
    return Chance(float(low), float(likely), float(high))
