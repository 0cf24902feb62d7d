"""What a row of a point table says of a client: the row, and the values that its words name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from casework.indicators.registry import Indicator, Reading
from casework.indicators.rules import Rule
from casework.vocabulary import Term, chosen
from casework.windows import FactRef


@dataclass(frozen=True)
class Reason:
    """Why a row holds as of the day `today`: the indicator's `value` (None: unknown), the terms that hold, and the days
    of the rows behind it, ascending. `casework.wording` puts it into words."""

    rule_id: str
    value: float | None
    terms: tuple[Term, ...]
    days: tuple[int, ...]
    today: int


def reason(
    rule: Rule,
    one: Indicator,
    reading: Reading,
    row: int,
    refs: Sequence[FactRef],
    today: int,
    *,
    among: int = -1,
) -> Reason:
    """What the rule says of a row of its indicator's reading. `among`: the bits of the terms that it may name."""
    held = int(reading.extra["mask"][row]) & among if "mask" in reading.extra else 0
    days = tuple(sorted({ref.day for ref in refs}))
    value = float(reading.value[row])
    return Reason(rule.id, None if math.isnan(value) else value, tuple(chosen(one.names, held)), days, today)
