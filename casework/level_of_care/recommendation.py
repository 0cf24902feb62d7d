"""The rules folded into options for one client, or into the first option of everybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from casework.frames import Facts, to_date
from casework.level_of_care import rules as _registers_all  # noqa: F401 - fills RULES
from casework.level_of_care.against import Stop, stops
from casework.level_of_care.client_state import ClientState, client_states
from casework.level_of_care.first_steps import offering
from casework.level_of_care.rule import RULES, Argument, CareRule, Option, Place, Statement
from casework.level_of_care.stability import Criterion, criteria
from casework.vocabulary import Level

if TYPE_CHECKING:
    from casework.indicators import Assessment


@dataclass(frozen=True)
class Recommendation:
    """Options for one client, the first first; `review_today` stands above them, `alongside` beside them, and `note`
    over everything. `step_down`: what a lower level needs, and how it stands; empty where there is no lower one.
    `stops`: what the rules say against the levels that a prescriber has to agree to."""

    client_id: int
    day: int
    current: Level
    options: tuple[Option, ...]
    review_today: tuple[Argument, ...]
    alongside: tuple[Statement, ...]
    step_down: tuple[Criterion, ...]
    note: Statement
    stops: tuple[Stop, ...] = ()

    @property
    def on(self) -> dt.date:
        """The day that it was made of, as a date."""
        return to_date(self.day)

    def offers_the_same(self, other: Recommendation) -> bool:
        """Nothing in the options and what stands above them differs, nor in the reasons and what is stopped."""
        mine, others = ((one.options, one.review_today, one.stops) for one in (self, other))
        return mine == others

    def stop(self, level: Level) -> Stop | None:
        """What stops the choice of the level, where something does."""
        return next((one for one in self.stops if one.level is level), None)


def recommend(assessment: Assessment, facts: Facts, client_id: int) -> Recommendation:
    """The options for one client on the assessment's day. KeyError when the client is not among the facts."""
    who = next(iter(client_states(assessment, facts, only=[client_id])), None)
    if who is None:
        raise KeyError(client_id)

    def dated(some: tuple[Argument, ...]) -> tuple[Argument, ...]:
        return tuple(_with_rows(assessment, client_id, one) for one in some)

    held = rules_that_hold(who)
    (note,) = _said(held, Place.NOTE)
    options = options_for(who, held)
    return Recommendation(
        client_id=client_id,
        day=assessment.today,
        current=who.level,
        options=tuple(
            replace(one, reasons=dated(one.reasons), against=dated(one.against)) for one in options
        ),
        review_today=dated(_review(held)),
        alongside=_said(held, Place.ALONGSIDE),
        step_down=() if who.level in (Level.AFTERCARE, Level.DETOX) else criteria(who),
        note=note,
        stops=stops(who, options),
    )


def first_options(
    assessment: Assessment, facts: Facts, *, only: Collection[int] | None = None
) -> pd.DataFrame:
    """For each client of `facts`, or `only` some: client_id, current, recommended (level ids), step, adjusts.

    `step` is how the first option begins (a `Statement`); `adjusts` is true when that option changes the level or the
    medication. Looks up no dated rows: for lists and charts of whole caseloads.
    """
    rows = []
    for who in client_states(assessment, facts, only=only):
        held = rules_that_hold(who)
        first = _next(who, held)[0]
        adjusts = first.level is not who.level or who.asks_for_medication
        rows.append((who.client_id, who.level.value, first.level.value, first.first_step, adjusts))
    return pd.DataFrame(rows, columns=["client_id", "current", "recommended", "step", "adjusts"])


Held = list[tuple[CareRule, tuple[Statement, ...]]]
"""The rules that hold, the weightiest first, each with what it says."""


def rules_that_hold(who: ClientState) -> Held:
    """See `Held`."""
    return [(rule, says) for rule in RULES.values() if (says := rule.holds(who))]


def options_for(who: ClientState, held: Held) -> tuple[Option, ...]:
    """The options, the first first, with their reasons, whose dated rows are not looked up; at least two."""
    return tuple(_weighed(option, who.level, held) for option in _next(who, held))


def _next(who: ClientState, held: Held) -> list[Option]:
    """What the rules lead to, without reasons: of two that lead to one level, the weightier says how it begins; and
    each begins with an offer of medication to who has none."""
    found: dict[Level, Option] = {}
    for rule, _ in held:
        for option in rule.next(who):
            found.setdefault(option.level, option)
    return [offering(option, who) for option in found.values()]


def _weighed(option: Option, current: Level, held: Held) -> Option:
    by = option.moves(current)
    pro = [pair for pair in held if not by.isdisjoint(pair[0].pro)]
    contra = [pair for pair in held if by.isdisjoint(pair[0].pro) and not by.isdisjoint(pair[0].contra)]
    return replace(option, reasons=_arguments(pro), against=_arguments(contra))


def _arguments(held: Held) -> tuple[Argument, ...]:
    return tuple(Argument(rule.id, one) for rule, says in held for one in says)


def _review(held: Held) -> tuple[Argument, ...]:
    return _arguments([pair for pair in held if pair[0].place is Place.REVIEW])


def _said(held: Held, place: Place) -> tuple[Statement, ...]:
    return tuple(one for rule, says in held if rule.place is place for one in says)


def _with_rows(assessment: Assessment, client_id: int, one: Argument) -> Argument:
    refs = {ref for name in one.says.indicators for ref in assessment.evidence(client_id, name)}
    return replace(one, refs=tuple(sorted(refs, key=lambda ref: (ref.day, ref.frame, ref.id))))
