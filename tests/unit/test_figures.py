"""Figures as specifications: traces, customdata, axes and findings; never pixels."""

from __future__ import annotations

import itertools
from html import unescape
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.figures import caseload, risk
from casework.figures.drift import DRIFTING_POINTS, NARROWEST
from casework.figures.template import BAND_STYLES, DARK, LIGHT, escaped, key_of, shortened, text_width
from casework.indicators.fitted import ELEVATED_FROM, HIGH_FROM, WATCH_FROM
from casework.vocabulary import OPIOID_MASK, SUBSTANCES, Band, Group, Stage, mask
from tests.support.facts import TODAY_DAY
from tests.support.figures import attendance, clients, flow, history, tags


def checked(figure: go.Figure) -> go.Figure:
    """The figure after Plotly's own check of every property, which is off while pages draw."""
    return go.Figure(figure.to_dict())


def texts(figure: go.Figure) -> str:
    return str(figure.to_dict())


def all_caseload(people: pd.DataFrame, *, dark: bool = False) -> list[go.Figure]:
    some = history(people)
    return [
        caseload.drift(people, elevated_from=25, dark=dark),
        caseload.risk_weeks(people, some, dark=dark),
        caseload.stage_tags(tags(people), TODAY_DAY, dark=dark),
        caseload.attendance_trend(attendance() if len(people) else attendance()[:0], dark=dark),
        caseload.levels(people, dark=dark),
        caseload.flow(flow(people), dark=dark),
    ]


def risk_by_week() -> go.Figure:
    """A week of each band."""
    bands = [band.value for band in Band]
    days = TODAY_DAY - 7 * np.arange(len(bands))[::-1]
    return risk.risk_weeks_of(pd.DataFrame({"day": days, "points": 100, "band": bands}))


def trace(figure: go.Figure, name: str) -> Any:
    return next(one for one in figure.data if one.name == name)


# --- every figure ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("count", [0, 1, 3, 45])
def test_every_caseload_figure_is_valid_for_nobody_one_and_many(count: int, dark: bool) -> None:
    for figure in all_caseload(clients(count), dark=dark):
        found = checked(figure)
        assert found.layout.paper_bgcolor in (None, "rgba(0,0,0,0)")
        assert found.layout.template.layout.font.color == (DARK if dark else LIGHT).text


def test_each_band_of_a_clients_risk_has_its_character_in_the_key() -> None:
    assert [one.words for one in key_of(risk_by_week())] == [style.label for style in BAND_STYLES.values()]


def test_every_caseload_figure_is_valid_when_all_is_unknown() -> None:
    people = clients(4, band=["unknown"] * 4, change=[np.nan] * 4, points=[0] * 4)
    for figure in all_caseload(people):
        checked(figure)
    assert caseload.drift_finding(people).title == "Nobody can be compared with 4 weeks ago yet"


def test_names_are_text_and_never_markup() -> None:
    for figure in all_caseload(clients()):
        said = texts(figure)
        assert "<a href" not in said
        assert "<b>Bold" not in said
        assert "Offer <medication>" not in said


def test_axes_do_not_zoom_so_that_a_page_scrolls_under_a_finger() -> None:
    template = checked(caseload.drift(clients())).layout.template.layout
    assert template.xaxis.fixedrange
    assert template.yaxis.fixedrange


# --- the caseload ---------------------------------------------------------------------------------------------------


def test_every_mark_that_stands_for_a_client_carries_the_clients_id_alone() -> None:
    people = clients()
    for figure in (
        caseload.drift(people),
        caseload.risk_weeks(people, history(people)),
        caseload.levels(people),
    ):
        given = [value for one in figure.data if one.customdata is not None for value in one.customdata]
        assert set(given) == {11, 12, 13}


def test_who_cannot_be_compared_stands_apart_and_never_at_no_change() -> None:
    figure = caseload.drift(clients(band=["high", "watch", "low"]))
    compared, apart = figure.data
    assert list(compared.customdata) == [11, 12]
    assert list(apart.customdata) == [13]
    assert apart.yaxis == "y2"
    assert "no score 4 weeks ago" in apart.hovertext[0].lower()


def test_who_is_unknown_stands_at_the_start_of_the_row_without_a_score_and_has_no_points() -> None:
    people = clients(
        4, band=["high", "unknown", "low", "unknown"], points=[200, 140, 60, 120], change=[3.0] * 4
    )
    compared, apart = caseload.drift(people).data
    assert (list(compared.customdata), list(apart.customdata)) == ([11, 13], [12, 14])
    assert max(apart.x) < min(compared.x)
    assert not any("point" in hover for hover in apart.hovertext)


def test_unknown_weeks_of_a_client_stand_at_the_foot_and_break_the_line() -> None:
    weeks = history(clients(1)).assign(points=150)
    figure = risk.risk_weeks_of(weeks)
    marks = {trace.name: trace for trace in figure.data}
    assert list(marks["Risk"].y).count(None) == 1
    assert max(marks["Unknown"].y) < min(marks["Low"].y)
    assert "150" not in marks["Unknown"].text[0]


def test_the_lines_of_a_clients_risk_are_where_the_bands_begin() -> None:
    axis = risk.risk_weeks_of(history(clients(1))).layout.yaxis
    assert axis.tickvals == (WATCH_FROM, ELEVATED_FROM, HIGH_FROM)
    assert axis.range[0] < 5
    assert axis.range[1] > HIGH_FROM


def test_marks_of_equal_values_do_not_cover_each_other() -> None:
    figure = caseload.drift(clients(6, points=[20] * 6, change=[0.0] * 6, band=["low"] * 6))
    assert len(set(figure.data[0].x)) == 6


def test_names_beside_marks_are_left_out_where_they_would_collide() -> None:
    crowded = caseload.drift(clients(45, points=[20] * 45, change=[5.0] * 45))
    assert sum(bool(text) for text in crowded.data[0].text) < 5
    sparse = caseload.drift(clients(2, points=[10, 60], change=[10.0, -10.0]))
    assert all(sparse.data[0].text)


class Box(NamedTuple):
    left: float
    right: float
    low: float
    high: float

    def meets(self, other: Box) -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not apart and self.low < other.high and other.low < self.high


def boxes(figure: go.Figure, width: int, height: int = 360) -> tuple[list[Box], list[Box]]:
    """The names of the drift chart, and what they must not lie on, on a plot of so many pixels."""
    drawn = figure.to_plotly_json()
    layout, marks = drawn["layout"], drawn["data"][0]
    (x0, x1), (y0, y1) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    names, others = [], []
    for x, y, text, place in zip(marks["x"], marks["y"], marks["text"], marks["textposition"], strict=True):
        left, low = (x - x0) / (x1 - x0) * width, (y - y0) / (y1 - y0) * height
        others.append(Box(left - 5.9, left + 5.9, low - 6, low + 6))
        if text:
            length = text_width(unescape(text))
            start = left + 6 if place == "middle right" else left - 6 - length
            names.append(Box(start, start + length, low - 7, low + 7))
    none = -y0 / (y1 - y0) * height
    others.append(Box(0, width, none, none + 1))
    (threshold,) = layout["shapes"]
    line = (threshold["x0"] - x0) / (x1 - x0) * width
    others.append(Box(line, line + 1, threshold["y0"] * height, threshold["y1"] * height))
    for corner in layout["annotations"][:4]:
        length = text_width(corner["text"])
        start = 6 if corner["xanchor"] == "left" else width - 6 - length
        others.append(Box(start, start + length, *((height - 16, height) if corner["y"] == 1 else (0, 16))))
    return names, others


@pytest.mark.parametrize("width", [NARROWEST, 300, 480, 900])
@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(-150, 150)), min_size=1, max_size=60), st.randoms()
)
@settings(max_examples=10, deadline=None)
def test_no_name_of_the_drift_chart_lies_on_a_line_a_mark_or_another_name(
    width: int, found: list[tuple[int, int]], chance: Random
) -> None:
    count = len(found)
    names = ["".join(chance.choices("iWmael <Ä", k=chance.randint(3, 30))) for _ in found]
    figure = caseload.drift(
        clients(
            count,
            name=names,
            band=["low"] * count,
            points=[points for points, _ in found],
            change=[float(change) for _, change in found],
        ),
        elevated_from=130,
    )
    told, others = boxes(figure, width)
    assert len(told) <= 14
    for n, one in enumerate(told):
        assert one.left >= 0
        assert one.right <= width
        assert not any(one.meets(other) for other in (*told[:n], *others))


def test_the_words_in_the_corners_do_not_lie_on_the_line_between_low_and_high() -> None:
    (line,) = caseload.drift(clients(), elevated_from=130).layout.shapes
    assert line.y0 * 360 >= 16
    assert (1 - line.y1) * 360 >= 16


def test_the_finding_counts_who_drifts_upward() -> None:
    assert caseload.drift_finding(clients(3)).title == "One of 3 clients is drifting upward"
    steady = clients(3, change=[DRIFTING_POINTS - 1.0] * 3)
    assert caseload.drift_finding(steady).title == "Nobody of 3 clients is drifting upward"


def test_findings_hold_no_names() -> None:
    people = clients()
    found = [
        caseload.drift_finding(people),
        caseload.risk_weeks_finding(people, history(people)),
        caseload.stage_tags_finding(tags(people), 3),
        caseload.levels_finding(people),
        caseload.flow_finding(flow(people)),
    ]
    for one in found:
        assert not [name for name in ("Ann", "Amir", "Ben") if name in one.title + one.alt]
        assert one.alt.endswith(".")


def test_unknown_weeks_have_their_own_symbol_and_tint() -> None:
    people = clients(1)
    figure = caseload.risk_weeks(people, history(people))
    unknown, low = trace(figure, "Unknown"), trace(figure, "Low")
    assert unknown.marker.symbol != low.marker.symbol
    cells = figure.data[0].z[0]
    assert cells[8] != cells[9]
    assert len(unknown.x) == 1


def test_a_week_without_a_score_is_an_empty_cell() -> None:
    people = clients(2)
    some = history(people)
    late = some[(some["client_id"] == 11) | (some["day"] > TODAY_DAY - 14)]
    cells = caseload.risk_weeks(people, late).data[0].z
    assert list(cells[1][:10]) == [None] * 10


def test_stages_stand_side_by_side_as_tags() -> None:
    figure = caseload.stage_tags(tags(clients()), TODAY_DAY)
    assert list(figure.layout.yaxis.ticktext) == [stage.value.capitalize() for stage in Stage]
    assert len(set(figure.data[0].y)) == 3


def test_marks_of_one_stage_on_days_that_touch_stand_in_lanes_of_their_own() -> None:
    found = pd.concat([tags(clients(40)).assign(day=TODAY_DAY - 3 - n % 3) for n in range(3)])
    drawn = caseload.stage_tags(found, TODAY_DAY)
    places = list(zip(drawn.data[0].x, drawn.data[0].y, strict=True))
    for (x, y), (other_x, other_y) in itertools.combinations(places, 2):
        assert y != other_y or abs(x - other_x) >= 2
    low, high = drawn.layout.yaxis.range
    assert (drawn.layout.height - 56) / (low - high) >= 12  # pixels a lane


# --- the groups by week ---------------------------------------------------------------------------------------------


def test_each_group_has_a_row_of_its_own_with_its_number_in_each_week() -> None:
    figure = caseload.flow(flow(clients(5)))
    rows = {one.name: list(one.text) for one in figure.data}
    assert list(rows) == [group.value for group in Group]
    assert rows["slipping_now"] == ["0"] * 7 + ["2"]
    assert rows["steady"] == ["5"] * 7 + ["3"]
    assert len(figure.layout.yaxis.ticktext) == len(Group)


def test_a_column_of_a_row_does_not_reach_the_row_above() -> None:
    figure = caseload.flow(flow(clients(45)))
    for place, row in enumerate(figure.data):
        assert row.base + max(row.y) + 16 / 54 <= -place + 0.56


def test_a_column_carries_its_week_and_group_and_says_where_its_clients_came_from() -> None:
    figure = caseload.flow(flow(clients(5)))
    slipping = figure.data[0]
    assert tuple(slipping.customdata[-1]) == (TODAY_DAY, 0)
    assert "2 clients" in slipping.hovertext[-1]
    assert "2 from steady" in slipping.hovertext[-1]


def test_the_finding_of_the_groups_says_who_came_and_who_left() -> None:
    assert caseload.flow_finding(flow(clients(5))).title == "Two clients slipping now: two came this week"
    calm = flow(clients(5)).assign(group="steady")
    assert caseload.flow_finding(calm).title == "No clients slipping now, the same as a week ago"


def test_attendance_gives_counts_and_compares_with_the_weeks_before() -> None:
    finding = caseload.attendance_trend_finding(attendance())
    assert finding.title == "80% of sessions kept in the last four weeks, as in the four before"
    figure = caseload.attendance_trend(attendance())
    assert "8 of 10" in figure.data[0].hovertext[0]
    assert figure.data[0].mode == "lines+markers"  # a number would lie on the line


def test_a_week_without_sessions_is_a_gap_and_not_zero() -> None:
    weeks = attendance()
    weeks.loc[5, ["kept", "counted"]] = 0
    assert caseload.attendance_trend(weeks).data[0].y[5] is None


def test_levels_shows_only_those_whose_plan_may_need_adjusting() -> None:
    people = clients(3, adjusts=[True, False, False])
    figure = caseload.levels(people)
    assert list(figure.data[1].customdata) == [11]
    assert caseload.levels_finding(people).title == "One of 3 clients: plan may need adjusting"


def test_the_prescribed_opioid_is_not_an_unexpected_one() -> None:
    assert mask(SUBSTANCES, ["methadone"]) & OPIOID_MASK


# --- colors ---------------------------------------------------------------------------------------------------------

# Machado, Oliveira & Fernandes 2009, severity 1.0; applied to linear RGB.
SIGHT = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
    "all colors": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
}


def linear(color: str) -> Any:
    channels = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: Any) -> Any:
    to_xyz = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.072175],
        [0.0193339, 0.119192, 0.9503041],
    ]
    xyz = np.array(to_xyz) @ np.clip(rgb, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("dark", [False, True])
def test_band_colors_keep_apart_for_color_blind_eyes(sight: str, dark: bool) -> None:
    seen = {
        band: lab(np.array(SIGHT[sight]) @ linear(style.color(dark))) for band, style in BAND_STYLES.items()
    }
    for one, other in itertools.combinations(seen, 2):
        assert np.linalg.norm(seen[one] - seen[other]) > 15, (one, other)


@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_text_and_outlines_have_contrast(colors: Any) -> None:
    def brightness(color: str) -> float:
        return float(linear(color) @ np.array([0.2126, 0.7152, 0.0722])) + 0.05

    ground = brightness(colors.background)
    for color in (colors.text, colors.muted, colors.accent):
        high, low = max(brightness(color), ground), min(brightness(color), ground)
        assert high / low >= 4.5, color


def test_each_band_has_its_own_symbol_glyph_and_label() -> None:
    assert set(BAND_STYLES) == set(Band)
    for of in ("symbol", "glyph", "label", "light", "dark"):
        assert len({getattr(style, of) for style in BAND_STYLES.values()}) == len(Band)


def test_labels_are_cut_before_they_are_escaped() -> None:
    assert shortened("<" * 40, 5) == "&lt;&lt;&lt;&lt;…"
    assert escaped("a & b") == "a &amp; b"
