"""The early warning: will weeks of use or absence come? Its points are fitted on what the next four weeks brought.

Two points stand for one more of a hundred coming weeks with use or without coming: half the score is that share. In
those who look well absence comes first, so that it leads where somebody is to be reached in time.
"""

from __future__ import annotations

from typing import Final

from casework.indicators.rules import Rule, extra, fitted
from casework.indicators.tables.returning import rows
from casework.vocabulary import Score

ROWS: Final[tuple[Rule, ...]] = (
    *rows(Score.EARLY),
    fitted(Score.EARLY, "bad_row", "use_weeks", extra("use_weeks", "bad", 3), sign=1),
)
