"""What a worked example is made of: recorded facts, and what follows from them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from casework.indicators.registry import Concern

UNKNOWN: Final = math.nan


@dataclass(frozen=True)
class Recorded:
    """One recorded fact: `kind` names it, `said` what was recorded."""

    kind: str
    day: int
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """These facts give this value (NaN: unknown) and level, and these further numbers (see the docstring of the
    indicator's function; bits count from the last seven days)."""

    indicator_id: str
    title: str
    facts: tuple[Recorded, ...]
    value: float
    level: Concern
    client: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, int] = field(default_factory=dict)


def on(day: int, kind: str, /, **said: Any) -> Recorded:
    """A fact of that day."""
    return Recorded(kind, day, said)


def weekly(*shares: int) -> tuple[Recorded, ...]:
    """Weekly check-ins that found so many of the first signs, the last one today."""
    first = ("same_activities", "boredom", "glamorizing", "drugs_within_reach", "isolating")
    weeks = range(len(shares) - 1, -1, -1)
    return tuple(
        on(-7 * week, "check_in", signs=" ".join(first[:n])) for week, n in zip(weeks, shares, strict=True)
    )


def every(days: range, kind: str, **said: Any) -> tuple[Recorded, ...]:
    """The same fact on each of the days."""
    return tuple(on(day, kind, **said) for day in days)


ON_BUPRENORPHINE: Final = on(-100, "prescription", medication="buprenorphine")
