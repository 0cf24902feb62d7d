"""What a level of care needs before it is recorded, at admission and with each decision."""

from __future__ import annotations

from collections.abc import Mapping
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
    recommended: Mapping[str, Any],
    *,
    accepted: bool,
    reason: str | None,
    local_code: str | None,
) -> dict[str, Any]:
    """A decision as columns. What is `accepted` is among the options of the recommendation as it is kept (see
    `casework.level_of_care.to_json`); another choice needs a reason."""
    if level is None:
        return check_level(level, next_level)
    why = clean_text(reason, field="reason") if accepted else required_text(reason, field="reason")
    placed = check_level(level, next_level)
    if accepted and placed not in _offered(recommended):
        raise Refused(
            "This is not among the recommended options. Look at them again, or choose something else and say why.",
            field="level",
        )
    return placed | {
        "local_code": clean_line(local_code, field="local_code", longest=64),
        "accepted": accepted,
        "reason": why,
    }


def _offered(recommended: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Level and next level of each option of a recommendation."""
    options = recommended.get("options", ())
    return [{"level": one["level"], "next_level": one["next_level"]} for one in options]
