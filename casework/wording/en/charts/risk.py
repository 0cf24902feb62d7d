"""One client's risk by week, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casework.vocabulary import Band
from casework.wording.en.numbers import count, counted
from casework.wording.en.sentences import sentence
from casework.wording.en.terms import label

LINE: Final = "Risk"
AXIS: Final = "Risk (points)"


def begins(band: Band, points: int) -> str:
    """ "Watch from 60": a line of the chart."""
    return f"{label(band)} from {points}"


def title(now: tuple[Band, int], four_weeks_ago: tuple[Band, int] | None) -> str:
    """The points of today, and of four weeks ago if there was a week. No band: the group says where a client stands."""
    said = f"{sentence(_points(*now))} now"
    return said if four_weeks_ago is None else f"{said}; {_points(*four_weeks_ago)} four weeks ago"


def _points(band: Band, points: int) -> str:
    return "no points" if band is Band.UNKNOWN else count(points, "point")


def alt(title: str, *, weeks: int, unknown: int, points: Sequence[int]) -> str:
    """`points` are those of the weeks that are known, `unknown` counts the others."""
    span = f", from {min(points)} to {max(points)}" if points else ""
    return f"Risk points by week over {weeks} weeks{span}. {title}. {sentence(counted(unknown, 'week'))} unknown."
