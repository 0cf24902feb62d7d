"""What a step down needs: the criteria for stability, each said with the number that it read.

A step down is offered when every criterion holds. One that is not known does not hold: silence is not stability.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.indicators.use import WITHDRAWAL_DAYS
from casework.level_of_care.in_words import BANDS, of_100
from casework.level_of_care.limits import (
    GOOD_MEDICATION,
    IN_TOUCH,
    STABLE_ANSWERS,
    STABLE_ATTENDANCE,
    STABLE_CRAVING,
    STABLE_DAYS,
)
from casework.vocabulary import Band
from casework.wording import counted, decimal, number, percent

if TYPE_CHECKING:
    from casework.level_of_care.client_state import ClientState


@dataclass(frozen=True)
class Criterion:
    """`needs`: what has to hold. `is_now`: what was read. `met`: None when it is not known."""

    needs: str
    is_now: str
    met: bool | None


def criteria(who: ClientState) -> tuple[Criterion, ...]:
    """All criteria, in the order of the rule "stable"."""
    return (*_over_time(who), *_of_late(who), *_safety(who))


def stable(who: ClientState) -> bool:
    """Every criterion holds, and each of them is known."""
    return all(one.met for one in criteria(who))


def _over_time(who: ClientState) -> tuple[Criterion, ...]:
    use = "none known" if who.clean and not who.returned else "use, an overdose or a sign of use"
    return (
        Criterion(
            f"{STABLE_DAYS} days in care", counted(who.days_in_care, "day"), who.days_in_care >= STABLE_DAYS
        ),
        Criterion(f"No use known in {STABLE_DAYS} days", use, who.clean and not who.returned),
        Criterion(
            f"{STABLE_ANSWERS} answers about use or urine screens in {STABLE_DAYS} days",
            number(who.answers) if who.answers else "none",
            who.answers >= STABLE_ANSWERS,
        ),
    )


def _of_late(who: ClientState) -> tuple[Criterion, ...]:
    prescribed = (
        _number(
            f"Medication on {GOOD_MEDICATION:.0%} of the days",
            percent(who.medication),
            who.medication,
            who.medication >= GOOD_MEDICATION,
        ),
    )
    return (
        Criterion(
            "Risk low",
            BANDS[who.band] if who.known else BANDS[Band.UNKNOWN],
            who.band is Band.LOW if who.known else None,
        ),
        _number(
            f"Chance of losing contact below {100 * IN_TOUCH:.0f} of 100",
            of_100(who.contact_chance),
            who.contact_chance.likely,
            who.in_touch,
        ),
        _number(
            f"{STABLE_ATTENDANCE:.0%} of sessions kept",
            percent(who.attendance),
            who.attendance,
            who.attendance >= STABLE_ATTENDANCE,
        ),
        _number(
            f"Craving below {STABLE_CRAVING} of 10",
            decimal(who.craving),
            who.craving,
            who.craving < STABLE_CRAVING,
        ),
        *(prescribed if who.prescribed else ()),
    )


def _safety(who: ClientState) -> tuple[Criterion, ...]:
    """What is written down when it happens: none on record is what these need."""
    return (
        Criterion(
            f"No withdrawal on record in {WITHDRAWAL_DAYS} days",
            "recorded" if who.withdrawal > 0 else "none on record",
            not who.withdrawal > 0,
        ),
        Criterion(
            "No lowered tolerance on record",
            "recorded" if who.tolerance_lowered else "none on record",
            not who.tolerance_lowered,
        ),
        Criterion(
            "Nothing to review today", "a review" if who.review_today else "nothing", not who.review_today
        ),
    )


def _number(needs: str, is_now: str, value: float, met: bool) -> Criterion:
    return Criterion(needs, is_now, None if math.isnan(value) else met)
