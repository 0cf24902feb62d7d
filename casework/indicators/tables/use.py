"""The use score: is opioid use returning? Its points are fitted on what the following weeks brought.

Two points stand for one more of a hundred coming weeks with use; a week in which nobody was seen counts as the trials
count it (see `docs/scores.md`). The first row is what holds of everybody.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.care import BUPRENORPHINE, METHADONE
from casework.indicators.rules import Readings, Rule, Times, extra, fitted, in_weeks, value, words_of_weeks
from casework.indicators.use import REGULAR
from casework.vocabulary import Score
from casework.windows import Bools
from casework.wording import count

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


def _lag(
    name: str,
    id_: str,
    extra_name: str,
    what: str,
    reason: str,
    lag: tuple[int, int],
    sign: int,
    but: str = "",
) -> Rule:
    first, last = lag
    said = words_of_weeks(first, last)
    times = in_weeks(id_, extra_name, first, last, but=but)
    return fitted(
        USE,
        f"{name}_{first}",
        id_,
        f"{what} {said}, each week",
        times,
        f"{reason}[ {{days}}]",
        sign=sign,
        weeks=lag,
    )


ROWS: Final[tuple[Rule, ...]] = (
    fitted(USE, "start", "time_in_care", "everybody starts here", everybody(), "Where every score starts", sign=0),
    fitted(USE, "weeks_to_2", "time_in_care", "up to 2 weeks in care, and screened", _screened(2),
           "In the first two weeks of care", sign=0),
    fitted(USE, "weeks_to_4", "time_in_care", "3 to 4 weeks in care, and screened", _screened(4, over=2),
           "In the third or fourth week of care", sign=0),
    fitted(USE, "weeks_to_8", "time_in_care", "5 to 8 weeks in care, and screened", _screened(8, over=4),
           "In the second month of care", sign=0),
    fitted(USE, "methadone", "medication_kind", "methadone is prescribed",
           ON_METHADONE, "Methadone is prescribed", sign=0),
    fitted(USE, "buprenorphine", "medication_kind", "buprenorphine is prescribed",
           value("medication_kind", BUPRENORPHINE), "Buprenorphine is prescribed", sign=0),
    *(_lag("found", "use_weeks", "found", "an unexpected opioid in urine", "Unexpected opioid in urine", lag, 1)
      for lag in LAGS),
    *(_lag("told", "use_weeks", "told", "opioid use reported, not found in urine", "Opioid use reported", lag, 1,
           but="found") for lag in LAGS),
    *(_lag("missed", "missed_weeks", "missed", "did not come", "Did not come", lag, 1) for lag in LAGS),
    *(_lag("clean", "clean_weeks", "clean", "a negative screen", "No unexpected opioid in urine", lag, -1)
      for lag in (*LAGS, OLDER)),
    fitted(USE, "regular", "reported_use", "regular opioid use reported in the last 14 days",
           extra("reported_use", "recent", REGULAR), "Regular opioid use reported[ {days}]", sign=1, weeks=(0, 1)),
    fitted(USE, "bad_row", "use_weeks", "3 weeks in a row or more with use, or without coming",
           extra("use_weeks", "bad", 3), "Three weeks in a row or more with use, or without coming", sign=1),
    fitted(USE, "missed_row_2", "missed_weeks", "2 missed weeks in a row or more",
           extra("missed_weeks", "row", 2), "Missed weeks in a row", sign=1),
    fitted(USE, "missed_row_4", "missed_weeks", "4 missed weeks in a row or more",
           extra("missed_weeks", "row", 4), "Four missed weeks in a row or more", sign=1),
    fitted(USE, "missed_2_of_4", "missed_weeks", "2 of the last 4 weeks missed, or more",
           missed_two_of_four,
           "Missed two of the last four weeks or more", sign=1, weeks=(0, 3)),
    *(fitted(USE, f"unseen_{days}", "days_unseen", f"not seen for {days} days or more", value("days_unseen", days),
             "Not seen for {span}", sign=1) for days in (9, 14, 21)),
    *(fitted(USE, f"no_dose_{days}", "days_without_dose", f"no known dose for {count(days, 'day')} or more",
             value("days_without_dose", days), "No known dose for {span}", sign=1) for days in (1, 9, 14)),
    fitted(USE, "covered", "days_without_dose", "a dose on every prescribed day of the last 28",
           fully_covered,
           "A dose on every prescribed day of four weeks", sign=-1),
    *(fitted(USE, f"uncovered_{days}", "days_without_dose", f"{days} days or more of the last 28 without a dose",
             extra("days_without_dose", "uncovered", days), f"{days} days or more without a dose in four weeks",
             sign=1) for days in (7, 14)),
    fitted(USE, "stimulants", "stimulants", "cocaine or an amphetamine in urine in the last 28 days",
           value("stimulants", 1), "Stimulants in urine[ {days}]", sign=1),
    fitted(USE, "no_withdrawal", "withdrawal", "no withdrawal at the latest rating",
           value("withdrawal", 0, 1), "No withdrawal[ {day}]", sign=-1),
    fitted(USE, "withdrawal", "withdrawal", "moderate or severe withdrawal",
           value("withdrawal", 2), "Withdrawal[ {day}]", sign=1),
)  # fmt: skip
