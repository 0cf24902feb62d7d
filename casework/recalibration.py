"""Fitting the published chances to this clinic, cautiously: a proposal that a supervisor may apply.

Logistic recalibration: the log odds of the published chance are moved by an intercept and, with far more outcomes,
stretched by a slope (Cox 1958, Biometrika 45:562). A clinic alone has few outcomes, so that the fitted values are
shrunk towards the published ones: they are taken together with a normal prior around "no change", each weighted by how
well it is known. Client-weeks of one client overlap, therefore how well the fit is known is worked out by client
(a cluster-robust variance), and an outcome counts once however many weeks looked ahead to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from casework.outcomes import HORIZON_WEEKS, Happened
from casework.vocabulary import Outcome
from casework.windows import Bools, Floats, Ints

MIN_OUTCOMES: Final = 100
"""At least so many outcomes, and as many four-week stretches without one, before anything is proposed: the least that
an external validation needs (Collins, Ogundimu, Altman, Stat Med 2016;35:214: 100, ideally 200 or more)."""
SLOPE_OUTCOMES: Final = 500
"""A slope is fitted from so many outcomes on only: even 200 can leave it imprecise (Snell et al., J Clin Epidemiol
2021;135:79, where an example asked for 531)."""
PRIOR_INTERCEPT: Final = 0.5
PRIOR_SLOPE: Final = 0.2
"""Standard deviations of the prior: most clinics are taken to lie within a factor of 2.7 of the published odds, and
within 0.6 to 1.4 of the published slope (Tideline's own)."""
LOWEST_SLOPE: Final = 0.1
"""More points never mean a lower chance."""
_LEAST, _STEPS, _ENOUGH = 1e-4, 50, 1e-9


@dataclass(frozen=True)
class Adjustment:
    """Moves chances: ``log odds = intercept + slope * published log odds``."""

    intercept: float
    slope: float

    def of(self, chance: Floats | float) -> Floats:
        """The adjusted chance(s), in the order of the published ones."""
        moved: Floats = _chance(self.intercept + self.slope * _log_odds(np.asarray(chance, dtype=np.float64)))
        return moved


PUBLISHED: Final = Adjustment(0.0, 1.0)


@dataclass(frozen=True)
class Third:
    """A third of the client-weeks by published chance: mean chances before and after, and what happened."""

    weeks: int
    published: float
    adjusted: float
    observed: float


@dataclass(frozen=True)
class Proposal:
    """What this clinic's own outcomes suggest. `fitted` is what they alone would say, `adjustment` what is proposed;
    `published`, `adjusted` and `observed` are the mean chances before and after, and the share that happened."""

    outcome: Outcome
    clients: int
    weeks: int
    outcomes: int
    fitted: Adjustment
    adjustment: Adjustment
    published: float
    adjusted: float
    observed: float
    groups: tuple[Third, ...]


@dataclass(frozen=True)
class TooFew:
    """Not enough to propose anything; `outcomes` and four-week `stretches` without one of `MIN_OUTCOMES` each."""

    outcome: Outcome
    outcomes: int
    stretches: int


def propose(outcome: Outcome, published: Floats, client: Ints, found: Happened) -> Proposal | TooFew:
    """A proposal from client-weeks: the `published` chance, the `client`, and what `found` says, one value each.

    Weeks without a published chance (NaN), not at risk, or whose outcome is not known are left out.
    """
    used = ~np.isnan(found.happened) & ~np.isnan(published)
    chance, who, happened = published[used], client[used], found.happened[used]
    events = _distinct(who, found.day[used], happened == 1)
    stretches = int((happened == 0).sum()) // HORIZON_WEEKS
    if min(events, stretches) < MIN_OUTCOMES:
        return TooFew(outcome, events, stretches)
    slope_too = min(events, stretches) >= SLOPE_OUTCOMES
    fitted, shrunk = _fit(_log_odds(chance), happened, who, slope_too=slope_too)
    adjusted = shrunk.of(chance)
    return Proposal(
        outcome=outcome,
        clients=len(np.unique(who)),
        weeks=len(chance),
        outcomes=events,
        fitted=fitted,
        adjustment=shrunk,
        published=float(chance.mean()),
        adjusted=float(adjusted.mean()),
        observed=float(happened.mean()),
        groups=_thirds(chance, adjusted, happened),
    )


def _distinct(client: Ints, day: Ints, where: Bools) -> int:
    """How many outcomes there were, however many weeks looked ahead to each."""
    return len(np.unique(np.stack([client[where], day[where]]), axis=1).T)


def _fit(log_odds: Floats, happened: Floats, who: Ints, *, slope_too: bool) -> tuple[Adjustment, Adjustment]:
    """(fitted, shrunk): the maximum of the likelihood, and its mean with the prior.

    Both are worked out as a change of the published log odds: a shift, and a stretch around their mean, so that the
    two can be told apart and the prior of each is around nothing.
    """
    center = float(log_odds.mean())
    columns = [np.ones(len(log_odds)), log_odds - center] if slope_too else [np.ones(len(log_odds))]
    design: NDArray[np.float64] = np.stack(columns, axis=1)
    found: Floats = np.zeros(len(columns))
    for _ in range(_STEPS):
        chance = _chance(log_odds + design @ found)
        step = np.linalg.solve(_information(design, chance), design.T @ (happened - chance))
        step /= max(np.abs(step).max(), 1.0)  # a long step from far away would jump over the maximum
        found += step
        if np.abs(step).max() < _ENOUGH:
            break
    precision = _known_by_client(design, happened, _chance(log_odds + design @ found), who)
    prior = np.diag(np.array([PRIOR_INTERCEPT, PRIOR_SLOPE][: len(columns)]) ** -2.0)
    shrunk = np.linalg.solve(precision + prior, precision @ found).astype(np.float64, copy=False)
    return _adjustment(found, center), _adjustment(shrunk, center)


def _known_by_client(
    design: NDArray[np.float64], happened: Floats, chance: Floats, who: Ints
) -> NDArray[np.float64]:
    """The inverse of the cluster-robust variance of the fit."""
    _, place = np.unique(who, return_inverse=True)
    by_client = np.zeros((place.max() + 1, design.shape[1]))
    np.add.at(by_client, place, design * (happened - chance)[:, np.newaxis])
    inverse = np.linalg.inv(_information(design, chance))
    precision: NDArray[np.float64] = np.linalg.inv(inverse @ (by_client.T @ by_client) @ inverse)
    return precision


def _information(design: NDArray[np.float64], chance: Floats) -> NDArray[np.float64]:
    information: NDArray[np.float64] = design.T @ (design * (chance * (1 - chance))[:, np.newaxis])
    return information


def _adjustment(change: Floats, center: float) -> Adjustment:
    slope = max(1 + float(change[1]), LOWEST_SLOPE) if len(change) > 1 else 1.0
    return Adjustment(float(change[0]) + center * (1 - slope), slope)


def _thirds(chance: Floats, adjusted: Floats, happened: Floats) -> tuple[Third, ...]:
    """The lowest, middle and highest third; equal chances stay together, so that there can be fewer groups."""
    edges = np.quantile(chance, [1 / 3, 2 / 3], method="lower")
    third = np.searchsorted(edges, chance)
    parts = [third == part for part in np.unique(third)]
    return tuple(
        Third(int(part.sum()), *(float(values[part].mean()) for values in (chance, adjusted, happened)))
        for part in parts
    )


def _log_odds(chance: Floats) -> Floats:
    inside = np.clip(chance, _LEAST, 1 - _LEAST)
    odds: Floats = np.log(inside / (1 - inside))
    return odds


def _chance(log_odds: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-log_odds))
    return chance
