"""Level of care: sweeps over what must never happen."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from casework.level_of_care import RULES, Option
from casework.level_of_care.against import stops
from casework.level_of_care.client_state import ClientState, Return
from casework.level_of_care.ladder import AFTER_DETOX, LADDER
from casework.level_of_care.stability import stable
from casework.vocabulary import Band, Level
from casework.wording import care_rules
from tests.support.care import (
    ALCOHOL,
    BETWEEN,
    HEROIN,
    LIKELY,
    MEDICATION_RULES,
    UNLIKELY,
    VERY_LIKELY,
    options_for,
    said,
)
from tests.support.facts import TODAY_DAY

TOLD = (
    Return(),
    Return(use=0.0),
    Return(use=1.0),
    Return(use=2.0),
    Return(found=1),
    Return(found=3),
    Return(overdosed=True),
)


def every_situation() -> list[ClientState]:
    """All combinations of the values on either side of each limit."""
    choices: dict[str, tuple[Any, ...]] = {
        "level": tuple(Level),
        "new": TOLD,
        "answered": (Return(), Return(use=2.0)),
        "medication": (np.nan, 0.0, 0.2, 1.0),
        "withdrawal_from": (0, HEROIN, ALCOHOL),
        "pregnant": (False, True),
    }
    chances: tuple[dict[str, Any], ...] = (
        {"contact_chance": UNLIKELY, "use_chance": UNLIKELY, "at_level_days": 5},
        {"contact_chance": LIKELY, "use_chance": VERY_LIKELY, "at_level_days": 40},
        {"contact_chance": UNLIKELY, "use_chance": BETWEEN, "at_level_days": 40},
    )
    drugs: tuple[dict[str, Any], ...] = (
        {"prescribed": False},
        {"prescribed": True, "naltrexone": True, "misses_doses": True, "missed_doses": 4},
        {"prescribed": True, "agonist": True, "housing_unsafe": True},
        {"prescribed": True, "agonist": True},
    )
    good: dict[str, Any] = {
        "attendance": 1.0,
        "craving": 0.0,
        "clean": True,
        "answers": 12,
        "days_in_care": 300,
        "screens_missed": 0.0,
    }
    extras: tuple[dict[str, Any], ...] = (good, {"co_occurring": 3, "band": Band.HIGH})
    turns = itertools.cycle(extras)
    return [
        ClientState(
            client_id=1,
            known=True,
            withdrawal=2.0 if given["withdrawal_from"] else 0.0,
            decided_on=TODAY_DAY - 9 if given["answered"].any else -1,
            **given,
            **drug,
            **chance,
            **next(turns),
        )
        for values in itertools.product(*choices.values())
        for given in [dict(zip(choices, values, strict=True))]
        for drug, chance in itertools.product(drugs, chances)
    ]


Swept = list[tuple[ClientState, tuple[Option, ...]]]


@pytest.fixture(scope="module")
def swept() -> Swept:
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


def test_detox_from_opioids_is_never_offered_on_agonist_medication_in_pregnancy_in_detox_or_first(
    swept: Swept,
) -> None:
    seen = 0
    for who, found in swept:
        for place, one in enumerate(found):
            if one.level is Level.DETOX and not one.withdrawal_from:
                seen += 1
                assert {who.agonist, who.pregnant} == {False}, who
                assert who.level is not Level.DETOX, who
                assert place > 0, who
    assert seen


def test_withdrawal_that_can_kill_is_treated_first_and_leads_back_to_a_rung(swept: Swept) -> None:
    for who, found in swept:
        medical = [one for one in found if one.withdrawal_from]
        assert bool(medical) == (who.dangerous_withdrawal and who.level is not Level.DETOX), who
        if medical:
            assert found[0] is medical[0], who
            assert found[0].next_level in AFTER_DETOX, who


def test_who_has_no_medication_is_offered_it_at_the_beginning_of_every_option(swept: Swept) -> None:
    for who, found in swept:
        if who.unmedicated:
            assert all(one.offers_medication and one.with_medication for one in found), who
        else:
            assert not [one for one in found if one.offers_medication], who


def test_medication_goes_on_as_it_is_for_nobody_who_misses_it(swept: Swept) -> None:
    going_on = {"keep_medication", "plan_the_change_keeping_medication"}
    going_on |= {"stay_with_what_works_keeping_medication", "medical_withdrawal"}
    for who, found in swept:
        if who.unmedicated or who.misses_doses:
            assert not going_on & {one.first_step.id for one in found}, who


def test_residential_care_comes_first_only_with_its_reasons_and_medication_that_goes_on(swept: Swept) -> None:
    seen = 0
    for who, found in swept:
        if found[0].level is Level.RESIDENTIAL and who.level is not Level.RESIDENTIAL:
            seen += 1
            assert who.prescribed, who
            assert who.new.regular, who
            assert who.new.overdosed or who.housing_unsafe or who.tried_intensive, who
    assert seen


def test_residential_care_is_near_only_with_its_reasons_and_else_begins_with_the_clients_wish(
    swept: Swept,
) -> None:
    seen = 0
    for who, found in swept:
        for place, one in enumerate(found):
            moves_there = one.level is Level.RESIDENTIAL and who.level in LADDER[:-1]
            if moves_there and not (who.overdosed or who.housing_unsafe or who.tried_intensive):
                seen += 1
                assert place, who
                assert who.level is Level.INTENSIVE_OUTPATIENT, who
                step = one.first_step
                said = step.values["then"]["says"] if step.id == "offer_medication_then" else step.id
                assert said == "more_support_if_wanted", who
    assert seen


def test_after_a_decision_the_same_evidence_never_puts_a_higher_level_first(swept: Swept) -> None:
    seen = 0
    for who, found in swept:
        rung = [one for one in found if one.level in LADDER]
        if who.answered.any and not who.new.any and who.level in LADDER:
            seen += 1
            assert LADDER.index(rung[0].level) <= LADDER.index(who.level), who
            assert "answered_by_decision" in {why.rule for why in rung[0].reasons}, who
    assert seen


def test_an_option_is_never_stopped_and_a_stop_always_says_why(swept: Swept) -> None:
    for who, found in swept[::7]:
        stopped = {one.level: one for one in stops(who, found)}
        assert not [one for one in found if one.level in stopped and not one.withdrawal_from], who
        assert all(one.says for one in stopped.values()), who
        if who.level is not Level.DETOX and (who.agonist or who.pregnant):
            assert Level.DETOX in stopped, who
        assert [one for one in stopped.values() if one.wish] == [
            one for one in stopped.values() if one.level is Level.RESIDENTIAL
        ], who


def test_after_a_return_to_use_the_first_option_is_medication_and_never_a_lower_level(swept: Any) -> None:
    for who, found in swept:
        if who.returned and who.level is not Level.DETOX:
            assert found[0].with_medication, who
            assert MEDICATION_RULES & {why.rule for why in found[0].reasons}, who
            rung = next(one for one in found if one.level in LADDER)
            assert LADDER.index(rung.level) >= LADDER.index(who.level), who


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
