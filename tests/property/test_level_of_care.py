"""Level of care: what holds for any facts (Hypothesis)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casework.indicators import assess
from casework.indicators.chances import Chance
from casework.level_of_care import RULES, from_json, recommend, to_json
from casework.level_of_care.client_state import ClientState, Return
from casework.level_of_care.ladder import LADDER
from casework.vocabulary import LEVELS, Band, Level
from tests.support import facts as build
from tests.support.care import options_for, said
from tests.support.facts import TODAY, TODAY_DAY, Row
from tests.support.histories import ALICE, examples, histories, of

SHARES = st.one_of(st.just(np.nan), st.floats(0, 1))
CHANCES = st.lists(st.floats(0, 1), min_size=3, max_size=3).map(
    lambda three: Chance(low=min(three), likely=sorted(three)[1], high=max(three))
)
RETURNS = st.builds(
    Return,
    use=st.sampled_from([np.nan, 0.0, 1.0, 2.0]),
    use_sign=st.integers(0, 2),
    overdosed=st.booleans(),
    found=st.integers(0, 3),
)
SITUATIONS = st.builds(
    ClientState,
    client_id=st.just(ALICE),
    level=st.sampled_from(LADDER),
    band=st.sampled_from(list(Band)),
    known=st.booleans(),
    use_chance=CHANCES,
    contact_chance=CHANCES,
    signs=st.integers(0, 60),
    new=RETURNS,
    at_level_days=st.integers(0, 60),
    housing_unsafe=st.booleans(),
    prescribed=st.booleans(),
    medication=SHARES,
    attendance=SHARES,
    craving=st.one_of(st.just(np.nan), st.integers(0, 10)),
    clean=st.booleans(),
    answers=st.integers(0, 20),
    days_in_care=st.integers(0, 400),
    tolerance_lowered=st.booleans(),
    safety_open=st.booleans(),
    pregnant=st.booleans(),
    withdrawal=st.sampled_from([np.nan, 0.0, 2.0]),
    missing_domains=st.integers(0, 31),
)


def worse(who: ClientState) -> dict[str, Any]:
    """Each value that can get worse, at its worst."""
    return {
        "use_chance": Chance(max(who.use_chance.low, 0.9), 0.95, 0.99),
        "contact_chance": Chance(max(who.contact_chance.low, 0.9), 0.95, 0.99),
        "signs": who.signs + 40,
        "new": replace(who.new, use=2.0),
        "at_level_days": 60,
        "housing_unsafe": True,
        "medication": 0.0,
        "misses_doses": who.prescribed,
        "missed_doses": 5,
        "attendance": 0.0,
        "craving": 10.0,
        "clean": False,
        "tolerance_lowered": True,
        "safety_open": True,
        "withdrawal": 2.0,
    }


def first_rung(who: ClientState) -> int:
    return LADDER.index(options_for(who)[0].level)


@examples(200)
@given(SITUATIONS, st.data())
def test_nothing_that_gets_worse_lowers_the_first_option(who: ClientState, data: st.DataObject) -> None:
    name, value = data.draw(st.sampled_from(sorted(worse(who).items(), key=lambda item: item[0])))
    assert first_rung(replace(who, **{name: value})) >= first_rung(who)


@examples(200)
@given(SITUATIONS)
def test_a_slip_never_lowers_the_first_option(who: ClientState) -> None:
    if not who.returned:
        assert first_rung(replace(who, new=replace(who.new, use=1.0))) >= first_rung(who)


@examples(200)
@given(SITUATIONS, st.sampled_from(["use_sign", "overdosed", "found"]))
def test_nothing_else_that_tells_of_use_lowers_the_first_option(who: ClientState, name: str) -> None:
    told = {
        "use_sign": replace(who.new, use_sign=2),
        "overdosed": replace(who.new, overdosed=True),
        "found": replace(who.new, found=3),
    }
    assert first_rung(replace(who, new=told[name])) >= first_rung(who)


@examples(200)
@given(SITUATIONS)
def test_what_a_decision_has_answered_never_puts_a_higher_level_first(who: ClientState) -> None:
    decided = replace(who, new=Return(), answered=who.new, decided_on=TODAY_DAY - 3)
    if who.new.any:
        assert first_rung(decided) <= LADDER.index(who.level)


@examples(60)
@given(histories(), st.sampled_from([entry.id for entry in LEVELS]))
def test_everybody_has_two_options_with_reasons_and_none_ends_care(
    history: dict[str, list[Row]], level: str
) -> None:
    clients = [build.client(ALICE, level=[entry.id for entry in LEVELS].index(level))]
    facts = of(history, clients=clients)
    found = recommend(assess(facts, TODAY), facts, ALICE)
    levels = [option.level for option in found.options]
    assert len({*levels}) == len(levels) >= 2
    assert from_json(json.loads(json.dumps(to_json(found), allow_nan=False))) == found
    for option in found.options:
        assert option.reasons
        assert {reason.rule for reason in (*option.reasons, *option.against)} <= RULES.keys()
        if option.level is Level.DETOX:
            assert option.with_medication
            assert option.next_level in LADDER
        words = " ".join(
            (said(option.first_step), *(said(one.says) for one in (*option.reasons, *option.against)))
        )
        assert "discharge" not in words.lower()


@examples(60)
@given(histories(), st.integers(-27, 0))
def test_an_overdose_never_lowers_the_first_option(history: dict[str, list[Row]], day: int) -> None:
    """At the level of facts, for a fact that is no contact by itself (see docs/level_of_care.md)."""
    told = build.safety_item(day, None, "overdose")
    more = {**history, "safety_items": [*history["safety_items"], told]}
    before, after = (recommend(assess(of(one), TODAY), of(one), ALICE).options[0] for one in (history, more))
    assert LADDER.index(after.level) >= LADDER.index(before.level)
