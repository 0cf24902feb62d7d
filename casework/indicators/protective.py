"""Protective factors: shown as strengths, and never subtracted from risk."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.registry import Concern, NextStep, Reading, indicator
from casework.indicators.signs import latest_answers
from casework.vocabulary import PROTECTIVE_FACTORS
from casework.windows import Panel, bit_count

PROTECTIVE_DAYS: Final = 28


@indicator(
    id="protective_factors",
    window_days=PROTECTIVE_DAYS,
    next_step=NextStep("name_strengths", "counselor", 14),
    group="strength",
    names=PROTECTIVE_FACTORS,
)
def protective_factors(panel: Panel) -> Reading:
    """Beside the value: `mask`, bits of the factors that hold; `asked`, how many were asked."""
    window, asked_in, present_in, asked, active = latest_answers(panel, "protective", PROTECTIVE_DAYS)
    value = np.where(asked != 0, bit_count(active), np.nan)
    level = np.where(asked != 0, Concern.NONE, Concern.UNKNOWN).astype(np.int8)
    evidence = window.evidence_of_answers(asked_in, present_in)
    return Reading(value, level, evidence, {"mask": active, "asked": bit_count(asked)})
