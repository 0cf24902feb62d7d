"""The twelve warning signs and the parts of self-care."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.medication import prescribed
from casework.indicators.registry import Concern, NextStep, Reading, graded, graded_down, indicator
from casework.vocabulary import HALT, MEDICATION_SIGN, WARNING_SIGNS, mask
from casework.windows import Array, Bools, Floats, Ints, Pairs, Panel, Window, bit_count, cached, ratio

ACTIVE_DAYS: Final = 14
HALF_LIFE_DAYS: Final = 14
BURDEN_DAYS: Final = 56
"""Four half-lives: what is older would weigh less than a sixteenth."""
ALL_SIGNS: Final = (1 << len(WARNING_SIGNS)) - 1
_MEDICATION_BIT: Final = mask(WARNING_SIGNS, [MEDICATION_SIGN])


@cached
def applicable(panel: Panel) -> Ints:
    """The signs that can be asked: without a prescription the medication sign is not applicable."""
    return np.where(prescribed(panel), ALL_SIGNS, ALL_SIGNS & ~_MEDICATION_BIT).astype(np.int32)


@cached
def asks_signs(window: Window) -> Bools:
    """Check-ins that asked about a sign."""
    asked = window.all_of("signs_asked")
    found: Bools = asked != 0
    return found


@cached
def latest_answers(panel: Panel, subject: str, days: int) -> tuple[Window, Array, Array, Ints, Ints]:
    """The window, its two columns, and what was asked and is present by the latest answers."""
    window = panel.window("check_ins", days)
    asked, present = window.all_of(f"{subject}_asked"), window.all_of(f"{subject}_present")
    return window, asked, present, *window.latest_answers(asked, present)


@indicator(
    id="active_signs",
    window_days=ACTIVE_DAYS,
    next_step=NextStep("talk_through_signs", "counselor", 7),
    names=WARNING_SIGNS,
)
def active_signs(panel: Panel) -> Reading:
    """Beside the value: `mask`, bits of the active signs; `asked`, how many signs were asked."""
    window, asked_in, present_in, asked, active = latest_answers(panel, "signs", ACTIVE_DAYS)
    can_be = applicable(panel)
    asked, active = asked & can_be, active & can_be
    value = np.where(asked != 0, bit_count(active), np.nan)
    return Reading(
        value,
        graded(value, some=1, marked=3, serious=5),
        window.evidence_of_answers(asked_in, present_in),
        {"mask": active, "asked": bit_count(asked)},
    )


@indicator(
    id="sign_coverage",
    window_days=ACTIVE_DAYS,
    next_step=NextStep("ask_missing_signs", "counselor", 7),
    group="contact",
)
def sign_coverage(panel: Panel) -> Reading:
    window, _, _, asked, _ = latest_answers(panel, "signs", ACTIVE_DAYS)
    can_be = applicable(panel)
    value = bit_count(asked & can_be) / bit_count(can_be)
    level = graded_down(value, some=0.5, marked=0.25)
    level[value == 0] = Concern.SERIOUS
    return Reading(value, level, window.evidence(asks_signs(window)))


@indicator(
    id="sign_burden",
    window_days=BURDEN_DAYS,
    next_step=NextStep("add_signs_to_plan", "counselor", 14),
)
def sign_burden(panel: Panel) -> Reading:
    """Beside the value: `weight`, the weighted number of answers behind it."""
    window = panel.window("check_ins", BURDEN_DAYS)
    can_be = applicable(panel)

    def weighted(pairs: Pairs) -> tuple[Floats, Floats]:
        asked = pairs.column("signs_asked") & pairs.of_owner(can_be)
        present = asked & pairs.column("signs_present")
        weight = pairs.decay(HALF_LIFE_DAYS)
        return pairs.total(weight * np.bitwise_count(present)), pairs.total(weight * np.bitwise_count(asked))

    present, whole = window.fold(weighted)
    value = ratio(present, whole)
    return Reading(
        value,
        graded(value, some=0.15, marked=0.35, serious=0.5),
        window.evidence(asks_signs(window)),
        {"weight": whole},
    )


@indicator(
    id="halt",
    window_days=ACTIVE_DAYS,
    next_step=NextStep("plan_self_care", "counselor", 7),
    names=HALT,
)
def halt(panel: Panel) -> Reading:
    """Beside the value: `mask`, bits of the parts that hold; `asked`, how many were asked."""
    window, asked_in, present_in, asked, active = latest_answers(panel, "halt", ACTIVE_DAYS)
    value = np.where(asked != 0, bit_count(active), np.nan)
    return Reading(
        value,
        graded(value, some=1, marked=3),
        window.evidence_of_answers(asked_in, present_in),
        {"mask": active, "asked": bit_count(asked)},
    )
