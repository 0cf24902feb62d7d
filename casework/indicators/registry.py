"""What an indicator is, and the one list of all of them.

An indicator is a pure function of a panel (whose state, as of which day, from which facts) that returns a `Reading`.
`@indicator(...)` registers it once, with what it looks at and what to do about it; the Definitions page, the client
page and the tests all read this registry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casework.vocabulary import Term
from casework.windows import Evidence, Panel, cached


class Concern(IntEnum):
    """How much a reading asks for attention. UNKNOWN is not a low level: it means that nobody asked."""

    UNKNOWN = -1
    NONE = 0
    SOME = 1
    MARKED = 2
    SERIOUS = 3


@dataclass(frozen=True)
class NextStep:
    """What to do about it, by `who`, within how many days."""

    id: str
    who: str
    within_days: int


@dataclass(frozen=True)
class Reading:
    """One indicator's answer for every panel row.

    `value` (float, NaN: unknown), `level` (int8, see `Concern`), and the dated rows that the answer rests on.
    `extra` holds further arrays of the same length where one number is not enough; what each means is in the
    docstring of the indicator's function. `parts` is the evidence of a part of the answer (a stage), where rules are
    about parts.
    """

    value: NDArray[np.float64]
    level: NDArray[np.int8]
    evidence: Evidence
    extra: dict[str, NDArray[Any]] = field(default_factory=dict)
    parts: dict[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """A registered rule; its words are in `casework.wording`, by its id. `group` ("risk", "contact", "strength",
    "safety" or "comparison") says where pages show it; `names` are the entries behind ``extra["mask"]``, if any."""

    id: str
    window_days: int | None
    next_step: NextStep
    compute: Callable[[Panel], Reading]
    group: str = "risk"
    names: tuple[Term, ...] = ()
    module: str = ""


Compute = Callable[[Panel], Reading]

INDICATORS: dict[str, Indicator] = {}
"""What every assessment works out, for today and each week of history."""
COMPARISONS: dict[str, Indicator] = {}
"""What sets facts beside each other and never enters a score: worked out by the screens that ask for it."""


def indicator(**what: Any) -> Callable[[Compute], Compute]:
    """Register the decorated function as the indicator that `what` describes (see `Indicator`)."""
    return _register(INDICATORS, what)


def comparison(**what: Any) -> Callable[[Compute], Compute]:
    """The same for a comparison."""
    return _register(COMPARISONS, {"group": "comparison", **what})


def _register(registry: dict[str, Indicator], what: dict[str, Any]) -> Callable[[Compute], Compute]:
    def register(compute: Compute) -> Compute:
        wrapped = cached(compute)
        one = Indicator(compute=wrapped, module=compute.__module__, **what)
        if one.id in INDICATORS or one.id in COMPARISONS:
            raise ValueError(f"two indicators are called {one.id}")
        registry[one.id] = one
        return wrapped

    return register


def graded(
    value: NDArray[Any],
    *,
    some: float = np.inf,
    marked: float = np.inf,
    serious: float = np.inf,
) -> NDArray[np.int8]:
    """The `Concern` of each value: NONE below `some`, then SOME, MARKED and SERIOUS; UNKNOWN for NaN."""
    level = (value >= some).astype(np.int8)
    level += value >= marked
    level += value >= serious
    level[np.isnan(value)] = Concern.UNKNOWN
    return level


def graded_down(
    value: NDArray[Any],
    *,
    some: float = -np.inf,
    marked: float = -np.inf,
    serious: float = -np.inf,
) -> NDArray[np.int8]:
    """As `graded`, for values that worry when they are *below* a limit."""
    level = (value < some).astype(np.int8)
    level += value < marked
    level += value < serious
    level[np.isnan(value)] = Concern.UNKNOWN
    return level
