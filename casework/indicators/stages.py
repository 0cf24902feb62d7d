"""The source's three stages, as tags with dated evidence. They are not a ladder that a client climbs."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.registry import Concern, NextStep, Reading, indicator
from casework.indicators.screens import unexpected_opioid
from casework.indicators.signs import latest_answers
from casework.indicators.use import (
    SLIP,
    USE_DAYS,
    USE_SIGNS,
    overdose,
    reported,
    reports_use,
    used_on,
)
from casework.vocabulary import STAGE_SIGNS, Stage, stage_mask
from casework.windows import Evidence, Panel, Window, bit_count

STAGE_DAYS: Final = USE_DAYS
TAGS: Final = tuple(Stage)
"""Bit k of ``extra["tags"]`` is the k-th of these."""
PHYSICAL: Final = 1 << TAGS.index(Stage.PHYSICAL)


@indicator(
    id="stage_tags",
    window_days=STAGE_DAYS,
    next_step=NextStep("talk_about_stage_signs", "counselor", 3),
    names=STAGE_SIGNS,
)
def stage_tags(panel: Panel) -> Reading:
    """Beside the value: `tags`, bits of emotional, mental, physical; `mask`, bits of the stage signs present; `asked`,
    how many stage signs were asked."""
    window, _, _, asked, active = latest_answers(panel, "stage", STAGE_DAYS)
    worst, _, _, signs_of_use = reported(panel)
    active = active | signs_of_use
    tags = np.zeros(len(panel), dtype=np.int64)
    for bit, stage in enumerate(TAGS):
        tags |= ((active & stage_mask(stage)) != 0).astype(np.int64) << bit
    screens = panel.window("screens", STAGE_DAYS)
    found = unexpected_opioid(screens)
    overdoses = overdose(panel)
    tags[(worst >= SLIP) | (screens.last(found) >= 0) | (overdoses.value >= 1)] |= PHYSICAL
    known = (asked != 0) | (tags != 0)
    # The highest tag decides: emotional is SOME, mental MARKED, physical SERIOUS.
    highest = np.where(tags >= PHYSICAL, Concern.SERIOUS, np.minimum(tags, Concern.MARKED))
    level = np.where(known, highest, Concern.UNKNOWN).astype(np.int8)
    parts = _signs_by_stage(window)
    evidence = sum(parts.values(), screens.evidence(found) + overdoses.evidence)
    evidence += window.evidence_since(reports_use(window), used_on(window), panel.as_of - STAGE_DAYS)
    extra = {"tags": tags, "mask": active, "asked": bit_count(asked)}
    return Reading(np.where(known, bit_count(tags), np.nan), level, evidence, extra, parts)


def _signs_by_stage(window: Window) -> dict[str, Evidence]:
    """For each stage the rows that show one of its signs."""
    asked, present = window.all_of("stage_asked"), window.all_of("stage_present")
    parts = {
        stage.value: window.evidence_of_answers(asked, present, stage_mask(stage))
        for stage in TAGS
        if stage is not Stage.PHYSICAL
    }
    return parts | {Stage.PHYSICAL.value: window.evidence_of_bits("stage_present", USE_SIGNS)}
