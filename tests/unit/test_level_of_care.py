"""Level of care: tables of facts in, options out."""

from __future__ import annotations

from typing import Any

import pytest

from casework.indicators import assess
from casework.level_of_care import first_options, recommend
from casework.vocabulary import CO_OCCURRING, SUBSTANCES, Level, mask
from tests.support.care import (
    HEROIN,
    MEDICATION_RULES,
    RUNG,
    at,
    daily_doses,
    recommendation,
    rules_of,
    said,
    shape,
)
from tests.support.facts import TODAY, check_in, client, dose, facts, prescription, safety_item, screen


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


def test_medication_that_is_hardly_taken_is_resumed_before_anything_else() -> None:
    found = recommendation(
        prescriptions=[prescription(-60)],
        doses=[dose(day) for day in (-60, -13)],
        check_ins=[check_in(-1, signs="", use="none")],
    )
    assert found.options[0].with_medication
    assert "resume_medication" in {reason.rule for reason in found.options[0].reasons}


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
    assert said(found.options[-1].first_step).startswith("Ask about pregnancy first") is asks


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
    assert said(found.review_today[0].says).startswith("Medical review today")


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
    texts = [said(one.says) for one in found.options[0].reasons if one.rule == "co_occurring"]
    assert texts == ["Co-occurring, to be treated at the same time: Depression and Chronic pain"]


def test_behavioral_therapy_goes_alongside_everything() -> None:
    assert said(recommendation().alongside[0]).startswith("Behavioral therapy")


def test_after_a_return_to_use_the_wording_is_that_treatment_has_not_failed() -> None:
    found = recommendation(check_ins=[check_in(-2, use="regular")])
    assert (
        said(found.note)
        == "A return to use does not mean that treatment has failed: the plan may need adjusting."
    )
    assert any(said(line).startswith("Naloxone: no kit is on record") for line in found.alongside)


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
