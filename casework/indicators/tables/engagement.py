"""The engagement score: will contact be lost? Its points are fitted on four missed weeks in a row.

Twenty points stand for one unit on the logit scale: they multiply the odds by e, about 2.7.
"""

from __future__ import annotations

from typing import Final

from casework.indicators.rules import STEPS, Rule, Times, extra, fitted, in_steps, in_weeks, value, where
from casework.indicators.tables.conditions import (
    LAGS,
    ON_BUPRENORPHINE,
    ON_METHADONE,
    everybody,
    in_care,
    missed_two_of_four,
    nearly_covered,
)
from casework.vocabulary import Score

ENGAGEMENT: Final = Score.ENGAGEMENT
_DAYS_UNSEEN: Final = (7, 10, 14, 18)
_DAYS_SILENT: Final = (3, 6, 11, 14, 18)
_DAYS_WITHOUT_DOSE: Final = (1, 4, 8, 14)
_DAYS_WITHOUT_METHADONE: Final = (1, 6, 12)
_DAYS_WITHOUT_BUPRENORPHINE: Final = (14, 21, 28)
METHADONE_STEPS: Final = 5
"""Days without methadone say most, and come in more steps."""


def _lag(name: str, id_: str, extra_name: str, lag: tuple[int, int], *, sign: int) -> Rule:
    times = in_weeks(id_, extra_name, *lag)
    return fitted(ENGAGEMENT, name, id_, times, sign=sign, step=lag[0], weeks=lag, dated=True)


def _no_dose(name: str, days: int, *, on: Times, steps: int = STEPS) -> Rule:
    times = where(on, in_steps("days_without_dose", days, name="counted", steps=steps))
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
    *(fitted(ENGAGEMENT, "unseen", "days_unseen", in_steps("days_unseen", days), sign=1, step=days)
      for days in _DAYS_UNSEEN),
    *(fitted(ENGAGEMENT, "silent", "days_unseen", in_steps("days_unseen", days, name="silent"), sign=1, step=days)
      for days in _DAYS_SILENT),
    *(_no_dose("no_dose", days, on=everybody()) for days in _DAYS_WITHOUT_DOSE),
    *(_no_dose("methadone_no_dose", days, on=ON_METHADONE, steps=METHADONE_STEPS)
      for days in _DAYS_WITHOUT_METHADONE),
    *(_no_dose("buprenorphine_no_dose", days, on=ON_BUPRENORPHINE) for days in _DAYS_WITHOUT_BUPRENORPHINE),
    *(fitted(ENGAGEMENT, "uncovered", "days_without_dose", in_steps("days_without_dose", days, name="uncovered"),
             sign=1, step=days) for days in (7, 14)),
    fitted(ENGAGEMENT, "nearly_covered", "days_without_dose", nearly_covered, sign=-1),
    *(_lag("missed", "missed_weeks", "missed", lag, sign=1) for lag in LAGS),
    fitted(ENGAGEMENT, "missed_2_of_4", "missed_weeks", missed_two_of_four, sign=1, weeks=(0, 3)),
    *(_missed_row(weeks) for weeks in (2, 3)),
    *(_lag("clean", "clean_weeks", "clean", lag, sign=-1) for lag in LAGS),
)  # fmt: skip
