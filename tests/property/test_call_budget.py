"""Rules of the day's calls that hold for any worklist (Hypothesis)."""

from __future__ import annotations

import dataclasses
import os
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.caseload.call_budget import (
    TAKES_A_PLACE,
    CallMade,
    CallPlan,
    Calls,
    CallStanding,
    plan,
)
from casework.caseload.worklist import Item
from tests.support.worklists import contact, item, turn

EXAMPLES = 2000 if os.environ.get("TIDELINE_LONG") == "1" else 60


@st.composite
def worklists(draw: st.DrawFn) -> list[Item]:
    """Clients in the order of the list; some of them take a turn, in whatever order."""
    ids = draw(st.lists(st.integers(1, 60), max_size=14, unique=True))
    numbers = draw(st.permutations(range(len(ids))))
    clients = []
    for rank, (client_id, number) in enumerate(zip(ids, numbers, strict=True), 1):
        days = draw(st.one_of(st.none(), st.integers(0, 20)))
        takes = draw(st.integers(0, 3)) > 0
        whose = turn(
            number if takes else None,
            lane=draw(st.integers(0, 8)) == 0,
            beside=not takes and draw(st.booleans()),
            rank=rank,
        )
        clients.append(
            item(
                client_id,
                rank=rank,
                turn=whose,
                last_contact=None if days is None else contact(days),
                overdue_days=0 if days is None else max(0, days - 7),
                safety_open=draw(st.integers(0, 6)) == 0,
            )
        )
    return clients


@st.composite
def days(draw: st.DrawFn) -> tuple[list[Item], Calls]:
    """A worklist, a number of calls, and some that were made."""
    items = draw(worklists())
    made = {}
    for one in items:
        if draw(st.integers(0, 3)) == 0:
            made[one.client_id] = CallMade(reached=draw(st.booleans()), for_safety=outside(one))
    return items, Calls(per_day=draw(st.integers(0, 8)), made=made)


def outside(one: Item) -> bool:
    """Before all groups, outside the places."""
    return one.safety_open or one.turn.lane


def ids(ranked: Any) -> list[int]:
    return [one.item.client_id for one in ranked]


def to_call(day: CallPlan) -> list[int]:
    return [one.item.client_id for one in day.within if one.standing is CallStanding.TO_CALL]


@settings(max_examples=EXAMPLES, deadline=None)
@given(days(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(day: tuple[list[Item], Calls], random: Any) -> None:
    items, calls = day
    shuffled = list(items)
    random.shuffle(shuffled)
    assert plan(shuffled, calls) == plan(items, calls)


@settings(max_examples=EXAMPLES, deadline=None)
@given(days())
def test_every_client_stands_once_in_order_and_each_rank_has_a_reason(day: tuple[list[Item], Calls]) -> None:
    items, calls = day
    made = plan(items, calls)
    for part in (made.within, made.below):
        ranks = [one.item.rank for one in part]
        assert ranks == sorted(ranks)
    assert sorted([*ids(made.within), *ids(made.below)]) == sorted(one.client_id for one in items)
    assert all(one.contact for one in (*made.within, *made.below))
    assert all(one.why for one in made.just_under)


@settings(max_examples=EXAMPLES, deadline=None)
@given(days())
def test_never_more_calls_than_planned_and_safety_never_counts(day: tuple[list[Item], Calls]) -> None:
    items, calls = day
    made = plan(items, calls)
    assert len(to_call(made)) + made.made <= max(calls.per_day, made.made)
    first = [one.client_id for one in items if outside(one)]
    assert set(first) <= set(ids(made.within))
    without = plan([one for one in items if not outside(one)], calls)
    assert to_call(without) == to_call(made)
    assert without.made == made.made


@settings(max_examples=EXAMPLES, deadline=None)
@given(days(), st.booleans())
def test_a_call_moves_nobody_over_the_line(day: tuple[list[Item], Calls], reached: bool) -> None:
    items, calls = day
    before = plan(items, calls)
    for client_id in to_call(before):
        call = CallMade(reached=reached)
        after = plan(items, dataclasses.replace(calls, made={**calls.made, client_id: call}))
        assert ids(after.within) == ids(before.within)
        assert (after.made, after.free) == (before.made + 1, before.free)


@settings(max_examples=EXAMPLES, deadline=None)
@given(days())
def test_one_more_call_takes_nobody_from_above_the_line(day: tuple[list[Item], Calls]) -> None:
    items, calls = day
    fewer, more = plan(items, calls), plan(items, dataclasses.replace(calls, per_day=calls.per_day + 1))
    assert set(ids(fewer.within)) <= set(ids(more.within))
    assert 0 <= len(to_call(more)) - len(to_call(fewer)) <= 1


@settings(max_examples=EXAMPLES, deadline=None)
@given(days())
def test_who_looks_changes_neither_the_order_nor_the_line(day: tuple[list[Item], Calls]) -> None:
    items, calls = day
    others = [dataclasses.replace(one, mine=False, name="N", phone=None) for one in items]
    assert ids(plan(others, calls).within) == ids(plan(items, calls).within)
    apart = [dataclasses.replace(one, rank=10 * one.rank) for one in items]  # others' clients stand between
    assert ids(plan(apart, calls).within) == ids(plan(items, calls).within)


@settings(max_examples=EXAMPLES, deadline=None)
@given(days())
def test_a_free_place_means_that_nobody_is_left_with_a_reason(day: tuple[list[Item], Calls]) -> None:
    made = plan(*day)
    if made.free:
        assert made.just_under == ()
        assert not [one for one in made.below if one.standing in TAKES_A_PLACE]
