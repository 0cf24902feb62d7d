"""What a rule is, and what it says: identifiers with values, which casework.wording turns into words.

An identifier is stored with decisions. So its meaning never changes: a rule or a sentence that comes to mean something
else gets a new one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeAlias

from casework.frames import to_date
from casework.level_of_care.client_state import ClientState
from casework.level_of_care.ladder import Move, lacks_next_level, moves
from casework.vocabulary import Level
from casework.windows import FactRef

Values: TypeAlias = Mapping[str, Any]
"""What a statement names: numbers, identifiers, lists of identifiers, None where it is not known. Plain JSON."""


@dataclass(frozen=True)
class Statement:
    """Something to be said: an identifier with its values, and the indicators whose readings it rests on."""

    id: str
    values: Values = field(default_factory=dict, hash=False)
    indicators: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Argument:
    """Why: the rule, what it says, and the dated rows that it rests on, by day."""

    rule: str
    says: Statement
    refs: tuple[FactRef, ...] = ()

    @property
    def day(self) -> int | None:
        """The latest day among the rows."""
        return self.refs[-1].day if self.refs else None

    @property
    def on(self) -> dt.date | None:
        """That day as a date."""
        return None if self.day is None else to_date(self.day)


@dataclass(frozen=True)
class Option:
    """A level of care, how it begins, and the reasons for it and against it. `next_level` is the named next rung;
    `withdrawal_from`: the substances (identifiers) of a medical withdrawal, which leaves the medication as it is.

    ValueError for detox alone: without medication or without a next rung there is no such option.
    """

    level: Level
    first_step: Statement
    with_medication: bool
    next_level: Level | None = None
    reasons: tuple[Argument, ...] = ()
    against: tuple[Argument, ...] = ()
    withdrawal_from: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if lacks_next_level(self.level, self.next_level):
            raise ValueError("detox is an option with a named next rung only")
        if self.level is Level.DETOX and not self.with_medication:
            raise ValueError("detox is an option with medication only")

    @property
    def id(self) -> str:
        """Tells an option from the others also when, with new facts, they stand in another order."""
        what = Move.MEDICAL_WITHDRAWAL.value if self.withdrawal_from else self.level.value
        return f"{what}-with_medication" if self.with_medication else what

    @property
    def offers_medication(self) -> bool:
        """It begins with an offer of medication to who has none."""
        return self.first_step.id in OFFERS

    def moves(self, current: Level) -> frozenset[Move]:
        """All that it counts as to choose it at the level `current`."""
        if self.withdrawal_from:
            return frozenset({Move.MEDICAL_WITHDRAWAL})
        return moves(current, self.level)


OFFERS: Final = ("offer_medication", "offer_medication_then", "medical_withdrawal_and_offer")
"""The first steps that offer medication to who has none."""


class Place(StrEnum):
    """Where a rule speaks: for and against options; there and above them, because it cannot wait; beside them all; or
    as the sentence over everything."""

    OPTIONS = "options"
    REVIEW = "review"
    ALONGSIDE = "alongside"
    NOTE = "note"


Holds: TypeAlias = Callable[[ClientState], tuple[Statement, ...]]
"""What a rule says of a client: nothing where it does not hold."""
Next: TypeAlias = Callable[[ClientState], tuple[Option, ...]]
"""The options that a rule leads to where it holds, the first first."""


def _no_options(_: ClientState) -> tuple[Option, ...]:
    return ()


@dataclass(frozen=True)
class CareRule:
    """One rule: when it `holds` and what it then says, where it comes from, which moves it speaks for (`pro`) and
    against (`contra`), and the options that come `next`.

    `limits` are the numbers that its words name.
    """

    id: str
    source: tuple[str, ...]
    holds: Holds
    pro: tuple[Move, ...] = ()
    contra: tuple[Move, ...] = ()
    next: Next = _no_options
    place: Place = Place.OPTIONS
    limits: Mapping[str, float] = field(default_factory=dict, hash=False)


RULES: Final[dict[str, CareRule]] = {}
"""Every rule by its identifier, in the order in which they are weighed. `casework.level_of_care.rules` fills it."""


def rule(id_: str, *source: str, **fields: Any) -> Callable[[Holds], Holds]:
    """Register the decorated function as what makes the rule `id_` hold. `fields` are those of `CareRule`."""

    def register(holds: Holds) -> Holds:
        if id_ in RULES:
            raise ValueError(f"two rules are called {id_}")
        RULES[id_] = CareRule(id_, source, holds, **fields)
        return holds

    return register
