"""One client's risk by week."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from casework.figures.template import (
    BAND_STYLES,
    Caption,
    Trace,
    figure,
    hover,
    hover_date,
    nothing,
    outline,
    theme,
)
from casework.figures.weeks import Look, layout_of, line, symbols
from casework.indicators.fitted import ELEVATED_FROM, HIGH_FROM, WATCH_FROM
from casework.vocabulary import Band
from casework.wording import charts, ended

FROM: Final = {Band.WATCH: WATCH_FROM, Band.ELEVATED: ELEVATED_FROM, Band.HIGH: HIGH_FROM}
LOWEST: Final = 50
"""The axis reaches down to here at least: steady clients have 30 to 80 points."""
ROOM: Final = 8
HEIGHT: Final = 250


def risk_weeks_of(history: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """One client's points by week with the band's symbol, between lines where bands begin. `history`: day, points, band
    (a row a week). Unknown weeks stand at the foot: what their points add up to says nothing."""
    if not len(history):
        return nothing(ended(charts.template.NO_WEEK), dark=dark)
    known = history["band"].to_numpy() != Band.UNKNOWN.value
    points = history["points"].to_numpy(dtype=float)
    low = min(points[known].min(initial=LOWEST), LOWEST)
    high = max(points[known].max(initial=HIGH_FROM), HIGH_FROM)
    shown = np.where(known, points, low)
    path = [value if is_known else None for value, is_known in zip(points.tolist(), known, strict=True)]
    traces = [line(charts.risk.LINE, history["day"], path, theme(dark).grid, width=2)]
    for band in Band:
        rows = history["band"].to_numpy() == band.value
        if rows.any():
            traces.append(_symbols(history[rows], shown[rows].tolist(), band, dark))
    first, last = int(history["day"].iloc[0]), int(history["day"].iloc[-1])
    axis = {
        "title": {"text": charts.risk.AXIS},
        "range": [low - ROOM, high + ROOM],
        "tickvals": list(FROM.values()),
        "ticktext": [charts.risk.begins(band, value) for band, value in FROM.items()],
    }
    layout = layout_of(5, last, max((last - first) // 7 + 1, 4), yaxis=axis)
    return figure(traces, {**layout, "height": HEIGHT}, dark=dark)


def _symbols(history: pd.DataFrame, y: list[float], band: Band, dark: bool) -> Trace:
    style = BAND_STYLES[band]
    boxes = [
        hover(charts.template.band_at(band, int(value)), hover_date(day))
        for value, day in zip(history["points"], history["day"], strict=True)
    ]
    look = Look(style.label, style.symbol, style.color(dark))
    return symbols(look, history["day"], y, boxes, range(len(history)), edge=outline(band, dark))


def risk_weeks_of_finding(history: pd.DataFrame) -> Caption:
    """What `risk_weeks_of` shows."""
    if not len(history):
        return Caption(charts.template.NO_WEEK, ended(charts.template.NO_WEEK))
    bands = [Band(one) for one in history["band"].tolist()]
    weeks = [(band, int(value)) for band, value in zip(bands, history["points"], strict=True)]
    points = [value for band, value in weeks if band is not Band.UNKNOWN]
    title = charts.risk.title(weeks[-1], weeks[-5] if len(weeks) > 4 else None)
    unknown = bands.count(Band.UNKNOWN)
    return Caption(title, charts.risk.alt(title, weeks=len(weeks), unknown=unknown, points=points))
