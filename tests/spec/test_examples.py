"""The worked examples, which the Definitions page shows, hold; and every indicator has some."""

from __future__ import annotations

import numpy as np
import pytest

from casework.frames import Facts
from casework.indicators import COMPARISONS, INDICATORS, assess
from casework.indicators.examples import EXAMPLES, Example
from casework.windows import Panel
from tests.support import facts as build
from tests.support.facts import TODAY, TODAY_DAY, facts

FRAMES = {
    "check_in": "check_ins",
    "mark": "attendance",
    "screen": "screens",
    "prescription": "prescriptions",
    "dose": "doses",
    "call": "calls",
    "away": "tolerance_events",
    "safety_item": "safety_items",
}


def facts_of(example: Example) -> Facts:
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


@pytest.mark.parametrize(
    "example",
    [one for one in EXAMPLES if one.indicator_id in COMPARISONS],
    ids=lambda one: f"{one.indicator_id}: {one.title}",
)
def test_the_example_of_a_comparison_holds(example: Example) -> None:
    given = facts_of(example)
    reading = COMPARISONS[example.indicator_id].compute(given, Panel.on(given, TODAY_DAY))
    np.testing.assert_allclose(reading.value, [example.value])
    assert reading.level.tolist() == [example.level]


def test_every_indicator_has_at_least_one_example() -> None:
    assert {one.indicator_id for one in EXAMPLES} == set(INDICATORS | COMPARISONS)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.indicator_id}: {one.title}")
def test_an_example_can_be_read(example: Example) -> None:
    for one in example.facts:
        assert one.when
        assert "_" not in one.words
