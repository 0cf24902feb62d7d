"""The use score: will opioid use be seen or told? Its points are fitted on those of the next four weeks that were kept.

Two points stand for one more of a hundred attended weeks with use. Absence counts for nothing in it, beyond what it
says of use.
"""

from __future__ import annotations

from typing import Final

from casework.indicators.rules import Rule, days_of, extra, fitted
from casework.indicators.tables.conditions import OLDER
from casework.indicators.tables.returning import lags, rows
from casework.vocabulary import Score

ROWS: Final[tuple[Rule, ...]] = (
    *rows(Score.USE),
    fitted(Score.USE, "bad_weeks", "use_weeks", days_of("use_weeks", 2, 4, name="bad"), sign=1),
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
