"""Safety: its own route, never part of the points, never budgeted, and open until a named person acknowledges it."""

from __future__ import annotations

import numpy as np

from casework.indicators.registry import Concern, NextStep, Reading, indicator
from casework.vocabulary import SAFETY_CONCERNS
from casework.windows import Ints, Pairs, Panel
from casework.wording import CRISIS_LINES


@indicator(
    id="safety",
    label="Open safety items",
    definition=(
        "Safety items that nobody has acknowledged yet: a yes to the safety question (self-harm, suicidal thoughts, "
        "overdose) or a self-harm sign among the stage signs opens one, typed in or imported."
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
def safety(panel: Panel) -> Reading:
    items = panel.window("safety_items", None)

    def of_items(pairs: Pairs) -> tuple[Ints, Ints]:
        acknowledged = pairs.column("acknowledged")
        still_open = pairs.where((acknowledged < 0) | (acknowledged > pairs.of_owner(panel.as_of)))
        return still_open.count, still_open.union(still_open.column("concerns"))

    count, concerns = items.fold(of_items)
    value = count.astype(np.float64)
    level = np.where(value > 0, Concern.SERIOUS, Concern.NONE).astype(np.int8)
    return Reading(value, level, items.evidence(), {"mask": concerns, "items": count})
