"""The use score: will opioid use be seen or told? Its points are fitted on those of the next four weeks that were kept.

Two points stand for one more of a hundred attended weeks with use. Absence counts for nothing in it, beyond what it
says of use.
"""

from __future__ import annotations

from typing import Final

from casework.indicators.rules import Rule
from casework.indicators.tables.returning import rows
from casework.vocabulary import Score

ROWS: Final[tuple[Rule, ...]] = rows(Score.USE)
