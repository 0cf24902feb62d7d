"""What a level of care needs before it is recorded, at admission and with each decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from casework.checks.agreements import check_agreement
from casework.checks.cleaning import clean_line, clean_text, required_text
from casework.errors import Refused
from casework.level_of_care import Recommendation
from casework.level_of_care.ladder import lacks_next_level
from casework.vocabulary import Level


@dataclass(frozen=True)
class DecisionAnswers:
    """What a clinician chose, as it was typed. `accepted`: it is an option of the recommendation; `wished`: the client
    wishes it; `prescriber`, `agreed_on` and `agreement`: who agreed to a choice that the rules speak against, when, and
    what was said."""

    level: Level | None
    accepted: bool
    next_level: Level | None = None
    reason: str | None = None
    local_code: str | None = None
    wished: bool = False
    prescriber: str | None = None
    agreed_on: dt.date | None = None
    agreement: str | None = None


def check_level(level: Level | None, next_level: Level | None) -> dict[str, Any]:
    """The level and the one that follows it, as columns. Refused (field "next_level") for detox without one."""
    if level is None:
        raise Refused("Choose a level of care first.", field="level")
    if lacks_next_level(level, next_level):
        raise Refused(
            "Detox needs the level of care that follows it: on its own it raises the risk of overdose.",
            field="next_level",
        )
    return {"level": Level(level), "next_level": None if next_level is None else Level(next_level)}


def check_decision(
    choice: DecisionAnswers, found: Recommendation, *, today: dt.date, admitted_on: dt.date
) -> dict[str, Any]:
    """A decision as columns. What is accepted is among the options of the recommendation that was found for the day;
    another choice needs a reason, and where the rules stop it a prescriber's agreement besides."""
    placed = check_level(choice.level, choice.next_level)
    accepted = choice.accepted
    why = (
        clean_text(choice.reason, field="reason")
        if accepted
        else required_text(choice.reason, field="reason")
    )
    if accepted and placed not in _offered(found):
        raise Refused(
            "This is not among the recommended options. Look at them again, or choose something else and say why.",
            field="level",
        )
    agreed = None
    if not accepted and _stopped(found, placed["level"], wished=choice.wished):
        agreed = check_agreement(
            choice.prescriber, choice.agreed_on, choice.agreement, today=today, admitted_on=admitted_on
        )
    return placed | {
        "local_code": clean_line(choice.local_code, field="local_code", longest=64),
        "accepted": accepted,
        "reason": why,
        "wished": None if accepted else choice.wished,
        "agreed_by": agreed.prescriber if agreed else None,
        "agreed_on": agreed.on if agreed else None,
        "agreement": agreed.text if agreed else None,
    }


def _stopped(found: Recommendation, level: Level, *, wished: bool) -> bool:
    """The rules speak against the level."""
    stop = found.stop(level)
    return stop is not None and not (stop.wish and wished)


def _offered(found: Recommendation) -> list[dict[str, Any]]:
    """Level and next level of each option of a recommendation."""
    return [{"level": one.level, "next_level": one.next_level} for one in found.options]
