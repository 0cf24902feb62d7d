"""What an indicator is, and the one list of all of them.

An indicator is a pure function of the facts and a panel (whose state, as of which day) that returns a `Reading`.
`@indicator(...)` registers it once, with all that a clinician needs to judge it; the Definitions page, the client
page and the tests all read this registry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casework.frames import Facts
from casework.windows import Evidence, Panel


class Concern(IntEnum):
    """How much a reading asks for attention. UNKNOWN is not a low level: it means that nobody asked."""

    UNKNOWN = -1
    NONE = 0
    SOME = 1
    MARKED = 2
    SERIOUS = 3


@dataclass(frozen=True)
class NextStep:
    """What to do about it: `what`, by `who`, within how many days."""

    what: str
    who: str
    within_days: int


@dataclass(frozen=True)
class Reading:
    """One indicator's answer for every panel row.

    `value` (float, NaN: unknown), `level` (int8, see `Concern`), and the dated rows that the answer rests on.
    `extra` holds further named arrays of the same length (a coverage, a date, a bitmask) where one number is not enough.
    """

    value: NDArray[np.float64]
    level: NDArray[np.int8]
    evidence: Evidence
    extra: dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Indicator:
    """A registered rule."""

    id: str
    label: str
    definition: str
    window_days: int | None
    unit: str
    source: str
    limits: str
    levels: str
    """In words, when the reading is some, marked or serious."""
    next_step: NextStep
    compute: Callable[[Facts, Panel], Reading]
    group: str = "risk"
    """"risk", "contact", "strength" or "safety": how pages group it."""


INDICATORS: dict[str, Indicator] = {}


def indicator(**what: Any) -> Callable[[Callable[[Facts, Panel], Reading]], Callable[[Facts, Panel], Reading]]:
    """Register the decorated function as the indicator that `what` describes (see `Indicator`)."""

    def register(compute: Callable[[Facts, Panel], Reading]) -> Callable[[Facts, Panel], Reading]:
        one = Indicator(compute=compute, **what)
        if one.id in INDICATORS:
            raise ValueError(f"two indicators are called {one.id}")
        INDICATORS[one.id] = one
        return compute

    return register
