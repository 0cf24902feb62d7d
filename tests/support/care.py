"""Facts in, options out: what the tests of the level of care share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, Final

from casework import wording
from casework.indicators import assess
from casework.indicators.chances import Chance
from casework.level_of_care import RULES, Option, Recommendation, Statement, recommend
from casework.level_of_care import recommendation as recommending
from casework.level_of_care.client_state import ClientState, Return
from casework.vocabulary import LEVELS, SUBSTANCES, Band, Level, mask
from tests.support.facts import TODAY, Row, check_in, client, dose, facts, mark, prescription, screen

MEDICATION_RULES: Final = {"offer_medication", "missed_medication", "adjust_medication"}
RUNG: Final = {entry.id: n for n, entry in enumerate(LEVELS)}
ALCOHOL: Final = mask(SUBSTANCES, ["alcohol"])
HEROIN: Final = mask(SUBSTANCES, ["heroin"])
GOOD_WEEKS: Final = [
    check_in(-7 * week, signs="", use="none", craving=1.0, stages="", taken=(7, 7)) for week in range(13)
]
LIKELY, UNLIKELY = Chance(0.3, 0.35, 0.4), Chance(0.01, 0.02, 0.03)
VERY_LIKELY, BETWEEN = Chance(0.55, 0.6, 0.7), Chance(0.12, 0.2, 0.4)


RETURN: Final = tuple(one.name for one in fields(Return))


def at(level: str) -> Row:
    """A client at that level."""
    return client(level=RUNG[level])


def recommendation(**rows: Any) -> Recommendation:
    """What is recommended for client 1 of these facts."""
    some = facts(**rows)
    return recommend(assess(some, TODAY), some, 1)


def options_for(who: ClientState) -> tuple[Option, ...]:
    """What the rules make of a client, without dated rows."""
    return recommending.options_for(who, recommending.rules_that_hold(who))


def shape(**rows: Any) -> list[tuple[str, bool]]:
    """(level, with medication) of each option."""
    return [(option.level.value, option.with_medication) for option in recommendation(**rows).options]


@contextmanager
def without_rule(id_: str) -> Iterator[None]:
    """The rules as they are once this one was removed; they stand in their order again afterwards."""
    all_of_them = dict(RULES)
    del RULES[id_]
    try:
        yield
    finally:
        RULES.clear()
        RULES.update(all_of_them)


def said(what: Statement) -> str:
    """In words."""
    return wording.level_of_care.statement(what)


def rules_of(found: Recommendation) -> set[str]:
    """The rules that speak for an option."""
    return {reason.rule for option in found.options for reason in option.reasons}


def daily_doses(until: int = 0, days: int = 100) -> list[Row]:
    return [dose(day) for day in range(until - days, until + 1)]


def stable_weeks() -> dict[str, Any]:
    """Thirteen weeks in which all goes well and everything is asked."""
    return {
        "clients": [client(admitted=-200)],
        "check_ins": GOOD_WEEKS,
        "attendance": [mark(-7 * week - 1) for week in range(13)],
        "screens": [screen(-14 * turn, "buprenorphine", expected="buprenorphine") for turn in range(6)],
        "prescriptions": [prescription(-190)],
        "doses": daily_doses(),
    }


def situation(level: Level = Level.OUTPATIENT, **changed: Any) -> ClientState:
    """A stable client as the rules see one, but for what is changed; fields of `Return` are of a new one."""
    told = {"use": 0.0} | {name: changed.pop(name) for name in RETURN if name in changed}
    good: dict[str, Any] = {
        "band": Band.LOW,
        "known": True,
        "use_chance": UNLIKELY,
        "contact_chance": UNLIKELY,
        "new": Return(**told),
        "prescribed": True,
        "agonist": True,
        "medication": 1.0,
        "attendance": 1.0,
        "craving": 1.0,
        "clean": True,
        "answers": 12,
        "screens_missed": 0.0,
        "days_in_care": 300,
        "withdrawal": 0.0,
    }
    return ClientState(client_id=1, level=level, **(good | changed))
