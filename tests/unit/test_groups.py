"""Which group a client is in, from dated facts. Day 0 is today, a Tuesday; weeks of care end on Tuesdays, too."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from casework.frames import Facts
from casework.indicators import INDICATORS
from casework.standing.groups import EARLY_FROM, GROUPS, NO_KIND, PLAN_KINDS, Groups, groups
from casework.vocabulary import Group, PlanKind
from casework.windows import NEVER, Panel
from tests.support.facts import (
    TODAY_DAY,
    Row,
    away,
    check_in,
    client,
    dose,
    facts,
    mark,
    prescription,
    screen,
)

CALM = EARLY_FROM - 1


def placed(some: Facts, *, early: float = CALM, day: int = 0) -> Groups:
    panel = Panel.on(some, TODAY_DAY + day)
    readings = {id_: one.compute(panel) for id_, one in INDICATORS.items()}
    return groups(panel, readings, np.full(len(panel), early))


def group(some: Facts, **more: Any) -> Group:
    return GROUPS[placed(some, **more).group[0]]


def line(states: str, **more: Any) -> dict[str, list[Row]]:
    """A week a letter, the last one ending today: ``-`` came and clean urine, ``+`` came and an opioid, ``o`` missed,
    ``u`` came, told of a slip and clean urine, ``c`` came and nothing was asked, ``n`` came and said no, ``.`` nothing
    due."""
    rows: dict[str, list[Row]] = {"attendance": [], "screens": [], "check_ins": []}
    for number, state in enumerate(states):
        day = -7 * (len(states) - 1 - number) - 3
        if state in "-+u":
            rows["attendance"].append(mark(day))
            rows["screens"].append(screen(day, "fentanyl" if state == "+" else ""))
        if state == "u":
            rows["check_ins"].append(check_in(day, use="slip"))
        if state in "cn":
            rows["attendance"].append(mark(day))
        if state == "n":
            rows["check_ins"].append(check_in(day, signs="", use="none"))
        if state == "o":
            rows["attendance"].append(mark(day, "no_show"))
    return rows | more


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("----------", Group.STEADY),
        ("---------+", Group.SLIPPING),
        ("--------oo", Group.SLIPPING),
        ("-------+o+", Group.SLIPPING),
        ("------+o++", Group.NEEDS_PLAN),
        ("-----++++-", Group.NEEDS_PLAN),
        ("----++++--", Group.LOOKS_WELL),
        ("--------+-", Group.LOOKS_WELL),
        ("+-----------", Group.STEADY),
        ("-o--------", Group.STEADY),
        ("-----oooo-", Group.NEEDS_PLAN),
        ("----oooo--", Group.LOOKS_WELL),
        ("---------o", Group.SLIPPING),
    ],
)
def test_the_weeks_decide(states: str, expected: Group) -> None:
    assert group(facts(**line(states))) is expected


def test_slips_that_clean_urine_goes_with_do_not_add_up_to_four_weeks_of_use() -> None:
    found = placed(facts(**line("-----uuuuu")))
    assert GROUPS[found.group[0]] is Group.SLIPPING
    assert found.weeks.length[0] == 1


def test_two_attended_weeks_without_use_end_a_plan_and_one_missed_between_them_does_not() -> None:
    assert group(facts(**line("---++++-o-"))) is Group.NEEDS_PLAN
    assert group(facts(**line("---++++-o--"))) is Group.LOOKS_WELL


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("-------+cc", Group.SLIPPING),
        ("-------+nc", Group.LOOKS_WELL),
        ("-------+cn", Group.LOOKS_WELL),
        ("-------+-c", Group.LOOKS_WELL),
        ("------oocc", Group.NOT_HEARD),
        ("-----+c+c+", Group.SLIPPING),
        ("---+c+c+c+", Group.NEEDS_PLAN),
        ("----++++cc", Group.LOOKS_WELL),
        ("---++++ccc", Group.LOOKS_WELL),
        ("---++++cco", Group.SLIPPING),
    ],
)
def test_coming_ends_absence_and_a_plan_and_says_nothing_of_use(states: str, expected: Group) -> None:
    assert group(facts(**line(states))) is expected


def test_craving_at_its_strongest_and_no_answer_about_use_leave_a_slip_a_slip() -> None:
    rows = line("-----+--")
    rows["screens"] = rows["screens"][:-2]
    rows["check_ins"].append(check_in(-5, craving=10))
    assert group(facts(**rows)) is Group.SLIPPING


def test_where_nothing_was_due_after_a_missed_week_nobody_has_seen_the_client_since() -> None:
    found = placed(facts(**line("-----o..."), clients=[client(interval=60)]))
    assert GROUPS[found.group[0]] is Group.NEEDS_PLAN
    assert PLAN_KINDS[found.plan_kind[0]] is PlanKind.AWAY


def test_who_needs_a_plan_either_comes_or_is_away() -> None:
    comes, gone = placed(facts(**line("---++++++"))), placed(facts(**line("---oooooo")))
    assert PLAN_KINDS[comes.plan_kind[0]] is PlanKind.COMES
    assert PLAN_KINDS[gone.plan_kind[0]] is PlanKind.AWAY
    assert placed(facts(**line("----------"))).plan_kind[0] == NO_KIND


def test_early_positives_are_no_return_to_use_until_a_week_without_them() -> None:
    new = [client(admitted=-21)]
    assert group(facts(**line("+++", clients=new))) is Group.NEW
    assert group(facts(**line("+-+", clients=new))) is Group.SLIPPING
    assert group(facts(**line("+--", clients=new))) is Group.NEW
    assert group(facts(**line("++o", clients=new))) is Group.SLIPPING
    assert group(facts(**line("++++", clients=[client(admitted=-28)]))) is Group.NEEDS_PLAN


def test_use_before_the_admission_is_no_part_of_the_course() -> None:
    assert group(facts(**line("++++--", clients=[client(admitted=-14)]))) is Group.NEW


def test_the_score_and_the_own_baseline_say_looks_well_and_never_slipping() -> None:
    calm = facts(**line("----------"))
    assert group(calm, early=EARLY_FROM) is Group.LOOKS_WELL
    assert group(calm, early=10_000) is Group.LOOKS_WELL
    drifting = [check_in(-7 * week, signs="") for week in range(13, 2, -1)]
    drifting += [
        check_in(-7 * week, signs="isolating boredom glamorizing refusing_support no_self_care")
        for week in (2, 1, 0)
    ]
    assert group(facts(**line("----------", check_ins=drifting))) is Group.LOOKS_WELL


def test_of_whom_nobody_knows_how_they_are_is_not_steady() -> None:
    coming = [mark(-7 * week) for week in range(20, -1, -1)]
    assert group(facts(attendance=coming)) is Group.NOT_HEARD
    assert group(facts(attendance=coming, screens=[screen(-20)])) is Group.STEADY
    assert group(facts(attendance=coming, check_ins=[check_in(-20, signs="")])) is Group.STEADY
    assert group(facts(attendance=coming[:-2], screens=[screen(-20)])) is Group.NOT_HEARD


def test_four_weeks_without_a_word_need_a_plan_although_nothing_was_due() -> None:
    heard = {"screens": [screen(-40), screen(-28)]}
    found = placed(facts(**heard))
    assert GROUPS[found.group[0]] is Group.NEEDS_PLAN
    assert PLAN_KINDS[found.plan_kind[0]] is PlanKind.AWAY
    assert group(facts(**heard, clients=[client(interval=60)])) is Group.NOT_HEARD


METHADONE: dict[str, Any] = {"prescriptions": [prescription(-180, medication="methadone")]}


def dosed_until(day: int, medication: str = "methadone", first: int = -60) -> list[Row]:
    return [dose(one, medication=medication) for one in range(first, day + 1)]


@pytest.mark.parametrize(("last", "keeps"), [(-1, False), (-2, False), (-3, False), (-4, True), (-21, True)])
def test_three_missed_days_of_methadone_keep_a_place_whatever_the_weeks_say(last: int, keeps: bool) -> None:
    found = placed(facts(**line("----------", **METHADONE, doses=dosed_until(last))))
    assert bool(found.keeps_place[0]) is keeps
    assert (GROUPS[found.group[0]] is Group.SLIPPING) is keeps
    if keeps:
        assert found.since[0] == TODAY_DAY + last + 1


def test_two_missed_days_are_enough_in_pregnancy() -> None:
    rows = line("----------", **METHADONE, doses=dosed_until(-3))
    assert placed(facts(**rows, clients=[client(pregnant=1)])).keeps_place[0]
    assert not placed(facts(**rows)).keeps_place[0]


def test_a_dose_of_today_ends_it() -> None:
    doses = [*dosed_until(-6), dose(0, medication="methadone")]
    found = placed(facts(**line("----------", **METHADONE, doses=doses)))
    assert not found.keeps_place[0]
    assert GROUPS[found.group[0]] is Group.LOOKS_WELL


@pytest.mark.parametrize(("back", "watched"), [(0, True), (-13, True), (-14, False)])
def test_nobody_is_steady_in_the_two_weeks_after_days_without_medication(back: int, watched: bool) -> None:
    again = [dose(day, medication="methadone") for day in range(back, 1)]
    rows = line("----------", **METHADONE, doses=[*dosed_until(back - 4), *again])
    assert group(facts(**rows)) is (Group.LOOKS_WELL if watched else Group.STEADY)


@pytest.mark.parametrize(
    ("begins", "ended", "watched"), [(-13, -60, True), (-14, -60, False), (-5, -6, False)]
)
def test_nobody_is_steady_in_the_two_weeks_after_a_start_or_a_new_start_of_the_medication(
    begins: int, ended: int, watched: bool
) -> None:
    before = prescription(-180, until=ended, medication="methadone")
    now = prescription(begins, medication="methadone")
    doses = [dose(day, medication="methadone") for day in (*range(-100, ended), *range(begins, 1))]
    found = group(facts(**line("----------", prescriptions=[before, now], doses=doses)))
    assert found is (Group.LOOKS_WELL if watched else Group.STEADY)


def test_after_three_weeks_without_a_dose_somebody_who_comes_looks_well_and_more_likely_than_most() -> None:
    found = placed(facts(**line("----------", **METHADONE, doses=dosed_until(-30))))
    assert GROUPS[found.group[0]] is Group.LOOKS_WELL
    assert not found.keeps_place[0]


def test_the_end_of_an_injections_cover_is_at_once_one_of_naltrexone_and_three_days_of_buprenorphine() -> (
    None
):
    for medication, days in (("naltrexone_xr", 1), ("buprenorphine_xr", 4)):
        held = {"prescriptions": [prescription(-180, medication=medication)]}
        for gone, keeps in ((days - 1, False), (days, True)):
            doses = [dose(-27 - gone, 28, medication=medication)]
            found = placed(facts(**line("----------", **held, doses=doses)))
            assert bool(found.keeps_place[0]) is keeps, (medication, gone)


def test_doses_taken_at_home_are_open_until_the_next_word_of_the_client() -> None:
    at_home = [dose(day, known=-14) for day in range(-28, -14)]
    rows = line("-----------", prescriptions=[prescription(-180)], doses=at_home)
    came_since = facts(**rows)
    assert placed(came_since).keeps_place[0]
    silent = {
        name: [row for row in some if row.get("day", 0) < TODAY_DAY - 13] for name, some in rows.items()
    }
    silent["prescriptions"] = [prescription(-180)]
    assert not placed(facts(**silent)).keeps_place[0]


def test_a_prescription_that_ended_and_days_that_were_told_are_a_stop_too() -> None:
    ended = placed(facts(**line("----------", prescriptions=[prescription(-180, -5)])))
    assert (GROUPS[ended.group[0]], ended.since[0]) == (Group.SLIPPING, TODAY_DAY - 5)
    told = line("----------", prescriptions=[prescription(-180)])
    told["check_ins"] = [check_in(-1, taken=(0, 7))]
    assert group(facts(**told)) is Group.SLIPPING


def test_release_keeps_a_place_for_two_weeks_until_a_dose_is_on_record() -> None:
    inside = line("-----.....", prescriptions=[prescription(-180)], absences=[away(-35, -2, medicated=0)])
    found = placed(facts(**inside))
    assert (GROUPS[found.group[0]], bool(found.keeps_place[0])) == (Group.SLIPPING, True)
    assert found.since[0] == TODAY_DAY - 2
    dosed = placed(facts(**inside, doses=[dose(0)]))
    assert not dosed.keeps_place[0]
    travel = line("-----.....", absences=[away(-35, -2, "travel")])
    assert not placed(facts(**travel)).keeps_place[0]


def test_weeks_of_a_dated_absence_are_neither_missed_nor_kept() -> None:
    inside = line("-----ooooo", absences=[away(-35, -2, "travel")])
    assert group(facts(**inside)) is not Group.NEEDS_PLAN
    assert placed(facts(**inside)).weeks.length[0] == 0


def test_a_plan_stays_a_plan_when_doses_are_missed_too_and_the_place_is_kept() -> None:
    found = placed(facts(**line("---+++++++", **METHADONE, doses=dosed_until(-5))))
    assert GROUPS[found.group[0]] is Group.NEEDS_PLAN
    assert found.keeps_place[0]


def test_since_is_the_first_day_of_what_the_group_is_about() -> None:
    assert placed(facts(**line("-------+o+"))).since[0] == TODAY_DAY - 17
    assert placed(facts(**line("--------++", clients=[client(admitted=-14)]))).since[0] == TODAY_DAY - 14
    assert placed(facts(**line("----------"))).since[0] == NEVER
    first = placed(facts(**line("----++++"))).since[0]
    assert placed(facts(**line("---++++-"))).since[0] == first - 7, "one good week does not end a plan"
    assert placed(facts(**line("--++++-+"))).since[0] == first - 14
    assert placed(facts(**line("++++--++++"))).since[0] == first, "what ended and began again starts anew"
    slip = line("----------")
    slip["check_ins"] = [check_in(-1, use="slip", used_on=-2)]
    assert placed(facts(**slip)).since[0] == TODAY_DAY - 2


def test_nothing_that_became_known_later_changes_the_group_of_a_day() -> None:
    before = placed(facts(**line("----------")), day=-7)
    later = line("----------", doses=dosed_until(-30), **METHADONE)
    later["screens"].append(screen(-10, "heroin", known=-1))
    later["screens"].sort(key=lambda row: row["day"])
    after = placed(facts(**line("----------")), day=-7)
    assert before.group[0] == after.group[0]
    late = line("----------")
    late["screens"] = sorted([*late["screens"], screen(-10, "heroin", known=-1)], key=lambda row: row["day"])
    assert placed(facts(**late), day=-7).group[0] == before.group[0]
