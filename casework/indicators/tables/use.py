"""The use score: will opioid use be seen or told? Its points are fitted on those of the next four weeks that were kept.

Two points stand for one more of a hundred attended weeks with use. Absence counts for nothing in it, beyond what it
says of use.
"""

from __future__ import annotations

from typing import Final

from casework.indicators.rules import Rule, extra, fitted
from casework.indicators.tables.conditions import OLDER
from casework.indicators.tables.returning import lags, rows
from casework.vocabulary import Score

ROWS: Final[tuple[Rule, ...]] = (
    *rows(Score.USE),
    *lags(Score.USE, "used", "use_weeks", sign=1, among=(OLDER,)),
    *(
        fitted(
            Score.USE,
            "clean_since",
            "clean_weeks",
            extra("clean_weeks", "since_use", weeks),
            sign=-1,
            step=weeks,
        )
        for weeks in (2, 3, 5)
    ),
)
