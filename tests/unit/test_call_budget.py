"""The day's calls: who stands above the line, who just under it, and in which words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from casework.caseload.call_budget import CallMade, CallPlan, Calls, CallStanding, NextSession, plan
from casework.caseload.worklist import Item
from casework.vocabulary import Band, Flag, Permission
from tests.support.clinic import TODAY
from tests.support.stories import CHIPS, TOLD
from tests.support.worklists import contact, item

REACHED, TRIED = CallMade(reached=True), CallMade(reached=False)
EIGHT = [item(number, points=50 - number) for number in range(1, 9)]
FLAGGED = replace(TOLD, chips=tuple(chip for chip in CHIPS if chip.flag is Flag.LOWERED_TOLERANCE))


def above(day: CallPlan) -> list[int]:
    return [one.item.client_id for one in day.within]


def below(day: CallPlan) -> list[int]:
    return [one.item.client_id for one in day.below]


def reasons(day: CallPlan) -> list[str]:
    return [one.reason for one in (*day.within, *day.below)]


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


@pytest.mark.parametrize(
    ("changed", "is_called"),
    [
        ({}, False),
        ({"overdue_days": 1}, True),
        ({"story": FLAGGED}, True),
        ({"band": Band.UNKNOWN}, True),
        ({"band": Band.WATCH}, True),
    ],
)
def test_only_who_has_a_reason_for_a_call_stands_above_the_line(
    changed: dict[str, object], is_called: bool
) -> None:
    low = item(1, **{"band": Band.LOW, "points": 3, **changed})
    day = plan([low], Calls(per_day=5))
    assert above(day) == ([1] if is_called else [])
    assert day.free == (4 if is_called else 5)
    assert day.just_under == ()


def test_where_calling_is_not_safe_the_client_is_listed_with_the_next_session() -> None:
    when = NextSession(TODAY + dt.timedelta(days=1), dt.time(10))
    unsafe = item(1, safe_to_call=Permission.NO)
    day = plan([unsafe, item(2)], Calls(per_day=1, next_sessions={1: when}))
    assert above(day) == [1]
    assert day.within[0].next_session == when


@pytest.mark.parametrize(
    ("under", "why"),
    [
        ({"band": Band.WATCH, "points": 20}, "watch, 20 points; the last one above the line is elevated"),
        ({"points": 29}, "elevated, 29 points; the last one above the line has 30"),
        (
            {"overdue_days": 2},
            "elevated, 30 points like the last one above the line, who is overdue for longer",
        ),
        (
            {"overdue_days": 5},
            "elevated, 30 points like the last one above the line, who was entered earlier",
        ),
    ],
)
def test_who_fell_just_under_is_told_the_first_thing_that_decided(under: dict[str, object], why: str) -> None:
    day = plan([item(1, overdue_days=5), item(2, **under)], Calls(per_day=1))
    assert [one.why for one in day.just_under] == [why]


@pytest.mark.parametrize(
    ("changed", "made", "reason"),
    [
        ({}, None, "elevated, 30 points, heard from 2 days ago"),
        ({"last_contact": contact(1), "points": 1}, None, "elevated, 1 point, heard from yesterday"),
        (
            {"last_contact": contact(12), "overdue_days": 5},
            None,
            "elevated, 30 points, no contact for 12 days",
        ),
        ({"last_contact": None}, None, "elevated, 30 points, not heard from yet"),
        ({"last_contact": contact(0)}, None, "elevated, 30 points, heard from today"),
        ({"last_contact": contact(0)}, REACHED, "elevated, 30 points, reached today"),
        (
            {"last_contact": contact(9), "overdue_days": 2},
            TRIED,
            "elevated, 30 points, called today, not reached",
        ),
        ({"safety_open": True}, TRIED, "elevated, 30 points, open safety answer"),
    ],
)
def test_every_rank_has_its_reason_in_one_line(
    changed: dict[str, object], made: CallMade | None, reason: str
) -> None:
    one: Item = item(1, **changed)
    assert reasons(plan([one], Calls(made={} if made is None else {1: made}))) == [reason]


def test_nobody_on_the_caseload_leaves_all_calls_free() -> None:
    day = plan([], Calls(per_day=5))
    assert (day.within, day.just_under, day.below, day.free) == ((), (), (), 5)
