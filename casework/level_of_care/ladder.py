"""The rungs of care, what it means to move between them, and what belongs to detox.

Detox is no rung: it is a beginning. It is never chosen without the level that follows it, and never offered without
medication. This is the one place that says so; options, acts, imports and pages ask here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from casework.vocabulary import Level

LADDER: Final = (Level.AFTERCARE, Level.OUTPATIENT, Level.INTENSIVE_OUTPATIENT, Level.RESIDENTIAL)
"""The rungs that one can stay on, the lowest first."""
AFTER_DETOX: Final = LADDER[1:]
"""The rungs that can follow detox: monthly contact is too thin after it."""


class Move(StrEnum):
    """What an option is beside the level now. Detox is from opioids; medical withdrawal is from what can kill."""

    DOWN = "down"
    SAME = "same"
    UP = "up"
    DETOX = "detox"
    MEDICAL_WITHDRAWAL = "medical_withdrawal"


ANY_RUNG: Final = (Move.DOWN, Move.SAME, Move.UP)


def move(current: Level, level: Level) -> Move:
    """Where it leads to choose `level` now. Every rung after detox is a step on."""
    if level is Level.DETOX:
        return Move.DETOX
    if current is Level.DETOX:
        return Move.UP
    rungs = LADDER.index(level) - LADDER.index(current)
    if rungs:
        return Move.UP if rungs > 0 else Move.DOWN
    return Move.SAME


def moves(current: Level, level: Level) -> frozenset[Move]:
    """All that it counts as to choose `level` now: staying at the highest level is as much as there is, so that nothing
    that asks for more speaks against it."""
    one = move(current, level)
    return frozenset({Move.SAME, Move.UP} if one is Move.SAME and current is LADDER[-1] else {one})


def up(level: Level) -> Level:
    """One rung up; residential care has none above."""
    return LADDER[min(LADDER.index(level) + 1, len(LADDER) - 1)]


def at_least(level: Level, least: Level) -> Level:
    """The level, or `least` where that is higher."""
    return LADDER[max(LADDER.index(level), LADDER.index(least))]


def down(level: Level) -> Level:
    """One rung down; aftercare has none below, because care does not end here."""
    return LADDER[max(LADDER.index(level) - 1, 0)]


def levels_after(level: Level | None) -> tuple[Level, ...]:
    """The levels of which one has to be named to follow `level`: after detox some rungs, otherwise none."""
    return AFTER_DETOX if level is Level.DETOX else ()


def lacks_next_level(level: Level, next_level: Level | None) -> bool:
    """`level` cannot be chosen like this: it is detox, and no rung that follows it is named."""
    after = levels_after(level)
    return bool(after) and next_level not in after
