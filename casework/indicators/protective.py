"""Protective factors: shown as strengths, and never subtracted from risk."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.registry import Concern, NextStep, Reading, indicator
from casework.indicators.signs import latest_answers
from casework.vocabulary import PROTECTIVE_FACTORS
from casework.windows import Panel, bit_count
from casework.wording import SOURCE

PROTECTIVE_DAYS: Final = 28


@indicator(
    id="protective_factors",
    label="Protective factors",
    definition="How many of the four protective factors hold by their latest answers of the last 28 days.",
    window_days=PROTECTIVE_DAYS,
    unit="of 4",
    source=f"{SOURCE}; protective factors stand beside risk factors, as in the Brief Addiction Monitor",
    limits="Never subtracted from the points: a strength does not undo a sign.",
    levels="never asks for attention",
    next_step=NextStep("Name the strengths and build on one of them", "counselor", 14),
    group="strength",
    names=PROTECTIVE_FACTORS,
    extras=(("mask", "bits of the factors that hold"), ("asked", "how many were asked")),
)
def protective_factors(panel: Panel) -> Reading:
    window, asked_in, present_in, asked, active = latest_answers(panel, "protective", PROTECTIVE_DAYS)
    value = np.where(asked != 0, bit_count(active), np.nan)
    level = np.where(asked != 0, Concern.NONE, Concern.UNKNOWN).astype(np.int8)
    evidence = window.evidence_of_answers(asked_in, present_in)
    return Reading(value, level, evidence, {"mask": active, "asked": bit_count(asked)})
