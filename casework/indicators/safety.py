"""Safety: its own route, never part of the points, never budgeted, and open until a named person acknowledges it."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.frames import Facts
from casework.indicators.registry import Concern, NextStep, Reading, indicator
from casework.vocabulary import CRISIS_LINES, SAFETY_CONCERNS, SAFETY_STAGE_MASK
from casework.windows import NEVER, NO_ROW, Panel, within

SELF_HARM_DAYS: Final = 28


@indicator(
    id="safety",
    label="Open safety items",
    definition=(
        "Safety answers (self-harm, suicidal thoughts, overdose) that nobody has acknowledged yet, and a self-harm "
        "sign of the last 28 days for which no safety item was opened."
    ),
    window_days=None,
    unit="open items",
    source=f"Clinic protocol; {CRISIS_LINES}",
    limits="A yes stays open however the scores move. Nothing here says that a client who said no is safe.",
    levels="serious while open",
    next_step=NextStep(
        "Follow the clinic's safety protocol now and acknowledge the item by name", "counselor", 0
    ),
    group="safety",
    names=SAFETY_CONCERNS,
    extras=(("mask", "bits of the open concerns"), ("items", "open safety items")),
)
def safety(facts: Facts, panel: Panel) -> Reading:
    items = within(facts, "safety_items", panel, None)
    pairs = items.pairs
    acknowledged = pairs.column("acknowledged")
    is_open = (acknowledged < 0) | (acknowledged > panel.as_of[pairs.owner])
    still_open = pairs.where(is_open)
    check_ins = within(facts, "check_ins", panel, SELF_HARM_DAYS)
    self_harm = (check_ins.all_of("stage_present") & SAFETY_STAGE_MASK) != 0
    sign = check_ins.last(self_harm)
    # An item raised on that day or later took the sign over; it decides from then on.
    last_item = pairs.reduce(np.maximum, pairs.column("day").astype(np.int64), NEVER)
    alone = (sign != NO_ROW) & (check_ins.at("day", sign, NEVER) > last_item)
    value = (still_open.count + alone).astype(np.float64)
    level = np.where(value > 0, Concern.SERIOUS, Concern.NONE).astype(np.int8)
    mask = still_open.union(still_open.column("concerns"))
    mask = np.where(alone, mask | 1, mask)  # self-harm is the first of the concerns
    open_rows = np.full((len(panel), max(int(still_open.count.max(initial=0)), 1)), NO_ROW)
    open_rows[still_open.owner, still_open.from_latest] = still_open.row
    evidence = items.evidence_at(open_rows) + check_ins.evidence_at(np.where(alone, sign, NO_ROW))
    return Reading(value, level, evidence, {"mask": mask, "items": still_open.count})
