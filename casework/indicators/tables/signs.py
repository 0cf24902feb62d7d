"""The burden of warning signs: what the client and others tell. Not yet validated.

The trials have no sign items, so that none of these points could be fitted; each states why it is what it is. They
stand on the scale of the early warning (two points for one more of a hundred weeks), so that the sum means something.
A clinic can check them against its own outcomes on the report card of rules.

What compares a client with their own past (`drift`, `craving_trend`) has no row: a worse past would make the present
look better, and of two records the worse must never have the lower score.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from casework.indicators.rules import Basis, Readings, Rule, Times, value
from casework.indicators.stages import TAGS
from casework.vocabulary import Score, Stage, stage_mask
from casework.windows import Bools

STAGE_BITS: Final = {stage: stage_mask(stage) for stage in TAGS}


def _row(
    name: str,
    indicator_id: str,
    points: int,
    times: Times,
    basis: Basis,
    *,
    step: int | None = None,
    stage: Stage | None = None,
    dated: bool = False,
) -> Rule:
    return Rule(
        Score.SIGNS, name, indicator_id, points, times, step, basis=basis, sign=1, stage=stage, dated=dated
    )


def _stage(stage: Stage) -> Callable[[Readings], Bools]:
    """The stage is tagged by a stage sign."""
    bits = STAGE_BITS[stage]

    def holds(readings: Readings) -> Bools:
        shows: Bools = (readings["stage_tags"].extra["mask"] & bits) != 0
        return shows

    return holds


ROWS: Final[tuple[Rule, ...]] = (
    _row("overdose", "overdose", 60, value("overdose", 1), Basis.OVERDOSE, dated=True),
    _row("physical", "stage_tags", 30, _stage(Stage.PHYSICAL), Basis.PHYSICAL_STAGE, stage=Stage.PHYSICAL, dated=True),
    _row("mental", "stage_tags", 10, _stage(Stage.MENTAL), Basis.STAGES, stage=Stage.MENTAL, dated=True),
    _row("emotional", "stage_tags", 5, _stage(Stage.EMOTIONAL), Basis.STAGES, stage=Stage.EMOTIONAL, dated=True),
    _row("active", "active_signs", 24, value("active_signs", 5), Basis.TOTAL_OF_SIGNS, step=5),
    _row("active", "active_signs", 14, value("active_signs", 3, 5), Basis.TOTAL_OF_SIGNS, step=3),
    _row("active", "active_signs", 6, value("active_signs", 1, 3), Basis.TOTAL_OF_SIGNS, step=1, dated=True),
    _row("craving_strong", "craving", 16, value("craving", 7), Basis.CRAVING, dated=True),
    _row("craving_moderate", "craving", 6, value("craving", 4, 7), Basis.CRAVING, dated=True),
    _row("halt", "halt", 5, value("halt", 3), Basis.TOTAL_OF_SIGNS),
    _row("medication_absent", "medication_absent", 10, value("medication_absent", 1), Basis.MISSED_DOSES, dated=True),
)  # fmt: skip
