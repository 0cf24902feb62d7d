"""How well a score does: discrimination, calibration and lead time, with intervals by drawing people.

A caseload's rows are person-weeks, and the weeks of a person are alike: every interval draws people, never rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

from casework.caseload.evidence_report import Interval
from casework.validation.drawing import SEED, interval_of

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RESAMPLES: Final = 500
EARLIEST_EVENT: Final = 8
"""Lead time counts events from this week on: before them lie at least five scored weeks."""
LONGEST_LEAD: Final = 8
CAUGHT_WITHIN: Final = 4


@dataclass(frozen=True)
class Rows:
    """Person-weeks in which an outcome could happen: whose, in which week, and whether it did (0 or 1)."""

    who: Ints
    week: Ints
    happened: Floats

    @cached_property
    def person(self) -> Ints:
        """Whose row it is, counted from 0."""
        return np.unique(self.who, return_inverse=True)[1]

    @property
    def people(self) -> int:
        """How many people there are."""
        return int(self.person.max()) + 1

    @property
    def events(self) -> int:
        """In how many rows it happened."""
        return int(self.happened.sum())


def interval(rows: Rows, measure: Callable[[Floats], float], resamples: int = RESAMPLES) -> Interval:
    """A measure of weighted rows with its 95% interval."""
    low, high = interval_of(rows.who, measure, resamples)
    return Interval(*(round(float(one), 4) for one in (measure(np.ones(len(rows.who))), low, high)))


class RankedRows:
    """The rows of an outcome, ordered by one score."""

    def __init__(self, rows: Rows, score: NDArray[np.generic]) -> None:
        self._happened = rows.happened
        values, self._place = np.unique(score, return_inverse=True)
        self._places = len(values)

    def auc(self, weight: Floats) -> float:
        """The share of pairs of an event and no event in which the event has the higher score; ties count half."""
        events, others = self._by_place(weight)
        below = np.cumsum(others) - others
        pairs = events.sum() * others.sum()
        return float((events * (below + others / 2)).sum() / pairs) if pairs else float("nan")

    def average_precision(self, weight: Floats) -> float:
        """The mean share of events among those with at least a score, over the events."""
        events, others = (part[::-1] for part in self._by_place(weight))
        found, flagged = np.cumsum(events), np.cumsum(events + others)
        return float((events * found / np.maximum(flagged, 1e-12)).sum() / found[-1])

    def _by_place(self, weight: Floats) -> tuple[Floats, Floats]:
        events = np.bincount(self._place, weight * self._happened, self._places)
        every = np.bincount(self._place, weight, self._places)
        return events.astype(np.float64), (every - events).astype(np.float64)


def flagged(rows: Rows, score: NDArray[np.generic], share: float) -> Floats:
    """How much of each row is flagged (0 to 1) when each week the `share` with the highest scores is; equals share."""
    found = np.zeros(len(score))
    for week in np.unique(rows.week):
        here = np.flatnonzero(rows.week == week)
        _, place, size = np.unique(-score[here].astype(np.float64), return_inverse=True, return_counts=True)
        before = np.cumsum(size) - size
        found[here] = np.clip((share * len(here) - before) / size, 0, 1)[place]
    return found


def caught(rows: Rows, flags: Floats) -> Callable[[Floats], float]:
    """The share of events that were flagged."""
    events = rows.happened * flags
    return lambda weight: float((weight * events).sum() / (weight * rows.happened).sum())


def ratio(rows: Rows, stated: Floats) -> Callable[[Floats], float]:
    """Events observed for each one that the stated chances expect."""
    return lambda weight: float((weight * rows.happened).sum() / (weight * stated).sum())


def logistic(rows: Rows, stated: Floats) -> Callable[[Floats], Floats]:
    """Intercept and slope of the observed log odds on the stated ones: a logistic regression without a penalty."""
    values, place = np.unique(np.clip(stated, 1e-4, 1 - 1e-4), return_inverse=True)
    design = np.stack([np.ones(len(values)), logit(values)], axis=1)

    def fitted(weight: Floats) -> Floats:
        of = np.bincount(place, weight, len(values))
        events = np.bincount(place, weight * rows.happened, len(values))

        def loss(at: Floats) -> float:
            odds = design @ at
            return float((of * np.logaddexp(0, odds) - events * odds).sum() / of.sum())

        def slope(at: Floats) -> Floats:
            return np.asarray(design.T @ (of * expit(design @ at) - events) / of.sum())

        def curvature(at: Floats) -> Floats:
            chance = expit(design @ at)
            return np.asarray(design.T @ (design * (of * chance * (1 - chance))[:, np.newaxis]) / of.sum())

        found: Floats = minimize(
            loss, [0.0, 1.0], jac=slope, hess=curvature, method="trust-exact", options={"gtol": 1e-9}
        ).x
        return found

    return fitted


def leads(rows: Rows, score: NDArray[np.generic], share: float, confirmed: Ints) -> tuple[Bools, Ints]:
    """Of each event from `EARLIEST_EVENT` on: whether it was flagged in any of the weeks just before, and the lead.

    `confirmed`: the week of each person's event, 0 for none, in the order of `Rows.person`. The lead is the number of
    flagged weeks in a row up to the event, at most `LONGEST_LEAD`.
    """
    flags = _whole_flags(rows, score, share)
    weeks = int(max(rows.week.max(), confirmed.max())) + 1
    scored = np.zeros((rows.people, weeks), dtype=bool)
    alarmed = np.zeros_like(scored)
    scored[rows.person, rows.week] = True
    alarmed[rows.person[flags], rows.week[flags]] = True
    found, lengths = [], []
    for person in np.flatnonzero(confirmed >= EARLIEST_EVENT):
        event = confirmed[person]
        soon = slice(event - CAUGHT_WITHIN, event)
        if scored[person, soon].any():
            found.append(alarmed[person, soon].any())
            before = alarmed[person, event - LONGEST_LEAD : event][::-1]
            lengths.append(int(np.argmin(np.append(before, False))))
    return np.array(found, dtype=bool), np.array(lengths, dtype=np.int64)


def _whole_flags(rows: Rows, score: NDArray[np.generic], share: float) -> Bools:
    """As `flagged`, a row as a whole or not at all. Among equals the same people go first each week."""
    turn = np.random.default_rng(SEED).permutation(rows.people)[rows.person]
    order = np.lexsort((turn, -score.astype(np.float64), rows.week))
    _, first, size = np.unique(rows.week[order], return_index=True, return_counts=True)
    place = np.arange(len(order)) - np.repeat(first, size)
    found = np.zeros(len(order), dtype=bool)
    found[order] = place < np.repeat(np.rint(share * size), size)
    return found
