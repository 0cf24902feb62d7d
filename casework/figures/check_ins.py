"""One client's warning signs by week and craving by check-in.

Every function takes the facts of one client (frames as in `casework.frames`, rows in order of days) and `today` as a
day number; its `…_finding` says in words what it shows. Neither needs any row to exist.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from casework import wording
from casework.figures.template import (
    BAND_STYLES,
    Caption,
    Trace,
    figure,
    hover,
    hover_date,
    nothing,
    shortened,
    theme,
)
from casework.figures.weeks import WEEKS, Look, layout_of, recent, row_axis, symbols
from casework.frames import to_date
from casework.vocabulary import (
    CRAVING_MAX,
    MEDICATION_SIGN,
    WARNING_SIGNS,
    Band,
)
from casework.wording import charts, ended

# The bands' own high and low, thinned out to lie behind a symbol: (present, absent) on a light and on a dark page.
_TINTS: Final = {
    False: ("rgba(122,15,43,.16)", "rgba(0,114,178,.08)"),
    True: ("rgba(240,53,109,.22)", "rgba(62,146,204,.14)"),
}


def sign_weeks(
    check_ins: pd.DataFrame, today: int, weeks: int = WEEKS
) -> tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int64]]]:
    """How many check-ins asked about each sign in each week, and in how many it was present.

    Two arrays of shape (12 signs, weeks); the last column is the seven days that end today.
    """
    rows = recent(check_ins, today, weeks)
    week = weeks - 1 - (today - rows["day"].to_numpy()) // 7
    counts = []
    for column in ("signs_asked", "signs_present"):
        packed = rows[column].to_numpy()
        bits = (packed[None, :] >> np.arange(len(WARNING_SIGNS))[:, None]) & 1
        table = np.zeros((len(WARNING_SIGNS), weeks), dtype=np.int64)
        np.add.at(table.T, week, bits.T)
        counts.append(table)
    return counts[0], counts[1]


def signs_by_week(
    check_ins: pd.DataFrame,
    today: int,
    *,
    weeks: int = WEEKS,
    medication_applies: bool = True,
    dark: bool = False,
) -> go.Figure:
    """Twelve signs by week: a filled square is present, an open circle absent, a stroke not asked.

    `medication_applies=False` (no prescription) leaves the medication sign out.
    """
    asked, present = sign_weeks(check_ins, today, weeks)
    shown = [n for n, sign in enumerate(WARNING_SIGNS) if medication_applies or sign.id != MEDICATION_SIGN]
    asked, present = asked[shown], present[shown]
    labels = [wording.label(WARNING_SIGNS[n]) for n in shown]
    ends = today - 7 * np.arange(weeks - 1, -1, -1)
    state = np.where(asked == 0, 0, np.where(present > 0, 2, 1))
    colors = theme(dark)
    looks = (
        (2, Look(charts.check_ins.PRESENT, "square", BAND_STYLES[Band.HIGH].color(dark)), 11),
        (1, Look(charts.check_ins.ABSENT, "circle-open", BAND_STYLES[Band.LOW].color(dark)), 7),
        (0, Look(charts.check_ins.NOT_ASKED, "line-ne-open", colors.muted), 8),
    )
    traces: list[Trace] = [_sign_cells(state, ends, dark)]
    for code, look, size in looks:
        row, column = np.nonzero(state == code)
        text = [
            hover(
                charts.check_ins.sign(labels[r], asked=int(asked[r, c]), present=int(present[r, c])),
                charts.template.week_to(to_date(int(ends[c]))),
            )
            for r, c in zip(row, column, strict=True)
        ]
        traces.append(symbols(look, (ends[column] - 3).tolist(), row.tolist(), text, row, size=size))
    axis = row_axis([shortened(label, 24) for label in labels])
    return figure(traces, layout_of(len(labels), today, weeks, yaxis=axis), dark=dark)


def _sign_cells(state: np.ndarray[Any, np.dtype[np.int64]], ends: Any, dark: bool) -> Trace:
    present, absent = _TINTS[dark]
    clear = "rgba(0,0,0,0)"
    return {
        "type": "heatmap",
        "z": state.tolist(),
        "x0": int(ends[0]) - 3,
        "dx": 7,
        "y0": 0,
        "dy": 1,
        "zmin": 0,
        "zmax": 2,
        "colorscale": [
            [0, clear],
            [1 / 3, clear],
            [1 / 3, absent],
            [2 / 3, absent],
            [2 / 3, present],
            [1, present],
        ],
        "showscale": False,
        "hoverinfo": "skip",
        "xgap": 2,
        "ygap": 2,
    }


def signs_finding(
    check_ins: pd.DataFrame, today: int, *, weeks: int = WEEKS, medication_applies: bool = True
) -> Caption:
    """What `signs_by_week` shows."""
    asked, present = sign_weeks(check_ins, today, weeks)
    applies = np.array([medication_applies or sign.id != MEDICATION_SIGN for sign in WARNING_SIGNS])
    asked, present = asked[applies], present[applies]
    signs = len(asked)
    recent_asked, recent = (asked[:, -2:].sum(axis=1) > 0).sum(), (present[:, -2:].sum(axis=1) > 0).sum()
    title = charts.check_ins.signs_title(signs, asked=int(recent_asked), present=int(recent))
    ever = [
        wording.label(sign)
        for sign, had in zip(np.array(WARNING_SIGNS)[applies], present.sum(axis=1), strict=True)
        if had
    ]
    empty = int((asked.sum(axis=0) == 0).sum())
    alt = charts.check_ins.signs_alt(title, signs=signs, weeks=weeks, ever=ever, empty=empty)
    return Caption(title, alt)


def craving(check_ins: pd.DataFrame, today: int, *, weeks: int = WEEKS, dark: bool = False) -> go.Figure:
    """Craving (0-10) by check-in; the line breaks where it was not asked. Customdata is the check-in's id."""
    rows = recent(check_ins, today, weeks)
    values = rows["craving"].to_numpy()
    if not np.isfinite(values).any():
        return nothing(charts.check_ins.NO_CRAVING, dark=dark)
    colors = theme(dark)
    text = [
        hover(charts.check_ins.craving(value), hover_date(day)) if np.isfinite(value) else ""
        for value, day in zip(values.tolist(), rows["day"].tolist(), strict=True)
    ]
    y = [value if np.isfinite(value) else None for value in values.tolist()]
    look = Look(charts.check_ins.CRAVING, "circle", colors.accent)
    line = symbols(look, rows["day"], y, text, rows["id"], size=8, in_key=False)
    line |= {
        "mode": "lines+markers",
        "line": {"color": colors.accent, "width": 2},
        "connectgaps": False,
    }
    axis = {
        "range": [-0.5, CRAVING_MAX + 0.5],
        "tickvals": [0, 5, 10],
        "title": {"text": charts.check_ins.CRAVING_AXIS},
    }
    return figure([line], {**layout_of(4, today, weeks, yaxis=axis), "height": 150}, dark=dark)


def craving_finding(check_ins: pd.DataFrame, today: int, *, weeks: int = WEEKS) -> Caption:
    """What `craving` shows."""
    rows = recent(check_ins, today, weeks)
    values = [value for value in rows["craving"].tolist() if np.isfinite(value)]
    if not values:
        return Caption(charts.check_ins.NO_CRAVING_TITLE, ended(charts.check_ins.NO_CRAVING_TITLE))
    title = charts.check_ins.craving_title(values[-1], values[-2] if len(values) > 1 else None)
    lowest, highest = min(values), max(values)
    return Caption(title, charts.check_ins.craving_alt(title, weeks=weeks, lowest=lowest, highest=highest))
