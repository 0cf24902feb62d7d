"""Dated absences, as everything that is said of a client sees them: the last day is one of them, and who was released
is back from the next day on."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.absences import days_away
from casework.vocabulary import LOWERS_TOLERANCE, AbsenceCause
from casework.windows import NO_ROW, Bools, Ints, Pairs, Panel, cached

RELEASED_DAYS: Final = 14
"""The first two weeks after release: overdose deaths were 129 times as frequent as in the population then
(Binswanger et al., N Engl J Med 2007;356:157; Merrall et al., Addiction 2010;105:1545)."""
_RELEASES: Final = [n for n, cause in enumerate(AbsenceCause) if cause in LOWERS_TOLERANCE]
_ROW_BITS: Final = 32


@cached
def is_away(panel: Panel) -> Bools:
    """Whether a dated absence holds on the day."""
    away: Bools = days_away(panel, 1) != 0
    return away


@cached
def absence(panel: Panel) -> Ints:
    """The row of the absence that holds on the day, else of the latest that is over; NO_ROW without one."""
    window = panel.window("absences", None)
    return _last_to_end(panel, window.all_of("until") >= 0)


@cached
def release(panel: Panel) -> Ints:
    """The row of the latest detox, custody or hospital stay that ended in the last `RELEASED_DAYS`, of somebody who is
    not away again; NO_ROW."""
    window = panel.window("absences", None)
    row = _last_to_end(panel, np.isin(window.all_of("cause"), _RELEASES))
    since = panel.as_of - window.at("until", row, 0)
    return np.where((row != NO_ROW) & ~is_away(panel) & (since <= RELEASED_DAYS), row, NO_ROW)


def _last_to_end(panel: Panel, which: Bools) -> Ints:
    """Of the absences `which` (one value a frame row) the row of the one that ends last."""
    window = panel.window("absences", None)
    until = window.all_of("until").astype(np.int64)

    def last(pairs: Pairs) -> Ints:
        key = np.where(which[pairs.row], (until[pairs.row] << _ROW_BITS) + pairs.row, NO_ROW)
        found: Ints = pairs.reduce(np.maximum, key, NO_ROW)
        return found

    key = window.each(last)
    return np.where(key < 0, NO_ROW, key & ((1 << _ROW_BITS) - 1))
