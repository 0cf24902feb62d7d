"""How the day's places are dealt."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.caseload.turns import turns_of
from casework.clinic_days import ClinicDays
from casework.indicators import INDICATORS, assess
from casework.standing import bad_weeks, places, rest, stays, without_dose
from casework.standing import groups as groups_module
from casework.standing.groups import LOOKS_WELL, NEEDS_PLAN, NEW, NOT_HEARD, SLIPPING, STEADY, groups
from casework.standing.places import (
    DEALING,
    LONG_AGO,
    NO_PLACE,
    Candidates,
    Dealing,
    candidates,
    deal,
    plans,
    turns,
)
from casework.standing.rest import rests
from casework.standing.standings import standings
from casework.windows import Panel
from tests.support.facts import (
    TODAY,
    TODAY_DAY,
    Row,
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

NOBODY: dict[str, Any] = {
    "caseload": 1,
    "group": STEADY,
    "keeps_place": False,
    "early": 0.0,
    "bad_weeks": 0,
    "from_plan": False,
    "early_use": False,
    "without_dose": False,
    "reached_about_it": False,
    "before_closed": False,
    "missed_appointment": False,
    "rests": False,
    "another_way": False,
    "reached": LONG_AGO,
    "heard": 3,
}


def them(*people: dict[str, Any]) -> Candidates:
    """Candidates with ids 1, 2, … unless said otherwise."""
    rows = [{"client_id": number, **NOBODY, **one} for number, one in enumerate(people, 1)]
    return Candidates(**{one.name: np.array([row[one.name] for row in rows]) for one in fields(Candidates)})


def listed(some: Candidates, places: int, dealing: Dealing = DEALING) -> list[int]:
    """The ids of those who get a place, in order."""
    place = deal(some, places, dealing)
    return [int(some.client_id[row]) for row in np.argsort(place) if place[row] != NO_PLACE]


SLIP, WELL = {"group": SLIPPING, "bad_weeks": 1}, {"group": LOOKS_WELL, "early": 90.0}


def test_three_of_five_places_are_for_who_slips_now_and_the_rest_for_who_looks_well() -> None:
    day = them(*[SLIP] * 6, *[WELL] * 6)
    assert sorted(listed(day, 5)) == [1, 2, 3, 7, 8]
    assert sorted(listed(day, 2)) == [1, 7]
    assert listed(day, 1) == [1]
    assert sorted(listed(day, 5, Dealing(slipping_share=0.2))) == [1, 7, 8, 9, 10]


def test_places_that_one_group_does_not_need_go_to_the_others() -> None:
    assert len(listed(them(*[SLIP] * 6), 5)) == 5
    assert len(listed(them(*[WELL] * 6), 5)) == 5
    assert sorted(listed(them(*[SLIP] * 6, WELL), 5)) == [1, 2, 3, 4, 7]


def test_of_those_who_slip_the_newest_comes_first_then_no_dose_on_record_then_the_score() -> None:
    day = them(
        SLIP | {"bad_weeks": 3, "early": 200.0},
        SLIP | {"early": 50.0},
        SLIP | {"early": 80.0},
        SLIP | {"keeps_place": True},
    )
    assert listed(day, 4) == [4, 3, 2, 1]


def test_a_missed_appointment_stands_on_top_of_everything() -> None:
    day = them(SLIP | {"keeps_place": True}, SLIP, WELL | {"missed_appointment": True, "reached": 3})
    assert listed(day, 3)[0] == 3


def test_who_was_reached_within_four_weeks_stands_behind_who_was_not() -> None:
    day = them(SLIP | {"reached": 8}, WELL, SLIP | {"reached": 20}, {"group": NOT_HEARD})
    assert listed(day, 4) == [2, 4, 3, 1]
    assert listed(them(SLIP | {"reached": 28}, WELL), 2) == [1, 2]


def test_new_and_not_heard_from_come_after_who_looks_well_and_from_a_plan_after_all_of_them() -> None:
    day = them(
        WELL | {"from_plan": True, "early": 300.0},
        {"group": NOT_HEARD},
        {"group": NEW},
        {"group": NEW, "early_use": True, "early": 200.0},
        WELL,
    )
    assert listed(day, 5) == [5, 3, 2, 4, 1]


def test_steady_clients_are_heard_from_every_thirty_days() -> None:
    day = them({"heard": 29}, {"heard": 30}, WELL)
    assert listed(day, 3) == [3, 2]


def test_who_rests_or_has_another_way_or_needs_a_plan_takes_no_place() -> None:
    day = them(SLIP | {"rests": True}, SLIP | {"another_way": True}, {"group": NEEDS_PLAN}, SLIP)
    assert listed(day, 5) == [4]


def test_once_reached_about_missed_doses_the_place_goes_to_others() -> None:
    day = them(SLIP | {"keeps_place": True, "reached": 1, "reached_about_it": True}, WELL)
    assert listed(day, 2) == [2]


def test_before_closed_days_those_whose_third_day_falls_into_them_come_first() -> None:
    day = them(SLIP | {"early": 200.0}, SLIP | {"before_closed": True}, WELL, WELL | {"before_closed": True})
    assert listed(day, 2) == [2, 4]


def test_at_least_one_place_a_day_is_for_who_needs_a_plan_beside_the_days_calls() -> None:
    plan = {"group": NEEDS_PLAN}
    day = them(
        plan | {"reached": 9}, plan | {"reached": 8, "without_dose": True}, SLIP, plan | {"rests": True}
    )
    assert plans(day).tolist() == [NO_PLACE, 0, NO_PLACE, NO_PLACE]
    both = plans(day, Dealing(plans_a_day=2))
    assert both.tolist() == [1, 0, NO_PLACE, NO_PLACE]


def test_each_caseload_is_dealt_for_apart() -> None:
    day = them(*[SLIP] * 3, *[SLIP | {"caseload": 2}] * 3)
    assert sorted(listed(day, 1)) == [1, 4]


def test_places_that_are_left_go_to_who_needs_a_plan_and_never_before_the_days_calls() -> None:
    day = them({"group": NEEDS_PLAN}, SLIP, {"heard": 31})
    assert turns(day).tolist() == [1, 0, 2]
    assert listed(day, 3) == [2, 3]


@st.composite
def caseloads(draw: st.DrawFn) -> Candidates:
    people = []
    for _ in range(draw(st.integers(1, 12))):
        people.append(
            {
                "caseload": draw(st.integers(1, 2)),
                "group": draw(st.integers(0, 5)),
                "keeps_place": draw(st.booleans()),
                "early": float(draw(st.integers(0, 3))),
                "bad_weeks": draw(st.integers(0, 3)),
                "from_plan": draw(st.integers(0, 4)) == 0,
                "early_use": draw(st.booleans()),
                "reached_about_it": draw(st.integers(0, 5)) == 0,
                "before_closed": draw(st.booleans()),
                "missed_appointment": draw(st.integers(0, 4)) == 0,
                "rests": draw(st.integers(0, 4)) == 0,
                "another_way": draw(st.integers(0, 5)) == 0,
                "reached": draw(st.sampled_from([3, 20, 28, LONG_AGO])),
                "heard": draw(st.sampled_from([3, 31])),
            }
        )
    return them(*people)


def shuffled(some: Candidates, order: list[int]) -> Candidates:
    return Candidates(**{one.name: getattr(some, one.name)[order] for one in fields(Candidates)})


@settings(max_examples=150, deadline=None)
@given(caseloads(), st.data())
def test_the_order_of_the_rows_changes_nothing(some: Candidates, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(some))))
    assert turns(shuffled(some, order)).tolist() == turns(some)[order].tolist()


@settings(max_examples=150, deadline=None)
@given(caseloads(), st.integers(0, 12), st.sampled_from([0.0, 0.25, 0.6, 1.0]))
def test_one_more_place_takes_nobody_off_the_list(some: Candidates, places: int, share: float) -> None:
    dealing = Dealing(slipping_share=share)
    fewer, more = (set(listed(some, count, dealing)) for count in (places, places + 1))
    assert fewer <= more
    for caseload in (1, 2):
        turn = turns(some, dealing)[some.caseload == caseload]
        assert sorted(turn[turn != NO_PLACE].tolist()) == list(range((turn != NO_PLACE).sum()))


@settings(max_examples=150, deadline=None)
@given(caseloads(), st.integers(1, 10))
def test_no_more_than_the_share_slips_while_somebody_who_looks_well_waits(
    some: Candidates, places: int
) -> None:
    turn = turns(some)
    for caseload in (1, 2):
        mine = (some.caseload == caseload) & (turn != NO_PLACE)
        slips = (
            mine
            & (some.group == SLIPPING)
            & ~some.missed_appointment
            & (some.reached >= 28)
            & ~some.from_plan
        )
        waits = mine & (turn >= places) & (some.group == LOOKS_WELL) & (some.reached >= 28) & ~some.from_plan
        if (waits & ~some.missed_appointment).any():
            assert (slips & (turn < places)).sum() <= round(places * DEALING.slipping_share + 0.01)


@pytest.mark.parametrize(("day", "first"), [(-4, True), (-5, False)])
def test_on_a_friday_a_third_day_without_methadone_that_falls_on_the_weekend_comes_first(
    day: int, first: bool
) -> None:
    """Day -4 is a Friday, with the last dose two days before."""
    weekly = [mark(-7 * week - 4) for week in range(12, -1, -1)]
    doses = [dose(one, medication="methadone") for one in range(-40, -6)]
    some = facts(
        attendance=weekly,
        screens=[screen(-10)],
        prescriptions=[prescription(-90, medication="methadone")],
        doses=doses,
    )
    panel = Panel.on(some, TODAY_DAY + day)
    found = groups(panel, {id_: one.compute(panel) for id_, one in INDICATORS.items()}, np.zeros(1))
    days = ClinicDays()
    assert bool(candidates(panel, found, rests(panel, found, days), days).before_closed[0]) is first


@pytest.mark.parametrize(
    ("day", "item", "tasks", "first"),
    [
        (-4, safety_item(-4, -4), [], True),  # acknowledged on Friday: within 24 hours is Saturday
        (-5, safety_item(-5, -5), [], False),  # on Thursday: Friday
        (-4, safety_item(-4, -4), [task(-4, "look_again", done=-3)], False),
        (-4, safety_item(-4), [], False),  # nobody has acknowledged it: the lane has it
        (-4, safety_item(-10, -10, "overdose"), [task(-9, "look_again", done=-5)], True),  # 7 days: Saturday
        (-4, safety_item(-10, -10, "overdose", event=-34), [task(-9, "look_again", done=-4)], False),
    ],
)
def test_before_closed_days_another_look_that_falls_into_them_comes_first(
    day: int, item: Row, tasks: list[Row], first: bool
) -> None:
    """Day -4 is a Friday."""
    panel = Panel.on(facts(safety_items=[item], tasks=tasks), TODAY_DAY + day)
    found = groups(panel, {id_: one.compute(panel) for id_, one in INDICATORS.items()}, np.zeros(1))
    days = ClinicDays()
    assert bool(candidates(panel, found, rests(panel, found, days), days).before_closed[0]) is first


@pytest.mark.parametrize("closed", [True, False])
def test_whoever_is_looked_at_again_while_the_clinic_is_closed_stands_first_after_the_lane(
    closed: bool,
) -> None:
    """Client 1 slips and has the first place; somebody has talked with client 2 about a safety answer of today."""
    some = facts(
        clients=[client(1), client(2)],
        check_ins=[check_in(-1, 1, use="regular"), check_in(0, 2)],
        safety_items=[safety_item(0, 0, client_id=2)],
    )
    days = ClinicDays(closed=frozenset({TODAY_DAY + 1} if closed else ()))
    assessment = assess(some, TODAY)
    turns = turns_of(some, assessment, standings(assessment, some, days), days)
    assert turns[2].beside
    assert not turns[2].lane
    assert (turns[2].rank < turns[1].rank) is closed


def test_the_page_of_the_calls_names_every_constant_that_a_medical_director_signs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "calls.md").read_text(encoding="utf-8")
    for module in (bad_weeks, stays, without_dose, groups_module, rest, places):
        text = Path(str(module.__file__)).read_text(encoding="utf-8")
        for name in re.findall(r"^([A-Z][A-Z_]+): Final", text, re.MULTILINE):
            if name not in NO_CHOICE:
                assert f"`{name}`" in page, name


NO_CHOICE = {"NO_KIND", "NO_REST", "NO_PLACE", "LONG_AGO", "GROUPS", "READS", "PLAN_KINDS", "WHY", "DEALING"}
NO_CHOICE |= {"NEW_DAYS", "RETURN_DAYS"}
"""Marks for "none", lists of names, weeks in days, and the rule itself, whose parts the page names."""
