"""Rules of the control chart that hold for any check-ins (Hypothesis)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.caseload.own_baseline import OwnBaseline, own_baseline
from tests.support import facts as build
from tests.support.facts import TODAY_DAY, Row, facts

ALICE, BOB = 1, 2
WEEKS = 12
FEW = "isolating boredom glamorizing drugs_within_reach same_activities old_places"


@st.composite
def check_ins(draw: st.DrawFn, client_id: int) -> list[Row]:
    days = draw(st.lists(st.integers(-110, 0), max_size=16))
    return [
        build.check_in(
            day,
            client_id,
            signs=draw(
                st.sampled_from(["", "isolating", "isolating boredom", "boredom glamorizing old_places"])
            ),
            asked=draw(st.sampled_from([None, FEW, "isolating"])),
            known=day + draw(st.sampled_from([0, 0, 0, 5, 40])),
        )
        for day in days
    ]


def chart_of(rows: list[Row], today: int = TODAY_DAY, *others: Row) -> OwnBaseline:
    whole = facts(clients=[build.client(ALICE), build.client(BOB)], check_ins=[*rows, *others])
    return own_baseline(whole.of_client(ALICE), today, WEEKS)


def same(one: OwnBaseline, other: OwnBaseline) -> None:
    pd.testing.assert_frame_equal(one.points, other.points)
    assert repr((one.value, one.level, one.needed)) == repr((other.value, other.level, other.needed))


@given(check_ins(ALICE), check_ins(BOB), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_other_clients_and_the_order_of_rows_change_nothing(
    mine: list[Row], others: list[Row], random: np.random.Generator
) -> None:
    shuffled = [*mine, *others]
    for number, row in enumerate(shuffled):
        row["id"] = number  # rows of one day stand in the order in which they happened
    random.shuffle(shuffled)
    same(chart_of(mine), chart_of(shuffled))


@given(check_ins(ALICE), st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_what_was_not_known_yet_changes_nothing(mine: list[Row], days_back: int) -> None:
    then = TODAY_DAY - days_back
    known = [row for row in mine if row["day"] <= then and row["known"] <= then]
    same(chart_of(mine, then), chart_of(known, then))


@given(check_ins(ALICE))
@settings(max_examples=40, deadline=None)
def test_a_later_check_in_never_changes_how_an_earlier_one_was_judged(mine: list[Row]) -> None:
    judged = ["day", "value", "ewma", "center", "warning", "alarm"]
    mine = [row for row in mine if row["known"] <= TODAY_DAY]
    before = chart_of(mine).points[judged]
    more = build.check_in(1, ALICE, signs="isolating boredom glamorizing old_places")
    after = own_baseline(facts(check_ins=[*mine, more]).of_client(ALICE), TODAY_DAY + 1, WEEKS).points[judged]
    shown = after[after["day"] <= TODAY_DAY].reset_index(drop=True)
    kept = before[before["day"] > TODAY_DAY + 1 - 7 * WEEKS].reset_index(drop=True)
    pd.testing.assert_frame_equal(shown, kept, check_dtype=False)
