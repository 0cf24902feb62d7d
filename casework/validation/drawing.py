"""95% intervals by drawing people with replacement: the rows of a person are alike, so rows are never drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SEED: Final = 94


def interval_of(
    people: Ints, measure: Callable[[Floats], float | Floats], resamples: int
) -> tuple[Floats, Floats]:
    """Low and high of the 95% percentile interval of a measure of weighted rows, one number or several.

    `people`: whose each row is, two people at least. The draws are the same each time for the same people. A draw
    for which there is no measure (NaN: nobody in it to whom it happened) does not count.
    """
    _, person = np.unique(people, return_inverse=True)
    count = int(person.max()) + 1

    def of_drawn(drawn: Ints) -> float | Floats:
        return measure(np.bincount(drawn, minlength=count)[person].astype(np.float64))

    found = bootstrap(
        (np.arange(count),),
        of_drawn,
        n_resamples=resamples,
        method="percentile",
        vectorized=False,
        rng=np.random.default_rng(SEED),
    ).bootstrap_distribution
    low, high = np.nanpercentile(found, [2.5, 97.5], axis=-1)
    return low, high
