"""What a level of care needs before it is recorded, at admission and with each decision."""

from __future__ import annotations

from typing import Any

from casework.checks.cleaning import clean_line, clean_text, required_text
from casework.errors import Refused
from casework.level_of_care.ladder import lacks_next_level
from casework.vocabulary import Level


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
    level: Level | None,
    next_level: Level | None,
    *,
    accepted: bool,
    reason: str | None,
    local_code: str | None,
) -> dict[str, Any]:
    """A decision as columns: a choice other than an offered one (not `accepted`) needs a reason."""
    if level is None:
        return check_level(level, next_level)
    why = clean_text(reason, field="reason") if accepted else required_text(reason, field="reason")
    return check_level(level, next_level) | {
        "local_code": clean_line(local_code, field="local_code", longest=64),
        "accepted": accepted,
        "reason": why,
    }
