"""The registry, the point table, bands, order and what is said in words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math

import numpy as np
import pytest

from casework import wording
from casework.indicators import COMPARISONS, INDICATORS, TABLE, Assessment, Concern, ScoreRow, assess
from casework.indicators.drift import LAMBDA, LIMIT, PRIOR_ASKED, PRIOR_PRESENT, WARNING_LIMIT
from casework.indicators.fitted import POINTS
from casework.indicators.points import (
    BANDS,
    DOMAINS,
    ELEVATED_FROM,
    ENGAGEMENT_SHARE,
    HIGH_FROM,
    PRIORITY,
    WATCH_FROM,
    band_of,
    enough_heard,
    priority,
    together,
)
from casework.indicators.reasons import Reason
from casework.indicators.tables import CANDIDATES
from casework.indicators.tolerance import CAUSES
from casework.vocabulary import Band, Score, Stage
from casework.windows import FURTHEST_WINDOW_DAYS
from tests.support import indicator_docs
from tests.support.facts import (
    TODAY,
    TODAY_DAY,
    Row,
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

CHECKED = check_in(0, signs="", use="none")


def row_of(assessed: Assessment, rule_id: str) -> ScoreRow:
    """The client's row of that rule."""
    (found,) = [row for row in assessed.score_rows(1) if row.rule_id == rule_id]
    return found


def names_of(points: list[int], coverage: list[float], *, asked: bool = True) -> list[str]:
    known = enough_heard(np.array(coverage), np.full(len(points), asked))
    return [BANDS[at].value for at in band_of(np.array(points), known)]


def test_bands_begin_at_their_named_thresholds() -> None:
    points = [0, WATCH_FROM - 1, WATCH_FROM, ELEVATED_FROM - 1, ELEVATED_FROM, HIGH_FROM - 1, HIGH_FROM]
    assert names_of(points, [1.0] * 7) == ["low", "low", "watch", "watch", "elevated", "elevated", "high"]


def test_too_little_coverage_makes_low_and_watch_unknown_and_leaves_bad_facts_alone() -> None:
    points = [0, WATCH_FROM, ELEVATED_FROM, HIGH_FROM]
    assert names_of(points, [0.4] * 4) == ["unknown", "unknown", "elevated", "high"]
    assert names_of(points, [1.0] * 4, asked=False) == ["unknown", "unknown", "elevated", "high"]


def test_the_order_is_safety_then_band_then_points_then_silence_then_the_clients_number() -> None:
    safety_open = np.array([False, True, False, False, False, False, False])
    band = np.array([2, 0, 4, 1, 3, 3, 3])
    points = np.array([30, 0, 0, 12, 50, 50, 50])
    overdue = np.array([0, 0, 0, 0, 0, 5, 0])
    order = priority(safety_open, band, points, overdue, np.arange(7))
    assert order.tolist() == [1, 5, 4, 6, 0, 2, 3]


def test_unknown_stands_above_watch_and_low() -> None:
    place = dict(zip(BANDS, PRIORITY, strict=True))
    assert place[Band.HIGH] < place[Band.ELEVATED] < place[Band.UNKNOWN] < place[Band.WATCH] < place[Band.LOW]


def test_every_row_has_whole_points_belongs_to_an_indicator_and_says_where_they_come_from() -> None:
    assert all(type(rule.points) is int and rule.points for rule in TABLE)
    assert {rule.indicator_id for rule in TABLE} <= set(INDICATORS)
    assert len({rule.id for rule in TABLE}) == len(TABLE)
    assert all(wording.condition(rule) and rule.id.startswith(f"{rule.score.value}.") for rule in TABLE)
    assert not set(POINTS) - {rule.id for rule in CANDIDATES}


def test_the_points_of_a_row_never_go_against_its_stated_direction() -> None:
    assert all(rule.points * rule.sign >= 0 for rule in TABLE)
    assert {rule.sign for rule in TABLE if rule.points < 0} == {-1, 0}


def test_the_rows_about_signs_state_that_they_were_set_by_hand_and_why() -> None:
    by_hand = [rule for rule in TABLE if rule.score is Score.SIGNS]
    assert by_hand
    assert all(wording.basis(rule.basis).startswith("by hand: ") and not rule.fitted for rule in by_hand)


@pytest.mark.parametrize("score", [Score.EARLY, Score.USE])
def test_a_screen_that_shows_what_was_told_never_takes_points_off(score: Score) -> None:
    """A week counts as found, and no longer as told alone, and both together count as confirmed."""
    points = {rule.id: rule.points for rule in CANDIDATES}
    for first, confirmed in ((0, "confirmed_0"), (1, "confirmed_1"), (2, "confirmed_1")):
        shown = points.get(f"{score}.found_{first}", 0) + points.get(f"{score}.{confirmed}", 0)
        assert shown >= points.get(f"{score}.told_{first}", 0), first


def test_the_priority_is_the_early_warning_and_signs_and_a_part_of_engagement() -> None:
    of = {score: np.array([points]) for score, points in zip(Score, (100, 31, 54, 20), strict=True)}
    assert together(of).tolist() == [100 + 54 // ENGAGEMENT_SHARE + 20]


def test_a_rule_that_the_clinic_switched_off_adds_nothing_and_leaves_the_others_alone() -> None:
    told = facts(check_ins=[CHECKED], safety_items=[safety_item(-6, None, "overdose")])
    whole, without = assess(told, TODAY), assess(told, TODAY, off={"signs.overdose"})
    (overdose,) = [row for row in whole.score_rows(1) if row.rule_id == "signs.overdose"]
    assert without.points_of(1, Score.SIGNS) == whole.points_of(1, Score.SIGNS) - overdose.points
    assert without.score_rows(1) == tuple(row for row in whole.score_rows(1) if row != overdose)
    assert without.value(1, "overdose") == 1


def test_an_overdose_and_use_count_by_their_own_day_whenever_they_were_told() -> None:
    for on, count, use in ((-27, 1, 2), (-28, 0, 0), (-50, 0, 0)):
        told = check_in(-1, use="regular", used_on=on, overdosed=1, overdosed_on=on, use_days=3)
        some = assess(
            facts(check_ins=[told], safety_items=[safety_item(-1, None, "overdose", event=on)]), TODAY
        )
        assert (some.value(1, "overdose"), some.value(1, "reported_use")) == (count, use)
        assert len(some.evidence(1, "overdose")) == count
        assert len(some.evidence(1, "reported_use")) == 1, "an answer to whether there was use, either way"


def test_safety_tolerance_protective_factors_and_what_is_overdue_add_no_points() -> None:
    apart = {"sign_coverage", "contact_gap", "protective_factors", "lowered_tolerance", "safety"}
    assert apart <= {one.id for one in INDICATORS.values() if one.group != "risk"}
    assert not apart & {rule.indicator_id for rule in TABLE}


def test_comparisons_are_no_part_of_an_assessment_and_add_no_points() -> None:
    assessed = assess(facts(check_ins=[CHECKED], screens=[screen(-1, "fentanyl")]), TODAY)
    assert set(assessed.readings) == set(INDICATORS)
    assert not set(COMPARISONS) & ({rule.indicator_id for rule in TABLE} | set(INDICATORS))
    assert {one.group for one in COMPARISONS.values()} == {"comparison"}


def test_every_indicator_says_what_a_clinician_needs_to_judge_it() -> None:
    for one in (INDICATORS | COMPARISONS).values():
        assert all(dataclasses.astuple(wording.INDICATORS[one.id]))
        assert wording.NEXT_STEPS[one.next_step.id]
        assert one.window_days is None or one.window_days <= FURTHEST_WINDOW_DAYS


def test_the_page_of_documentation_is_that_of_the_registry() -> None:
    written = indicator_docs.PAGE.read_text(encoding="utf-8")
    assert written == indicator_docs.page(), "run: python -m tests.support.indicator_docs"


def test_a_missed_check_in_is_not_the_same_as_no_signs() -> None:
    asked = assess(facts(check_ins=[check_in(-20, signs=""), CHECKED]), TODAY)
    missed = assess(facts(check_ins=[check_in(-20, signs="")]), TODAY)
    assert asked.value(1, "active_signs") == 0
    assert math.isnan(missed.value(1, "active_signs"))
    assert missed.level(1, "active_signs") is Concern.UNKNOWN


@pytest.mark.parametrize("days", [1, 10, 21])
def test_a_client_about_whom_nothing_is_known_is_unknown_and_not_low(days: int) -> None:
    assessed = assess(facts(clients=[client(admitted=-days)]), TODAY)
    assert assessed.band(1) is Band.UNKNOWN
    assert assessed.table["band"].tolist() == ["unknown"]


def test_after_months_without_a_word_a_client_is_unknown_and_to_be_called() -> None:
    assessed = assess(facts(), TODAY)
    assert assessed.band(1) is Band.UNKNOWN
    assert assessed.table["overdue"].iloc[0] > 0
    assert {row.indicator_id for row in assessed.score_rows(1) if row.points > 0} == {
        "time_in_care", "days_unseen",
    }  # fmt: skip


def test_reasons_name_the_days() -> None:
    marks = [mark(-9, "no_show"), mark(-12, "no_show"), mark(-2, "attended")]
    row = row_of(assess(facts(attendance=marks, check_ins=[CHECKED]), TODAY), "early.missed_1")
    assert wording.reason(row.reason) == "Did not come Thu, Nov 12 and Sun, Nov 15"
    assert (row.times, row.day) == (1, TODAY_DAY - 9)
    assert [ref.day - TODAY_DAY for ref in row.refs] == [-12, -9]


def test_a_row_of_several_weeks_counts_each_of_them() -> None:
    two = [screen(-15, "heroin"), screen(-24, "fentanyl")]
    row = row_of(assess(facts(screens=two), TODAY), "use.found_2")
    assert (row.times, row.points) == (2, 2 * POINTS["use.found_2"])
    assert [ref.day - TODAY_DAY for ref in row.refs] == [-24, -15]


def test_what_a_row_says_names_days_just_where_the_rule_is_dated() -> None:
    for rule in CANDIDATES + TABLE:
        said = [wording.reason(Reason(rule.id, 1.0, (), days, TODAY_DAY)) for days in ((), (TODAY_DAY - 5,))]
        assert ("Thu, Nov 19" in said[1]) is rule.dated, rule.id
        assert not any(mark in said[0] for mark in "{}[]"), rule.id


def test_no_words_are_kept_for_what_no_longer_exists() -> None:
    assert set(wording.INDICATORS) == set(INDICATORS | COMPARISONS)
    steps = {one.next_step.id for one in (INDICATORS | COMPARISONS).values()}
    assert set(wording.NEXT_STEPS) == steps
    assert tuple(wording.HEARD_WHEN) == tuple(wording.DOMAINS) == DOMAINS
    assert tuple(wording.LOWERS_TOLERANCE) == CAUSES


def test_a_screen_that_the_clinic_excused_changes_no_score() -> None:
    without, excused = (
        assess(facts(screens=screens), TODAY) for screens in ([], [screen(-6, status="excused")])
    )
    assert [without.points_of(1, score) for score in Score] == [
        excused.points_of(1, score) for score in Score
    ]


def test_a_screen_of_fentanyl_moves_a_client_up() -> None:
    quiet = [check_in(0, number, signs="", use="none") for number in (1, 2)]
    screens = [screen(-1, "", 1), screen(-1, "fentanyl", 2)]
    table = assess(facts(clients=[client(1), client(2)], check_ins=quiet, screens=screens), TODAY).table
    assert table["client_id"].tolist() == [2, 1]
    two, one = table["use"].tolist()
    assert two - one == POINTS["use.found_0"] - POINTS["use.clean_0"]


def test_an_open_safety_item_stands_first_whatever_the_points() -> None:
    used = [check_in(0, 1, use="regular", signs=""), check_in(0, 2, signs="", use="none")]
    two = facts(clients=[client(1), client(2)], check_ins=used, safety_items=[safety_item(-1, client_id=2)])
    assessed = assess(two, TODAY)
    assert assessed.table["client_id"].tolist() == [2, 1]
    assert assessed.points(2) < assessed.points(1)


def test_what_is_open_for_safety_can_always_be_acknowledged() -> None:
    sign = check_in(-4, stages="self_harm_for_urges")
    opened = assess(facts(check_ins=[sign], safety_items=[safety_item(-4)]), TODAY)
    assert opened.value(1, "safety") == 1
    assert {ref.frame for ref in opened.evidence(1, "safety")} == {"safety_items"}
    assert assess(facts(check_ins=[sign]), TODAY).value(1, "safety") == 0


def test_the_flag_of_lowered_tolerance_names_its_cause_its_end_and_the_naloxone_date() -> None:
    people = [client(naloxone=TODAY_DAY - 50)]
    one = facts(
        clients=people, absences=[away(-40, -10, "hospital")], check_ins=[check_in(-35), check_in(-8)]
    )
    assessed = assess(one, TODAY)
    assert assessed.extra(1, "lowered_tolerance", "mask") == 0b100
    assert assessed.extra(1, "lowered_tolerance", "until") == TODAY_DAY - 10 + 28
    assert assessed.extra(1, "lowered_tolerance", "naloxone") == TODAY_DAY - 50


def test_use_of_the_last_two_weeks_is_never_low_however_good_the_rest_is() -> None:
    weekly = range(-70, 0, 7)
    good = {
        "attendance": [mark(day) for day in weekly],
        "check_ins": [check_in(day, signs="", use="none", withdrawal=0) for day in weekly],
        "prescriptions": [prescription(-200)],
        "doses": [dose(day) for day in range(-90, 1)],
    }
    for day, band in ((-15, Band.LOW), (-3, Band.WATCH)):
        found = facts(
            **good, screens=[*(screen(one) for one in weekly if one != day), screen(day, "fentanyl")]
        )
        assert assess(found, TODAY).band(1) is band


@pytest.mark.parametrize("safety_item_too", [False, True])
def test_regular_use_or_an_overdose_is_at_least_elevated_whatever_is_not_known(safety_item_too: bool) -> None:
    told = {"check_ins": [check_in(-2, use="none" if safety_item_too else "regular")]}
    items = [safety_item(-2, None, "overdose")] if safety_item_too else []
    assert assess(facts(**told, safety_items=items), TODAY).band(1) in (Band.ELEVATED, Band.HIGH)
    assert assess(facts(check_ins=[check_in(-2, use="slip")]), TODAY).band(1) is not Band.ELEVATED


def test_the_change_is_against_four_weeks_ago() -> None:
    heard = [check_in(day, signs="", use="none") for day in (-28, 0)]
    marks = [mark(-30), mark(-2, "no_show")]
    then, now = (
        assess(facts(check_ins=heard, attendance=marks), TODAY - dt.timedelta(days=days)) for days in (28, 0)
    )
    assert now.table["change"].tolist() == [now.points(1) - then.points(1)]
    assert now.points(1) != then.points(1)
    nothing_then = assess(facts(check_ins=[CHECKED]), TODAY).table
    assert nothing_then["change"].isna().all()


def test_who_was_not_here_four_weeks_ago_has_no_change_whatever_is_on_record_from_before() -> None:
    heard = [check_in(day, signs="", use="none") for day in (-40, -30, 0)]
    marks = [mark(-30), mark(-2)]
    for admitted, unknown in ((-90, False), (-20, True)):
        back = facts(clients=[client(1, admitted=admitted)], check_ins=heard, attendance=marks)
        assert assess(back, TODAY).table["change"].isna().tolist() == [unknown]


def test_a_band_that_was_stated_for_its_bad_facts_has_a_change_since() -> None:
    missed = [mark(-day, "no_show") for day in range(0, 70, 7)]
    then, now = (assess(facts(attendance=missed), TODAY - dt.timedelta(days=days)) for days in (28, 0))
    assert then.band(1) in (Band.ELEVATED, Band.HIGH)
    assert now.table["change"].tolist() == [now.points(1) - then.points(1)]


def test_history_has_a_row_a_week_from_admission_on() -> None:
    assessed = assess(facts(clients=[client(1), client(2, admitted=-20)], check_ins=[CHECKED]), TODAY)
    history = assessed.history
    assert (history["client_id"] == 1).sum() == 13
    assert (history.loc[history["client_id"] == 2, "day"] - TODAY_DAY).tolist() == [-14, -7, 0]


def test_todays_numbers_do_not_depend_on_how_much_history_is_asked_for() -> None:
    rows = [check_in(-7 * week, signs="isolating" if week < 2 else "", use="none") for week in range(10)]
    long, short = (assess(facts(check_ins=rows), TODAY, history_weeks=weeks) for weeks in (12, 0))
    assert {id_: repr(long.value(1, id_)) for id_ in INDICATORS} == {
        id_: repr(short.value(1, id_)) for id_ in INDICATORS
    }
    assert long.score_rows(1) == short.score_rows(1)


def test_stage_tags_are_tags_and_not_a_ladder() -> None:
    assessed = assess(facts(check_ins=[check_in(-1, stages="denial", use="slip")]), TODAY)
    assert assessed.stage_tags(1) == (Stage.EMOTIONAL, Stage.PHYSICAL)


def test_somebody_elses_client_is_not_found() -> None:
    with pytest.raises(KeyError):
        assess(facts(), TODAY).points(7)


def test_a_caseload_without_clients_is_assessed() -> None:
    assessed = assess(facts(clients=[]), TODAY)
    assert assessed.table.empty
    assert assessed.history.empty


def test_an_earlier_day_is_assessed_as_it_was() -> None:
    rows = [check_in(-10, signs="", use="none"), check_in(-3, use="regular", known=-1)]
    then = assess(facts(check_ins=rows), TODAY - dt.timedelta(days=2))
    assert then.value(1, "reported_use") == 0
    assert assess(facts(check_ins=rows), TODAY).value(1, "reported_use") == 2


def test_drift_is_the_averages_distance_in_its_own_standard_deviations() -> None:
    signs = ["", "isolating", "", "isolating", "", "", "isolating boredom", "isolating boredom glamorizing"]
    weeks = range(len(signs) - 1, -1, -1)
    rows = [check_in(-7 * week, signs=found) for week, found in zip(weeks, signs, strict=True)]
    points = np.array([len(found.split()) / 11 for found in signs])

    def distance(values: np.ndarray) -> float:
        center = values[:-3].mean()
        average = center
        for value in values:
            average = LAMBDA * value + (1 - LAMBDA) * average
        return float(average - center)

    level = (2 + PRIOR_PRESENT) / (5 * 11 + PRIOR_ASKED)
    spread = max(float(np.std(points[:-3], ddof=1)), math.sqrt(level * (1 - level) / 11))
    weights = [distance(unit) for unit in np.eye(len(points))]  # it is linear in the points
    sigma = spread * float(np.linalg.norm(weights))
    assessed = assess(facts(check_ins=rows), TODAY)
    assert assessed.value(1, "drift") == pytest.approx(distance(points) / sigma)
    center = points[:-3].mean()
    assert assessed.extra(1, "drift", "warning") == pytest.approx(center + WARNING_LIMIT * sigma)
    assert assessed.extra(1, "drift", "upper") == pytest.approx(center + LIMIT * sigma)


def test_drift_of_a_client_who_was_asked_less_has_a_wider_range() -> None:
    asked = "isolating boredom glamorizing drugs_within_reach same_activities old_places"
    full = [check_in(-7 * week, signs="isolating") for week in range(8)]
    half = [check_in(-7 * week, signs="", asked=asked) for week in range(8)]
    none = [check_in(-7 * week, signs="") for week in range(8)]
    widths = []
    for rows in (none, half):
        assessed = assess(facts(check_ins=rows), TODAY)
        widths.append(assessed.extra(1, "drift", "upper") - assessed.extra(1, "drift", "center"))
    assert 0 < widths[0] < widths[1]
    assert assess(facts(check_ins=full), TODAY).value(1, "drift") == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("acknowledged", [None, -5])
def test_an_overdose_is_a_return_to_use_whether_or_not_it_was_acknowledged(acknowledged: int | None) -> None:
    told = facts(check_ins=[CHECKED], safety_items=[safety_item(-6, acknowledged, "overdose")])
    assessed = assess(told, TODAY)
    row = row_of(assessed, "signs.overdose")
    assert (row.points, row.day) == (60, TODAY_DAY - 6)
    assert wording.reason(row.reason) == "An overdose told of Wed, Nov 18"
    assert assessed.stage_tags(1) == (Stage.PHYSICAL,)
    assert [ref.frame for ref in assessed.evidence(1, "stage_tags")] == ["safety_items"]
    assert assessed.band(1) in (Band.ELEVATED, Band.HIGH)


def test_a_sign_of_the_physical_stage_holds_for_28_days_whatever_is_answered_later() -> None:
    seen = [
        check_in(-20, stages="lapse", signs="", use="none"),
        check_in(-1, stages="", signs="", use="none"),
    ]
    row = row_of(assess(facts(check_ins=seen), TODAY), "signs.physical")
    assert row.day == TODAY_DAY - 20


def test_a_sign_of_the_physical_stage_is_a_report_of_use_in_its_week_and_counts_there_once() -> None:
    sign, report = check_in(-9, stages="lapse"), check_in(-9, use="slip")
    alone, both = (assess(facts(check_ins=rows), TODAY) for rows in ([sign], [sign, report]))
    assert row_of(alone, "use.told_1").times == row_of(both, "use.told_1").times == 1
    assert [ref.day - TODAY_DAY for ref in row_of(alone, "use.told_1").refs] == [-9]


def test_a_further_finding_of_use_never_takes_points_from_a_sign_of_the_physical_stage() -> None:
    lapse = check_in(-1, stages="lapse", signs="")
    findings: tuple[list[Row], ...] = (
        [],
        [check_in(-20, use="slip")],
        [check_in(-20, use="slip"), check_in(-2, use="slip")],
        [check_in(-20, use="slip"), check_in(-2, use="regular")],
    )
    points = [assess(facts(check_ins=[*found, lapse]), TODAY).points(1) for found in findings]
    assert points == sorted(points)
    screens = [[screen(-3 * turn, "heroin") for turn in range(count)] for count in range(4)]
    points = [assess(facts(check_ins=[lapse], screens=found), TODAY).points(1) for found in screens]
    assert points == sorted(points)
    signs = [
        assess(facts(check_ins=[lapse], screens=found), TODAY).points_of(1, Score.SIGNS) for found in screens
    ]
    assert len(set(signs)) == 1


def test_the_reason_of_a_stage_lists_its_own_signs_and_days_only() -> None:
    seen = [
        check_in(-9, stages="planning"),
        check_in(-2, stages="anger planning lapse") | {"stage_asked": 0b100},
    ]
    seen[1]["stage_present"] &= seen[1]["stage_asked"]
    rows = {row.rule_id: row for row in assess(facts(check_ins=seen), TODAY).score_rows(1)}
    assert (
        wording.reason(rows["signs.mental"].reason)
        == "Signs of the mental stage: Planning to use (Sun, Nov 15)"
    )
    assert (
        wording.reason(rows["signs.emotional"].reason) == "Signs of the emotional stage: Anger (Sun, Nov 22)"
    )
    assert [ref.day for ref in rows["signs.mental"].refs] == [TODAY_DAY - 9]


def test_who_comes_but_was_never_asked_about_signs_or_use_is_unknown() -> None:
    came = {"attendance": [mark(-7 * week) for week in range(4)], "screens": [screen(-3), screen(-10)]}
    silent = assess(facts(**came), TODAY)
    assert silent.table["coverage"].tolist() == [0.5]
    assert silent.band(1) is Band.UNKNOWN
    assert silent.missing_domains.tolist() == [0b00101]
    for heard in (check_in(-1, use="none"), check_in(-1, signs="", asked="boredom")):
        assert assess(facts(**came, check_ins=[heard]), TODAY).band(1) is Band.LOW


def test_a_gap_in_medication_began_on_its_first_day() -> None:
    doses = [dose(day) for day in (*range(-60, -12), *range(-5, 1))]
    heard = [check_in(-7 * week) for week in range(14)]
    one = facts(prescriptions=[prescription(-60)], doses=doses, check_ins=heard)
    assert assess(one, TODAY).extra(1, "lowered_tolerance", "began") == TODAY_DAY - 12


def test_an_absence_began_on_the_day_after_the_last_contact() -> None:
    one = facts(check_ins=[check_in(-50), check_in(-2)])
    assert assess(one, TODAY).extra(1, "lowered_tolerance", "began") == TODAY_DAY - 49


def test_days_without_a_dose_rest_on_the_latest_dose_and_not_on_the_prescription() -> None:
    doses = [dose(day) for day in range(-30, -11)]
    one = facts(prescriptions=[prescription(-240)], doses=doses, check_ins=[check_in(0)])
    row = row_of(assess(one, TODAY), "early.no_dose_9")
    assert wording.reason(row.reason) == "No dose for 11 days"
    assert (row.day, {ref.frame for ref in row.refs}) == (TODAY_DAY - 12, {"doses"})


def test_a_planned_screen_past_its_grace_is_the_evidence_of_the_miss() -> None:
    assessed = assess(facts(check_ins=[CHECKED], screens=[screen(-6, status="due")]), TODAY)
    row = row_of(assessed, "engagement.missed_0")
    assert wording.reason(row.reason) == "Did not come Wed, Nov 18"
    assert [(ref.frame, ref.day) for ref in row.refs] == [("screens", TODAY_DAY - 6)]
    still_open = assess(facts(check_ins=[CHECKED], screens=[screen(-3, status="due")]), TODAY)
    assert still_open.evidence(1, "missed_weeks") == ()


def test_a_check_in_that_asked_one_sign_is_no_point_of_the_drift_chart() -> None:
    full = [check_in(-7 * week, signs="") for week in range(8, 0, -1)]
    one_sign = check_in(0, signs="isolating", asked="isolating")
    without = assess(facts(clients=[client()], check_ins=full), TODAY)
    assessed = assess(facts(clients=[client()], check_ins=[*full, one_sign]), TODAY)
    assert assessed.extra(1, "drift", "points") == len(full)
    assert assessed.value(1, "drift") == without.value(1, "drift")


def test_an_absence_that_was_told_later_changes_no_day_before() -> None:
    rows = {
        "attendance": [mark(-20, "attended"), mark(-9, "no_show")],
        "absences": [away(-12, -3, known=-2)],
    }
    told, before = (assess(facts(**rows), TODAY - dt.timedelta(days=ago)) for ago in (2, 3))
    assert before.value(1, "consecutive_no_shows") == 1
    assert before.value(1, "days_unseen") == 17
    assert told.value(1, "consecutive_no_shows") == 0
    assert told.value(1, "days_unseen") == 8
