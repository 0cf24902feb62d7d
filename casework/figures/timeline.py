"""One client's weeks, a lane for each kind of fact below one time axis.

`rows` is a frame with a row a mark or a stretch of days: `lane` and `mark` (keys of `charts.timeline.LANES` and
`MARKS`), `day` (a day number), `days` (0: a mark; else the length of a stretch), `height` (0 to 1 within the lane),
`words` (what is said on hover), and `entry` (which entry of the record it is; "" for none).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from casework.figures.template import (
    BAND_STYLES,
    Caption,
    Theme,
    Trace,
    escaped,
    figure,
    hover,
    hover_date,
    theme,
)
from casework.figures.weeks import WEEKS, Look, first_day, time_axis
from casework.frames import to_date
from casework.vocabulary import Band
from casework.wording import charts, sentence

LANE: Final = 32
"""Pixels of height for a lane."""
TOP: Final = 6
AXIS: Final = 24
"""Pixels above the lanes, and below them for the dates."""
COLUMNS: Final = ("lane", "mark", "day", "days", "height", "words", "entry")
_SCALED: Final = frozenset({"signs", "craving"})
"""Lanes in which the height says how much."""
_FOOT, _REACH = 0.16, 0.68
"""Where the scale of a lane begins, and how far it reaches: marks of neighbors never touch."""


def timeline(rows: pd.DataFrame, today: int, *, weeks: int = WEEKS, dark: bool = False) -> go.Figure:
    """The lanes from the top down, without their names: they stand beside the figure, where they stay in sight.
    Customdata is the entry."""
    colors, lanes = theme(dark), lanes_of(rows)
    at = {lane: len(lanes) - 1 - number for number, lane in enumerate(lanes)}
    traces = [*_steps(rows, at, colors)]
    for mark, look in _looks(colors, dark).items():
        some = rows[rows["mark"].to_numpy() == mark]
        spans = some["days"].to_numpy() > 0
        if spans.any():
            traces.append(_stretches(some[spans], at, look, colors))
        if (~spans).any():
            traces.append(_marks(some[~spans], at, look, colors))
    layout = {
        "height": TOP + LANE * len(lanes) + AXIS,
        "margin": {"l": 4, "r": 10, "t": TOP, "b": AXIS},
        "xaxis": {**time_axis(today, weeks), "showgrid": True},
        "yaxis": {"visible": False, "range": [0, len(lanes)]},
        "barmode": "overlay",
        "bargap": 0,
        "shapes": [*_lines(len(lanes), colors), *_bands(rows, today, weeks, colors)],
        "annotations": _empty(rows, lanes, at, today, weeks),
    }
    return figure(traces, layout, dark=dark)


def lanes_of(rows: pd.DataFrame) -> tuple[str, ...]:
    """The lanes that are drawn, from the top down: that of absences only where there is one."""
    away = bool((rows["lane"].to_numpy() == "away").any())
    return tuple(lane for lane in charts.timeline.LANES if lane != "away" or away)


def _looks(colors: Theme, dark: bool) -> dict[str, Look]:
    """One look a meaning: shape and color, the same in each lane."""
    grave, warn, other = (BAND_STYLES[band].color(dark) for band in (Band.HIGH, Band.ELEVATED, Band.WATCH))
    shapes = {
        "away": ("", colors.muted),
        "covered": ("", colors.accent),
        "gap": ("/", colors.muted),
        "dose": ("line-ns-open", colors.text),
        "level": ("circle", colors.muted),
        "good": ("circle", colors.accent),
        "nothing": ("circle-open", colors.muted),
        "excused": ("square-open", colors.muted),
        "due": ("circle-open-dot", colors.muted),
        "other": ("diamond", other),
        "absent": ("triangle-down", warn),
        "missed": ("x", grave),
        "grave": ("square", grave),
        "decided": ("star", colors.text),
    }
    return {
        mark: Look(charts.timeline.MARKS[mark], symbol, color) for mark, (symbol, color) in shapes.items()
    }


def _y(rows: pd.DataFrame, at: dict[str, int]) -> list[float]:
    return [
        at[lane] + (_FOOT + _REACH * height if lane in _SCALED else height)
        for lane, height in zip(rows["lane"].tolist(), rows["height"].tolist(), strict=True)
    ]


def _boxes(rows: pd.DataFrame) -> list[str]:
    return [
        hover(escaped(sentence(words)), hover_date(day))
        for words, day in zip(rows["words"].tolist(), rows["day"].tolist(), strict=True)
    ]


def _shared(rows: pd.DataFrame, look: Look, boxes: list[str]) -> Trace:
    return {
        "name": look.name,
        "customdata": rows["entry"].tolist(),
        "hovertext": boxes,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": True,
    }


def _marks(rows: pd.DataFrame, at: dict[str, int], look: Look, colors: Theme) -> Trace:
    hollow = "open" in look.symbol
    return {
        **_shared(rows, look, _boxes(rows)),
        "type": "scatter",
        "mode": "markers",
        "x": rows["day"].tolist(),
        "y": _y(rows, at),
        "cliponaxis": False,
        "marker": {
            "symbol": look.symbol,
            "size": 13 if look.symbol == "star" else 10,
            "color": look.color,
            "opacity": 1,
            "line": {"color": look.color if hollow else colors.text, "width": 1.5 if hollow else 0.6},
        },
    }


def _stretches(rows: pd.DataFrame, at: dict[str, int], look: Look, colors: Theme) -> Trace:
    boxes = [hover(escaped(sentence(words))) for words in rows["words"].tolist()]
    return {
        **_shared(rows, look, boxes),
        "type": "bar",
        "orientation": "h",
        "y": _y(rows, at),
        "base": (rows["day"] - 0.5).tolist(),
        "x": rows["days"].tolist(),
        "width": 0.26,
        "text": boxes,
        "textposition": "none",
        "marker": {
            "color": look.color,
            "line": {"color": look.color, "width": 1},
            "pattern": {"shape": look.symbol, "bgcolor": colors.background, "fgcolor": look.color, "size": 6},
        },
    }


def _steps(rows: pd.DataFrame, at: dict[str, int], colors: Theme) -> Iterable[Trace]:
    """The line from answer to answer in the lanes that have a height; it breaks where nothing was asked for long."""
    for lane in sorted(_SCALED):
        some = rows[rows["lane"].to_numpy() == lane]
        if len(some) < 2:
            continue
        x: list[float | None] = []
        y: list[float | None] = []
        days = some["day"].to_numpy()
        for place, (day, value) in enumerate(zip(days.tolist(), _y(some, at), strict=True)):
            if place and day - days[place - 1] > _BREAK:
                x.append(None)
                y.append(None)
            x.append(day)
            y.append(value)
        yield {
            "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip", "showlegend": False,
            "line": {"color": colors.muted, "width": 1.2}, "connectgaps": False,
        }  # fmt: skip


_BREAK: Final = 14
"""Days between two answers over which no line is drawn: what lay between is not known."""


def _lines(lanes: int, colors: Theme) -> list[dict[str, Any]]:
    """A thin line between two lanes."""
    return [
        {
            "type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": y, "y1": y, "layer": "below",
            "line": {"color": colors.grid, "width": 1},
        }
        for y in range(lanes + 1)
    ]  # fmt: skip


def _bands(rows: pd.DataFrame, today: int, weeks: int, colors: Theme) -> list[dict[str, Any]]:
    """Absences as bands through all lanes."""
    away = rows[rows["lane"].to_numpy() == "away"]
    first = first_day(today, weeks)
    return [
        {
            "type": "rect", "xref": "x", "x0": max(day, first) - 0.5, "x1": day + days - 0.5, "yref": "paper",
            "y0": 0, "y1": 1, "layer": "below", "line": {"width": 0}, "fillcolor": colors.shade,
        }
        for day, days in zip(away["day"].tolist(), away["days"].tolist(), strict=True)
    ]  # fmt: skip


def _empty(
    rows: pd.DataFrame, lanes: Sequence[str], at: dict[str, int], today: int, weeks: int
) -> list[dict[str, Any]]:
    """What stands in a lane without a mark: nothing recorded is not the same as nothing found."""
    filled = set(np.unique(rows["lane"].to_numpy(dtype=str)).tolist())
    return [
        {
            "x": first_day(today, weeks), "xanchor": "left", "y": at[lane] + 0.5, "yanchor": "middle",
            "text": charts.timeline.EMPTY[lane],
        }
        for lane in lanes
        if lane not in filled
    ]  # fmt: skip


def timeline_finding(rows: pd.DataFrame, found: charts.timeline.Counts, *, weeks: int = WEEKS) -> Caption:
    """What `timeline` shows: the title counts, the text for who cannot see it tells each lane's last entry."""
    title = charts.timeline.title(found, weeks)
    told = []
    for lane in lanes_of(rows):
        some = rows[rows["lane"].to_numpy() == lane]
        last = None if not len(some) else to_date(int(some["day"].iloc[-1]))
        told.append(charts.timeline.lane(lane, some["words"].tolist(), last))
    return Caption(title, f"{title}. {' '.join(told)}")
