"""Current against recommended level of care, a mark a client."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from casework.figures.template import (
    NAMES,
    ROW,
    Caption,
    Trace,
    escaped,
    figure,
    hover,
    name_axis,
    nothing,
    theme,
)
from casework.vocabulary import Level
from casework.wording import charts, ended

_RUNGS: Final = tuple(Level)
KEY: Final = charts.placements.KEY
"""What the symbols mean: a line under the title, because a legend inside a narrow chart would cover it."""


def levels(frame: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """Current against recommended level of care, a row for each client whose first option is not the care of today.

    `frame` in priority order: client_id, name, current, recommended (level ids), step (how the option begins), adjusts
    (it changes the level or the medication).
    """
    other = _adjusted(frame)
    if not len(other):
        nobody = charts.placements.NOBODY_DIFFERS if len(frame) else ended(charts.template.NO_CLIENT)
        return nothing(nobody, dark=dark)
    colors = theme(dark)
    now = [_RUNGS.index(Level(one)) for one in other["current"]]
    then = [_RUNGS.index(Level(one)) for one in other["recommended"]]
    rows = list(range(len(other)))
    # Detox takes room only when somebody is there.
    rungs = max(*now, *then, _RUNGS.index(Level.RESIDENTIAL)) + 1
    joined: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": [one for a, b in zip(now, then, strict=True) for one in (a, b, None)],
        "y": [one for row in rows for one in (row, row, None)],
        "line": {"color": colors.muted, "width": 2},
        "hoverinfo": "skip",
    }
    shared = {
        "type": "scatter", "mode": "markers", "y": rows, "text": _boxes(other, now, then),
        "hovertemplate": "%{text}<extra></extra>", "customdata": other["client_id"].tolist(),
    }  # fmt: skip
    symbol = [
        "triangle-right" if b > a else "triangle-left" if b < a else "cross"
        for a, b in zip(now, then, strict=True)
    ]
    ring = {"symbol": "circle-open", "size": 15, "color": colors.muted, "line": {"width": 2}}
    goal = {"symbol": symbol, "size": 11, "color": colors.accent, "line": {"color": colors.text, "width": 1}}
    traces = [
        joined,
        {**shared, "x": now, "name": charts.placements.NOW, "marker": ring},
        {**shared, "x": then, "name": charts.placements.FIRST_OPTION, "marker": goal},
    ]
    layout = {
        "height": ROW * len(other) + 56,
        "margin": {"l": NAMES, "r": 16, "t": 44, "b": 8},
        "xaxis": {
            "side": "top",
            "tickvals": list(range(rungs)),
            "ticktext": tuple("<br>".join(charts.placements.NARROW[one]) for one in _RUNGS[:rungs]),
            "tickangle": 0,
            "tickfont": {"size": 11},
            "range": [-0.5, rungs - 0.5],
            "automargin": False,
        },
        "yaxis": name_axis(other["name"].tolist()),
    }
    return figure(traces, layout, dark=dark)


def _boxes(frame: pd.DataFrame, now: list[int], then: list[int]) -> list[str]:
    """The client's name, the care of today, the first option and how it begins."""
    said = charts.placements
    return [
        hover(said.care_now(_RUNGS[a]), said.first_option(_RUNGS[b]), escaped(step), name=name)
        for name, step, a, b in zip(frame["name"], frame["step"], now, then, strict=True)
    ]


def _adjusted(frame: pd.DataFrame) -> pd.DataFrame:
    """The clients whose first option changes the level, or begins with a step that the care of today lacks."""
    rows: pd.DataFrame = frame[frame["adjusts"].to_numpy(dtype=bool)]
    return rows


def levels_finding(frame: pd.DataFrame) -> Caption:
    """What `levels` shows."""
    other = _adjusted(frame)
    title = charts.placements.title(len(frame), len(other))
    if not len(other):
        return Caption(title, ended(title))
    rung = {level.value: n for n, level in enumerate(_RUNGS)}
    steps = np.array([rung[b] - rung[a] for a, b in zip(other["current"], other["recommended"], strict=True)])
    higher, same, lower = (int(some.sum()) for some in (steps > 0, steps == 0, steps < 0))
    return Caption(title, charts.placements.alt(title, higher=higher, same=same, lower=lower))
