"""What a decision has answered is told as answered, and only something new, or its trial's end, counts again."""

from __future__ import annotations

from typing import Any

import pytest

from casework.level_of_care import Recommendation
from casework.level_of_care.limits import TRIAL_DAYS
from casework.vocabulary import SUBSTANCES, Level, mask
from tests.support.care import at, daily_doses, recommendation, rules_of, said
from tests.support.facts import (
    Row,
    answered,
    check_in,
    client,
    mark,
    placement,
    prescription,
    safety_item,
    screen,
    task,
)

MEDICATED: dict[str, Any] = {"prescriptions": [prescription(-150)], "doses": daily_doses()}
POSITIVE = [screen(-20, "fentanyl"), screen(-13), screen(-6, "fentanyl")]


def decided(day: int, level: str = "intensive_outpatient", known: int | None = None) -> dict[str, Any]:
    """Moved to that level on the day, from outpatient care at admission."""
    return {"clients": [at(level)], "placements": [placement(-182), placement(day, level, known=known)]}


def levels(found: Recommendation) -> list[str]:
    return [one.level.value for one in found.options]


def reasons(found: Recommendation, rule: str) -> list[str]:
    return [said(one.says) for one in found.options[0].reasons if one.rule == rule]


def test_after_a_decision_the_same_evidence_is_told_as_answered_and_asks_for_no_further_step() -> None:
    found = recommendation(screens=POSITIVE, **MEDICATED, **decided(-2))
    assert levels(found) == ["intensive_outpatient", "residential"]
    assert said(found.options[0].first_step) == (
        "Stay with what was decided on November 22, 2026, and look at it again by December 20, 2026"
    )
    assert reasons(found, "answered_by_decision") == [
        "An unexpected opioid in 2 of the last 3 due screens: answered by the decision of November 22, 2026",
        "The next step up needs something new; from December 20, 2026 on, what still holds counts again",
    ]
    assert not {"return_regular_medication_first", "return_slip_same_level"} & rules_of(found)
    assert said(found.options[1].first_step) == "More support, if the client wants it"


@pytest.mark.parametrize(
    "new",
    [
        {"screens": [*POSITIVE, screen(-1, "heroin")]},
        {"screens": POSITIVE, "check_ins": [check_in(-1, use="slip")]},
        {"screens": POSITIVE, "check_ins": [check_in(-10, use="slip", known=-1)]},
        {"screens": POSITIVE, "safety_items": [safety_item(-1, None, "overdose")]},
        {"screens": POSITIVE, "check_ins": [check_in(-1, stages="lapse")]},
    ],
    ids=["another screen", "a slip", "a slip of before, told since", "an overdose", "a lapse"],
)
def test_something_new_counts_at_once(new: dict[str, list[Row]]) -> None:
    found = recommendation(**new, **MEDICATED, **decided(-2))
    assert {"return_regular_medication_first", "return_slip_same_level"} & rules_of(found)


def test_what_became_known_on_the_day_of_the_decision_counts_as_new() -> None:
    found = recommendation(check_ins=[check_in(-2, use="slip")], **MEDICATED, **decided(-2))
    assert "return_slip_same_level" in rules_of(found)


def test_what_stood_among_the_reasons_of_that_day_is_answered_by_name() -> None:
    """Known on the decision's own day; the second slip came after it, and was not among them."""
    rows: dict[str, Any] = {**MEDICATED, **decided(-2)}
    told = [check_in(-2, use="slip")]
    kept = [answered(-2, "check_in", 1, by="decision")]
    assert "answered_by_decision" in rules_of(recommendation(check_ins=told, answered=kept, **rows))
    by_call = [answered(-2, "check_in", 1, by="call")]
    assert "return_slip_same_level" in rules_of(recommendation(check_ins=told, answered=by_call, **rows))
    twice = [*told, check_in(-2, use="slip")]
    assert "return_slip_same_level" in rules_of(recommendation(check_ins=twice, answered=kept, **rows))


@pytest.mark.parametrize("substance", ["alcohol", "methadone"])
@pytest.mark.parametrize("by", ["decision", "prescriber", "physician", "counselor"])
def test_withdrawal_is_asked_about_no_more_once_a_decision_or_who_is_asked_has_answered_it(
    substance: str, by: str
) -> None:
    """A look at the dose is no care for withdrawal that can kill."""
    told = check_in(-3, signs="", use="none", craving=1.0, withdrawal=1) | {
        "withdrawal_from": mask(SUBSTANCES, [substance])
    }
    kind = {"prescriber": "prescriber_dose", "physician": "medical_withdrawal"}.get(by, "plan_review")
    acts: dict[str, Any] = {
        "decision": {**decided(-2, "outpatient"), "answered": [answered(-2, "check_in", 1, by="decision")]},
    }
    act = {"tasks": [task(-3, kind, done=-1)], "answered": [answered(-1, "check_in", 1, by="task")]}
    found = recommendation(check_ins=[told], attendance=[mark(-1)], **MEDICATED, **acts.get(by, act))
    waits = {"medical_withdrawal", "withdrawal_on_medication"} & rules_of(found)
    enough = {"decision", "physician" if substance == "alcohol" else "prescriber"}
    assert bool(waits) is (by not in enough)
    assert Level.AFTERCARE not in {one.level for one in found.options}


def test_after_the_trial_what_still_holds_counts_again() -> None:
    """Of evidence typed late: it is of the last four weeks still."""
    early = [check_in(-27, use="regular")]
    on_trial = recommendation(check_ins=early, **MEDICATED, **decided(1 - TRIAL_DAYS + 1))
    assert "answered_by_decision" in rules_of(on_trial)
    over = recommendation(screens=POSITIVE, **MEDICATED, **decided(-TRIAL_DAYS))
    assert "return_regular_medication_first" in rules_of(over)


def test_a_placement_at_admission_answers_nothing() -> None:
    found = recommendation(
        check_ins=[check_in(-9, use="slip")], placements=[placement(-3, "outpatient")], **MEDICATED
    )
    assert "return_slip_same_level" in rules_of(found)


def test_a_decision_that_is_not_known_yet_answers_nothing() -> None:
    found = recommendation(screens=POSITIVE, **MEDICATED, **decided(-2, known=3))
    assert "answered_by_decision" not in rules_of(found)


@pytest.mark.parametrize(
    ("days", "first"), [(TRIAL_DAYS - 1, "intensive_outpatient"), (TRIAL_DAYS, "residential")]
)
def test_residential_care_comes_first_after_a_trial_of_intensive_outpatient_care(
    days: int, first: str
) -> None:
    found = recommendation(
        screens=[screen(-2, "fentanyl", known=0), screen(-1, "heroin", known=0)],
        **MEDICATED,
        **decided(-days),
    )
    assert levels(found)[0] == first


def test_an_overdose_in_intensive_outpatient_care_puts_residential_care_first_where_medication_goes_on() -> (
    None
):
    rows: dict[str, Any] = {
        "clients": [at("intensive_outpatient")],
        "placements": [placement(-182), placement(-40, "intensive_outpatient")],
        "safety_items": [safety_item(-1, None, "overdose")],
    }
    medicated, without = recommendation(**rows, **MEDICATED), recommendation(**rows)
    assert levels(medicated) == ["residential", "intensive_outpatient"]
    assert reasons(medicated, "residential_first") == [
        "Residential care may come first, where the medication goes on: an overdose in intensive outpatient care and "
        "intensive outpatient care has been tried"
    ]
    assert levels(without) == ["intensive_outpatient", "residential"]


@pytest.mark.parametrize(
    ("safe_housing", "first"), [(0, "residential"), (1, "outpatient"), (-1, "outpatient")]
)
def test_after_regular_use_unsafe_housing_puts_residential_care_first_and_unknown_is_not_unsafe(
    safe_housing: int, first: str
) -> None:
    found = recommendation(clients=[client(safe_housing=safe_housing)], screens=POSITIVE, **MEDICATED)
    assert levels(found)[0] == first
    slip = recommendation(
        clients=[client(safe_housing=safe_housing)], check_ins=[check_in(-1, use="slip")], **MEDICATED
    )
    assert levels(slip)[0] == "outpatient"


def test_doses_that_are_missed_after_a_decision_are_looked_at_first() -> None:
    found = recommendation(
        screens=POSITIVE,
        prescriptions=[prescription(-150)],
        doses=daily_doses(until=-5),
        check_ins=[check_in(0, signs="")],
        **decided(-2),
    )
    assert found.options[0].first_step.id == "prescriber_before_dose"
    assert found.options[0].level is Level.INTENSIVE_OUTPATIENT
