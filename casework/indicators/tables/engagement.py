"""The engagement score: will contact be lost? Its points are fitted on four missed weeks in a row.

Ten points stand for one unit on the logit scale: they multiply the odds by e, about 2.7.
"""

from __future__ import annotations

from typing import Final

from casework.indicators.care import BUPRENORPHINE
from casework.indicators.rules import Rule, Times, both, extra, fitted, in_weeks, value, words_of_weeks
from casework.indicators.tables.use import (
    LAGS,
    ON_METHADONE,
    everybody,
    fully_covered,
    in_care,
    missed_two_of_four,
)
from casework.vocabulary import Score
from casework.wording import count

ENGAGEMENT: Final = Score.ENGAGEMENT


def _row(
    name: str,
    id_: str,
    condition: str,
    times: Times,
    reason: str,
    sign: int,
    weeks: tuple[int, int] | None = None,
) -> Rule:
    return fitted(ENGAGEMENT, name, id_, condition, times, reason, sign=sign, weeks=weeks)


ROWS: Final[tuple[Rule, ...]] = (
    _row("start", "time_in_care", "everybody starts here", everybody(), "Where every score starts", 0),
    _row("weeks_to_4", "time_in_care", "up to 4 weeks in care", in_care(4),
         "In the first month of care", 0),
    _row("weeks_from_13", "time_in_care", "13 weeks in care or more", value("time_in_care", 13),
         "More than three months in care", 0),
    _row("methadone", "medication_kind", "methadone is prescribed",
         ON_METHADONE, "Methadone is prescribed", 0),
    _row("buprenorphine", "medication_kind", "buprenorphine is prescribed",
         value("medication_kind", BUPRENORPHINE), "Buprenorphine is prescribed", 0),
    *(_row(f"unseen_{days}", "days_unseen", f"not seen for {days} days or more", value("days_unseen", days),
           "Not seen for {span}", 1) for days in (7, 9, 11, 14, 18, 21)),
    *(_row(f"silent_{days}", "days_unseen", f"no sign of any kind for {days} days or more",
           extra("days_unseen", "silent", days), f"No visit, call or dose for {days} days or more", 1)
      for days in (3, 5, 7, 11, 14, 18)),
    *(_row(f"no_dose_{days}", "days_without_dose", f"no known dose for {count(days, 'day')} or more",
           value("days_without_dose", days), "No known dose for {span}", 1) for days in (1, 3, 7, 9, 14)),
    *(_row(f"methadone_no_dose_{days}", "days_without_dose",
           f"methadone is prescribed, and no dose is known for {days} days or more",
           both(ON_METHADONE, value("days_without_dose", days)), "No known dose of methadone for {span}", 1)
      for days in (3, 7)),
    *(_row(f"uncovered_{days}", "days_without_dose", f"{days} days or more of the last 28 without a dose",
           extra("days_without_dose", "uncovered", days), f"{days} days or more without a dose in four weeks", 1)
      for days in (7, 14)),
    _row("covered", "days_without_dose", "a dose on every prescribed day of the last 28",
         fully_covered,
         "A dose on every prescribed day of four weeks", -1),
    *(_row(f"missed_{lag[0]}", "missed_weeks", f"did not come {words_of_weeks(*lag)}, each week",
           in_weeks("missed_weeks", "missed", *lag), "Did not come[ {days}]", 1, lag) for lag in LAGS),
    _row("missed_2_of_4", "missed_weeks", "2 of the last 4 weeks missed, or more",
         missed_two_of_four,
         "Missed two of the last four weeks or more", 1, (0, 3)),
    _row("missed_row_2", "missed_weeks", "2 missed weeks in a row or more", extra("missed_weeks", "row", 2),
         "Missed weeks in a row", 1),
    _row("missed_row_3", "missed_weeks", "3 missed weeks in a row or more", extra("missed_weeks", "row", 3),
         "Three missed weeks in a row or more", 1),
    *(_row(f"clean_{lag[0]}", "clean_weeks", f"a negative screen {words_of_weeks(*lag)}, each week",
           in_weeks("clean_weeks", "clean", *lag), "No unexpected opioid in urine[ {days}]", -1, lag) for lag in LAGS),
    _row("no_withdrawal", "withdrawal", "no withdrawal at the latest rating", value("withdrawal", 0, 1),
         "No withdrawal[ {day}]", -1),
    _row("withdrawal", "withdrawal", "moderate or severe withdrawal", value("withdrawal", 2), "Withdrawal[ {day}]", 1),
)  # fmt: skip
