"""Figures of a whole caseload. Every mark is a named client and carries the client's id in its customdata.

Frames come in priority order, so that who needs attention first stands first.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from casework.figures.drift import drift, drift_finding
from casework.figures.flow import flow, flow_finding
from casework.figures.placements import KEY, levels, levels_finding
from casework.figures.template import (
    BAND_STYLES,
    NAMES,
    ROW,
    Caption,
    Trace,
    escaped,
    figure,
    hover,
    hover_date,
    name_axis,
    nothing,
    outline,
    theme,
    tick_date,
)
from casework.frames import to_date
from casework.vocabulary import Band, Stage
from casework.wording import charts, ended, label

__all__ = [
    "KEY",
    "attendance_trend",
    "attendance_trend_finding",
    "drift",
    "drift_finding",
    "flow",
    "flow_finding",
    "levels",
    "levels_finding",
    "risk_weeks",
    "risk_weeks_finding",
    "stage_tags",
    "stage_tags_finding",
]

_BANDS: Final = tuple(Band)
# A step up in band is a step up in size too.
_SIZES: Final = {Band.LOW: 5, Band.WATCH: 10, Band.ELEVATED: 11, Band.HIGH: 11, Band.UNKNOWN: 8}
# Low stays in the background: the eye should go to what asks for attention.
_TINTS: Final = {Band.LOW: 0.08, Band.WATCH: 0.22, Band.ELEVATED: 0.28, Band.HIGH: 0.34, Band.UNKNOWN: 0.24}
STAGE_DAYS: Final = 28
_LANE: Final = 13
"""Pixels of height for a lane of marks."""
_APART: Final = 2
"""Days: so many are wider than a mark, also on a phone."""


# --- clients by weeks -----------------------------------------------------------------------------------------------


def risk_weeks(clients: pd.DataFrame, history: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """A row a client, a column a week: the band as tint and symbol; unknown is gray, a week without a score empty.

    `clients` in priority order: client_id, name. `history`: client_id, day (the week's last), points, band.
    """
    if not len(clients) or not len(history):
        return nothing(
            ended(charts.template.NO_WEEK if len(clients) else charts.template.NO_CLIENT), dark=dark
        )
    row_of = {client: row for row, client in enumerate(clients["client_id"].tolist())}
    days = sorted(set(history["day"].tolist()))
    column_of = {day: column for column, day in enumerate(days)}
    cells = [
        (row_of[client], column_of[day], day, int(points), Band(band), client)
        for client, day, points, band in zip(
            *(history[column].tolist() for column in ("client_id", "day", "points", "band")), strict=True
        )
        if client in row_of
    ]
    names = clients["name"].tolist()
    traces: list[Trace] = [_tints(cells, len(names), len(days), dark)]
    for band in Band:
        here = [cell for cell in cells if cell[4] is band]
        if here:
            traces.append(_cell_symbols(here, names, band, dark))
    step = 3 if len(days) > 8 else 1
    shown = list(range(len(days) - 1, -1, -step))[::-1]
    layout = {
        "height": ROW * len(names) + 40,
        "margin": {"l": NAMES, "r": 20, "t": 30, "b": 8},
        "xaxis": {
            "side": "top",
            "tickvals": shown,
            "ticktext": [tick_date(days[column]) for column in shown],
            "range": [-0.5, len(days) - 0.5],
            "tickangle": 0,
            "showgrid": False,
            "automargin": False,
        },
        "yaxis": name_axis(names),
    }
    return figure(traces, layout, dark=dark)


def _tints(cells: list[tuple[int, int, int, int, Band, int]], rows: int, columns: int, dark: bool) -> Trace:
    z: list[list[int | None]] = [[None] * columns for _ in range(rows)]
    for row, column, _, _, band, _ in cells:
        z[row][column] = _BANDS.index(band)
    scale = []
    for n, band in enumerate(_BANDS):
        tint = _thinned(BAND_STYLES[band].color(dark), _TINTS[band])
        scale += [[n / len(_BANDS), tint], [(n + 1) / len(_BANDS), tint]]
    return {
        "type": "heatmap",
        "z": z,
        "zmin": -0.5,
        "zmax": len(_BANDS) - 0.5,
        "colorscale": scale,
        "showscale": False,
        "hoverinfo": "skip",
        "xgap": 2,
        "ygap": 2,
    }


def _thinned(color: str, share: float) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def _cell_symbols(
    cells: list[tuple[int, int, int, int, Band, int]], names: list[str], band: Band, dark: bool
) -> Trace:
    style = BAND_STYLES[band]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": style.label,
        "x": [cell[1] for cell in cells],
        "y": [cell[0] for cell in cells],
        "text": [
            hover(
                charts.template.band_at(band, cell[3]),
                charts.template.week_to(to_date(cell[2])),
                name=names[cell[0]],
            )
            for cell in cells
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "customdata": [cell[5] for cell in cells],
        "marker": {
            "symbol": style.symbol,
            "color": style.color(dark),
            "size": _SIZES[band],
            "opacity": 1,
            "line": {"color": outline(band, dark), "width": 1.5 if band is Band.UNKNOWN else 0.5},
        },
    }


def risk_weeks_finding(clients: pd.DataFrame, history: pd.DataFrame) -> Caption:
    """What `risk_weeks` shows."""
    if not len(clients) or not len(history):
        return Caption(charts.template.NO_WEEK, charts.caseload.WEEKS_EMPTY)
    days = sorted(set(history["day"].tolist()))
    at = [history[history["day"].to_numpy() == day]["band"].tolist() for day in (days[0], days[-1])]
    serious = [sum(band in (Band.ELEVATED, Band.HIGH) for band in bands) for bands in at]
    title = charts.caseload.weeks_title(serious[1], serious[0], len(days) - 1)
    unknown = at[1].count(Band.UNKNOWN)
    return Caption(
        title, charts.caseload.weeks_alt(title, clients=len(clients), weeks=len(days), unknown=unknown)
    )


# --- stage tags -----------------------------------------------------------------------------------------------------


def stage_tags(tags: pd.DataFrame, today: int, *, dark: bool = False) -> go.Figure:
    """Stages with evidence in the last four weeks: a mark a client and stage, at the day of its latest evidence.

    `tags`: client_id, name, stage, day (latest evidence), signs (their labels, joined). Stages are tags, not
    steps: a client stands in every row that has evidence.
    """
    if not len(tags):
        return nothing(charts.caseload.NO_TAG, dark=dark)
    stages = list(Stage)
    tagged = [Stage(one) for one in tags["stage"].tolist()]
    lanes = {stage: _lanes(tags[tags["stage"].to_numpy() == stage]["day"].tolist()) for stage in stages}
    high = {stage: max(lanes[stage], default=0) + 2 for stage in stages}
    begins = {stage: sum(high[one] for one in stages[:n]) for n, stage in enumerate(stages)}
    left = {stage: iter(lanes[stage]) for stage in stages}
    y = [begins[stage] + next(left[stage]) + 0.5 for stage in tagged]
    boxes = [
        hover(charts.caseload.stage(stage, escaped(signs)), hover_date(day), name=name)
        for name, stage, signs, day in zip(tags["name"], tagged, tags["signs"], tags["day"], strict=True)
    ]
    marks: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": tags["day"].tolist(),
        "y": y,
        "text": boxes,
        "hovertemplate": "%{text}<extra></extra>",
        "customdata": tags["client_id"].tolist(),
        "marker": {"symbol": "circle", "size": _LANE - 3, "color": theme(dark).accent, "opacity": 1},
    }
    ticks = [today - 7 * week for week in range(STAGE_DAYS // 7, -1, -2)]
    layout = {
        "height": _LANE * sum(high.values()) + 56,
        "margin": {"l": 84, "r": 20, "t": 10, "b": 46},
        "xaxis": {
            "range": [today - STAGE_DAYS - 0.6, today + 0.9],
            "tickvals": ticks,
            "ticktext": [tick_date(day) for day in ticks],
            "tickangle": 0,
            "title": {"text": charts.caseload.TAGS_AXIS},
            "automargin": False,
        },
        "yaxis": {
            "tickvals": [begins[stage] + (high[stage] - 1) / 2 for stage in stages],
            "ticktext": [label(stage) for stage in stages],
            "range": [sum(high.values()) - 0.5, -0.5],
            "showgrid": False,
            "automargin": False,
        },
        "shapes": [_rule(begins[stage] - 0.5, dark) for stage in stages[1:]],
    }
    return figure([marks], layout, dark=dark)


def _lanes(days: list[int]) -> list[int]:
    """A lane for each mark, so that no two of one lane are less than `_APART` days apart."""
    taken: list[list[int]] = []
    found = []
    for day in days:
        free = (n for n, lane in enumerate(taken) if all(abs(day - other) >= _APART for other in lane))
        place = next(free, len(taken))
        if place == len(taken):
            taken.append([])
        taken[place].append(day)
        found.append(place)
    return found


def _rule(y: float, dark: bool) -> dict[str, Any]:
    line = {"color": theme(dark).grid, "width": 1}
    return {
        "type": "line",
        "xref": "x domain",
        "x0": 0,
        "x1": 1,
        "y0": y,
        "y1": y,
        "line": line,
        "layer": "below",
    }


def stage_tags_finding(tags: pd.DataFrame, clients: int) -> Caption:
    """What `stage_tags` shows; `clients` is the size of the caseload."""
    tagged = [tags[tags["stage"].to_numpy() == stage]["client_id"].nunique() for stage in Stage]
    if not any(tagged):
        return Caption(charts.caseload.NO_TAG_TITLE, charts.caseload.no_tag_alt(clients))
    title = charts.caseload.tags_title(clients, tagged[-1])
    return Caption(title, charts.caseload.tags_alt(title, dict(zip(Stage, tagged, strict=True))))


# --- attendance -----------------------------------------------------------------------------------------------------


def attendance_trend(weeks: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """The share of sessions kept in each week, with the counts. Customdata is the week's last day.

    `weeks`: day (the week's last), kept, counted (kept or no-show; excused and cancelled sessions are not in it).
    """
    if not len(weeks) or not weeks["counted"].sum():
        return nothing(charts.caseload.NO_SESSION, dark=dark)
    colors = theme(dark)
    some = weeks[weeks["counted"].to_numpy() > 0]
    share = {
        day: 100 * kept / of for day, kept, of in zip(some["day"], some["kept"], some["counted"], strict=True)
    }
    days = weeks["day"].tolist()
    line: Trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(len(days))),
        "y": [share.get(day) for day in days],
        "hovertext": [
            hover(charts.caseload.share_kept(kept, of), charts.template.week_to(to_date(day))) if of else ""
            for day, kept, of in zip(days, weeks["kept"], weeks["counted"], strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": days,
        "line": {"color": colors.accent, "width": 2},
        "marker": {"color": colors.accent, "size": 9, "line": {"color": colors.background, "width": 1}},
        "connectgaps": False,
        "cliponaxis": False,
    }
    shown = list(range(len(days) - 1, -1, -3))[::-1]
    layout = {
        "height": 220,
        "margin": {"l": 60, "r": 24, "t": 12, "b": 46},
        "xaxis": {
            "tickvals": shown,
            "ticktext": [tick_date(days[n]) for n in shown],
            "range": [-0.6, len(days) - 0.4],
            "tickangle": 0,
            "title": {"text": charts.caseload.WEEK_AXIS},
            "showgrid": False,
            "automargin": False,
        },
        "yaxis": {
            "range": [0, 104],
            "tickvals": [0, 50, 100],
            "ticktext": ["0%", "50%", "100%"],
            "title": {"text": charts.caseload.KEPT_AXIS},
        },
    }
    return figure([line], layout, dark=dark)


def attendance_trend_finding(weeks: pd.DataFrame) -> Caption:
    """What `attendance_trend` shows: the last four weeks against the four before."""
    kept, of = weeks["kept"].to_numpy(), weeks["counted"].to_numpy()
    now, before = of[-4:].sum(), of[-8:-4].sum()
    if not now:
        return Caption(charts.caseload.NO_RECENT_TITLE, charts.caseload.NO_RECENT_ALT)
    earlier = kept[-8:-4].sum() / before if before else None
    title = charts.caseload.attendance_title(kept[-4:].sum() / now, earlier)
    alt = charts.caseload.attendance_alt(title, weeks=len(weeks), kept=int(kept[-4:].sum()), of=int(now))
    return Caption(title, alt)
