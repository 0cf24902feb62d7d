"""The engagement score: will contact be lost? Its points are fitted on four missed weeks in a row.

Twenty points stand for one unit on the logit scale: they multiply the odds by e, about 2.7.
"""

from __future__ import annotations

from typing import Final

from casework.indicators.rules import Rule, Times, both, extra, fitted, in_weeks, value
from casework.indicators.tables.conditions import (
    LAGS,
    ON_BUPRENORPHINE,
    ON_METHADONE,
    everybody,
    fully_covered,
    in_care,
    missed_two_of_four,
)
from casework.vocabulary import Score

ENGAGEMENT: Final = Score.ENGAGEMENT
_DAYS_UNSEEN: Final = (7, 9, 11, 14, 18, 21)
_DAYS_SILENT: Final = (3, 5, 7, 11, 14, 18)
_DAYS_WITHOUT_DOSE: Final = (1, 3, 7, 9, 14)


def _lag(name: str, id_: str, extra_name: str, lag: tuple[int, int], *, sign: int) -> Rule:
    times = in_weeks(id_, extra_name, *lag)
    return fitted(ENGAGEMENT, name, id_, times, sign=sign, step=lag[0], weeks=lag, dated=True)


def _no_dose(name: str, times: Times, days: int) -> Rule:
    return fitted(ENGAGEMENT, name, "days_without_dose", times, sign=1, step=days)


def _missed_row(weeks: int) -> Rule:
    times = extra("missed_weeks", "row", weeks)
    return fitted(ENGAGEMENT, "missed_row", "missed_weeks", times, sign=1, step=weeks)


ROWS: Final[tuple[Rule, ...]] = (
    fitted(ENGAGEMENT, "start", "time_in_care", everybody(), sign=0),
    fitted(ENGAGEMENT, "weeks_to", "time_in_care", in_care(4), sign=0, step=4),
    fitted(ENGAGEMENT, "weeks_from", "time_in_care", value("time_in_care", 13), sign=0, step=13),
    fitted(ENGAGEMENT, "methadone", "medication_kind", ON_METHADONE, sign=0),
    fitted(ENGAGEMENT, "buprenorphine", "medication_kind", ON_BUPRENORPHINE, sign=0),
    *(fitted(ENGAGEMENT, "unseen", "days_unseen", value("days_unseen", days), sign=1, step=days)
      for days in _DAYS_UNSEEN),
    *(fitted(ENGAGEMENT, "silent", "days_unseen", extra("days_unseen", "silent", days), sign=1, step=days)
      for days in _DAYS_SILENT),
    *(_no_dose("no_dose", value("days_without_dose", days), days) for days in _DAYS_WITHOUT_DOSE),
    *(_no_dose("methadone_no_dose", both(ON_METHADONE, value("days_without_dose", days)), days)
      for days in (2, 3, 5, 7, 14)),
    *(_no_dose("buprenorphine_no_dose", both(ON_BUPRENORPHINE, value("days_without_dose", days)), days)
      for days in (14, 21, 28)),
    *(_no_dose("uncovered", extra("days_without_dose", "uncovered", days), days) for days in (7, 14)),
    fitted(ENGAGEMENT, "covered", "days_without_dose", fully_covered, sign=-1),
    *(_lag("missed", "missed_weeks", "missed", lag, sign=1) for lag in LAGS),
    fitted(ENGAGEMENT, "missed_2_of_4", "missed_weeks", missed_two_of_four, sign=1, weeks=(0, 3)),
    *(_missed_row(weeks) for weeks in (2, 3)),
    *(_lag("clean", "clean_weeks", "clean", lag, sign=-1) for lag in LAGS),
)  # fmt: skip
