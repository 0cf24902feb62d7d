"""The use score: is opioid use returning? Its points are fitted on what the following weeks brought.

Two points stand for one more of a hundred coming weeks with use; a week in which nobody was seen counts as the trials
count it (see `docs/scores.md`). The first row is what holds of everybody.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.care import BUPRENORPHINE, METHADONE
from casework.indicators.rules import Readings, Rule, Times, extra, fitted, in_weeks, value
from casework.indicators.use import REGULAR
from casework.vocabulary import Score
from casework.windows import Bools

USE: Final = Score.USE
LAGS: Final = ((0, 0), (1, 1), (2, 3), (4, 7))
OLDER: Final = (8, 13)
ON_METHADONE: Final = value("medication_kind", METHADONE, METHADONE + 1)


def everybody() -> Times:
    """A row that holds of each client: where a score starts when nothing is known."""
    return lambda readings: np.ones(len(readings["time_in_care"].value), dtype=bool)


def missed_two_of_four(readings: Readings) -> Bools:
    """Two of the last four weeks were missed, or more."""
    often: Bools = in_weeks("missed_weeks", "missed", 0, 3)(readings) >= 2
    return often


def fully_covered(readings: Readings) -> Bools:
    """A dose covers every prescribed day of the last 28, and there was one."""
    doses = readings["days_without_dose"].extra
    covered: Bools = (doses["uncovered"] == 0) & (doses["covered"] > 0)
    return covered


def in_care(most: int, *, over: float = -np.inf) -> Times:
    """Over so many weeks in care (by default from the first day on), and at most `most`."""

    def holds(readings: Readings) -> Bools:
        weeks = readings["time_in_care"].value
        found: Bools = (weeks > over) & (weeks <= most)
        return found

    return holds


def _screened(most: int, *, over: float = -np.inf) -> Times:
    """So many weeks in care, of somebody who is screened: until then fewer negative screens can have come together."""
    weeks = in_care(most, over=over)
    return lambda readings: weeks(readings) & (readings["clean_weeks"].extra["screens"] > 0)


def _lag(name: str, id_: str, extra_name: str, lag: tuple[int, int], *, sign: int, but: str = "") -> Rule:
    times = in_weeks(id_, extra_name, *lag, but=but)
    return fitted(USE, name, id_, times, sign=sign, step=lag[0], weeks=lag, dated=True)


ROWS: Final[tuple[Rule, ...]] = (
    fitted(USE, "start", "time_in_care", everybody(), sign=0),
    fitted(USE, "weeks_to", "time_in_care", _screened(2), sign=0, step=2),
    fitted(USE, "weeks_to", "time_in_care", _screened(4, over=2), sign=0, step=4),
    fitted(USE, "weeks_to", "time_in_care", _screened(8, over=4), sign=0, step=8),
    fitted(USE, "methadone", "medication_kind", ON_METHADONE, sign=0),
    fitted(USE, "buprenorphine", "medication_kind", value("medication_kind", BUPRENORPHINE), sign=0),
    *(_lag("found", "use_weeks", "found", lag, sign=1) for lag in LAGS),
    *(_lag("told", "use_weeks", "told", lag, sign=1, but="found") for lag in LAGS),
    *(_lag("missed", "missed_weeks", "missed", lag, sign=1) for lag in LAGS),
    *(_lag("clean", "clean_weeks", "clean", lag, sign=-1) for lag in (*LAGS, OLDER)),
    fitted(USE, "regular", "reported_use", extra("reported_use", "recent", REGULAR), sign=1, weeks=(0, 1), dated=True),
    fitted(USE, "bad_row", "use_weeks", extra("use_weeks", "bad", 3), sign=1),
    *(fitted(USE, "missed_row", "missed_weeks", extra("missed_weeks", "row", weeks), sign=1, step=weeks)
      for weeks in (2, 4)),
    fitted(USE, "missed_2_of_4", "missed_weeks", missed_two_of_four, sign=1, weeks=(0, 3)),
    *(fitted(USE, "unseen", "days_unseen", value("days_unseen", days), sign=1, step=days) for days in (9, 14, 21)),
    *(fitted(USE, "no_dose", "days_without_dose", value("days_without_dose", days), sign=1, step=days)
      for days in (1, 9, 14)),
    fitted(USE, "covered", "days_without_dose", fully_covered, sign=-1),
    *(fitted(USE, "uncovered", "days_without_dose", extra("days_without_dose", "uncovered", days), sign=1, step=days)
      for days in (7, 14)),
    fitted(USE, "stimulants", "stimulants", value("stimulants", 1), sign=1, dated=True),
    fitted(USE, "no_withdrawal", "withdrawal", value("withdrawal", 0, 1), sign=-1, dated=True),
    fitted(USE, "withdrawal", "withdrawal", value("withdrawal", 2), sign=1, dated=True),
)  # fmt: skip
