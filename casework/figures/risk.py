"""One client's risk by week, and the sign burden against the client's own baseline.

Every function takes the facts of one client (frames as in `casework.frames`, rows in order of days) and `today` as a
day number; its `…_finding` says in words what it shows. Neither needs any row to exist.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from casework.figures.template import (
    BAND_STYLES,
    Finding,
    Theme,
    Trace,
    figure,
    hover_date,
    nothing,
    outline,
    theme,
)
from casework.figures.weeks import WEEKS, Look, layout_of, line, recent, symbols
from casework.frames import to_date
from casework.vocabulary import (
    Band,
)
from casework.wording import count, counted, long_date, percent, sentence


def risk_baseline(series: pd.DataFrame, today: int, *, weeks: int = WEEKS, dark: bool = False) -> go.Figure:
    """The share of asked signs that were present, against the client's own baseline: smoothed line and control limits.

    `series` has a row a check-in: day, value (share from 0 to 1), ewma, center, lower, upper (NaN where there is not
    enough history for a baseline yet).
    """
    rows = recent(series, today, weeks)
    if not len(rows):
        return nothing("No check-in in these weeks.", dark=dark)
    colors = theme(dark)
    hover = [
        f"{percent(value)} of asked signs present<br>{hover_date(day)}"
        for value, day in zip(rows["value"], rows["day"], strict=True)
    ]
    each = Look("Check-in", "circle-open", colors.muted)
    traces = [
        *_own_range(rows[np.isfinite(rows["upper"].to_numpy())], colors),
        symbols(each, rows["day"], rows["value"], hover, range(len(rows)), size=6),
        line("Smoothed", rows["day"], rows["ewma"], colors.accent, width=2.5),
    ]
    out = rows[
        rows["ewma"].to_numpy() > rows["upper"].to_numpy()
    ]  # NaN compares as false: no baseline, no alarm
    if len(out):
        high = BAND_STYLES[Band.HIGH]
        look = Look("Above usual range", high.symbol, high.color(dark))
        hover = [f"Above own usual range<br>{hover_date(day)}" for day in out["day"]]
        traces.append(symbols(look, out["day"], out["ewma"], hover, range(len(out)), size=9))
    axis = {"title": {"text": "Signs present (of asked)"}, "rangemode": "tozero", "tickformat": ".0%"}
    return figure(traces, {**layout_of(6, today, weeks, yaxis=axis), "height": 220}, dark=dark)


def _own_range(known: pd.DataFrame, colors: Theme) -> list[Trace]:
    """The shaded range between the control limits, and the baseline in it."""
    if not len(known):
        return []
    lower = line("Lower limit", known["day"], known["lower"], colors.shade, width=0)
    upper = line("Own usual range", known["day"], known["upper"], colors.shade, width=0)
    fill = {"fill": "tonexty", "fillcolor": colors.shade}
    center = line("Own baseline", known["day"], known["center"], colors.muted, width=1, dash="dash")
    return [{**lower, "showlegend": False}, {**upper, **fill}, center]


def baseline_finding(series: pd.DataFrame, today: int, *, weeks: int = WEEKS) -> Finding:
    """What `risk_baseline` shows."""
    rows = recent(series, today, weeks)
    known = rows[np.isfinite(rows["upper"].to_numpy())] if len(rows) else rows
    if not len(known):
        title = "Not enough history for an own baseline yet"
        return Finding(title, f"Share of asked signs present by check-in over {weeks} weeks. {title}.")
    last = known.iloc[-1]
    if last["ewma"] > last["upper"]:
        title = "Above this client’s own usual range"
    elif last["ewma"] < last["lower"]:
        title = "Below this client’s own usual range"
    else:
        title = "Within this client’s own usual range"
    above = int((known["ewma"] > known["upper"]).sum())
    alt = (
        f"Share of asked signs present by check-in over {weeks} weeks with the client’s own baseline and its "
        f"limits. {title} on {long_date(to_date(int(last['day'])))}. "
        f"{sentence(counted(above, 'check-in'))} lay above the range."
    )
    return Finding(title, alt)


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
