"""One client's check-ins against their own usual level: the control chart of `casework.indicators.drift`.

`points` is the frame of `casework.caseload.own_baseline.OwnBaseline`; `today` is a day number.
"""

from __future__ import annotations

import math
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
    hover_date,
    nothing,
    outline,
    theme,
    tick_date,
)
from casework.figures.weeks import WEEKS, Look, layout_of, line, symbols
from casework.frames import to_date
from casework.indicators import Concern
from casework.indicators.drift import FALSE_ALARMS, HELD_OUT, MIN_ASKED, RECENT_DAYS, WARNING_LIMIT
from casework.vocabulary import Band
from casework.wording import counted, long_date, number, percent, sentence

NOTE: Final = (
    "This client’s smoothed share of warning signs against their own earlier check-ins of the last 14 weeks (all but "
    f"the newest {number(HELD_OUT)}), not against other clients. Of clients in whom nothing changes, about "
    f"{FALSE_ALARMS * 10:.0f} in 10 cross the alarm limit by chance within half a year of weekly check-ins."
)
"""What is compared with what, and how often the chart is wrong."""
KEY: Final = (
    f"○ check-in; ◇ newest {number(HELD_OUT)}; thick line: smoothed; thin line: usual level, its usual range shaded; "
    "dotted: warning limit; dashed: alarm limit; ▲ above the warning limit; ■ above the alarm limit."
)
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
        return nothing(_without_a_chart(needed), dark=dark)
    colors = theme(dark)
    known = points[np.isfinite(points["alarm"].to_numpy())]
    held_out = points["held_out"].to_numpy(dtype=bool) & bool(len(known))  # of nothing, nothing is held out
    traces = [
        *_limits(known, dark),
        *_check_ins(points[~held_out], Look("Check-in", "circle-open", colors.muted)),
        *_check_ins(points[held_out], Look(f"Newest {number(HELD_OUT)}", "diamond-open", colors.muted)),
        line("Smoothed", known["day"], known["ewma"], colors.accent, width=2.5),
        *_crossings(known, dark),
    ]
    axis = {"title": {"text": "Signs present (of asked)"}, "rangemode": "tozero", "tickformat": ".0%"}
    layout = layout_of(8, today, weeks, yaxis=axis)
    return figure(traces, {**layout, "height": _HEIGHT if len(known) else _LOW}, dark=dark)


def _check_ins(points: pd.DataFrame, look: Look) -> list[Trace]:
    if not len(points):
        return []
    hover = [
        f"{hover_date(day)}<br>{percent(value)} of asked signs present"
        for day, value in zip(points["day"], points["value"], strict=True)
    ]
    return [symbols(look, points["day"], points["value"], hover, points["day"], size=7, in_key=False)]


def _limits(known: pd.DataFrame, dark: bool) -> list[Trace]:
    """The shaded usual range, the level in its middle, and the two limits."""
    if not len(known):
        return []
    colors: Theme = theme(dark)
    day = known["day"]
    lower = line("Lower limit", day, known["lower"], colors.shade, width=0)
    warning = line(
        "Warning limit", day, known["warning"], BAND_STYLES[Band.ELEVATED].color(dark), width=1.5, dash="dot"
    )
    alarm = line(
        "Alarm limit", day, known["alarm"], BAND_STYLES[Band.HIGH].color(dark), width=1.5, dash="dash"
    )
    return [
        lower,
        {**warning, "fill": "tonexty", "fillcolor": colors.shade},
        alarm,
        line("Usual level", day, known["center"], colors.muted, width=1.5),
    ]


def _crossings(known: pd.DataFrame, dark: bool) -> list[Trace]:
    """Check-ins on which the moving average lay above a limit."""
    average = known["ewma"].to_numpy()
    alarm = average > known["alarm"].to_numpy()
    warned = (average > known["warning"].to_numpy()) & ~alarm
    found = []
    for where, limit, band in ((warned, "warning", Band.ELEVATED), (alarm, "alarm", Band.HIGH)):
        if not where.any():
            continue
        style, rows = BAND_STYLES[band], known[where]
        look = Look(f"Above {limit} limit", style.symbol, style.color(dark))
        hover = [
            f"{hover_date(day)}<br>Smoothed {percent(value)}: above the {limit} limit"
            for day, value in zip(rows["day"], rows["ewma"], strict=True)
        ]
        marks = symbols(
            look,
            rows["day"],
            rows["ewma"],
            hover,
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
            "hovertext": hover,
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        found.append(marks)
    return found


def baseline_finding(
    points: pd.DataFrame, *, value: float, level: Concern, needed: int, weeks: int = WEEKS
) -> Caption:
    """What `own_baseline` shows, and how the client stands today: `value`, `level` and `needed` are the indicator's."""
    known = points[np.isfinite(points["alarm"].to_numpy(dtype=float))]
    said = f"Share of asked warning signs that were present, by check-in over {weeks} weeks."
    if math.isnan(value):
        title = _without_a_chart(needed).removesuffix(".")
        return Caption(title, f"{said} {title}.")
    title = _standing(value, level)
    alarms = int((known["ewma"] > known["alarm"]).sum())
    alt = f"{said} {title}. "
    if len(known):
        last = known.iloc[-1]
        alt += (
            f"On {long_date(to_date(int(last['day'])))} the smoothed share was {percent(last['ewma'])}, the usual "
            f"level {percent(last['center'])}, the warning limit {percent(last['warning'])} and the alarm limit "
            f"{percent(last['alarm'])}. "
        )
    return Caption(title, f"{alt}{sentence(counted(alarms, 'check-in'))} lay above the alarm limit.")


def _standing(value: float, level: Concern) -> str:
    if level >= Concern.MARKED:
        return "More signs than in their own earlier check-ins: above the alarm limit"
    if level >= Concern.SOME:
        return "More signs than in their own earlier check-ins: above the warning limit"
    if value < -WARNING_LIMIT:
        return "Fewer signs than in their own earlier check-ins"
    return "Signs as in their own earlier check-ins, within the usual range"


def _without_a_chart(needed: int) -> str:
    asked = f"at least {number(MIN_ASKED)} signs"
    if needed == 1:
        return f"No own baseline yet: one more check-in that asks {asked} is needed."
    if needed:
        return f"No own baseline yet: {number(needed)} more check-ins that ask {asked} are needed."
    return f"No own baseline now: no check-in of the last {RECENT_DAYS} days asked {asked}."
