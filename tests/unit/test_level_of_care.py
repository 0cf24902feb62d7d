"""Level of care: tables of facts in, options out; and sweeps over what must never happen."""

from __future__ import annotations

import itertools
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from casework.indicators import assess
from casework.level_of_care import (
    RULES,
    Recommendation,
    as_shown,
    first_options,
    options,
    recommend,
    situation,
)
from casework.level_of_care.options import LADDER, drafts
from casework.level_of_care.situation import Situation
from casework.vocabulary import CO_OCCURRING, LEVELS, SUBSTANCES, Band, Level, ids, mask
from tests.support.facts import (
    TODAY,
    away,
    check_in,
    client,
    dose,
    facts,
    mark,
    prescription,
    safety_item,
    screen,
)

MEDICATION_RULES = {"start_medication", "resume_medication", "adjust_medication"}
RUNG = {entry.id: n for n, entry in enumerate(LEVELS)}
ALCOHOL = mask(SUBSTANCES, ["alcohol"])
HEROIN = mask(SUBSTANCES, ["heroin"])


def at(level: str) -> dict[str, Any]:
    return client(level=RUNG[level])


def recommendation(**rows: Any) -> Recommendation:
    some = facts(**rows)
    return recommend(assess(some, TODAY), some, 1)


def shape(**rows: Any) -> list[tuple[str, bool]]:
    """(level, with medication) of each option."""
    return [(option.level.value, option.with_medication) for option in recommendation(**rows).options]


def rules_of(found: Recommendation) -> set[str]:
    return {reason.rule for option in found.options for reason in option.reasons}


def daily_doses(until: int = 0, days: int = 100) -> list[Any]:
    return [dose(day) for day in range(until - days, until + 1)]


GOOD_WEEKS = [
    check_in(-7 * week, signs="", use="none", craving=1.0, stages="", taken=(7, 7)) for week in range(13)
]


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


# --- facts in, options out ------------------------------------------------------------------------------------------


def test_after_a_slip_the_first_option_is_medication_at_the_current_level() -> None:
    assert shape(check_ins=[check_in(-3, use="slip")]) == [
        ("outpatient", True),
        ("intensive_outpatient", True),
    ]


def test_after_regular_use_the_first_option_is_medication_one_level_up() -> None:
    assert shape(check_ins=[check_in(-3, use="regular")]) == [
        ("intensive_outpatient", True),
        ("outpatient", True),
        ("residential", True),
    ]


def test_after_a_slip_in_aftercare_weekly_care_comes_first() -> None:
    found = shape(clients=[at("aftercare")], check_ins=[check_in(-3, use="slip")])
    assert found == [("outpatient", True), ("aftercare", True)]


@pytest.mark.parametrize("acknowledged", [None, -9])
def test_an_overdose_counts_like_regular_use_whether_or_not_it_was_acknowledged(
    acknowledged: int | None,
) -> None:
    found = recommendation(safety_items=[safety_item(-10, acknowledged, "overdose")])
    assert found.options[0].level is Level.INTENSIVE_OUTPATIENT
    (why,) = [one for one in found.options[0].reasons if one.rule == "return_regular"]
    assert [(ref.frame, ref.id) for ref in why.refs] == [("safety_items", 1)]


@pytest.mark.parametrize(
    ("sign", "rule"),
    [("lapse", "return_slip"), ("preoccupied", "return_slip"), ("relapse", "return_regular")],
)
def test_signs_of_the_physical_stage_are_a_return_to_use(sign: str, rule: str) -> None:
    found = recommendation(check_ins=[check_in(-20, stages=sign), check_in(-1, stages="")])
    assert rule in rules_of(found)
    assert found.options[0].with_medication
    (why,) = [one for one in found.options[0].reasons if one.rule == rule]
    assert ("check_ins", 1) in {(ref.frame, ref.id) for ref in why.refs}


def test_repeated_unexpected_opioids_count_like_regular_use() -> None:
    once = shape(screens=[screen(-3, "fentanyl"), screen(-10), screen(-17)])
    twice = shape(screens=[screen(-3, "fentanyl"), screen(-10, "heroin"), screen(-17)])
    assert once[0] == ("outpatient", True)
    assert twice[0] == ("intensive_outpatient", True)


def test_the_clients_own_prescription_in_urine_is_no_return_to_use() -> None:
    found = recommendation(
        screens=[screen(-3, "methadone", expected="methadone")],
        prescriptions=[prescription(-60, None, "methadone")],
    )
    assert not {"return_slip", "return_regular"} & rules_of(found)


@pytest.mark.parametrize(
    ("medication", "rule"),
    [
        ({}, "start_medication"),
        ({"prescriptions": [prescription(-60)], "doses": [dose(-60, 20), dose(-1)]}, "resume_medication"),
        ({"prescriptions": [prescription(-60)]}, "resume_medication"),
        ({"prescriptions": [prescription(-60)], "doses": daily_doses()}, "adjust_medication"),
    ],
    ids=["not prescribed", "hardly taken", "not known what is taken", "taken well"],
)
def test_after_a_return_to_use_medication_is_started_resumed_or_adjusted(medication: Any, rule: str) -> None:
    found = recommendation(check_ins=[check_in(-2, use="slip")], **medication)
    assert MEDICATION_RULES & {reason.rule for reason in found.options[0].reasons} == {rule}


def test_no_shows_alone_call_for_other_times_first_and_more_care_second() -> None:
    found = recommendation(attendance=[mark(day, "no_show") for day in (-2, -9, -16)])
    assert [option.level.value for option in found.options] == ["outpatient", "intensive_outpatient"]
    assert "no_shows" in rules_of(found)
    assert found.options[0].first_step == options.TIMES


def test_one_missed_session_is_not_staying_away() -> None:
    assert "no_shows" not in rules_of(recommendation(attendance=[mark(-2, "no_show")]))


def test_sessions_that_the_clinic_cancelled_never_count_against_a_client() -> None:
    found = recommendation(attendance=[mark(day, "cancelled_by_clinic") for day in (-2, -9, -16, -23)])
    assert "no_shows" not in rules_of(found)


def test_elevated_risk_without_use_calls_for_more_contact_first_and_more_care_second() -> None:
    signs = "isolating boredom glamorizing old_places contact_with_sellers"
    found = recommendation(check_ins=[check_in(-2, signs=signs, use="none", craving=8.0)])
    assert [option.level.value for option in found.options] == ["outpatient", "intensive_outpatient"]
    assert rules_of(found) == {"many_signs"}


def test_medication_that_is_hardly_taken_is_resumed_before_anything_else() -> None:
    found = recommendation(
        prescriptions=[prescription(-60)],
        doses=[dose(day) for day in (-60, -13)],
        check_ins=[check_in(-1, signs="", use="none")],
    )
    assert found.options[0].with_medication
    assert "resume_medication" in {reason.rule for reason in found.options[0].reasons}


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
        {"doses": [dose(-100, 90)]},
        {"tolerance_events": [away(-20, -10)]},
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
        "days without medication",
        "lowered tolerance",
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


def test_the_last_rung_down_is_aftercare_and_never_an_end_of_care() -> None:
    rows = {**stable_weeks(), "clients": [client(admitted=-200, level=RUNG["aftercare"])]}
    assert [level for level, _ in shape(**rows)] == ["aftercare", "outpatient"]


def test_detox_appears_after_regular_use_with_withdrawal_and_names_the_next_rung() -> None:
    found = recommendation(
        check_ins=[check_in(-2, use="regular", withdrawal=2) | {"withdrawal_from": HEROIN}]
    )
    last = found.options[-1]
    assert (last.level, last.with_medication, last.next_level) == (Level.DETOX, True, Level.RESIDENTIAL)
    assert found.options[0].level is not Level.DETOX


@pytest.mark.parametrize(("pregnant", "asks"), [(-1, True), (0, False)])
def test_before_detox_pregnancy_is_asked_about_because_not_asked_is_not_no(pregnant: int, asks: bool) -> None:
    found = recommendation(
        clients=[client(pregnant=pregnant)], check_ins=[check_in(-2, use="regular", withdrawal=2)]
    )
    assert found.options[-1].level is Level.DETOX
    assert found.options[-1].first_step.startswith("Ask about pregnancy first") is asks


@pytest.mark.parametrize("medication", ["methadone", "buprenorphine", "buprenorphine_xr"])
def test_detox_is_never_a_way_to_stop_methadone_or_buprenorphine(medication: str) -> None:
    found = recommendation(
        check_ins=[check_in(-2, use="regular", withdrawal=3)],
        prescriptions=[prescription(-60, None, medication)],
    )
    assert Level.DETOX not in {option.level for option in found.options}


def test_who_takes_naltrexone_may_be_offered_detox_back_onto_medication() -> None:
    found = recommendation(
        check_ins=[check_in(-2, use="regular", withdrawal=2)],
        prescriptions=[prescription(-60, None, "naltrexone")],
    )
    assert found.options[-1].level is Level.DETOX
    assert found.options[-1].with_medication


def test_after_detox_come_rungs_with_medication_and_never_detox_again() -> None:
    found = shape(clients=[at("detox")], check_ins=[check_in(-1, use="regular", withdrawal=2)])
    assert found == [("residential", True), ("intensive_outpatient", True)]


def test_pregnancy_calls_for_a_medical_review_today() -> None:
    found = recommendation(clients=[client(pregnant=1)])
    assert [reason.rule for reason in found.review_today] == ["pregnancy"]
    assert found.review_today[0].text.startswith("Medical review today")


@pytest.mark.parametrize("substance", ["alcohol", "benzodiazepine"])
def test_withdrawal_from_alcohol_or_benzodiazepines_calls_for_a_medical_review_today(substance: str) -> None:
    row = check_in(-2, withdrawal=1) | {"withdrawal_from": mask(SUBSTANCES, [substance])}
    found = recommendation(check_ins=[row])
    assert [reason.rule for reason in found.review_today] == ["withdrawal"]
    assert [ref.frame for ref in found.review_today[0].refs] == ["check_ins"]


def test_opioid_withdrawal_alone_is_not_that_review() -> None:
    row = check_in(-2, withdrawal=3) | {"withdrawal_from": HEROIN}
    assert recommendation(check_ins=[row]).review_today == ()


def test_an_open_safety_item_stands_above_the_options() -> None:
    found = recommendation(safety_items=[safety_item(-1)])
    assert [reason.rule for reason in found.review_today] == ["safety"]


def test_co_occurring_conditions_are_a_reason_of_their_own() -> None:
    conditions = mask(CO_OCCURRING, ["depression", "chronic_pain"])
    found = recommendation(clients=[client(co_occurring=conditions)], check_ins=[check_in(-2, use="slip")])
    texts = [reason.text for reason in found.options[0].reasons if reason.rule == "co_occurring"]
    assert texts == ["Co-occurring, to be treated at the same time: Depression and Chronic pain"]


def test_behavioral_therapy_goes_alongside_everything() -> None:
    assert recommendation().alongside[0].startswith("Behavioral therapy")


def test_after_a_return_to_use_the_wording_is_that_treatment_has_not_failed() -> None:
    found = recommendation(check_ins=[check_in(-2, use="regular")])
    assert (
        found.wording
        == "A return to use does not mean that treatment has failed: the plan may need adjusting."
    )
    assert any(line.startswith("Naloxone: no kit is on record") for line in found.alongside)


def test_unknown_risk_keeps_the_level_and_asks() -> None:
    found = recommendation()
    assert rules_of(found) == {"unknown"}
    assert found.options[0].level is found.current
    (why,) = found.options[0].reasons
    assert why.text.endswith("to know the risk: warning signs, attendance and opioid use")
    some = recommendation(attendance=[mark(-1)], screens=[screen(-3)], check_ins=[check_in(-1, craving=2.0)])
    assert some.options[0].reasons[0].text.endswith("to know the risk: warning signs and opioid use")


def test_reasons_point_to_dated_rows_and_know_their_latest_day() -> None:
    found = recommendation(check_ins=[check_in(-9, use="slip"), check_in(-3, use="slip")])
    reason = found.options[0].reasons[0]
    assert [(ref.frame, ref.id) for ref in reason.refs] == [("check_ins", 1), ("check_ins", 2)]
    assert reason.day == found.day - 3


def test_the_list_of_first_options_agrees_with_each_recommendation() -> None:
    some = facts(
        clients=[client(1), client(2), client(3, level=RUNG["residential"])],
        check_ins=[check_in(-3, 1, use="regular"), check_in(-3, 3, use="slip")],
    )
    assessment = assess(some, TODAY)
    listed = first_options(assessment, some)
    for row in listed.to_dict("records"):
        first = recommend(assessment, some, row["client_id"]).options[0]
        assert (row["recommended"], row["step"]) == (first.level.value, first.first_step)
    assert listed["adjusts"].tolist() == [True, False, True]


def test_a_foreign_client_is_an_error_not_an_empty_answer() -> None:
    some = facts()
    with pytest.raises(KeyError):
        recommend(assess(some, TODAY), some, 99)


def test_what_was_shown_survives_json_unchanged() -> None:
    shown = as_shown(recommendation(check_ins=[check_in(-3, use="regular", withdrawal=2)]))
    assert json.loads(json.dumps(shown)) == shown
    assert shown["options"][-1] | {"reasons": []} == {
        "level": "detox",
        "first_step": shown["options"][-1]["first_step"],
        "with_medication": True,
        "next_level": "residential",
        "reasons": [],
    }
    assert shown["options"][0]["reasons"][0]["rows"] == [{"frame": "check_ins", "id": 1, "on": "2026-11-21"}]


# --- sweeps: what must never happen ---------------------------------------------------------------------------------


def every_situation() -> list[Situation]:
    """All combinations of the values on either side of each limit."""
    choices: dict[str, tuple[Any, ...]] = {
        "level": tuple(Level),
        "band": tuple(Band),
        "use": (np.nan, 0.0, 1.0, 2.0),
        "found": (0.0, 1.0, 3.0),
        "medication": (np.nan, 0.2, 1.0),
        "no_shows": (0.0, 4.0),
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
    same: dict[str, Any] = {"client_id": 1, "withdrawal_from": ALCOHOL}
    return [
        Situation(
            **same, **dict(zip(choices, values, strict=True)), found_lately=values[3] > 0, **drug, **rest
        )
        for values in itertools.product(*choices.values())
        for drug, rest in itertools.product(drugs, extras)
    ]


@pytest.fixture(scope="module")
def swept() -> list[tuple[Situation, tuple[options.Draft, ...]]]:
    return [(who, drafts(who)) for who in every_situation()]


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
            assert MEDICATION_RULES & {why.rule for why in found[0].why}, who
            assert LADDER.index(found[0].level) >= LADDER.index(who.level), who


def test_a_lower_level_is_offered_to_stable_clients_only(swept: Any) -> None:
    for who, found in swept:
        for one in found:
            if (
                who.level in LADDER
                and one.level in LADDER
                and LADDER.index(one.level) < LADDER.index(who.level)
            ):
                leaving = "leaving" in {why.rule for why in one.why}
                assert who.stable or (leaving and who.level is Level.RESIDENTIAL), who


def test_every_option_has_a_first_step_and_reasons_that_are_registered_rules(swept: Any) -> None:
    for who, found in swept:
        for one in found:
            assert one.first_step, who
            assert one.why, who
            assert {why.rule for why in one.why} <= RULES.keys(), who


def test_no_option_or_rule_speaks_of_discharge(swept: Any) -> None:
    words = {
        text
        for _, found in swept
        for one in found
        for text in (one.first_step, *(why.text for why in one.why))
    }
    words |= {f"{rule.when} {rule.then}" for rule in RULES.values()}
    assert not [text for text in words if "discharge" in text.lower() or "terminat" in text.lower()]


def test_stopping_medication_is_never_an_option(swept: Any) -> None:
    for who, found in swept:
        if who.prescribed:
            assert all(one.with_medication for one in found), who


def test_every_rule_names_its_source() -> None:
    assert all(rule.source and rule.when and rule.then for rule in RULES.values())


def test_the_documentation_lists_every_rule_as_the_registry_words_it() -> None:
    text = (Path(__file__).parents[2] / "docs" / "level_of_care.md").read_text(encoding="utf-8")
    for rule in RULES.values():
        assert f"| {rule.label} | {rule.when} | {rule.then} | {rule.source} |" in text, rule.id


def test_a_situation_starts_unknown_and_unknown_is_never_stable() -> None:
    who = Situation(client_id=1, level=Level.OUTPATIENT)
    assert not who.stable
    assert {field.name for field in fields(situation.Situation)} >= {"use", "medication", "craving"}


def test_levels_of_the_ladder_are_the_sources_without_detox() -> None:
    assert [level.value for level in LADDER] == [id_ for id_ in ids(LEVELS) if id_ != "detox"]
