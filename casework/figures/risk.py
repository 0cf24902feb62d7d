"""One client's risk by week."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from casework.figures.template import (
    BAND_STYLES,
    Finding,
    figure,
    hover_date,
    nothing,
    outline,
    theme,
)
from casework.figures.weeks import Look, layout_of, line, symbols
from casework.vocabulary import (
    Band,
)
from casework.wording import count, counted, sentence


def risk_weeks_of(history: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """One client's points by week with the band's symbol. `history`: day, points, band (a row a week)."""
    if not len(history):
        return nothing("No week has been computed yet.", dark=dark)
    colors = theme(dark)
    traces = [{**line("Risk", history["day"], history["points"], colors.grid, width=2), "showlegend": False}]
    for band in Band:
        rows = history[history["band"].to_numpy() == band.value]
        if not len(rows):
            continue
        style = BAND_STYLES[band]
        hover = [
            f"{style.label}, {count(int(value), 'point')}<br>{hover_date(day)}"
            for value, day in zip(rows["points"], rows["day"], strict=True)
        ]
        look = Look(style.label, style.symbol, style.color(dark))
        traces.append(
            symbols(look, rows["day"], rows["points"], hover, range(len(rows)), edge=outline(band, dark))
        )
    first, last = int(history["day"].iloc[0]), int(history["day"].iloc[-1])
    axis = {"title": {"text": "Risk (points)"}, "rangemode": "tozero"}
    layout = layout_of(5, last, max((last - first) // 7 + 1, 4), yaxis=axis)
    return figure(traces, {**layout, "height": 190}, dark=dark)


def risk_weeks_of_finding(history: pd.DataFrame) -> Finding:
    """What `risk_weeks_of` shows."""
    if not len(history):
        return Finding("No week has been computed yet", "No week has been computed yet.")
    bands = [BAND_STYLES[Band(one)].label.lower() for one in history["band"].tolist()]
    points = history["points"].tolist()
    title = f"Risk is {bands[-1]} at {count(int(points[-1]), 'point')}"
    if len(points) > 4:
        title += f"; four weeks ago it was {bands[-5]} at {count(int(points[-5]), 'point')}"
    unknown = bands.count("unknown")
    alt = (
        f"Risk points by week over {len(points)} weeks, from {int(min(points))} to {int(max(points))}. {title}. "
        f"{sentence(counted(unknown, 'week'))} unknown."
    )
    return Finding(title, alt)
