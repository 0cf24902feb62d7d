"""What a level of care needs before it is recorded, at admission and with each decision."""

from __future__ import annotations

from casework.errors import Refused
from casework.level_of_care.ladder import lacks_next_level
from casework.vocabulary import Level


def check_level(level: Level, next_level: Level | None) -> None:
    """Refused (field "next_level") for detox without the level that follows it."""
    if lacks_next_level(level, next_level):
        raise Refused(
            "Detox needs the level of care that follows it: on its own it raises the risk of overdose.",
            field="next_level",
        )
