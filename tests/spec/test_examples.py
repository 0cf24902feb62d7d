"""The worked examples, which the Definitions page shows, hold: every indicator has some, and so has every table."""

from __future__ import annotations

import numpy as np
import pytest

from casework.frames import Facts
from casework.indicators import COMPARISONS, INDICATORS, assess
from casework.indicators.tables import CANDIDATES, TABLE, missing_domains, signs
from casework.vocabulary import Score
from casework.windows import Panel
from tests.support import facts as build
from tests.support.examples import EXAMPLES, Example
from tests.support.facts import TODAY, TODAY_DAY, facts
from tests.support.score_examples import SCORE_EXAMPLES, ScoreExample

FRAMES = {
    "check_in": "check_ins",
    "mark": "attendance",
    "screen": "screens",
    "prescription": "prescriptions",
    "dose": "doses",
    "call": "calls",
    "away": "absences",
    "safety_item": "safety_items",
}


def facts_of(example: Example | ScoreExample) -> Facts:
    rows: dict[str, list[build.Row]] = {"clients": [build.client(**example.client)]}
    for one in example.facts:
        rows.setdefault(FRAMES[one.kind], []).append(getattr(build, one.kind)(one.day, **one.said))
    return facts(**rows)


@pytest.mark.parametrize(
    "example",
    [one for one in EXAMPLES if one.indicator_id in INDICATORS],
    ids=lambda one: f"{one.indicator_id}: {one.title}",
)
def test_the_example_holds(example: Example) -> None:
    assessed = assess(facts_of(example), TODAY)
    np.testing.assert_allclose(assessed.value(1, example.indicator_id), example.value, rtol=1e-4, atol=1e-9)
    assert assessed.level(1, example.indicator_id) is example.level
    further = {name: assessed.extra(1, example.indicator_id, name) for name in example.extra}
    assert further == dict(example.extra)


@pytest.mark.parametrize(
    "example",
    [one for one in EXAMPLES if one.indicator_id in COMPARISONS],
    ids=lambda one: f"{one.indicator_id}: {one.title}",
)
def test_the_example_of_a_comparison_holds(example: Example) -> None:
    given = facts_of(example)
    reading = COMPARISONS[example.indicator_id].compute(Panel.on(given, TODAY_DAY))
    np.testing.assert_allclose(reading.value, [example.value])
    assert reading.level.tolist() == [example.level]


def test_every_indicator_has_at_least_one_example() -> None:
    assert {one.indicator_id for one in EXAMPLES} == set(INDICATORS | COMPARISONS)


@pytest.mark.parametrize("example", SCORE_EXAMPLES, ids=lambda one: one.title)
def test_the_named_rows_hold_and_no_others_and_add_up_to_the_scores(example: ScoreExample) -> None:
    assessed = assess(facts_of(example), TODAY)
    held = {row.rule_id: (row.times, row.points) for row in assessed.score_rows(1)}
    assert held == {rule.id: (times, times * rule.points) for rule, times in example.rows}
    for score in Score:
        assert assessed.points_of(1, score) == example.points(score)


def test_an_example_of_scores_names_rows_that_exist() -> None:
    every = (*CANDIDATES, *missing_domains.ROWS, *signs.ROWS)
    rows = {rule.id.removeprefix(f"{rule.score.value}.") for rule in every}
    assert {id_ for example in SCORE_EXAMPLES for id_ in example.holds} <= rows


def test_every_score_has_an_example_in_which_it_is_not_where_it_starts() -> None:
    starts = {score: sum(r.points for r in TABLE if r.id == f"{score.value}.start") for score in Score}
    for score, start in starts.items():
        assert {example.points(score) for example in SCORE_EXAMPLES} - {start}
