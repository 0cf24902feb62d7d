"""Level of care: tables of facts in, options out."""

from __future__ import annotations

from typing import Any

import pytest

from casework.indicators import assess
from casework.level_of_care import Recommendation, first_options, recommend
from casework.vocabulary import CO_OCCURRING, SUBSTANCES, Level, mask
from tests.support.care import (
    ALCOHOL,
    HEROIN,
    MEDICATION_RULES,
    RUNG,
    at,
    daily_doses,
    recommendation,
    rules_of,
    said,
    shape,
    stable_weeks,
)
from tests.support.facts import (
    TODAY,
    check_in,
    client,
    dose,
    facts,
    mark,
    placement,
    prescription,
    safety_item,
    screen,
)


def test_after_a_slip_the_first_option_is_medication_at_the_current_level() -> None:
    assert shape(check_ins=[check_in(-3, use="slip")]) == [
        ("outpatient", True),
        ("intensive_outpatient", True),
    ]


def test_after_regular_use_the_first_option_is_medication_and_more_contact_at_the_current_level() -> None:
    assert shape(check_ins=[check_in(-3, use="regular")]) == [
        ("outpatient", True),
        ("intensive_outpatient", True),
    ]


def test_after_regular_use_in_aftercare_weekly_care_is_the_least() -> None:
    found = shape(clients=[at("aftercare")], check_ins=[check_in(-3, use="regular")])
    assert found == [("outpatient", True), ("intensive_outpatient", True)]


@pytest.mark.parametrize("screens", [2, 3])
def test_with_two_of_three_screens_positive_on_medication_the_prescriber_adjusts_first(screens: int) -> None:
    found = recommendation(
        screens=[screen(-3 - 7 * turn, "fentanyl" if turn < screens else "") for turn in range(3)],
        prescriptions=[prescription(-60)],
        doses=daily_doses(),
    )
    first, *others = found.options
    assert (first.level, first.first_step.id) == (Level.OUTPATIENT, "adjust_medication_and_more_contact")
    assert [one.level for one in others] == [Level.INTENSIVE_OUTPATIENT]
    assert found.stop(Level.RESIDENTIAL) is not None


def test_after_a_slip_in_aftercare_weekly_care_comes_first() -> None:
    found = shape(clients=[at("aftercare")], check_ins=[check_in(-3, use="slip")])
    assert found == [("outpatient", True), ("aftercare", True)]


@pytest.mark.parametrize("acknowledged", [None, -9])
def test_an_overdose_counts_like_regular_use_whether_or_not_it_was_acknowledged(
    acknowledged: int | None,
) -> None:
    found = recommendation(safety_items=[safety_item(-10, acknowledged, "overdose")])
    assert found.options[0].level is Level.INTENSIVE_OUTPATIENT
    (why,) = [one for one in found.options[0].reasons if one.rule == "return_regular_medication_first"]
    assert [(ref.frame, ref.id) for ref in why.refs] == [("safety_items", 1)]


@pytest.mark.parametrize(
    ("sign", "rule"),
    [
        ("lapse", "return_slip_same_level"),
        ("preoccupied", "return_slip_same_level"),
        ("relapse", "return_regular_medication_first"),
    ],
)
def test_signs_of_the_physical_stage_are_a_return_to_use(sign: str, rule: str) -> None:
    found = recommendation(check_ins=[check_in(-20, stages=sign), check_in(-1, stages="")])
    assert rule in rules_of(found)
    assert found.options[0].with_medication
    (why,) = [one for one in found.options[0].reasons if one.rule == rule]
    assert ("check_ins", 1) in {(ref.frame, ref.id) for ref in why.refs}


def test_repeated_unexpected_opioids_count_like_regular_use() -> None:
    once = recommendation(screens=[screen(-3, "fentanyl"), screen(-10), screen(-17)])
    twice = recommendation(screens=[screen(-3, "fentanyl"), screen(-10, "heroin"), screen(-17)])
    assert "return_slip_same_level" in rules_of(once)
    assert "return_regular_medication_first" in rules_of(twice)


def test_the_clients_own_prescription_in_urine_is_no_return_to_use() -> None:
    found = recommendation(
        screens=[screen(-3, "methadone", expected="methadone")],
        prescriptions=[prescription(-60, None, "methadone")],
    )
    assert not {"return_slip_same_level", "return_regular_medication_first"} & rules_of(found)


@pytest.mark.parametrize(
    ("medication", "rule", "step"),
    [
        ({}, "offer_medication", "offer_medication"),
        (
            {"prescriptions": [prescription(-60)], "doses": [dose(-60, 20), dose(-1)]},
            "missed_medication",
            "prescriber_before_dose",
        ),
        ({"prescriptions": [prescription(-60)]}, "missed_medication", "find_out_what_was_taken"),
        (
            {"prescriptions": [prescription(-60)], "doses": daily_doses()},
            "adjust_medication",
            "adjust_medication",
        ),
        (
            {
                "prescriptions": [prescription(-60, None, "naltrexone")],
                "doses": [dose(day, medication="naltrexone") for day in range(-60, 1)],
            },
            "adjust_medication",
            "check_for_opioids_before_dose",
        ),
    ],
    ids=["not prescribed", "hardly taken", "not known what is taken", "taken well", "naltrexone"],
)
def test_after_a_return_to_use_medication_is_offered_looked_at_or_adjusted(
    medication: Any, rule: str, step: str
) -> None:
    found = recommendation(check_ins=[check_in(-2, use="slip")], **medication)
    assert MEDICATION_RULES & {reason.rule for reason in found.options[0].reasons} == {rule}
    assert {one.first_step.id for one in found.options} == {step}


def test_after_missed_doses_the_prescriber_comes_before_the_next_one() -> None:
    found = recommendation(
        prescriptions=[prescription(-60)],
        doses=daily_doses(until=-4),
        check_ins=[check_in(-1, signs="", use="none")],
        attendance=[mark(0, "no_show")],
    )
    first, second = found.options
    assert (first.level, second.level) == (Level.OUTPATIENT, Level.INTENSIVE_OUTPATIENT)
    assert {one.first_step.id for one in found.options} == {"prescriber_before_dose"}
    assert said(first.first_step) == (
        "The prescriber sees the client before the next dose; then find out what got in the way"
    )
    assert "No dose on record for three days" in [said(one.says) for one in first.reasons]


@pytest.mark.parametrize(("pregnant", "missed"), [(0, 3), (1, 2)])
def test_in_pregnancy_two_missed_days_are_enough(pregnant: int, missed: int) -> None:
    def rules(days: int) -> set[str]:
        return rules_of(
            recommendation(
                clients=[client(pregnant=pregnant)],
                prescriptions=[prescription(-60, None, "methadone")],
                doses=[dose(day, medication="methadone") for day in range(-60, -days)],
                attendance=[mark(0)],
            )
        )

    assert "missed_medication" in rules(missed)
    assert "missed_medication" not in rules(missed - 1)


def test_the_day_after_an_injections_cover_medication_is_missed() -> None:
    rows: dict[str, Any] = {
        "prescriptions": [prescription(-60, None, "naltrexone_xr")],
        "attendance": [mark(0)],
    }
    covered = recommendation(doses=[dose(-30, 31, "naltrexone_xr")], **rows)
    ended = recommendation(doses=[dose(-31, 31, "naltrexone_xr")], **rows)
    assert "missed_medication" not in rules_of(covered)
    assert ended.options[0].first_step.id == "check_for_opioids_before_dose"


@pytest.mark.parametrize(
    ("medication", "says"),
    [
        ("buprenorphine", "Offer medication: the prescriber"),
        ("naltrexone_xr", "The prescriber checks for opioids first and offers"),
    ],
)
def test_after_a_prescription_ended_every_option_begins_with_an_offer(medication: str, says: str) -> None:
    found = recommendation(
        prescriptions=[prescription(-90, -5, medication)],
        check_ins=[check_in(-1, signs="", use="none", craving=1.0)],
        attendance=[mark(0)],
    )
    assert [one.level for one in found.options] == [Level.OUTPATIENT, Level.INTENSIVE_OUTPATIENT]
    assert all(said(one.first_step).startswith(says) for one in found.options)
    assert all(one.with_medication for one in found.options)


def test_who_never_had_medication_and_is_steady_is_offered_it_first_and_keeps_the_plan() -> None:
    rows = {**stable_weeks(), "prescriptions": [], "doses": []}
    found = recommendation(**rows)
    assert [said(one.first_step) for one in found.options] == [
        "Offer medication. Then: plan the change together",
        "Offer medication. Then: stay with what works",
    ]
    some = facts(**rows)
    assert first_options(assess(some, TODAY), some)["adjusts"].tolist() == [True], "one level down"


OWN_DAYS = [(-50, False), (-28, False), (-27, True), (None, True)]
"""The day that is named of what was told yesterday, and whether it is of the last four weeks."""


@pytest.mark.parametrize(("on", "is_current"), OWN_DAYS)
def test_an_overdose_counts_by_the_day_on_which_it_happened_whenever_it_was_told(
    on: int | None, is_current: bool
) -> None:
    found = recommendation(safety_items=[safety_item(-1, None, "overdose", event=on)])
    assert ("return_regular_medication_first" in reasons(found)) is is_current


@pytest.mark.parametrize(("on", "is_current"), OWN_DAYS)
def test_use_counts_by_its_last_day_whenever_it_was_told(on: int | None, is_current: bool) -> None:
    found = recommendation(check_ins=[check_in(-1, use="regular", used_on=on)])
    assert ("return_regular_medication_first" in reasons(found)) is is_current


def reasons(found: Recommendation) -> set[str]:
    """The rules that speak for the options."""
    return {why.rule for option in found.options for why in option.reasons}


def test_after_an_overdose_medication_is_offered_on_the_same_day() -> None:
    found = recommendation(safety_items=[safety_item(-2, None, "overdose")])
    assert [one.level.value for one in found.options] == ["intensive_outpatient", "outpatient", "residential"]
    assert all(said(one.first_step).startswith("Offer medication today") for one in found.options)


def test_detox_appears_after_regular_use_with_withdrawal_and_names_the_next_rung() -> None:
    found = recommendation(
        check_ins=[check_in(-2, use="regular", withdrawal=2) | {"withdrawal_from": HEROIN}]
    )
    last = found.options[-1]
    assert (last.level, last.with_medication, last.next_level) == (
        Level.DETOX,
        True,
        Level.INTENSIVE_OUTPATIENT,
    )
    assert found.options[0].level is not Level.DETOX


@pytest.mark.parametrize(("pregnant", "asks"), [(-1, True), (0, False)])
def test_before_detox_pregnancy_is_asked_about_because_not_asked_is_not_no(pregnant: int, asks: bool) -> None:
    found = recommendation(
        clients=[client(pregnant=pregnant)], check_ins=[check_in(-2, use="regular", withdrawal=2)]
    )
    assert found.options[-1].level is Level.DETOX
    then = said(found.options[-1].first_step).split("Then: ")[1]
    assert then.startswith("ask about pregnancy first") is asks


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
    assert found == [("intensive_outpatient", True), ("residential", True)]


def test_after_detox_the_rung_comes_first_that_was_named() -> None:
    found = shape(
        clients=[at("detox")], placements=[placement(-100), placement(-4, "detox", next_level="outpatient")]
    )
    assert found == [("outpatient", True), ("intensive_outpatient", True)]


def test_in_pregnancy_neither_less_care_nor_detox_from_opioids_is_an_option() -> None:
    rows = {**stable_weeks(), "clients": [client(admitted=-200, pregnant=1)]}
    found = recommendation(**rows)
    assert [one.level for one in found.options] == [Level.OUTPATIENT, Level.INTENSIVE_OUTPATIENT]
    assert found.review_today == (), "a review is asked for once, and is a task"
    assert {Level.AFTERCARE, Level.DETOX} <= {one.level for one in found.stops}


def test_withdrawal_on_methadone_asks_the_prescriber_to_look_at_the_dose() -> None:
    found = recommendation(
        clients=[client(pregnant=1)],
        check_ins=[check_in(-1, signs="", use="none", craving=2.0, withdrawal=1, taken=(7, 7))],
        attendance=[mark(-7 * week) for week in range(4)],
        prescriptions=[prescription(-90, None, "methadone")],
        doses=[dose(day, medication="methadone") for day in range(-90, 1)],
    )
    first, second = found.options
    assert (first.level, first.first_step.id) == (Level.OUTPATIENT, "adjust_for_withdrawal")
    assert (second.level, second.first_step.id) == (Level.INTENSIVE_OUTPATIENT, "more_support_if_wanted")


@pytest.mark.parametrize("substance", ["alcohol", "benzodiazepine"])
def test_withdrawal_from_alcohol_or_benzodiazepines_is_treated_first_and_medication_goes_on(
    substance: str,
) -> None:
    row = check_in(-2, withdrawal=1) | {"withdrawal_from": mask(SUBSTANCES, [substance])}
    found = recommendation(
        clients=[client(pregnant=1)],
        check_ins=[row],
        prescriptions=[prescription(-60, None, "methadone")],
        doses=[dose(day, medication="methadone") for day in range(-60, 1)],
    )
    assert [reason.rule for reason in found.review_today] == ["medical_withdrawal"]
    assert [ref.frame for ref in found.review_today[0].refs] == ["check_ins"]
    first = found.options[0]
    assert (first.level, first.next_level, first.with_medication) == (Level.DETOX, Level.OUTPATIENT, True)
    assert first.withdrawal_from == (substance,)
    assert said(first.first_step).endswith("with the medication for opioid use continued")
    assert not first.against, "what is against detox from opioids is not against this"
    assert Level.DETOX in {one.level for one in found.stops}, "detox from opioids stays stopped"


@pytest.mark.parametrize(
    ("rows", "step"),
    [
        ({}, "medical_withdrawal_and_offer"),
        (
            {
                "prescriptions": [prescription(-60)],
                "doses": daily_doses(until=-4),
                "attendance": [mark(0)],
            },
            "medical_withdrawal_before_dose",
        ),
    ],
)
def test_in_medical_withdrawal_medication_that_is_missing_is_looked_at_too(rows: Any, step: str) -> None:
    found = recommendation(check_ins=[check_in(-2, withdrawal=2) | {"withdrawal_from": ALCOHOL}], **rows)
    assert found.options[0].first_step.id == step


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
