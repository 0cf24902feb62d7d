"""Where a client stands, by kinds of stories: facts in, lane, group, headline, flags and actions out."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from casework import wording
from casework.caseload.standing import story_of
from casework.caseload.story import Story
from casework.clinic_days import ClinicDays
from casework.indicators import assess
from casework.standing import Standing, standings
from casework.vocabulary import SUBSTANCES, ActionKind, Flag, Group, LaneReason, Permission, mask
from tests.support.facts import (
    TODAY,
    TODAY_DAY,
    Row,
    answered,
    away,
    call,
    check_in,
    client,
    dose,
    facts,
    mark,
    prescription,
    safety_item,
    screen,
    task,
)
from tests.support.histories import random_facts

DAYS = ClinicDays()
"""Today is a Tuesday."""


def where(**rows: Any) -> Standing:
    """Where client 1 of these facts stands."""
    some = facts(**rows)
    return standings(assess(some, TODAY), some, DAYS)[1]


def told(**rows: Any) -> Story:
    return story_of(where(**rows), "Alice", TODAY)


def kinds(one: Standing) -> list[ActionKind]:
    return [one.action.kind, *(other.kind for other in one.also)]


def flags_of(one: Standing) -> set[Flag]:
    return {raised.flag for raised in one.flags}


def said(one: Standing) -> list[str]:
    return [line.id for line in one.headline]


def doses(first: int = -100, last: int = 0, medication: str = "methadone") -> list[Row]:
    return [dose(day, 1, medication) for day in range(first, last + 1)]


def sick(substance: str, day: int = 0, **answers: Any) -> Row:
    """A check-in that tells of moderate withdrawal."""
    row = check_in(day, signs="", withdrawal=2, **answers)
    return row | {"withdrawal_from": mask(SUBSTANCES, [substance])}


def steady(**changed: Any) -> dict[str, Any]:
    """A client on methadone with whom all is well."""
    weeks = range(13)
    rows: dict[str, Any] = {
        "clients": [client(naloxone=TODAY_DAY - 100, pregnant=0)],
        "check_ins": [
            check_in(-7 * week - 1, signs="", use="none", craving=1.0, withdrawal=0, suicidal=0, overdosed=0)
            for week in weeks
        ],
        "attendance": [mark(-7 * week - 1) for week in weeks],
        "screens": [screen(-7 * week - 1, "methadone", expected="methadone") for week in weeks],
        "prescriptions": [prescription(-180, None, "methadone")],
        "doses": doses(),
    }
    more = {name: changed.pop(f"more_{name}") for name in list(rows) if f"more_{name}" in changed}
    return rows | {name: [*rows[name], *added] for name, added in more.items()} | changed


def test_steady_says_what_holds_and_keeps_to_the_plan() -> None:
    one = told(**steady())
    assert one.group in (Group.STEADY, Group.LOOKS_WELL)
    assert one.strength == "13 negative screens"
    assert one.chips == ()
    assert one.lane == ()


def test_withdrawal_from_alcohol_on_methadone_is_in_the_lane_and_the_medication_is_continued() -> None:
    rows = steady(more_check_ins=[sick("alcohol", use="none")])
    one = where(**rows)
    assert one.lane == (LaneReason.WITHDRAWAL,)
    assert said(one)[0] == "dangerous_withdrawal"
    assert one.action.kind is ActionKind.MEDICAL_WITHDRAWAL
    assert one.action.due == TODAY_DAY
    story = told(**rows)
    assert story.headline == "Withdrawal from alcohol, moderate, November 24"
    assert story.action.text == "Medical care today for withdrawal from alcohol; methadone is continued"


def test_what_can_kill_today_stands_before_a_look_at_the_dose_and_a_look_of_later() -> None:
    overdose = safety_item(-2, -2, "overdose", event=-3)
    rows = steady(more_check_ins=[sick("alcohol", day=0)], safety_items=[overdose], calls=[call(-1)])
    one = where(**rows)
    assert one.lane == (LaneReason.OVERDOSE, LaneReason.WITHDRAWAL) or one.lane == (LaneReason.WITHDRAWAL,)
    ordered = kinds(one)
    assert ActionKind.PRESCRIBER_DOSE in ordered
    assert ordered.index(ActionKind.MEDICAL_WITHDRAWAL) < ordered.index(ActionKind.PRESCRIBER_DOSE)
    later = [action for action in (one.action, *one.also) if action.due > TODAY_DAY]
    assert all(ordered.index(ActionKind.MEDICAL_WITHDRAWAL) < ordered.index(one.kind) for one in later)


def test_dangerous_withdrawal_leaves_the_lane_once_a_physician_has_answered_it() -> None:
    check = sick("alcohol", day=-1) | {"id": 77}
    done = {
        "tasks": [task(-1, kind="medical_withdrawal", done=0)],
        "answered": [answered(0, by="task", by_id=1, kind="check_in", fact=77)],
    }
    one = where(**steady(more_check_ins=[check]), **done)
    assert one.lane == ()
    assert ActionKind.MEDICAL_WITHDRAWAL not in kinds(one)


def test_withdrawal_from_opioids_alone_is_no_lane_and_the_prescriber_looks_at_the_dose() -> None:
    rows = steady(more_check_ins=[sick("methadone")])
    one = where(**rows)
    assert one.lane == ()
    assert ActionKind.PRESCRIBER_DOSE in kinds(one)


def test_naltrexone_whose_cover_ended_the_prescriber_checks_for_opioids_first() -> None:
    rows = steady(
        prescriptions=[prescription(-100, None, "naltrexone_xr")],
        doses=[dose(-64, 31, "naltrexone_xr"), dose(-33, 31, "naltrexone_xr")],
        screens=[],
    )
    one, story = where(**rows), told(**rows)
    assert one.group is Group.SLIPPING
    assert one.keeps_place
    assert story.headline == "Naltrexone injection: the cover ended November 21"
    assert ActionKind.CHECK_FOR_OPIOIDS in kinds(one)
    assert ActionKind.PRESCRIBER_BEFORE_DOSE not in kinds(one)
    assert "checks for opioids first" in story.action.text
    assert Flag.LOWERED_TOLERANCE in flags_of(one)


def test_suicidal_thoughts_stand_in_the_lane_whatever_the_scores_say() -> None:
    items = [safety_item(0, None, "suicidal_thoughts")]
    one, story = where(**steady(), safety_items=items), told(**steady(), safety_items=items)
    assert one.lane == (LaneReason.SELF_HARM,)
    assert one.action.kind is ActionKind.REACH_TODAY
    assert story.headline.startswith("Suicidal or self-harm thoughts, told November 24")
    assert flags_of(one) == {Flag.SAFETY_ANSWER}


def test_an_acknowledged_safety_answer_is_looked_at_again_within_24_hours_and_its_chip_stays_14_days() -> (
    None
):
    items = [safety_item(-1, -1, "suicidal_thoughts")]
    attendance = [mark(-7 * week - 8) for week in range(12)]
    check_ins = [check_in(-7 * week - 1, signs="", use="none") for week in range(12)]
    one = where(**steady(attendance=attendance, check_ins=check_ins, screens=[]), safety_items=items)
    assert one.lane == (LaneReason.SELF_HARM,)
    assert one.action.kind is ActionKind.LOOK_AGAIN
    assert one.action.due == TODAY_DAY
    assert Flag.SAFETY_ANSWER in flags_of(where(**steady(), safety_items=[safety_item(-13, -13)]))
    assert Flag.SAFETY_ANSWER not in flags_of(where(**steady(), safety_items=[safety_item(-14, -14)]))


def test_a_hospital_stay_with_medication_given_lowers_tolerance_only_by_its_own_cause() -> None:
    rows = steady(doses=doses(-100, -12) + doses(-1, 0), absences=[away(-11, -2, "hospital", medicated=1)])
    one, story = where(**rows), told(**rows)
    assert story.headline == "Left the hospital November 22 after 10 days; methadone was given there"
    assert Flag.LOWERED_TOLERANCE in flags_of(one)
    assert Flag.NO_MEDICATION not in flags_of(one)
    assert ActionKind.PRESCRIBER_BEFORE_DOSE not in kinds(one)


def test_a_stay_in_hospital_that_goes_on_counts_as_no_missed_dose_and_no_lost_contact() -> None:
    rows = steady(doses=doses(-100, -12), absences=[away(-11, None, "hospital", medicated=1)])
    one, story = where(**rows), told(**rows)
    assert one.group is not Group.NEEDS_PLAN
    assert "In hospital since November 13" in (story.headline, *story.lines)
    assert ActionKind.CALL_TODAY not in kinds(one)


def test_travel_by_itself_lowers_no_tolerance() -> None:
    rows = steady(
        doses=[dose(day, 1, "methadone") for day in range(-100, -10)] + [dose(-10, 14, "methadone")],
        absences=[away(-10, 2, "travel", medicated=1)],
    )
    one = where(**rows)
    assert Flag.LOWERED_TOLERANCE not in flags_of(one)
    assert one.lane == ()


@pytest.mark.parametrize(("days", "stands"), [(10, True), (27, True), (28, False)])
def test_the_first_four_weeks_of_methadone_are_a_flag(days: int, stands: bool) -> None:
    rows = steady(
        clients=[client(admitted=-days, naloxone=TODAY_DAY - days)],
        prescriptions=[prescription(-days, None, "methadone")],
        doses=doses(-days),
        check_ins=[check_in(-1, signs="", use="none")],
        attendance=[mark(-1)],
        screens=[],
    )
    assert (Flag.FIRST_WEEKS_OF_METHADONE in flags_of(where(**rows))) is stands


def test_a_changed_dose_starts_no_first_four_weeks() -> None:
    changed = [prescription(-180, -9, "methadone"), prescription(-9, None, "methadone")]
    assert Flag.FIRST_WEEKS_OF_METHADONE not in flags_of(where(**steady(prescriptions=changed)))


def test_postpartum_stands_for_twelve_months_after_the_end_of_a_pregnancy() -> None:
    def of(days: int) -> set[Flag]:
        return flags_of(
            where(**steady(clients=[client(naloxone=TODAY_DAY - 9, pregnancy_ended=TODAY_DAY - days)]))
        )

    assert of(0) == of(365) == {Flag.POSTPARTUM}
    assert of(366) == set()


def test_pregnant_a_review_is_asked_for_once() -> None:
    her = client(pregnant=1, pregnant_since=TODAY_DAY - 20, naloxone=TODAY_DAY - 9)
    assert ActionKind.PREGNANCY_REVIEW in kinds(where(**steady(clients=[her])))
    reviewed = where(**steady(clients=[her]), tasks=[task(-19, kind="pregnancy_review", done=-18)])
    assert ActionKind.PREGNANCY_REVIEW not in kinds(reviewed)
    assert Flag.PREGNANT in flags_of(reviewed)


def test_use_in_pregnancy_is_in_the_lane_until_the_prescriber_has_answered_it() -> None:
    her = client(pregnant=1, pregnant_since=TODAY_DAY - 20, naloxone=TODAY_DAY - 9)
    found = screen(0, "fentanyl methadone", expected="methadone") | {"id": 88}
    rows = steady(clients=[her], more_screens=[found])
    assert where(**rows).lane == (LaneReason.PREGNANCY,)
    done = {
        "tasks": [task(0, kind="prescriber_dose", done=0)],
        "answered": [answered(0, by="task", by_id=1, kind="urine_screen", fact=88)],
    }
    assert where(**rows, **done).lane == ()


def test_use_in_pregnancy_counts_by_its_own_day() -> None:
    for used_on, lane in ((-13, (LaneReason.PREGNANCY,)), (-14, ())):
        slip = check_in(0, use="slip", signs="", used_on=used_on)
        assert where(**steady(clients=[_HER], more_check_ins=[slip])).lane == lane


_HER = client(pregnant=1, pregnant_since=TODAY_DAY - 20, naloxone=TODAY_DAY - 9)
_SLIP = check_in(-1, use="slip", signs="") | {"id": 66}
_FOUND = screen(0, "fentanyl methadone", expected="methadone") | {"id": 66}


@pytest.mark.parametrize(
    ("rows", "fact", "asked"),
    [
        (
            steady(more_check_ins=[_SLIP]),
            "check_in",
            {ActionKind.PLAN_REVIEW, ActionKind.PRESCRIBER_DOSE},
        ),
        (
            steady(more_check_ins=[_SLIP], prescriptions=[], doses=[]),
            "check_in",
            {ActionKind.OFFER_MEDICATION},
        ),
        (
            steady(more_check_ins=[sick("methadone") | {"id": 66}]),
            "check_in",
            {ActionKind.PRESCRIBER_DOSE},
        ),
        (
            steady(clients=[_HER], more_screens=[_FOUND]),
            "urine_screen",
            {ActionKind.PRESCRIBER_DOSE},
        ),
        (
            steady(doses=doses(last=-6), more_check_ins=[_SLIP]),
            "check_in",
            {ActionKind.PRESCRIBER_BEFORE_DOSE},
        ),
    ],
    ids=["slip", "slip without medication", "withdrawal", "use in pregnancy", "without doses"],
)
def test_a_decision_on_the_level_of_care_takes_no_action_away(
    rows: dict[str, Any], fact: str, asked: set[ActionKind]
) -> None:
    decided = where(**rows, answered=[answered(0, by="decision", kind=fact, fact=66)])
    before = where(**rows)
    assert asked <= set(kinds(before))
    assert kinds(decided) == kinds(before)
    assert decided.lane == before.lane
    assert said(decided) == said(before)


def test_a_visit_that_was_typed_late_is_no_silence() -> None:
    late = steady(
        check_ins=[check_in(-5, signs="", use="none", known=-1)],
        attendance=[mark(-5, known=-1)],
        screens=[],
    )
    assert "unseen" not in said(where(**late))


def test_early_positives_of_a_new_client_are_no_return_to_use() -> None:
    rows = steady(
        clients=[client(admitted=-12, naloxone=TODAY_DAY - 12)],
        prescriptions=[prescription(-11, None, "buprenorphine")],
        doses=doses(-11, 0, "buprenorphine"),
        check_ins=[check_in(-6, signs="", use="none")],
        attendance=[mark(-6), mark(-1)],
        screens=[screen(-12, "fentanyl"), screen(-5, "fentanyl buprenorphine", expected="buprenorphine")],
    )
    one, story = where(**rows), told(**rows)
    assert one.group is Group.NEW
    assert "found" not in said(one)
    assert any("need not be new use" in line for line in (story.headline, *story.lines))
    assert ActionKind.PLAN_REVIEW not in kinds(one)


def test_after_a_negative_screen_a_positive_one_of_the_first_weeks_is_use() -> None:
    rows = steady(
        clients=[client(admitted=-20)],
        screens=[screen(-12, ""), screen(-2, "fentanyl")],
        check_ins=[],
        attendance=[mark(-2)],
    )
    assert "found" in said(where(**rows))


def test_who_is_not_safe_to_call_is_reached_in_another_way() -> None:
    unsafe = client(safe_to_call=list(Permission).index(Permission.NO), naloxone=TODAY_DAY - 9)
    seen = {"check_ins": [], "screens": [], "attendance": [mark(-7 * week - 6) for week in range(12)]}
    rows = steady(clients=[unsafe], doses=doses(-100, -6), **seen)
    one, story = where(**rows), told(**rows)
    assert Flag.NOT_SAFE_TO_CALL in flags_of(one)
    assert one.action.kind is ActionKind.ANOTHER_WAY
    assert "Not by phone" in story.action.text
    assert not {ActionKind.CALL, ActionKind.CALL_TODAY} & set(kinds(one))


def test_three_tries_in_five_days_lead_to_another_way_and_the_supervisor() -> None:
    rows = steady(more_attendance=[mark(-6, "no_show"), mark(-5, "no_show")], more_check_ins=[], screens=[])
    rows["check_ins"] = [row for row in rows["check_ins"] if row["day"] < TODAY_DAY - 6]
    rows["attendance"] = [row for row in rows["attendance"] if row["day"] != TODAY_DAY - 1]
    one = where(**rows, calls=[call(day, False) for day in (-4, -2, -1)])
    assert one.tries == 3
    assert one.action.kind is ActionKind.ANOTHER_WAY
    assert ActionKind.TELL_SUPERVISOR in kinds(one)


def test_who_comes_and_uses_for_four_weeks_needs_a_case_review() -> None:
    weeks = range(5)
    rows = steady(
        screens=[screen(-7 * week - 1, "fentanyl methadone", expected="methadone") for week in weeks],
        check_ins=[check_in(-7 * week - 1, use="slip", signs="") for week in weeks],
    )
    one = where(**rows)
    assert one.group is Group.NEEDS_PLAN
    assert one.action.kind is ActionKind.CASE_REVIEW
    assert one.action.due == TODAY_DAY  # the working day after the fourth week
    assert ActionKind.PRESCRIBER_DOSE in kinds(one)
    assert ActionKind.PLAN_REVIEW not in kinds(one)


@pytest.mark.parametrize(("medicated", "days"), [(True, 7), (False, 3)])
def test_who_needs_a_plan_waits_7_days_and_72_hours_off_medication(medicated: bool, days: int) -> None:
    rows = steady(screens=[screen(-7 * week - 1, "fentanyl") for week in range(5)])
    if not medicated:
        rows |= {"prescriptions": [], "doses": []}
    rows["check_ins"] = [check_in(-7 * week - 1, use="slip") for week in range(5)]
    one = where(**rows, tasks=[task(-1, kind="case_review", done=0)])
    review = next(action for action in (one.action, *one.also) if action.kind is ActionKind.CASE_REVIEW)
    assert review.due == DAYS.working_day_up_to(TODAY_DAY + days), (
        "not later, whatever day the clinic is closed"
    )


def test_a_kit_that_was_used_is_replaced() -> None:
    used = check_in(-2, contact=False, overdosed=1, overdosed_on=-3, naloxone_used=1)
    one = where(**steady(more_check_ins=[used]), safety_items=[safety_item(-2, -2, "overdose", event=-3)])
    assert Flag.REPLACE_NALOXONE in flags_of(one)
    assert Flag.NO_NALOXONE not in flags_of(one)
    assert ActionKind.REPLACE_NALOXONE in kinds(one)


def test_a_kit_that_was_handed_over_after_the_overdose_is_not_replaced_whenever_it_was_told() -> None:
    used = check_in(-2, contact=False, overdosed=1, overdosed_on=-9, naloxone_used=1)
    item = safety_item(-2, -2, "overdose", event=-9)
    for handed, replaced in ((-12, True), (-5, False)):
        rows = steady(clients=[client(naloxone=TODAY_DAY + handed)], more_check_ins=[used])
        assert (Flag.REPLACE_NALOXONE in flags_of(where(**rows, safety_items=[item]))) is replaced
    for handed, asked in ((-12, True), (-5, False)):
        told_late = check_in(0, use="slip", signs="", used_on=-8)
        rows = steady(clients=[client(naloxone=TODAY_DAY + handed)], more_check_ins=[told_late])
        assert (ActionKind.CHECK_NALOXONE in kinds(where(**rows))) is asked


def test_who_slips_has_a_next_step_of_their_own_when_all_that_was_asked_for_is_done() -> None:
    rows = steady(more_check_ins=[check_in(-2, use="slip", signs="") | {"id": 66}], calls=[call(0)])
    kinds_done = ("plan_review", "prescriber_dose")
    done = {
        "tasks": [task(-1, kind=kind, done=0) for kind in kinds_done],
        "answered": [
            answered(0, by="task", by_id=n, kind="check_in", fact=66) for n in range(1, len(kinds_done) + 1)
        ],
    }
    one = where(**rows, **done)
    assert one.group is Group.SLIPPING
    assert one.rest is not None
    assert (one.action.kind, one.action.due) == (
        ActionKind.CALL,
        DAYS.working_day_from(one.rest.until),
    )
    assert told(**rows, **done).action.text == "Call: how the last days went, and what helps now"


def test_an_old_kit_is_no_chip_and_is_asked_about_when_use_has_returned() -> None:
    old = [client(naloxone=TODAY_DAY - 700)]
    assert flags_of(where(**steady(clients=old))) == set()
    assert ActionKind.CHECK_NALOXONE not in kinds(where(**steady(clients=old)))
    used = where(**steady(clients=old, more_check_ins=[check_in(0, use="slip", signs="")]))
    assert flags_of(used) == set()
    assert ActionKind.CHECK_NALOXONE in kinds(used)


def test_five_missed_methadone_days_outrank_a_slip_on_a_full_dose() -> None:
    rows = steady(doses=doses(-100, -6), more_check_ins=[check_in(0, use="slip", signs="isolating boredom")])
    assert said(where(**rows))[:2] == ["without", "told"]


def test_a_reported_slip_is_never_crowded_out_by_signs() -> None:
    slip = check_in(-9, use="slip", signs="")
    many = check_in(0, use="none", signs="isolating boredom old_places glamorizing", craving=9.0)
    assert said(where(**steady(more_check_ins=[slip, many])))[0] == "told"


def test_what_a_call_has_answered_is_not_new() -> None:
    slip = check_in(-3, use="slip", signs="") | {"id": 66}
    before = where(**steady(more_check_ins=[slip]))
    assert {ref.id for ref in before.new} == {66}
    after = where(
        **steady(more_check_ins=[slip]),
        calls=[call(-2)],
        answered=[answered(-2, by="call", by_id=1, kind="check_in", fact=66)],
    )
    assert after.new == ()


def test_an_action_that_was_put_off_is_due_on_its_new_day() -> None:
    rows = steady(more_check_ins=[check_in(-1, use="slip", signs="")])
    one = where(**rows, tasks=[task(-1, kind="plan_review", due=9)])
    assert (one.action.kind, one.action.due, one.action.task) == (ActionKind.PLAN_REVIEW, TODAY_DAY + 9, 1)


def test_one_action_of_a_kind_and_one_way_of_being_in_touch() -> None:
    rows = steady(
        doses=doses(-100, -6), more_check_ins=[check_in(0, use="regular", signs="isolating", craving=9.0)]
    )
    found = kinds(where(**rows))
    assert len(found) == len(set(found))


def without_visits(**changed: Any) -> dict[str, Any]:
    """The steady client without what was heard in the last week."""
    rows = steady()
    old = {
        name: [row for row in rows[name] if row["day"] < TODAY_DAY - 7]
        for name in ("check_ins", "attendance", "screens")
    }
    return rows | old | changed


def test_a_session_that_was_missed_during_a_dated_absence_is_no_no_show() -> None:
    old = without_visits()["attendance"]
    gone = [away(-5, -1, "travel", medicated=1)]
    missed = without_visits(attendance=[*old, mark(-2, "no_show")], absences=gone)
    assert "no_show" not in said(where(**missed))
    assert "no_show" in said(where(**missed | {"absences": []}))


def test_days_of_a_dated_absence_are_not_days_without_contact() -> None:
    rows = steady(
        check_ins=[], screens=[], attendance=[mark(-40)], absences=[away(-38, -3, "travel", medicated=1)]
    )
    assert "unseen" not in said(where(**rows))


def test_how_long_nobody_has_seen_a_client_stands_before_the_sessions_that_were_missed() -> None:
    rows = without_visits(
        attendance=[mark(-40), *(mark(-7 * week, "no_show") for week in range(5))],
        check_ins=[],
        screens=[],
        doses=[],
        prescriptions=[],
    )
    one = where(**rows)
    assert said(one)[:2] == ["unseen", "no_show"]
    called = next(action for action in (one.action, *one.also) if action.kind is ActionKind.CALL_TODAY)
    assert called.values["why"] == "unseen"


def test_days_without_a_dose_are_one_count_in_the_headline_and_in_the_scores() -> None:
    some = facts(**steady(doses=doses(-100, -10)))
    assessment = assess(some, TODAY)
    rows = [row.reason for row in assessment.score_rows(1)]
    counts = [wording.reason(why) for why in rows if "no_dose" in why.rule_id]
    headline = story_of(standings(assessment, some, DAYS)[1], "Alice", TODAY).headline
    assert headline.startswith("No methadone for 9 days, last dose ")
    assert counts
    assert all(count.endswith(" for 9 days") for count in counts)
    assert wording.value_in_words("days_without_dose", 10) == "9 days"


def test_a_journey_with_the_medication_is_no_gap_in_it() -> None:
    gone = away(-25, -12, cause="travel", medicated=1)
    rows = steady(doses=[*doses(-100, -26), *doses(-11)], absences=[gone])
    one = where(**rows)
    assert "back" not in said(one)
    assert Flag.LOWERED_TOLERANCE not in flags_of(one)


def test_nothing_is_due_before_a_rest_is_over() -> None:
    one = where(**steady(calls=[call(-2)], more_attendance=[mark(-40, "no_show")]))
    assert one.rest is not None
    assert one.action.due >= one.rest.until


def test_what_held_at_the_last_visit_is_no_comfort_of_a_client_whom_nobody_sees() -> None:
    seen = steady()
    assert where(**seen).strength is not None
    old = {
        name: [row for row in rows if row["day"] < TODAY_DAY - 20]
        for name, rows in seen.items()
        if name in ("check_ins", "attendance", "screens", "doses")
    }
    one = where(**(seen | old))
    assert "unseen" in said(one)
    assert one.strength is None


def test_a_client_of_whom_nobody_saw_anything_for_four_weeks_has_the_review_on_the_next_working_day() -> None:
    one = where(
        **without_visits(attendance=[mark(-28)], check_ins=[], screens=[], doses=[], prescriptions=[])
    )
    assert one.group is Group.NEEDS_PLAN
    assert one.action.due == TODAY_DAY + 1


def test_a_urine_screen_that_nobody_took_is_said() -> None:
    rows = without_visits(more_screens=[])
    rows["screens"] = [*rows["screens"], screen(-4, status="missed")]
    story = told(**rows)
    assert "Urine screen of November 20 not taken" in (story.headline, *story.lines)


def test_a_screen_without_what_is_prescribed_is_said_and_asked_about() -> None:
    rows = steady(more_screens=[screen(0, "", expected="methadone")])
    assert "medication_absent" in said(where(**rows))
    assert any(
        "prescribed methadone not found" in line.lower()
        for line in (told(**rows).headline, *told(**rows).lines)
    )


def test_what_lowered_tolerance_means_is_told_once() -> None:
    rows = steady(absences=[away(-20, -4, "custody", medicated=1)])
    assert ActionKind.TELL_TOLERANCE in kinds(where(**rows))
    once = where(**rows, tasks=[task(-2, kind="tell_tolerance", done=-2)])
    assert ActionKind.TELL_TOLERANCE not in kinds(once)
    assert Flag.LOWERED_TOLERANCE in flags_of(once)


def test_a_plan_review_after_days_without_medication_is_done_once() -> None:
    rows = steady(doses=[*doses(-100, -12), *doses(-5, 0)])
    assert where(**rows).action.kind is ActionKind.PLAN_REVIEW
    done = where(**rows, tasks=[task(-3, kind="plan_review", done=-2)])
    assert ActionKind.PLAN_REVIEW not in kinds(done)


def test_days_on_which_nobody_works_are_skipped() -> None:
    rows = facts(**steady(more_check_ins=[check_in(0, use="slip", signs="")]))
    found = assess(rows, TODAY)
    closed = ClinicDays(closed=frozenset({TODAY_DAY + 2, TODAY_DAY + 3}))  # Thursday and Friday
    due = {days: standings(found, rows, days)[1].action.due - TODAY_DAY for days in (DAYS, closed)}
    assert due == {DAYS: 2, closed: 6}


def test_who_has_a_task_owns_the_action() -> None:
    rows = steady(more_check_ins=[check_in(-1, use="slip", signs="")])
    one = where(**rows, tasks=[task(-1, kind="plan_review", due=1)])
    assert story_of(one, "Alice", TODAY, owners={1: "Bob"}).action.owner == "Bob"
    assert story_of(one, "Alice", TODAY).action.owner == "Alice"


def test_a_reached_client_rests_and_is_not_called() -> None:
    rows = steady(more_check_ins=[check_in(-2, signs="isolating boredom", use="none", craving=8.0)])
    rested = where(**rows, calls=[call(-1, appointment=3)])
    assert rested.rest is not None
    assert not {ActionKind.CALL, ActionKind.CALL_TODAY, ActionKind.CHECK_IN} & set(kinds(rested))


NEVER_SAID = [
    "relapse",
    "in a run",
    "past it",
    "resume",
    "take up again",
    "as usual",
    " mg",
    "lost",
    "check that naloxone",
]


def test_no_word_that_is_never_said_stands_in_any_story() -> None:
    some = random_facts(60)
    for one in standings(assess(some, TODAY), some, DAYS).values():
        text = "\n".join(story_of(one, "Alice", TODAY).texts).lower()
        assert not [word for word in NEVER_SAID if word in text], text


def test_no_sentence_is_stamped_on_most_rows() -> None:
    """Of the clients who are listed no action's text stands on more than a third."""
    some = random_facts(60)
    listed = [
        one for one in standings(assess(some, TODAY), some, DAYS).values() if one.group is not Group.STEADY
    ]
    texts = Counter(story_of(one, "Alice", TODAY).action.text for one in listed)
    assert texts.most_common(1)[0][1] <= len(listed) / 3


def test_days_told_of_an_injection_say_nothing_of_it() -> None:
    def rows(medication: str, covers: int) -> dict[str, Any]:
        return steady(
            prescriptions=[prescription(-100, None, medication)],
            doses=[dose(day, covers, medication) for day in range(-100, 1, covers)],
            screens=[],
            more_check_ins=[check_in(0, signs="", use="none", taken=(4, 7))],
        )

    assert "doses_told" in said(where(**rows("buprenorphine", 1)))
    assert "doses_told" not in said(where(**rows("buprenorphine_xr", 25)))


def test_a_case_review_begins_with_an_offer_of_medication_where_none_is_taken() -> None:
    using = {"screens": [screen(-7 * week - 1, "fentanyl") for week in range(5)]}
    using["check_ins"] = [check_in(-7 * week - 1, use="slip") for week in range(5)]
    assert "offer of medication" not in told(**steady(**using)).action.text
    text = told(**steady(**using, prescriptions=[], doses=[])).action.text
    assert text == "Case review with prescriber and supervisor: an offer of medication, a plan and a date"


def test_an_action_whose_day_has_passed_is_overdue() -> None:
    story = told(**steady(), tasks=[task(-3, kind="plan_review", due=-1)])
    assert story.action.due_text == "overdue since Nov 23"


def test_signs_to_talk_about_are_named_as_the_check_in_names_them() -> None:
    story = told(**steady(more_check_ins=[check_in(0, signs="boredom isolating", use="none")]))
    texts = " ".join(one.text for one in (story.action, *story.also))
    assert "talk about “bored, no hobbies” and “isolating”" in texts


def test_who_is_not_safe_to_call_is_reached_as_agreed_after_thoughts_of_suicide() -> None:
    rows = steady(
        clients=[
            client(naloxone=TODAY_DAY - 100, pregnant=0, safe_to_call=list(Permission).index(Permission.NO))
        ],
        safety_items=[safety_item(0, None, "suicidal_thoughts")],
    )
    assert told(**rows).action.text == (
        "Reach the client today, in the way that was agreed (not safe to call), and follow the safety protocol"
    )


def test_nobody_is_steady_while_a_safety_answer_stands_as_a_flag() -> None:
    items = [safety_item(-3, -3, "suicidal_thoughts")]
    assert where(**steady()).group is Group.STEADY
    assert where(**steady(), safety_items=items).group is Group.LOOKS_WELL
