"""The four point tables, one module a score.

`CANDIDATES` are all rows whose points may be fitted; a row to which the data gave no points is not part of a table.
"""

from __future__ import annotations

from typing import Final

from casework.indicators.rules import Rule
from casework.indicators.tables import early, engagement, missing_domains, signs, use

CANDIDATES: Final[tuple[Rule, ...]] = (*early.ROWS, *use.ROWS, *engagement.ROWS)
TABLE: Final[tuple[Rule, ...]] = (
    *(rule for rule in CANDIDATES if rule.points),
    *missing_domains.ROWS,
    *signs.ROWS,
)

__all__ = ["CANDIDATES", "TABLE"]
