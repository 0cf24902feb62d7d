"""The burden of warning signs: what the client and others tell. Not yet validated.

The trials have no sign items, so that none of these points could be fitted; each states why it is what it is. They
stand on the scale of the use score (two points for one more of a hundred weeks), so that the sum means something.
A clinic can check them against its own outcomes on the report card of rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from casework.indicators.drift import ABOVE_LIMIT, ABOVE_WARNING
from casework.indicators.rules import Readings, Rule, Times, value
from casework.indicators.stages import TAGS
from casework.vocabulary import Score, Stage, stage_mask
from casework.windows import Bools

STAGE_BITS: Final = {stage: stage_mask(stage) for stage in TAGS}
_TOTAL: Final = "by hand: of the signs only the total was shown to predict (Miller & Harris 2000)"
_STAGES: Final = (
    "by hand: stages are tags; of a later one slightly more is expected (Miller & Harris 2000 found no order)"
)
_CRAVING: Final = "by hand: craving goes before use within days (Serre et al. 2015), less surely over weeks"
_DRIFT: Final = "by hand: a change against the own baseline, about as much as 3 signs"


def _row(
    id_: str,
    indicator_id: str,
    condition: str,
    points: int,
    times: Times,
    reason: str,
    basis: str,
    stage: Stage | None = None,
) -> Rule:
    return Rule(
        f"signs.{id_}",
        Score.SIGNS,
        indicator_id,
        condition,
        points,
        times,
        reason,
        basis=basis,
        sign=1,
        stage=stage,
    )


def _stage(stage: Stage) -> Callable[[Readings], Bools]:
    """The stage is tagged by a stage sign."""
    bits = STAGE_BITS[stage]

    def holds(readings: Readings) -> Bools:
        shows: Bools = (readings["stage_tags"].extra["mask"] & bits) != 0
        return shows

    return holds


ROWS: Final[tuple[Rule, ...]] = (
    _row("overdose", "overdose", "an overdose told of in the last 28 days", 60, value("overdose", 1),
         "An overdose told of[ {days}]", "by hand: the most dangerous return to use (Weiner et al. 2020)"),
    _row("physical", "stage_tags", "a sign of the physical stage", 30, _stage(Stage.PHYSICAL),
         "Signs of the physical stage: {names}[ ({day})]",
         "by hand: it says that there was use; with the week of it in the use score about as much as two such weeks",
         Stage.PHYSICAL),
    _row("mental", "stage_tags", "a sign of the mental stage", 10, _stage(Stage.MENTAL),
         "Signs of the mental stage: {names}[ ({day})]", _STAGES, Stage.MENTAL),
    _row("emotional", "stage_tags", "a sign of the emotional stage", 5, _stage(Stage.EMOTIONAL),
         "Signs of the emotional stage: {names}[ ({day})]", _STAGES, Stage.EMOTIONAL),
    _row("active_5", "active_signs", "5 active signs or more", 24, value("active_signs", 5),
         "{n} active signs{oldest}: {names}", _TOTAL),
    _row("active_3", "active_signs", "3 or 4 active signs", 14, value("active_signs", 3, 5),
         "{n} active signs{oldest}: {names}", _TOTAL),
    _row("active_1", "active_signs", "1 or 2 active signs", 6, value("active_signs", 1, 3),
         "Active{oldest}: {names}[ ({day})]", _TOTAL),
    _row("drift_alarm", "drift", "above the own alarm limit", 14, value("drift", ABOVE_LIMIT),
         "More signs than usual for this client", _DRIFT),
    _row("drift_warning", "drift", "above the own warning limit", 6, value("drift", ABOVE_WARNING, ABOVE_LIMIT),
         "Some more signs than usual for this client", _DRIFT),
    _row("craving_strong", "craving", "craving of 7 or more", 16, value("craving", 7), "Craving {n} of 10[ {day}]",
         _CRAVING),
    _row("craving_moderate", "craving", "craving of 4 to 6", 6, value("craving", 4, 7), "Craving {n} of 10[ {day}]",
         _CRAVING),
    _row("craving_rising", "craving_trend", "craving rising by 1 a week or more", 6, value("craving_trend", 1),
         "Craving up {value} a week", _CRAVING),
    _row("halt", "halt", "3 parts of HALT or more", 5, value("halt", 3), "Self-care: {names}", _TOTAL),
    _row("medication_absent", "medication_absent", "prescribed medication absent from any of the last 3 due screens",
         10, value("medication_absent", 1), "Prescribed medication not found in urine[ {days}]",
         "by hand: the trials did not report it reliably; missed doses weigh about as much"),
)  # fmt: skip
