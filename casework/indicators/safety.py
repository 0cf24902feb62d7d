"""Safety: its own route, never part of the points, never budgeted, and open until a named person acknowledges it."""

from __future__ import annotations

import numpy as np

from casework.indicators.registry import Concern, NextStep, Reading, indicator
from casework.vocabulary import SAFETY_CONCERNS
from casework.windows import Ints, Pairs, Panel


@indicator(
    id="safety",
    window_days=None,
    next_step=NextStep("follow_safety_protocol", "counselor", 0),
    group="safety",
    names=SAFETY_CONCERNS,
)
def safety(panel: Panel) -> Reading:
    """Beside the value: `mask`, bits of the open concerns; `items`, open safety items."""
    items = panel.window("safety_items", None)

    def of_items(pairs: Pairs) -> tuple[Ints, Ints]:
        acknowledged = pairs.column("acknowledged")
        still_open = pairs.where((acknowledged < 0) | (acknowledged > pairs.of_owner(panel.as_of)))
        return still_open.count, still_open.union(still_open.column("concerns"))

    count, concerns = items.fold(of_items)
    value = count.astype(np.float64)
    level = np.where(value > 0, Concern.SERIOUS, Concern.NONE).astype(np.int8)
    return Reading(value, level, items.evidence(), {"mask": concerns, "items": count})
