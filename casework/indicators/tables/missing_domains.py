"""What stands in for urine screens where a client has none: the middle, so that not screening is neither good nor bad.

The fitted tables come from trials in which everybody was screened. Their start is that of somebody without any negative
screen, which there meant positive or missed ones; in a clinic that takes no screens it would make every client look
worse. These rows take off what screens took off on average (`fitted.SCREENS_ON_AVERAGE`). They hold for as long as no
screen was due or taken in 14 weeks; the range of the stated chances widens meanwhile (`chances`). Medication needs no
such row: without doses on record the scores of the same people moved by 3 points or less.
"""

from __future__ import annotations

from typing import Final

from casework.indicators.fitted import SCREENS_ON_AVERAGE
from casework.indicators.rules import Basis, Readings, Rule
from casework.vocabulary import Score
from casework.windows import Bools


def _none(readings: Readings) -> Bools:
    without: Bools = readings["clean_weeks"].extra["screens"] == 0
    return without


ROWS: Final[tuple[Rule, ...]] = tuple(
    Rule(Score(score), "no_screens", "clean_weeks", points, _none, basis=Basis.SCREENS_ON_AVERAGE)
    for score, points in SCREENS_ON_AVERAGE.items()
)
"""No urine screen due or taken in 14 weeks."""
