"""What would change this, for any facts (Hypothesis): what is found holds, and nothing smaller does."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.frames import Facts
from casework.indicators import assess
from casework.level_of_care import first_options
from casework.what_if import BETTER, WORSE, Goal, Reached, WhatIfAnswer, search, what_would_change
from casework.what_if.goal import reaches
from casework.what_if.search import PUBLISHED, Search, candidates
from casework.wording import what_if
from tests.support import facts as build
from tests.support.facts import TODAY, Row
from tests.support.histories import ALICE, BOB, TIMES, histories, of

WEEKS = (1, 2, 3, 4)
History = dict[str, list[Row]]
SMALL = {"better": ("visits", "use"), "worse": ("no_shows", "use")}
"""Kinds of which every set is tried by hand."""


def few(number: int) -> settings:
    return settings(
        max_examples=number * TIMES,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def without(history: History, *names: str) -> History:
    return {name: rows for name, rows in history.items() if name not in names}


def together(mine: History, others: History, new: History) -> Facts:
    """Alice beside Bob on one caseload, with what is new of Alice, built from rows."""
    return of(mine, others, new, clients=[build.client(ALICE), build.client(BOB)])


def by_hand(kind: str, count: int, weeks: int) -> History:
    """`count` facts of a kind, a week apart, the last of them in `weeks` weeks."""
    days = [7 * (weeks - back) for back in reversed(range(count))]
    made: dict[str, Any] = {
        "visits": lambda: {"attendance": [build.mark(day, kind="individual") for day in days]},
        "no_shows": lambda: {"attendance": [build.mark(day, "no_show", kind="individual") for day in days]},
        "use_none": lambda: {"check_ins": [build.check_in(day, use="none") for day in days]},
        "use_slip": lambda: {"check_ins": [build.check_in(7 * weeks, use="slip")]},
        "use_regular": lambda: {"check_ins": [build.check_in(7 * weeks, use="regular")]},
    }
    history: History = made[kind]()
    return history


def sets_by_hand(goal: Goal, weeks: int, most: int) -> list[tuple[int, History]]:
    """Every set of the small catalogue that stands for at most `most` facts and fits: how many facts, and its rows."""
    found: list[tuple[int, History]] = []
    for coming in range(most + 1):
        for telling in range(min(most - coming, 2) + 1):
            fits = max(coming, telling if goal.better else min(telling, 1)) <= weeks
            if coming + telling == 0 or not fits:
                continue
            rows: History = {}
            if coming:
                rows |= by_hand("visits" if goal.better else "no_shows", coming, weeks)
            if telling:
                worse = "use_slip" if telling == 1 else "use_regular"
                rows |= by_hand("use_none" if goal.better else worse, telling, weeks)
            found.append((coming + telling, rows))
    return found


def standing(known: Facts, weeks: int, goal: Goal) -> Reached:
    """Alice's standing in so many weeks, by the rules, from scratch."""
    assessed = assess(known, TODAY + dt.timedelta(weeks=weeks), history_weeks=0)
    if not goal.about_level:
        return Reached(assessed.band(ALICE))
    care = first_options(assessed, known).set_index("client_id")["recommended"]
    return Reached(assessed.band(ALICE), care[ALICE])


def asked(mine: History, others: History, goal: Goal) -> WhatIfAnswer:
    known = together(mine, others, {})
    small = SMALL["better" if goal.better else "worse"]
    with (
        patch.object(search, "BETTER", [kind for kind in BETTER if kind.id in small]),
        patch.object(search, "WORSE", [kind for kind in WORSE if kind.id in small]),
    ):
        return what_would_change(assess(known, TODAY), known, ALICE, goal)


@pytest.mark.parametrize("goal", list(Goal))
@given(data=st.data(), mine=histories(ALICE), others=histories(BOB))
@few(3)
def test_what_is_found_reaches_the_goal_from_scratch_and_nothing_smaller_does(
    goal: Goal, data: st.DataObject, mine: History, others: History
) -> None:
    mine = without(mine, "doses", "safety_items")
    given_answer = asked(mine, others, goal)
    now = given_answer.now
    reached = [
        (facts, weeks)
        for weeks in WEEKS
        if not reaches(goal, now, standing(together(mine, others, {}), weeks, goal))
        for facts, new in sets_by_hand(goal, weeks, search.MOST_FACTS)
        if reaches(goal, now, standing(together(mine, others, new), weeks, goal))
    ]
    alone = [w for w in WEEKS if reaches(goal, now, standing(together(mine, others, {}), w, goal))]
    assert (given_answer.by_time.weeks if given_answer.by_time else None) == min(alone, default=None)
    sooner = [(facts, weeks) for facts, weeks in reached if weeks < min(alone, default=99)]
    if given_answer.found is None:
        assert not sooner or not given_answer.possible
    else:
        smallest, weeks = min(sooner)
        assert given_answer.found.weeks == weeks
        assert count_of(tuple(map(what_if.new_fact, given_answer.found.what))) == smallest
        assert reaches(goal, now, given_answer.found.then)


FACTS = {
    "one": 1, "two": 2, "three": 3,
    "a check-in with no use reported": 1, "no use reported for two weeks": 2,
    "a report of a slip": 1, "a report of regular use": 2,
}  # fmt: skip


def count_of(said: tuple[str, ...]) -> int:
    """How many facts these words stand for."""
    return sum(FACTS[words] if words in FACTS else FACTS[words.split()[0]] for words in said)


@given(mine=histories(ALICE), others=histories(BOB), goal=st.sampled_from(list(Goal)), data=st.data())
@few(10)
def test_what_is_tried_in_bulk_stands_where_the_rules_put_it_on_everybodys_facts(
    mine: History, others: History, goal: Goal, data: st.DataObject
) -> None:
    known = together(mine, others, {})
    asking = Search.of(assess(known, TODAY), known, ALICE, goal, PUBLISHED)
    steps = [kind.steps(asking.client) for kind in (BETTER if goal.better else WORSE)]
    every = [one for many in (1, 2, 3) for one in candidates(steps, many)]
    some = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=4, unique=True))
    in_bulk = asking._screened(some)
    assert [in_bulk[one] for one in some] == [asking._verified(one) for one in some]


@given(
    mine=histories(ALICE),
    others=histories(BOB),
    caseload=st.sampled_from([1, 2]),
    goal=st.sampled_from(list(Goal)),
)
@few(10)
def test_other_clients_change_no_answer(mine: History, others: History, caseload: int, goal: Goal) -> None:
    alone = of(mine, clients=[build.client(ALICE)])
    beside = of(mine, others, clients=[build.client(ALICE), build.client(BOB, caseload=caseload)])
    answers = [what_would_change(assess(known, TODAY), known, ALICE, goal) for known in (alone, beside)]
    assert answers[0] == answers[1]
