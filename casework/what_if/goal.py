"""What is asked about, where a client stands, and whether one standing lies beyond another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casework.frames import Facts
from casework.indicators import Assessment
from casework.level_of_care import first_options
from casework.level_of_care.ladder import LADDER
from casework.vocabulary import Band, Level

_SEVERITY: Final = {Band.LOW: 0.0, Band.WATCH: 1.0, Band.UNKNOWN: 1.5, Band.ELEVATED: 2.0, Band.HIGH: 3.0}
"""Unknown lies between what is calm and what asks for attention: both directions lead out of it."""


class Goal(StrEnum):
    """What is asked about: another band than now, or another recommended level of care."""

    LOWER_BAND = "lower_band"
    HIGHER_BAND = "higher_band"
    LOWER_LEVEL = "lower_level"
    HIGHER_LEVEL = "higher_level"

    @property
    def better(self) -> bool:
        """Asked about in the direction of less risk or less care."""
        return self in (Goal.LOWER_BAND, Goal.LOWER_LEVEL)

    @property
    def about_level(self) -> bool:
        """About the recommended level of care rather than the band."""
        return self in (Goal.LOWER_LEVEL, Goal.HIGHER_LEVEL)


@dataclass(frozen=True)
class Reached:
    """A client's band, and the recommended level of care where that was asked for."""

    band: Band
    level: Level | None = None


def reaches(goal: Goal, now: Reached, then: Reached) -> bool:
    """True when `then` is beyond `now` in the direction of the goal. Unknown is never reached: it is no standing."""
    if goal.about_level:
        if now.level not in LADDER or then.level not in LADDER:
            return False
        rungs = LADDER.index(then.level) - LADDER.index(now.level)
        return rungs < 0 if goal.better else rungs > 0
    if then.band is Band.UNKNOWN:
        return False
    apart = _SEVERITY[then.band] - _SEVERITY[now.band]
    return apart < 0 if goal.better else apart > 0


def possible(goal: Goal, now: Reached) -> bool:
    """Something lies in that direction."""
    if goal.about_level:
        return any(reaches(goal, now, Reached(now.band, level)) for level in LADDER)
    return any(reaches(goal, now, Reached(band)) for band in Band)


def reached_by(
    assessment: Assessment, facts: Facts, client_ids: Sequence[int], *, levels: bool
) -> list[Reached]:
    """Band, and recommended level if asked for, of each of `client_ids`."""
    bands = [assessment.band(client_id) for client_id in client_ids]
    if not levels:
        return [Reached(band) for band in bands]
    care = first_options(assessment, facts, only=frozenset(client_ids))
    recommended = dict(zip(care["client_id"].tolist(), care["recommended"].tolist(), strict=True))
    return [
        Reached(band, Level(recommended[client_id]))
        for band, client_id in zip(bands, client_ids, strict=True)
    ]
