"""Safety: its own route, never part of the points, never budgeted, and open until a named person acknowledges it."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.frames import Facts
from casework.indicators.registry import Concern, NextStep, Reading, indicator
from casework.vocabulary import CRISIS_LINES, SAFETY_CONCERNS, SAFETY_STAGE_MASK, mask
from casework.windows import NEVER, NO_ROW, Ints, Pairs, Panel, within

SELF_HARM_DAYS: Final = 28
SELF_HARM: Final = mask(SAFETY_CONCERNS, ["self_harm"])


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

    def of_items(pairs: Pairs) -> tuple[Ints, Ints, Ints]:
        acknowledged = pairs.column("acknowledged")
        still_open = pairs.where((acknowledged < 0) | (acknowledged > pairs.of_owner(panel.as_of)))
        latest = pairs.latest("day", NEVER)
        return still_open.count, still_open.union(still_open.column("concerns")), latest

    count, concerns, last_item = items.fold(of_items)
    check_ins = within(facts, "check_ins", panel, SELF_HARM_DAYS)
    self_harm = (check_ins.all_of("stage_present") & SAFETY_STAGE_MASK) != 0
    sign = check_ins.last(self_harm)
    # An item raised on that day or later took the sign over; it decides from then on.
    alone = (sign != NO_ROW) & (check_ins.at("day", sign, NEVER) > last_item)
    value = (count + alone).astype(np.float64)
    level = np.where(value > 0, Concern.SERIOUS, Concern.NONE).astype(np.int8)
    bits = np.where(alone, concerns | SELF_HARM, concerns)
    evidence = items.evidence() + check_ins.evidence_at(np.where(alone, sign, NO_ROW))
    return Reading(value, level, evidence, {"mask": bits, "items": count})
