"""When rows hold: conditions that more than one table asks for."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.care import BUPRENORPHINE, METHADONE
from casework.indicators.rules import Readings, Times, both, extra, in_weeks, value
from casework.windows import Bools

LAGS: Final = ((0, 0), (1, 1), (2, 3), (4, 7))
OLDER: Final = (8, 13)
ON_METHADONE: Final = value("medication_kind", METHADONE, METHADONE + 1)
ON_BUPRENORPHINE: Final = value("medication_kind", BUPRENORPHINE)
CLEAN_BUT_STOPPED: Final = both(
    in_weeks("clean_weeks", "clean", 0, 0), extra("days_without_dose", "stopped", 1)
)
"""The latest week was negative, and the medication has stopped."""


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


def screened(most: int, *, over: float = -np.inf) -> Times:
    """So many weeks in care, of somebody who is screened: until then fewer negative screens can have come together."""
    weeks = in_care(most, over=over)
    return lambda readings: weeks(readings) & (readings["clean_weeks"].extra["screens"] > 0)
