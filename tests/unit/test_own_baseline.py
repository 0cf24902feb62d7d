"""The control chart of one client: what is on it, what it shows and what it says."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from casework.caseload.own_baseline import OwnBaseline, own_baseline
from casework.figures import baseline as figures
from casework.figures.template import Caption
from casework.indicators import Concern, assess
from casework.indicators.drift import FALSE_ALARMS, MIN_WEEKS
from tests.support.facts import TODAY, TODAY_DAY, Row, check_in, facts

WEEKS = 12
SIGNS = ("same_activities", "boredom", "glamorizing", "drugs_within_reach", "isolating")
STEADY = (0, 1, 0, 1, 0, 1, 0, 1)
MORE = "More signs than in their own earlier check-ins"
DRIFTING = (0, 0, 0, 0, 0, 0, 3, 5)


def weekly(*present: int, last: int = 0) -> list[Row]:
    """Weekly check-ins that found so many signs; the last one on day `last`."""
    days = range(last - 7 * (len(present) - 1), last + 1, 7)
    return [check_in(day, signs=" ".join(SIGNS[:n])) for day, n in zip(days, present, strict=True)]


def chart(*rows: Row) -> OwnBaseline:
    return own_baseline(facts(check_ins=list(rows)), TODAY_DAY, WEEKS)


def drawn(found: OwnBaseline, *, dark: bool = False) -> go.Figure:
    """The figure, after Plotly's own check of every property."""
    figure = figures.own_baseline(found.points, TODAY_DAY, weeks=WEEKS, needed=found.needed, dark=dark)
    return go.Figure(figure.to_dict())


def finding(found: OwnBaseline) -> Caption:
    return figures.baseline_finding(
        found.points, latest=found.latest, level=found.level, needed=found.needed, weeks=WEEKS
    )


def trace(figure: go.Figure, name: str) -> Any:
    return next(one for one in figure.data if one.name == name)


def names(figure: go.Figure) -> list[str]:
    return [one.name for one in figure.data]


def test_each_point_is_judged_as_of_its_own_day() -> None:
    rows = weekly(*DRIFTING)
    points, judged = chart(*rows).points, ["ewma", "center", "warning", "alarm"]
    now = assess(facts(check_ins=rows), TODAY)
    expected = [now.extra(1, "drift", name) for name in ("ewma", "center", "warning", "upper")]
    assert points[judged].iloc[-1].tolist() == pytest.approx(expected)
    before = chart(*rows[:-1]).points[judged].to_numpy()
    assert points[judged].iloc[:-1].to_numpy() == pytest.approx(before, nan_ok=True)


def test_today_is_the_indicators_own_reading() -> None:
    rows = weekly(*DRIFTING, last=-2)
    found, assessed = chart(*rows), assess(facts(check_ins=rows), TODAY)
    assert (found.value, found.level) == (assessed.value(1, "drift"), assessed.level(1, "drift"))
    assert found.level is Concern.MARKED


def test_a_point_is_the_share_of_the_signs_that_apply() -> None:
    found = chart(*weekly(*STEADY), check_in(0, signs="isolating not_taking_medication"))
    assert found.points["value"].iloc[-1] == pytest.approx(1 / 11)  # without a prescription


def test_a_check_in_that_asked_few_signs_is_no_point() -> None:
    found = chart(*weekly(*STEADY, last=-1), check_in(0, signs="", asked="boredom isolating"))
    assert found.points["day"].max() == TODAY_DAY - 1


def test_a_check_in_written_down_later_is_a_point_that_was_not_judged_on_its_day() -> None:
    rows = weekly(*STEADY)
    rows[-1]["known"] = TODAY_DAY
    rows[-2]["known"] = TODAY_DAY
    found = chart(*rows)
    assert np.isnan(found.points["alarm"].iloc[-2])
    assert found.points["value"].iloc[-2] == 0
    assert np.isfinite(found.points["alarm"].iloc[-1])


def test_the_newest_points_are_marked_as_no_part_of_the_usual_level() -> None:
    found = chart(*weekly(*STEADY))
    assert found.points["held_out"].tolist() == [False] * 5 + [True] * 3
    figure = drawn(found)
    newest, others = trace(figure, "Last three weeks"), trace(figure, "Check-in")
    assert (len(newest.x), len(others.x)) == (3, 5)
    assert newest.marker.symbol != others.marker.symbol


def test_two_check_ins_of_one_day_are_one_mark() -> None:
    found = chart(*weekly(*STEADY), check_in(0, signs="isolating boredom"))
    assert found.points["day"].is_unique
    assert found.points["value"].iloc[-1] == pytest.approx(2 / 11)


@pytest.mark.parametrize("dark", [False, True])
def test_the_chart_draws_the_level_and_both_limits_in_different_lines(dark: bool) -> None:
    figure = drawn(chart(*weekly(*STEADY)), dark=dark)
    lines = [trace(figure, name) for name in ("Usual level", "Warning limit", "Alarm limit", "Smoothed")]
    assert len({(one.line.dash, one.line.color) for one in lines}) == 4
    assert len({one.line.dash for one in lines[:3]}) == 3
    assert not [name for name in names(figure) if name.startswith("Above")]


def test_alarms_and_warnings_differ_in_shape_and_name_their_date() -> None:
    figure = drawn(chart(*weekly(0, 1, 0, 1, 0, 2, 2, 4, 5)))
    warned, alarmed = trace(figure, "Above warning limit"), trace(figure, "Above alarm limit")
    assert not any(warned.text)
    assert warned.marker.symbol != alarmed.marker.symbol
    assert list(alarmed.text) == ["Nov 24"]
    assert "Tuesday, November 24, 2026" in alarmed.hovertext[0]


def test_a_run_of_alarms_is_dated_once() -> None:
    figure = drawn(chart(*weekly(0, 0, 0, 0, 0, 0, 4, 5, 5)))
    alarmed = trace(figure, "Above alarm limit")
    assert len(alarmed.x) > 1
    assert [text for text in alarmed.text if text] == [alarmed.text[0]]


def test_check_ins_of_a_few_days_are_no_baseline_however_many_they_are() -> None:
    daily = [check_in(day, signs="isolating") for day in range(-27, -20)]
    found = chart(*daily, check_in(0, signs="isolating"))
    assert (found.needed, found.level) == (MIN_WEEKS - 1, Concern.UNKNOWN)


def test_more_check_ins_now_push_no_older_one_into_the_usual_level() -> None:
    now = [check_in(day, signs=" ".join(SIGNS)) for day in (-4, -3, -2, -1, 0)]
    rows = weekly(0, 0, 0, 0, 0, 0, last=-7)
    found = [assess(facts(check_ins=[*rows, *more]), TODAY) for more in (now[-1:], now)]
    assert [one.extra(1, "drift", "center") for one in found] == [0, 0]
    assert found[0].value(1, "drift") <= found[1].value(1, "drift")


@pytest.mark.parametrize(("count", "said"), [(1, "(one more)"), (2, "(two more)")])
def test_too_few_weeks_say_how_many_more_are_needed(count: int, said: str) -> None:
    found = chart(*weekly(*STEADY[: MIN_WEEKS + 3 - count]))
    assert found.needed == count
    assert said in finding(found).title
    assert names(drawn(found)) == ["Check-in", "Smoothed"]


def test_nothing_on_record_says_how_many_are_needed_too() -> None:
    found = chart()
    figure = drawn(found)
    assert not figure.data
    assert "(three more)" in figure.layout.annotations[0].text
    assert "(three more)" in finding(found).title


def test_enough_but_old_check_ins_are_no_chart_of_today() -> None:
    found = chart(*weekly(*STEADY, last=-21))
    assert (found.needed, found.level) == (0, Concern.UNKNOWN)
    assert (
        finding(found).title
        == "No own baseline now: no check-in of the last 21 days asked at least six signs"
    )


@pytest.mark.parametrize(
    ("present", "said"),
    [
        (STEADY, "Signs as in their own earlier check-ins, within the usual range"),
        ((0, 1, 0, 1, 0, 2, 2, 3), f"{MORE}: above the warning limit in the last three weeks"),
        (DRIFTING, f"{MORE}: above the alarm limit in the last three weeks"),
        ((5, 5, 5, 5, 5, 5, 0, 0, 0), "Fewer signs than in their own earlier check-ins"),
    ],
)
def test_the_finding_says_where_the_client_stands_against_whom(present: tuple[int, ...], said: str) -> None:
    found = finding(chart(*weekly(*present)))
    assert found.title == said
    assert found.alt.endswith("limit.")


def test_the_note_states_the_false_alarm_rate_and_what_is_compared() -> None:
    assert f"{FALSE_ALARMS * 10:.0f} in 10" in figures.NOTE
    assert "their own earlier check-ins" in figures.NOTE
    assert "not against other clients" in figures.NOTE


def test_the_key_names_every_mark_and_the_chart_leaves_its_room_to_the_plot() -> None:
    figure = drawn(chart(*weekly(0, 1, 0, 1, 0, 2, 2, 4, 5)))
    assert figure.layout.showlegend is False
    shapes = {"circle-open": "○", "diamond-open": "◇", "triangle-up": "▲", "square": "■"}
    drawn_shapes = {one.marker.symbol for one in figure.data if "markers" in one.mode}
    assert drawn_shapes == set(shapes)
    assert all(glyph in figures.KEY for glyph in shapes.values())
