"""Level of care: sweeps over what must never happen."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from casework.level_of_care import RULES, Option
from casework.level_of_care.client_state import ClientState
from casework.level_of_care.ladder import LADDER
from casework.level_of_care.stability import stable
from casework.vocabulary import Band, Level
from casework.wording import care_rules
from tests.support.care import (
    ALCOHOL,
    BETWEEN,
    LIKELY,
    MEDICATION_RULES,
    UNLIKELY,
    VERY_LIKELY,
    options_for,
    said,
)


def every_situation() -> list[ClientState]:
    """All combinations of the values on either side of each limit."""
    choices: dict[str, tuple[Any, ...]] = {
        "level": tuple(Level),
        "band": (Band.LOW, Band.HIGH),
        "use": (np.nan, 0.0, 1.0, 2.0),
        "found": (0.0, 3.0),
        "medication": (np.nan, 0.2, 1.0),
        "contact_chance": (UNLIKELY, LIKELY),
        "use_chance": (UNLIKELY, BETWEEN, VERY_LIKELY),
        "withdrawal": (np.nan, 2.0),
        "pregnant": (False, True),
    }
    drugs: tuple[dict[str, Any], ...] = (
        {"prescribed": False},
        {"prescribed": True},
        {"prescribed": True, "agonist": True},
    )
    good: dict[str, Any] = {
        "attendance": 1.0,
        "craving": 0.0,
        "clean": True,
        "answers": 12,
        "days_in_care": 300,
    }
    extras: tuple[dict[str, Any], ...] = (good, {"co_occurring": 3})
    same: dict[str, Any] = {"client_id": 1, "withdrawal_from": ALCOHOL, "known": True}
    return [
        ClientState(
            **same, **dict(zip(choices, values, strict=True)), found_lately=values[3] > 0, **drug, **rest
        )
        for values in itertools.product(*choices.values())
        for drug, rest in itertools.product(drugs, extras)
    ]


@pytest.fixture(scope="module")
def swept() -> list[tuple[ClientState, tuple[Option, ...]]]:
    return [(who, options_for(who)) for who in every_situation()]


def test_there_are_always_two_different_options_among_the_rungs(swept: Any) -> None:
    rungs = set(Level)
    for who, found in swept:
        levels = [one.level for one in found]
        assert len(levels) >= 2, who
        assert len(set(levels)) == len(levels), who
        assert set(levels) <= rungs, who


def test_detox_never_comes_without_medication_and_a_named_next_rung(swept: Any) -> None:
    detoxes = [(who, one) for who, found in swept for one in found if one.level is Level.DETOX]
    assert detoxes
    for who, one in detoxes:
        assert one.with_medication, who
        assert one.next_level in LADDER, who


def test_detox_is_never_offered_on_agonist_medication_in_pregnancy_in_detox_or_first(swept: Any) -> None:
    for who, found in swept:
        if Level.DETOX in {one.level for one in found}:
            assert {who.agonist, who.pregnant} == {False}, who
            assert who.level is not Level.DETOX, who
            assert found[0].level is not Level.DETOX, who


def test_after_a_return_to_use_the_first_option_is_medication_and_never_a_lower_level(swept: Any) -> None:
    for who, found in swept:
        if who.returned and who.level is not Level.DETOX:
            assert found[0].with_medication, who
            assert MEDICATION_RULES & {why.rule for why in found[0].reasons}, who
            assert LADDER.index(found[0].level) >= LADDER.index(who.level), who


def test_a_lower_level_is_offered_to_stable_clients_only(swept: Any) -> None:
    for who, found in swept:
        for one in found:
            if (
                who.level in LADDER
                and one.level in LADDER
                and LADDER.index(one.level) < LADDER.index(who.level)
            ):
                no_higher_level = "no_higher_level" in {why.rule for why in one.reasons}
                assert stable(who) or (no_higher_level and who.level is Level.RESIDENTIAL), who


def test_every_option_has_a_first_step_and_reasons_that_are_registered_rules(swept: Any) -> None:
    for who, found in swept:
        for one in found:
            assert one.first_step, who
            assert one.reasons, who
            assert {why.rule for why in (*one.reasons, *one.against)} <= RULES.keys(), who
            assert not {*one.reasons} & {*one.against}, who


def test_no_option_or_rule_speaks_of_discharge(swept: Any) -> None:
    words = {
        text
        for _, found in swept
        for one in found
        for text in (said(one.first_step), *(said(why.says) for why in (*one.reasons, *one.against)))
    }
    words |= {
        f"{care_rules.when(rule.id, rule.limits)} {care_rules.then(rule.id, rule.limits)}"
        for rule in RULES.values()
    }
    assert not [text for text in words if "discharge" in text.lower() or "terminat" in text.lower()]


def test_stopping_medication_is_never_an_option(swept: Any) -> None:
    for who, found in swept:
        if who.prescribed:
            assert all(one.with_medication for one in found), who
