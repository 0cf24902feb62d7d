"""One client's check-ins against their own usual level: the control chart of `casework.indicators.drift`.

`points` is the frame of `casework.caseload.own_baseline.OwnBaseline`; `today` is a day number.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from casework.figures.template import (
    BAND_STYLES,
    Caption,
    Theme,
    Trace,
    figure,
    hover,
    hover_date,
    nothing,
    outline,
    theme,
    tick_date,
)
from casework.figures.weeks import WEEKS, Look, layout_of, line, symbols
from casework.frames import to_date
from casework.indicators import Concern
from casework.vocabulary import Band
from casework.wording import charts, ended

NOTE: Final = charts.baseline.NOTE
"""What is compared with what, and how often the chart is wrong."""
KEY: Final = charts.baseline.KEY
"""The marks and the lines in words."""

_HEIGHT: Final = 290
_LOW: Final = 170
"""Without limits: only the check-ins so far."""


def own_baseline(
    points: pd.DataFrame, today: int, *, weeks: int = WEEKS, needed: int = 0, dark: bool = False
) -> go.Figure:
    """The check-ins, their moving average, the usual level and its limits, as judged on each check-in's day.

    Alarms and warnings have shapes of their own, and each run of alarms begins with its date. Customdata is the day.
    Its marks have no key of their own: `KEY` says what they are.
    """
    if not len(points):
        return nothing(ended(charts.baseline.nothing(needed)), dark=dark)
    colors = theme(dark)
    known = points[np.isfinite(points["alarm"].to_numpy())]
    held_out = points["held_out"].to_numpy(dtype=bool) & bool(len(known))  # of nothing, nothing is held out
    traces = [
        *_limits(known, dark),
        *_check_ins(points[~held_out], Look(charts.baseline.CHECK_IN, "circle-open", colors.muted)),
        *_check_ins(points[held_out], Look(charts.baseline.NEWEST, "diamond-open", colors.muted)),
        line(charts.baseline.SMOOTHED, known["day"], known["ewma"], colors.accent, width=2.5),
        *_crossings(known, dark),
    ]
    axis = {"title": {"text": charts.baseline.AXIS}, "rangemode": "tozero", "tickformat": ".0%"}
    layout = layout_of(8, today, weeks, yaxis=axis)
    return figure(traces, {**layout, "height": _HEIGHT if len(known) else _LOW}, dark=dark)


def _check_ins(points: pd.DataFrame, look: Look) -> list[Trace]:
    if not len(points):
        return []
    boxes = [
        hover(hover_date(day), charts.baseline.share(value))
        for day, value in zip(points["day"], points["value"], strict=True)
    ]
    return [symbols(look, points["day"], points["value"], boxes, points["day"], size=7, in_key=False)]


def _limits(known: pd.DataFrame, dark: bool) -> list[Trace]:
    """The shaded usual range, the level in its middle, and the two limits."""
    if not len(known):
        return []
    colors: Theme = theme(dark)
    day = known["day"]
    lower = line(charts.baseline.LOWER_LIMIT, day, known["lower"], colors.shade, width=0)
    warning = line(
        charts.baseline.WARNING,
        day,
        known["warning"],
        BAND_STYLES[Band.ELEVATED].color(dark),
        width=1.5,
        dash="dot",
    )
    alarm = line(
        charts.baseline.ALARM, day, known["alarm"], BAND_STYLES[Band.HIGH].color(dark), width=1.5, dash="dash"
    )
    return [
        lower,
        {**warning, "fill": "tonexty", "fillcolor": colors.shade},
        alarm,
        line(charts.baseline.USUAL_LEVEL, day, known["center"], colors.muted, width=1.5),
    ]


def _crossings(known: pd.DataFrame, dark: bool) -> list[Trace]:
    """Check-ins on which the moving average lay above a limit."""
    average = known["ewma"].to_numpy()
    alarm = average > known["alarm"].to_numpy()
    warned = (average > known["warning"].to_numpy()) & ~alarm
    found = []
    said = charts.baseline
    for where, name, box, band in (
        (warned, said.ABOVE_WARNING, said.above_warning, Band.ELEVATED),
        (alarm, said.ABOVE_ALARM, said.above_alarm, Band.HIGH),
    ):
        if not where.any():
            continue
        style, rows = BAND_STYLES[band], known[where]
        look = Look(name, style.symbol, style.color(dark))
        boxes = [
            hover(hover_date(day), box(value)) for day, value in zip(rows["day"], rows["ewma"], strict=True)
        ]
        marks = symbols(
            look,
            rows["day"],
            rows["ewma"],
            boxes,
            rows["day"],
            size=11,
            edge=outline(band, dark),
            in_key=False,
        )
        begins = alarm & ~np.append(False, alarm[:-1])
        marks |= {
            "mode": "markers+text",
            "text": [
                tick_date(day) if first else "" for day, first in zip(rows["day"], begins[where], strict=True)
            ],
            "textposition": "top left",
            "textfont": {"size": 12, "color": theme(dark).text},
            "hovertext": boxes,
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        found.append(marks)
    return found


def baseline_finding(
    points: pd.DataFrame, *, latest: float, level: Concern, needed: int, weeks: int = WEEKS
) -> Caption:
    """What `own_baseline` shows, and how the client stands today (see `casework.caseload.own_baseline`)."""
    known = points[np.isfinite(points["alarm"].to_numpy(dtype=float))]
    if level is Concern.UNKNOWN:
        title = charts.baseline.nothing(needed)
        return Caption(title, charts.baseline.empty_alt(title, weeks))
    title = charts.baseline.title(latest, level)
    alarms = int((known["ewma"] > known["alarm"]).sum())
    judged = None
    if len(known):
        last = known.iloc[-1]
        shares = (last[name] for name in ("ewma", "center", "warning", "alarm"))
        judged = charts.baseline.Judged(to_date(int(last["day"])), *shares)
    return Caption(title, charts.baseline.alt(title, weeks=weeks, judged=judged, alarms=alarms))
