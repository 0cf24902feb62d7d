"""The twelve warning signs and the parts of self-care."""

from __future__ import annotations

from typing import Final

import numpy as np

from casework.indicators.medication import prescribed
from casework.indicators.registry import Concern, NextStep, Reading, graded, graded_down, indicator
from casework.vocabulary import HALT, MEDICATION_SIGN, WARNING_SIGNS, mask
from casework.windows import Array, Bools, Floats, Ints, Pairs, Panel, Window, bit_count, cached, ratio
from casework.wording import SOURCE

ACTIVE_DAYS: Final = 14
HALF_LIFE_DAYS: Final = 14
BURDEN_DAYS: Final = 56
"""Four half-lives: what is older would weigh less than a sixteenth."""
ALL_SIGNS: Final = (1 << len(WARNING_SIGNS)) - 1
_MEDICATION_BIT: Final = mask(WARNING_SIGNS, [MEDICATION_SIGN])
_SIGNS_SOURCE: Final = (
    f"{SOURCE}; the total of signs predicted best in the AWARE studies (Miller & Harris 2000)"
)


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
    label="Active warning signs",
    definition=(
        "How many of the twelve warning signs are present. A sign is active when its latest answer of the last 14 "
        "days says present; later check-ins that did not ask about it leave it active."
    ),
    window_days=ACTIVE_DAYS,
    unit="signs",
    source=_SIGNS_SOURCE,
    limits="Counts only what was asked: read it beside the coverage. Unknown when no sign was asked in 14 days.",
    levels="some from 1 sign, marked from 3, serious from 5",
    next_step=NextStep("Talk through the active signs and pick one to work on", "counselor", 7),
    names=WARNING_SIGNS,
    extras=(("mask", "bits of the active signs"), ("asked", "how many signs were asked")),
)
def active_signs(panel: Panel) -> Reading:
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
    label="Sign coverage",
    definition="Share of the applicable warning signs (12, or 11 without a prescription) asked in the last 14 days.",
    window_days=ACTIVE_DAYS,
    unit="share of signs",
    source="Tideline: not asked is not no",
    limits="Says what was asked, not how well.",
    levels="some below 50%, marked below 25%, serious at none",
    next_step=NextStep("Ask about the signs that have not been asked", "counselor", 7),
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
    label="Sign burden",
    definition=(
        "Share of asked signs that were present, over the check-ins of the last 8 weeks, each weighted by its age "
        "(half as much for every 14 days)."
    ),
    window_days=BURDEN_DAYS,
    unit="share of asked signs",
    source=_SIGNS_SOURCE,
    limits="A weighted mean of what was asked: not asked is neither present nor absent. Slower than the active signs.",
    levels="some from 15%, marked from 35%, serious from 50%",
    next_step=NextStep("Look at which signs return and add them to the prevention plan", "counselor", 14),
    extras=(("weight", "the weighted number of answers behind it"),),
)
def sign_burden(panel: Panel) -> Reading:
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
    label="HALT",
    definition="How many of hungry, angry, lonely and tired hold by their latest answers of the last 14 days.",
    window_days=ACTIVE_DAYS,
    unit="of 4",
    source=SOURCE,
    limits="Asked as part of the self-care sign; unknown when none was asked in 14 days.",
    levels="some from 1, marked from 3",
    next_step=NextStep("Plan one concrete act of self-care for this week", "counselor", 7),
    names=HALT,
    extras=(("mask", "bits of the parts that hold"), ("asked", "how many were asked")),
)
def halt(panel: Panel) -> Reading:
    window, asked_in, present_in, asked, active = latest_answers(panel, "halt", ACTIVE_DAYS)
    value = np.where(asked != 0, bit_count(active), np.nan)
    return Reading(
        value,
        graded(value, some=1, marked=3),
        window.evidence_of_answers(asked_in, present_in),
        {"mask": active, "asked": bit_count(asked)},
    )
