"""The counselor's forecast: its answers, whose turn it is, and how it and Tideline's chance compare with what happened.

Pure. A forecast answers two questions about the next four weeks: will contact be lost, and will use return. Answers
are words with a number beside each, because people read the words alone very differently (Budescu, Broomell and Por
2009, Psychological Science 20:299-308).

Both sides are scored alike, by the squared distance between what was said and what happened, 0 or 1 (Brier 1950,
Monthly Weather Review 78:1-3). Forecasts about one client resemble each other, so the intervals of means treat a
client, not a forecast, as the independent unit.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from casework.intervals import Z95, wilson
from casework.vocabulary import Band, Likelihood, Outcome

QUESTIONS: Final = (Outcome.DROPOUT, Outcome.USE)
"""What a forecast is about, in the order of the screen."""
PROBABILITY: Final[dict[Likelihood, float]] = {
    Likelihood.VERY_UNLIKELY: 0.05,
    Likelihood.UNLIKELY: 0.2,
    Likelihood.EVEN: 0.5,
    Likelihood.LIKELY: 0.8,
    Likelihood.VERY_LIKELY: 0.95,
}
"""The chance that each answer stands for; shown with the word. None is 0 or 1: nobody knows that of four weeks."""
HORIZON_DAYS: Final = 28
A_WEEK: Final = 5
"""How many clients have their turn in a week, at most: a minute's work."""
MIN_FORECASTS: Final = 20
MIN_CLIENTS: Final = 5
"""Below either, a mean would say more about chance than about anybody's judgment: no summary figure is given."""
MIN_EACH: Final = 5
"""It has to have happened so often, and not happened so often, before anybody is called closer: of what is rare,
whoever always says "very unlikely" looks right."""


# --- whose turn it is --------------------------------------------------------------------------------------------


def week_of(day: dt.date) -> dt.date:
    """The Monday of the day's week."""
    return day - dt.timedelta(days=day.weekday())


def turns(client_ids: Collection[int], week: dt.date) -> frozenset[int]:
    """Which of a caseload's clients have their turn in the week of the Monday `week`: at most `A_WEEK`.

    In the order of their admission to the records (their ids) every client has a turn once in as many weeks as
    the caseload holds fives. Nothing about a client counts, least of all risk: clients picked by worry would make
    the comparison flatter or blame whoever picks. A newcomer stands last and moves nobody.
    """
    in_order = sorted(client_ids)
    cycle = max(1, math.ceil(len(in_order) / A_WEEK))
    now = week.toordinal() // 7 % cycle
    return frozenset(id_ for place, id_ in enumerate(in_order) if place % cycle == now)


# --- what Tideline says -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EngineView:
    """Tideline's chance of each outcome (0 to 1, None where it gives none) and its band at one moment."""

    dropout: float | None
    use: float | None
    band: Band

    def chance(self, question: Outcome) -> float | None:
        """The chance that answers one of `QUESTIONS`."""
        return {Outcome.DROPOUT: self.dropout, Outcome.USE: self.use}[question]


# --- comparing with what happened --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One answered question whose four weeks are over.

    `said` and `engine` are chances from 0 to 1 (`engine` None: Tideline gave none); `happened` None: too little is
    known of those weeks; `by_turn`: the client had a turn, nobody picked them.
    """

    client_id: int
    made_on: dt.date
    said: Likelihood
    engine: float | None
    happened: bool | None
    by_turn: bool = True

    @property
    def apart(self) -> float:
        """How far the two chances lie from each other; 0 when Tideline gave none."""
        return 0.0 if self.engine is None else abs(PROBABILITY[self.said] - self.engine)


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Tally:
    """It happened in `happened` of `of` cases; `low` to `high` is the 95% interval of the share (NaN without cases)."""

    happened: int
    of: int
    low: float
    high: float


@dataclass(frozen=True)
class CalibrationRow:
    """What happened where the counselor gave this answer, and where Tideline's chance was nearest to it."""

    answer: Likelihood
    counselor: Tally
    engine: Tally


@dataclass(frozen=True)
class Summary:
    """How far off both were on the same cases: means of the squared distance, and the calibration.

    `difference` is the counselor's mean less Tideline's: below zero the counselor was closer.
    """

    counselor: Estimate
    engine: Estimate
    difference: Estimate
    calibration: tuple[CalibrationRow, ...]


@dataclass(frozen=True)
class Comparison:
    """`cases` have a known outcome and both chances; `unknown` lack an outcome, `unmatched` Tideline's chance.

    `summary` is None until there are `MIN_FORECASTS` cases of `MIN_CLIENTS` clients.
    """

    cases: int
    clients: int
    happened: int
    by_turn: int
    unknown: int
    unmatched: int
    summary: Summary | None

    @property
    def tells(self) -> bool:
        """True when both endings were seen often enough to say who came closer."""
        return min(self.happened, self.cases - self.happened) >= MIN_EACH


def compare(cases: Iterable[Case]) -> Comparison:
    """Compare the answers to one question, and Tideline's chances at the same moments, with what happened."""
    given = list(cases)
    known = [case for case in given if case.happened is not None]
    both = [case for case in known if case.engine is not None]
    clients = len({case.client_id for case in both})
    enough = len(both) >= MIN_FORECASTS and clients >= MIN_CLIENTS
    return Comparison(
        cases=len(both),
        clients=clients,
        happened=sum(bool(case.happened) for case in both),
        by_turn=sum(case.by_turn for case in both),
        unknown=len(given) - len(known),
        unmatched=len(known) - len(both),
        summary=_summary(both) if enough else None,
    )


def furthest_apart(cases: Iterable[Case]) -> tuple[Case, ...]:
    """The cases by the distance between the two chances, the widest first; of those as wide, the latest first."""
    return tuple(sorted(cases, key=lambda case: (-case.apart, -case.made_on.toordinal(), case.client_id)))


def nearest_answer(chance: float) -> Likelihood:
    """The answer whose number is nearest to a chance; halfway, the more cautious one (nearer to even)."""
    return min(
        PROBABILITY, key=lambda answer: (round(abs(PROBABILITY[answer] - chance), 9), _from_even(answer))
    )


def _from_even(answer: Likelihood) -> float:
    return abs(PROBABILITY[answer] - 0.5)


def _summary(both: Sequence[Case]) -> Summary:
    client = np.array([case.client_id for case in both])
    happened = np.array([bool(case.happened) for case in both], dtype=np.float64)
    said = np.array([PROBABILITY[case.said] for case in both])
    engine = np.array([case.engine for case in both], dtype=np.float64)
    mine, theirs = (said - happened) ** 2, (engine - happened) ** 2
    return Summary(
        counselor=_mean(mine, client, lowest=0),
        engine=_mean(theirs, client, lowest=0),
        difference=_mean(mine - theirs, client, lowest=-1),
        calibration=_calibration(both),
    )


def _mean(values: NDArray[np.float64], client: NDArray[np.int64], *, lowest: float) -> Estimate:
    """The mean of `values` with an interval that treats the clients as independent (cluster-robust, Student's t)."""
    mean = float(values.mean())
    _, cluster = np.unique(client, return_inverse=True)
    sums = np.bincount(cluster, weights=values - mean)
    clusters = len(sums)
    error = math.sqrt(clusters / (clusters - 1) * float((sums**2).sum())) / len(values)
    reach = student_t95(clusters - 1) * error
    return Estimate(mean, max(lowest, mean - reach), min(1.0, mean + reach))


def student_t95(freedom: int) -> float:
    """The two-sided 95% quantile of Student's t from 4 degrees of freedom on (Abramowitz and Stegun 26.7.5)."""
    z, n = Z95, freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    )


def _calibration(both: Sequence[Case]) -> tuple[CalibrationRow, ...]:
    near = [nearest_answer(case.engine) for case in both if case.engine is not None]
    return tuple(
        CalibrationRow(
            answer,
            tally([bool(case.happened) for case in both if case.said is answer]),
            tally([bool(case.happened) for case, at in zip(both, near, strict=True) if at is answer]),
        )
        for answer in Likelihood
    )


def tally(happened: Sequence[bool]) -> Tally:
    """Count, with the interval of the share."""
    yes, of = sum(happened), len(happened)
    return Tally(yes, of, *wilson(yes, of))
