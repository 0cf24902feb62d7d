"""A lower level is offered when every criterion holds and is known, and the criteria are listed as they stand."""

from __future__ import annotations

from typing import Any

import pytest

from casework.level_of_care.stability import criteria, stable
from casework.vocabulary import Band, Level
from casework.wording import level_of_care as words
from tests.support.care import (
    ALCOHOL,
    BETWEEN,
    GOOD_WEEKS,
    HEROIN,
    RUNG,
    recommendation,
    said,
    shape,
    situation,
    stable_weeks,
)
from tests.support.facts import away, check_in, client, dose, mark, safety_item, screen


def test_a_stable_client_may_step_down_one_level_and_keeps_the_medication() -> None:
    assert shape(**stable_weeks()) == [("aftercare", True), ("outpatient", True)]


@pytest.mark.parametrize(
    "spoiled",
    [
        {"clients": [client(admitted=-60)]},
        {"clients": [client(admitted=-200, pregnant=1)]},
        {"check_ins": []},
        {"check_ins": [check_in(-80, use="slip"), check_in(-2, signs="", use="none", craving=1.0)]},
        {"check_ins": [check_in(-1, signs="", use="none", craving=6.0)]},
        {"check_ins": [check_in(-7 * week, signs="", use="none") for week in range(13)]},
        {"attendance": [mark(-1, "no_show"), mark(-8), mark(-15)]},
        {"attendance": []},
        {"screens": [screen(-70, "heroin")]},
        {"screens": [screen(-3, status="missed"), screen(-17)]},
        {"screens": []},
        {"doses": [dose(-100, 90)]},
        {"absences": [away(-20, -10)]},
        {"absences": [away(-80, -40)]},
        {"absences": [away(-3, None, "travel"), away(-70, -55, "travel")]},
        {"safety_items": [safety_item(-1)]},
        {"safety_items": [safety_item(-80, -79, "overdose")]},
        {"check_ins": [*GOOD_WEEKS, check_in(-80, stages="lapse")]},
        {"check_ins": [*GOOD_WEEKS, check_in(0, withdrawal=1) | {"withdrawal_from": HEROIN}]},
        {"check_ins": [*GOOD_WEEKS, check_in(0, withdrawal=1) | {"withdrawal_from": ALCOHOL}]},
    ],
    ids=[
        "admitted lately",
        "pregnant",
        "nobody asked",
        "a slip 80 days ago",
        "craving",
        "craving never asked",
        "a session missed",
        "no session marked",
        "an opioid 70 days ago",
        "a screen missed",
        "no screen due in six weeks",
        "days without medication",
        "lowered tolerance",
        "six weeks in custody, weeks ago",
        "away for most of three weeks",
        "an open safety item",
        "an acknowledged overdose 80 days ago",
        "a lapse among the stage signs 80 days ago",
        "withdrawal",
        "withdrawal from alcohol",
    ],
)
def test_stepping_down_needs_every_criterion_and_unknown_is_none(spoiled: Any) -> None:
    found = recommendation(**{**stable_weeks(), **spoiled})
    assert Level.AFTERCARE not in {option.level for option in found.options}


@pytest.mark.parametrize(
    "told",
    [
        {"safety_items": [safety_item(-80, -79, "overdose", event=-95)]},
        {"check_ins": [*GOOD_WEEKS, check_in(-80, use="slip", used_on=-95)]},
    ],
    ids=["an overdose", "use"],
)
def test_what_was_longer_ago_than_ninety_days_does_not_stand_in_the_way_whenever_it_was_told(
    told: Any,
) -> None:
    (clean,) = [one for one in recommendation(**stable_weeks() | told).step_down if one.id == "no_use"]
    assert clean.met


def test_the_last_rung_down_is_aftercare_and_never_an_end_of_care() -> None:
    rows = {**stable_weeks(), "clients": [client(admitted=-200, level=RUNG["aftercare"])]}
    assert [level for level, _ in shape(**rows)] == ["aftercare", "outpatient"]


def test_all_criteria_of_a_stable_client_are_said_to_hold() -> None:
    assert {one.met for one in recommendation(**stable_weeks()).step_down} == {True}


@pytest.mark.parametrize(
    ("changed", "needs", "is_now", "met"),
    [
        ({"craving": float("nan")}, "Craving below 4 of 10", "not known", None),
        ({"craving": 6.0}, "Craving below 4 of 10", "6", False),
        ({"attendance": float("nan")}, "80% of sessions kept", "not known", None),
        ({"attendance": 0.5}, "80% of sessions kept", "50%", False),
        ({"medication": 0.4}, "Medication on 80% of the days", "40%", False),
        ({"known": False, "band": Band.UNKNOWN}, "Risk low", "unknown", None),
        ({"band": Band.WATCH}, "Risk low", "watch", False),
        ({"contact_chance": BETWEEN}, "Chance of losing contact below 10 of 100", "12 to 40 of 100", False),
        ({"answers": 2}, "6 answers about use or urine screens in 90 days", "two", False),
        ({"withdrawal": 1.0}, "No withdrawal on record in 14 days", "recorded", False),
        ({"tolerance_lowered": True}, "No lowered tolerance on record", "recorded", False),
        ({"pregnant": True}, "Not pregnant", "pregnant", False),
        ({"safety_open": True}, "Nothing to review today", "a review", False),
        ({"days_away": 35}, "At most 14 of 90 days away", "35 days", False),
        ({"screens_missed": 1.0}, "No urine screen missed of the last three due", "one missed", False),
        (
            {"screens_missed": float("nan")},
            "No urine screen missed of the last three due",
            "not known",
            None,
        ),
        (
            {"cover_ended": True, "misses_doses": True, "missed_doses": 1},
            "Medication on 80% of the days",
            "100%",
            False,
        ),
    ],
)
def test_a_criterion_that_does_not_hold_or_is_not_known_keeps_the_level(
    changed: dict[str, Any], needs: str, is_now: str, met: bool | None
) -> None:
    who = situation(**changed)
    assert stable(situation())
    assert not stable(who)
    assert (needs, is_now, met) in [(words.needs(one), words.is_now(one), one.met) for one in criteria(who)]


def test_medication_is_no_criterion_without_a_prescription() -> None:
    assert stable(situation(prescribed=False, agonist=False, medication=float("nan")))


@pytest.mark.parametrize("level", ["aftercare", "detox"])
def test_where_there_is_no_lower_level_no_criteria_are_listed(level: str) -> None:
    rows = {**stable_weeks(), "clients": [client(admitted=-200, level=RUNG[level])]}
    assert recommendation(**rows).step_down == ()


def test_what_a_lower_level_still_needs_is_said_of_a_client_who_is_nearly_stable() -> None:
    rows = {**stable_weeks(), "check_ins": [*GOOD_WEEKS[1:], check_in(0, signs="", use="none", craving=6.0)]}
    (first, *_) = recommendation(**rows).options
    (missing,) = [said(one.says) for one in first.reasons if one.rule == "not_stable"]
    assert missing == "A lower level still needs: craving below 4 of 10 (now: 6)"
