"""Rules that hold for any facts of word and record (Hypothesis)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from casework import frames
from casework.caseload.disagreements import Compared
from casework.frames import COLUMNS, Facts
from casework.indicators import COMPARISONS
from casework.indicators.disagreement import says_fine, says_hard
from casework.windows import Panel
from tests.support import facts as build
from tests.support.facts import TODAY, TODAY_DAY, Row, in_order
from tests.support.histories import ALICE, BOB, DAYS, examples, histories, of

Histories = dict[str, list[Row]]


def said(facts: Facts, client_id: int = ALICE, day: int = TODAY_DAY) -> str:
    """Everything that the comparisons say about a client; as text, because NaN is not equal to itself."""
    panel = Panel.on(facts, day)
    at = panel.client_id.tolist().index(client_id)
    found: list[Any] = [Compared(facts, frames.to_date(day)).of(client_id)]
    for one in COMPARISONS.values():
        reading = one.compute(panel)
        rows = [(ref.frame, ref.day) for ref in reading.evidence.of(at)]
        found.append(
            (reading.value[at], reading.level[at], [reading.extra[name][at] for name in reading.extra], rows)
        )
    return repr(found)


@given(histories(), st.randoms(use_true_random=False))
@examples(40)
def test_the_order_in_which_rows_arrive_changes_nothing(history: Histories, random: Any) -> None:
    whole = of(history)
    shuffled = {}
    for name in COLUMNS:
        frame: pd.DataFrame = getattr(whole, name)
        order = list(range(len(frame)))
        random.shuffle(order)
        shuffled[name] = in_order(name, frame.iloc[order])
    assert said(frames.check(Facts(**shuffled))) == said(whole)


@given(histories(), st.integers(0, 60))
@examples(40)
def test_what_was_not_known_yet_changes_nothing(history: Histories, days_back: int) -> None:
    then = TODAY_DAY - days_back
    whole, known = of(history), {}
    for name in COLUMNS:
        frame: pd.DataFrame = getattr(whole, name)
        if name != "clients":
            frame = frame[(frame["known"] <= then) & (frame["day"] <= then)].reset_index(drop=True)
        known[name] = frame
    assert said(whole, day=then) == said(Facts(**known), day=then)


@given(histories(ALICE), histories(BOB))
@examples(40)
def test_other_clients_change_nothing_whichever_caseload_they_are_on(
    mine: Histories, others: Histories
) -> None:
    both = of(mine, others, clients=[build.client(ALICE), build.client(BOB)])
    assert said(both) == said(of(mine))


@given(histories())
@examples(60)
def test_both_sides_have_a_row_where_they_differ_and_never_both_ways_at_once(history: Histories) -> None:
    facts = of(history)
    panel = Panel.on(facts, TODAY_DAY)
    fine, hard = says_fine(panel), says_hard(panel)
    assert not (fine.value[0] > 0 and hard.value[0] > 0)
    found = Compared(facts, TODAY).of(ALICE)
    assert (found is not None) == bool(fine.value[0] > 0 or hard.value[0] > 0)
    if found is not None:
        assert found.word
        assert found.record
        assert all(one.text and one.on <= TODAY for one in (*found.word, *found.record))


@given(histories())
@examples(40)
def test_without_any_answer_of_the_client_there_is_no_disagreement(history: Histories) -> None:
    only_others = [row | {"contact": 0} for row in history["check_ins"]]
    facts = of(history | {"check_ins": only_others})
    panel = Panel.on(facts, TODAY_DAY)
    assert np.isnan(says_fine(panel).value).all()
    assert np.isnan(says_hard(panel).value).all()


@given(histories(), DAYS)
@examples(40)
def test_a_check_in_that_asked_nothing_never_ends_that_the_record_differs(
    history: Histories, day: int
) -> None:
    before = of(history)
    after = of(history, {"check_ins": [build.check_in(day)]})
    was, now = (says_fine(Panel.on(one, TODAY_DAY)).value[0] for one in (before, after))
    assert not now < was
