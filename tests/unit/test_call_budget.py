"""The day's calls: who stands above the line, who just under it, and in which words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from casework import wording
from casework.caseload.call_budget import CallMade, CallPlan, Calls, CallStanding, NextSession, plan
from casework.caseload.worklist import Item
from casework.vocabulary import Group, Permission
from tests.support.clinic import TODAY
from tests.support.stories import TOLD
from tests.support.worklists import contact, item, turn

REACHED, TRIED = CallMade(reached=True), CallMade(reached=False)
EIGHT = [item(number, points=50 - number) for number in range(1, 9)]


def above(day: CallPlan) -> list[int]:
    return [one.item.client_id for one in day.within]


def below(day: CallPlan) -> list[int]:
    return [one.item.client_id for one in day.below]


def test_the_first_clients_stand_above_the_line_and_the_next_three_are_told_why_not() -> None:
    day = plan(EIGHT, Calls(per_day=3))
    assert above(day) == [1, 2, 3]
    assert below(day) == [4, 5, 6, 7, 8]
    assert [one.item.client_id for one in day.just_under] == [4, 5, 6]
    assert (day.made, day.unreached, day.free) == (0, 0, 0)


def test_an_open_safety_answer_takes_no_place() -> None:
    day = plan([item(9, rank=0, safety_open=True), *EIGHT], Calls(per_day=3))
    assert above(day) == [9, 1, 2, 3]


def test_with_no_calls_planned_only_safety_stands_above_the_line() -> None:
    seen = item(8, rank=1, last_contact=contact(0))
    day = plan([item(9, rank=0, safety_open=True), seen, *EIGHT[1:7]], Calls(per_day=0))
    assert above(day) == [9]
    assert {one.why for one in day.just_under} == {"no calls are planned for today"}


@pytest.mark.parametrize("call", [REACHED, TRIED])
def test_a_client_who_was_called_keeps_the_place_and_nobody_moves_up(call: CallMade) -> None:
    before, after = plan(EIGHT, Calls(per_day=3)), plan(EIGHT, Calls(per_day=3, made={2: call}))
    assert above(after) == above(before)
    assert (after.made, after.unreached) == (1, 0 if call.reached else 1)


def test_a_call_to_somebody_further_down_is_one_of_the_days_calls() -> None:
    day = plan(EIGHT, Calls(per_day=3, made={7: REACHED}))
    assert above(day) == [1, 2, 7]
    assert [one.item.client_id for one in day.just_under] == [3, 4, 5]


def test_more_calls_than_planned_leave_no_place_and_nobody_vanishes() -> None:
    day = plan(EIGHT, Calls(per_day=2, made={1: REACHED, 2: TRIED, 5: REACHED}))
    assert above(day) == [1, 2, 5]
    assert (day.made, day.free) == (3, 0)
    assert {one.why for one in day.just_under} == {"the calls of today are made"}


def test_a_call_for_safety_takes_no_place_even_after_the_answer_was_acknowledged() -> None:
    day = plan(EIGHT, Calls(per_day=3, made={6: CallMade(reached=True, for_safety=True)}))
    assert above(day) == [1, 2, 3, 6]
    assert day.made == 0


def test_a_client_who_was_seen_today_stays_in_order_and_takes_no_place() -> None:
    seen = [item(2, points=48, last_contact=contact(0)), item(7, points=43, last_contact=contact(0))]
    others = [one for one in EIGHT if one.client_id not in (2, 7)]
    day = plan([*others, *seen], Calls(per_day=3))
    assert above(day) == [1, 2, 3, 4]
    assert day.within[1].standing is CallStanding.SEEN
    assert 7 not in [one.item.client_id for one in plan([*others, *seen], Calls(per_day=4)).just_under]


@pytest.mark.parametrize("number", [None, 0])
def test_only_whose_turn_it_is_stands_above_the_line(number: int | None) -> None:
    day = plan([item(1, turn=turn(number))], Calls(per_day=5))
    assert above(day) == ([] if number is None else [1])
    assert day.free == (5 if number is None else 4)
    assert day.just_under == ()


def test_turns_decide_who_gets_a_place_and_ranks_in_which_order_they_stand() -> None:
    day = plan([item(1, turn=turn(2)), item(2, turn=turn(0)), item(3, turn=turn(1))], Calls(per_day=2))
    assert above(day) == [2, 3]
    assert above(plan([item(3, turn=turn(0)), item(1, turn=turn(1))], Calls(per_day=2))) == [1, 3]


def test_the_lane_stands_above_the_line_and_takes_no_place() -> None:
    day = plan([item(9, rank=0, turn=turn(0, lane=True)), *EIGHT], Calls(per_day=3))
    assert above(day) == [9, 1, 2, 3]
    assert above(plan([item(9, turn=turn(None, lane=True))], Calls(per_day=0))) == [9]


def test_who_keeps_a_place_or_needs_a_plan_stands_beside_the_places() -> None:
    beside = item(9, rank=0, turn=turn(None, beside=True))
    day = plan([beside, *EIGHT], Calls(per_day=3))
    assert above(day) == [9, 1, 2, 3]
    assert day.within[0].standing is CallStanding.BESIDE
    assert above(plan([beside, *EIGHT], Calls(per_day=0))) == [9]


def test_where_calling_is_not_safe_the_client_is_listed_with_the_next_session() -> None:
    when = NextSession(TODAY + dt.timedelta(days=1), dt.time(10))
    unsafe = item(1, safe_to_call=Permission.NO)
    day = plan([unsafe, item(2)], Calls(per_day=1, next_sessions={1: when}))
    assert above(day) == [1]
    assert day.within[0].next_session == when


def test_who_fell_just_under_is_told_whose_turn_came_first() -> None:
    slips = replace(TOLD, group=Group.SLIPPING)
    first, second = item(1, story=slips), item(2, story=slips)
    well = item(3, story=replace(TOLD, group=Group.LOOKS_WELL))
    assert [one.why for one in plan([first, second, well], Calls(per_day=1)).just_under] == [
        "Slipping now, like the last one above the line, whose turn comes first",
        f"{wording.label(Group.LOOKS_WELL)}; the last one above the line is in the group “Slipping now”, whose turn "
        "comes first",
    ]


@pytest.mark.parametrize(
    ("changed", "made", "contact_said"),
    [
        ({}, None, "heard from 2 days ago"),
        ({"last_contact": contact(1)}, None, "heard from yesterday"),
        ({"last_contact": contact(12), "overdue_days": 5}, None, "no contact for 12 days"),
        ({"last_contact": None}, None, "not heard from yet"),
        ({"last_contact": contact(0)}, None, "heard from today"),
        ({"last_contact": contact(0)}, REACHED, "reached today"),
        ({"last_contact": contact(9), "overdue_days": 2}, TRIED, "called today, not reached"),
        ({"safety_open": True}, TRIED, "open safety answer"),
    ],
)
def test_every_row_says_when_the_client_was_heard_from(
    changed: dict[str, object], made: CallMade | None, contact_said: str
) -> None:
    one: Item = item(1, **changed)
    day = plan([one], Calls(made={} if made is None else {1: made}))
    assert [one.contact for one in (*day.within, *day.below)] == [contact_said]


def test_nobody_on_the_caseload_leaves_all_calls_free() -> None:
    day = plan([], Calls(per_day=5))
    assert (day.within, day.just_under, day.below, day.free) == ((), (), (), 5)
