"""What a step down needs: the criteria for stability, each with the number that it read.

A step down is offered when every criterion holds. One that is not known does not hold: silence is not stability.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework.indicators.medication import GOOD_COVERAGE
from casework.indicators.use import WITHDRAWAL_DAYS
from casework.level_of_care.limits import (
    AWAY_DAYS,
    IN_TOUCH,
    MANY_SIGN_POINTS,
    STABLE_ANSWERS,
    STABLE_ATTENDANCE,
    STABLE_CRAVING,
    STABLE_DAYS,
)
from casework.vocabulary import Band

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.indicators.chances import Chance
    from casework.level_of_care.client_state import ClientState


@dataclass(frozen=True)
class Criterion:
    """What has to hold (`id`, and the limits among `values`), what was read ("now", or "low" and "high", among
    `values`), and whether it is `met`: None when it is not known."""

    id: str
    values: Mapping[str, Any] = field(hash=False)
    met: bool | None


def criteria(who: ClientState) -> tuple[Criterion, ...]:
    """All criteria, in the order of the rule "stable"."""
    return (*_over_time(who), *_of_late(who), *_safety(who))


def stable(who: ClientState) -> bool:
    """Every criterion holds, and each of them is known."""
    return all(one.met for one in criteria(who))


def known(value: float) -> float | None:
    """The number, or None for NaN, which JSON does not have."""
    return None if math.isnan(value) else value


def range_of(chance: Chance) -> dict[str, float | None]:
    """The stated range of a chance; None where nothing is known of it."""
    if math.isnan(chance.likely):
        return {"low": None, "high": None}
    return {"low": chance.low, "high": chance.high}


def _over_time(who: ClientState) -> tuple[Criterion, ...]:
    clean = who.clean and not who.returned
    return (
        Criterion(
            "days_in_care", {"days": STABLE_DAYS, "now": who.days_in_care}, who.days_in_care >= STABLE_DAYS
        ),
        Criterion("no_use", {"days": STABLE_DAYS, "now": not clean}, clean),
        Criterion(
            "answers",
            {"answers": STABLE_ANSWERS, "days": STABLE_DAYS, "now": who.answers},
            who.answers >= STABLE_ANSWERS,
        ),
        Criterion(
            "little_away",
            {"away": AWAY_DAYS, "days": STABLE_DAYS, "now": who.days_away},
            who.days_away <= AWAY_DAYS,
        ),
    )


def _of_late(who: ClientState) -> tuple[Criterion, ...]:
    medication = _number("medication", GOOD_COVERAGE, who.medication, who.medicated_well)
    missed = None if math.isnan(who.screens_missed) else who.screens_missed == 0
    return (
        Criterion(
            "low_risk",
            {"now": (who.band if who.known else Band.UNKNOWN).value},
            who.band is Band.LOW if who.known else None,
        ),
        Criterion(
            "small_chance_of_losing_contact",
            {"limit": IN_TOUCH, **range_of(who.contact_chance)},
            None if math.isnan(who.contact_chance.likely) else who.in_touch,
        ),
        _number("sessions_kept", STABLE_ATTENDANCE, who.attendance, who.attendance >= STABLE_ATTENDANCE),
        _number("mild_craving", STABLE_CRAVING, who.craving, who.craving < STABLE_CRAVING),
        Criterion("few_signs", {"limit": MANY_SIGN_POINTS, "now": who.signs}, not who.many_signs),
        Criterion("screens_collected", {"now": known(who.screens_missed)}, missed),
        *((medication,) if who.prescribed else ()),
    )


def _safety(who: ClientState) -> tuple[Criterion, ...]:
    """What is written down when it happens: none on record is what these need."""
    withdrawal = who.withdrawal > 0
    return (
        Criterion("no_withdrawal", {"days": WITHDRAWAL_DAYS, "now": withdrawal}, not withdrawal),
        Criterion("no_lowered_tolerance", {"now": who.tolerance_lowered}, not who.tolerance_lowered),
        Criterion("not_pregnant", {"now": who.pregnant}, not who.pregnant),
        Criterion("nothing_to_review", {"now": who.review_today}, not who.review_today),
    )


def _number(id_: str, limit: float, value: float, met: bool) -> Criterion:
    return Criterion(id_, {"limit": limit, "now": known(value)}, None if math.isnan(value) else met)
