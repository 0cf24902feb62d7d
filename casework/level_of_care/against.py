"""What the rules say against a level that is none of the options: choosing it needs a prescriber's agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casework.level_of_care.client_state import ClientState
from casework.level_of_care.ladder import LADDER, Move, move
from casework.level_of_care.rule import Option, Statement
from casework.level_of_care.stability import stable
from casework.vocabulary import Level


@dataclass(frozen=True)
class Stop:
    """What is said against choosing the level. `wish`: the client's wish is enough, and nobody has to agree."""

    level: Level
    says: tuple[Statement, ...]
    wish: bool = False


def stops(who: ClientState, options: Sequence[Option]) -> tuple[Stop, ...]:
    """The levels that the rules stop, in the order of the list of levels. An option is never stopped; a medical
    withdrawal among the options does not make detox from opioids one."""
    offered = {option.level for option in options if not option.withdrawal_from}
    asked = [(level, _says(who, level)) for level in Level if level not in (who.level, *offered)]
    return tuple(Stop(level, says, wish=level is Level.RESIDENTIAL) for level, says in asked if says)


def _says(who: ClientState, level: Level) -> tuple[Statement, ...]:
    where = move(who.level, level)
    if where is Move.DETOX:
        return _against_detox(who)
    if where is Move.DOWN:
        return _against_less(who)
    if level is Level.AFTERCARE:
        return (Statement("too_thin_after_detox"),)
    above = LADDER.index(level) - (LADDER.index(who.level) if who.level in LADDER else 0)
    if level is Level.RESIDENTIAL and above > 1 and not (who.housing_unsafe or who.overdosed):
        return (Statement("residential_needs_a_reason"),)
    return ()


def _against_detox(who: ClientState) -> tuple[Statement, ...]:
    why = {
        "detox_in_pregnancy": who.pregnant,
        "detox_on_agonist": who.agonist,
    }
    held = tuple(Statement(id_) for id_, holds in why.items() if holds)
    return held or (Statement("detox_not_called_for"),)


def _against_less(who: ClientState) -> tuple[Statement, ...]:
    why = {
        "less_in_pregnancy": who.pregnant,
        "less_after_return": who.returned,
    }
    held = tuple(Statement(id_) for id_, holds in why.items() if holds)
    return held or (Statement("less_by_one_rung" if stable(who) else "less_is_not_stable"),)
