"""What the scores are compared with: rules that a spreadsheet can follow, and the published OPUS.

Each is a number for each panel row of a study, the higher the worse, from the same facts as the scores.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from casework.indicators.contact import is_kept, is_no_show
from casework.indicators.weeks import count, weeks
from casework.validation.study import Study
from casework.validation.trial import day_of
from casework.windows import Ints, Panel

OPUS_WEEKS: Final = 3
"""OPUS counts the bad weeks (an unexpected opioid in urine, or nobody came) of the first three (Luo et al., JAMA
Psychiatry 2024;81:45)."""
MONTH_DAYS: Final = 28


def days_since_visit(study: Study) -> Ints:
    """Days since the last kept visit, or since admission."""
    window = study.panel.window("attendance", None)
    admitted = study.panel.of_client("admitted")
    last = window.at("day", window.last(is_kept(window)), np.iinfo(np.int32).min)
    return np.asarray(study.panel.as_of - np.maximum(last, admitted), dtype=np.int64)


def missed_visits(study: Study) -> Ints:
    """Missed visits of the last four weeks."""
    window = study.panel.window("attendance", MONTH_DAYS)
    missed = is_no_show(window)
    return np.asarray(window.fold(lambda pairs: (pairs.total(missed[pairs.row]),))[0], dtype=np.int64)


def any_positive(study: Study) -> Ints:
    """1 when urine showed an unexpected opioid in the last four weeks."""
    return (count(weeks(study.panel).found, 0, 3) > 0).astype(np.int64)


def opus(study: Study) -> Ints:
    """OPUS: set once at the end of week 3."""
    panel = Panel.on(study.facts, day_of(OPUS_WEEKS))
    return _bad_weeks(study, panel)[study.panel.client]


def rolling_opus(study: Study) -> Ints:
    """The same count over the latest three weeks."""
    return _bad_weeks(study, study.panel)


def _bad_weeks(study: Study, panel: Panel) -> Ints:
    found = weeks(panel)
    return count(found.found | found.missed, 0, OPUS_WEEKS - 1)


SIMPLE_RULES: Final[dict[str, Callable[[Study], Ints]]] = {
    "Days since the last visit": days_since_visit,
    "Missed visits in four weeks": missed_visits,
    "Any opioid in urine in four weeks": any_positive,
    "OPUS, set at week 3": opus,
    "OPUS over the latest three weeks": rolling_opus,
}
