"""When rows hold: conditions that more than one table asks for."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.care import BUPRENORPHINE, METHADONE
from casework.indicators.rules import STEPS, Readings, Times, in_steps, in_weeks, value, where
from casework.windows import Bools, Ints

LAGS: Final = ((0, 0), (1, 1), (2, 3), (4, 7))
OLDER: Final = (8, 13)
ON_METHADONE: Final = value("medication_kind", METHADONE, METHADONE + 1)
ON_BUPRENORPHINE: Final = value("medication_kind", BUPRENORPHINE)
STOPPED_STEPS: Final = 4
"""That the medication has stopped says most of all days without a dose, and comes in more steps."""
CLEAN_BUT_STOPPED: Final = where(
    in_weeks("clean_weeks", "clean", 0, 0),
    in_steps("days_without_dose", 1, name="stopped", steps=STOPPED_STEPS),
)
"""The latest week was negative, and the medication has stopped."""
LASTING: Final = in_steps("days_without_dose", 3, name="lasting")
"""A lasting injection covers today; one time less on each day after its cover."""


def everybody() -> Times:
    """A row that holds of each client: where a score starts when nothing is known."""
    return lambda readings: np.ones(len(readings["time_in_care"].value), dtype=bool)


def missed_two_of_four(readings: Readings) -> Bools:
    """Two of the last four weeks were missed, or more."""
    often: Bools = in_weeks("missed_weeks", "missed", 0, 3)(readings) >= 2
    return often


def fully_covered(readings: Readings) -> Bools:
    """A dose covers every prescribed day of the last 28, and there was one. A lasting injection whose cover has just
    ended counts on for the days in which `LASTING` goes: what it was worth does not go on one day."""
    reading = readings["days_without_dose"]
    doses = reading.extra
    just_ended = (doses["lasting"] > 0) & (doses["uncovered"] <= np.nan_to_num(reading.value))
    covered: Bools = ((doses["uncovered"] == 0) | just_ended) & (doses["covered"] > 0)
    return covered


def nearly_covered(readings: Readings) -> Ints:
    """`STEPS` times where a dose covers every prescribed day of the last 28, and there was one; one less for each day
    without."""
    doses = readings["days_without_dose"].extra
    return np.where(doses["covered"] > 0, np.maximum(STEPS - doses["uncovered"], 0), 0)


def in_care(most: int) -> Times:
    """At most so many weeks in care."""

    def holds(readings: Readings) -> Bools:
        found: Bools = readings["time_in_care"].value <= most
        return found

    return holds


def screened(most: int) -> Times:
    """At most so many weeks in care, of somebody who is screened: until then fewer negative screens can have come
    together. `STEPS` times; in the week after it fewer, by the day."""

    def times(readings: Readings) -> Ints:
        left = np.floor((most + 1 - readings["time_in_care"].value) * STEPS)
        counted = np.clip(left, 0, STEPS).astype(np.int64)
        return np.where(readings["clean_weeks"].extra["screens"] > 0, counted, 0)

    return times
