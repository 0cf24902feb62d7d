"""What the rules read from the scores, and which options each speaks for and against."""

from __future__ import annotations

from typing import Any

import pytest

from casework.indicators.chances import Chance
from casework.level_of_care import Option
from casework.level_of_care.stability import range_of
from casework.vocabulary import Level
from casework.wording.en.level_of_care import of_100
from tests.support.care import (
    BETWEEN,
    LIKELY,
    UNLIKELY,
    VERY_LIKELY,
    options_for,
    recommendation,
    rules_of,
    said,
    situation,
    stable_weeks,
)
from tests.support.facts import check_in, mark, screen

NAN = float("nan")


def of(level: Level = Level.OUTPATIENT, **changed: Any) -> dict[Level, Option]:
    return {one.level: one for one in options_for(situation(level, **changed))}


def speaks(option: Option, rule: str) -> tuple[bool, bool]:
    """The rule speaks (for, against) the option."""
    return rule in {one.rule for one in option.reasons}, rule in {one.rule for one in option.against}


@pytest.mark.parametrize(
    ("changed", "rule", "same", "higher"),
    [
        ({"contact_chance": LIKELY}, "losing_contact", (True, False), (True, False)),
        ({"use_chance": LIKELY}, "use_likely", (True, False), (True, False)),
        ({"signs": 20}, "many_signs", (True, False), (True, False)),
        ({"use_chance": BETWEEN}, "in_touch", (True, False), (False, True)),
        ({"use_chance": BETWEEN}, "familiar", (True, False), (False, True)),
        ({"craving": 6.0}, "use_unlikely", (True, False), (False, True)),
        ({"craving": 6.0}, "wish", (False, False), (True, False)),
    ],
)
def test_each_rule_speaks_for_and_against_the_options_that_it_names(
    changed: dict[str, Any], rule: str, same: tuple[bool, bool], higher: tuple[bool, bool]
) -> None:
    found = of(craving=6.0, **{key: value for key, value in changed.items() if key != "craving"})
    assert speaks(found[Level.OUTPATIENT], rule) == same
    assert speaks(found[Level.INTENSIVE_OUTPATIENT], rule) == higher


@pytest.mark.parametrize("changed", [{"contact_chance": BETWEEN}, {"use_chance": BETWEEN}, {"signs": 19}])
def test_a_range_that_only_reaches_over_a_limit_calls_for_nothing(changed: dict[str, Any]) -> None:
    found = of(craving=6.0, **changed).values()
    rules = {one.rule for option in found for one in (*option.reasons, *option.against)}
    assert not rules & {"losing_contact", "use_likely", "many_signs"}
    assert "steady" in rules


@pytest.mark.parametrize(
    "changed", [{}, {"contact_chance": LIKELY}, {"contact_chance": LIKELY, "medication": 0.2}]
)
def test_no_score_alone_puts_a_higher_level_first(changed: dict[str, Any]) -> None:
    """Who does not come to one visit a week is not held by more of them."""
    assert list(of(use_chance=VERY_LIKELY, **changed)) == [Level.OUTPATIENT, Level.INTENSIVE_OUTPATIENT]


def test_contact_that_is_being_lost_begins_with_a_call_and_other_risk_with_more_contact() -> None:
    assert of(contact_chance=LIKELY)[Level.OUTPATIENT].first_step.id == "times_that_work"
    assert of(use_chance=LIKELY)[Level.OUTPATIENT].first_step.id == "more_contact"


def test_signs_that_are_not_validated_ask_for_no_more_contact_and_keep_the_level() -> None:
    """What stands in no score must not make a steady client urgent."""
    found = of(signs=40)
    assert list(found) == [Level.OUTPATIENT, Level.INTENSIVE_OUTPATIENT]
    assert found[Level.OUTPATIENT].first_step.id == "stay"


def test_at_the_highest_level_nothing_that_asks_for_more_speaks_against_staying() -> None:
    found = of(Level.RESIDENTIAL, use_chance=LIKELY)
    assert speaks(found[Level.RESIDENTIAL], "use_likely") == (True, False)
    assert speaks(found[Level.INTENSIVE_OUTPATIENT], "use_likely") == (False, True), "it is less than now"


def test_a_reason_says_the_range_that_it_read() -> None:
    (option, *_) = options_for(situation(contact_chance=Chance(0.4, 0.5, 0.6)))
    assert "Chance of losing contact: 40 to 60 of 100" in [said(one.says) for one in option.reasons]


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (Chance(0.4, 0.5, 0.6), "40 to 60 of 100"),
        (Chance(0.118, 0.12, 0.122), "about 12 of 100"),
        (Chance(0.0, 0.001, 0.002), "less than 1 of 100"),
        (Chance(0.97, 0.99, 1.0), "97 to 99 of 100"),
        (Chance(0.0, NAN, 1.0), "not known"),
    ],
)
def test_a_chance_is_said_as_its_range_and_never_as_certain(chance: Chance, words: str) -> None:
    limits = range_of(chance)
    assert of_100(limits["low"], limits["high"]) == words


def test_missed_sessions_are_read_through_the_engagement_score() -> None:
    found = recommendation(attendance=[mark(day, "no_show") for day in (-2, -9, -16)])
    (why,) = [one for one in found.options[0].reasons if one.rule == "losing_contact"]
    assert {ref.frame for ref in why.refs} == {"attendance"}
    assert said(why.says).startswith("Chance of losing contact: ")


@pytest.mark.parametrize("marks", [["no_show"], ["cancelled_by_clinic"] * 4])
def test_one_missed_session_or_those_that_the_clinic_cancelled_are_no_lost_contact(marks: list[str]) -> None:
    seen = [mark(-1 - 7 * week) for week in range(13)]
    missed = [mark(-2 - 7 * turn, one) for turn, one in enumerate(marks)]
    found = recommendation(**{**stable_weeks(), "attendance": [*seen, *missed]})
    assert "losing_contact" not in rules_of(found)


def test_many_signs_are_said_to_be_not_validated() -> None:
    signs = "isolating boredom glamorizing old_places contact_with_sellers"
    found = recommendation(check_ins=[check_in(-2, signs=signs, use="none", craving=8.0)])
    (why,) = [one for one in found.options[0].reasons if one.rule == "many_signs"]
    assert "not yet validated" in said(why.says)


def test_of_whom_too_little_is_known_the_level_stays_and_the_range_is_said() -> None:
    found = recommendation(attendance=[mark(-1)], screens=[screen(-3)], check_ins=[check_in(-1, craving=2.0)])
    assert found.options[0].level is found.current
    assert (
        said(found.options[0].first_step)
        == "Offer medication. Then: first find out what is not known: warning signs and opioid use"
    )
    (why,) = [one for one in found.options[0].reasons if one.rule == "unknown"]
    assert said(why.says).startswith(
        "Too little was heard lately: warning signs and opioid use. The chance of use or not coming may be "
    )


def test_a_good_chance_is_no_argument_after_a_return_to_use() -> None:
    found = of(use=1.0, use_chance=UNLIKELY)
    assert speaks(found[Level.INTENSIVE_OUTPATIENT], "use_unlikely") == (False, False)
