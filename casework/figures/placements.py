"""Current against recommended level of care, a mark a client."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from casework import wording
from casework.figures.template import NAMES, ROW, Caption, Trace, escaped, figure, name_axis, nothing, theme
from casework.vocabulary import LEVELS, ids
from casework.wording import count, number, sentence

_RUNGS: Final = ids(LEVELS)
_SHORT: Final = ("After-<br>care", "Out-<br>patient", "Intensive<br>outpat.", "In-<br>patient", "Detox")
KEY: Final = "○ now · ▶ first option, up · ◀ down · ✚ medication first, at the same level"
"""What the symbols mean: a line under the title, because a legend inside a narrow chart would cover it."""


def levels(frame: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """Current against recommended level of care, a row for each client whose first option is not the care of today.

    `frame` in priority order: client_id, name, current, recommended (level ids), step (how the option begins), adjusts
    (it changes the level or the medication).
    """
    other = _adjusted(frame)
    if not len(other):
        nobody = "Nobody’s first option differs from the care of today."
        return nothing(nobody if len(frame) else "No client on this caseload yet.", dark=dark)
    colors = theme(dark)
    now = [_RUNGS.index(one) for one in other["current"]]
    then = [_RUNGS.index(one) for one in other["recommended"]]
    rows = list(range(len(other)))
    rungs = max(*now, *then, _RUNGS.index("residential")) + 1  # detox takes room only when somebody is there
    hover = [
        f"<b>{escaped(name)}</b><br>Now: {wording.label(LEVELS[a])}<br>"
        f"First option: {wording.label(LEVELS[b])}<br>{escaped(step)}"
        for name, step, a, b in zip(other["name"], other["step"], now, then, strict=True)
    ]
    joined: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": [one for a, b in zip(now, then, strict=True) for one in (a, b, None)],
        "y": [one for row in rows for one in (row, row, None)],
        "line": {"color": colors.muted, "width": 2},
        "hoverinfo": "skip",
    }
    shared = {
        "type": "scatter", "mode": "markers", "y": rows, "text": hover, "hovertemplate": "%{text}<extra></extra>",
        "customdata": other["client_id"].tolist(),
    }  # fmt: skip
    symbol = [
        "triangle-right" if b > a else "triangle-left" if b < a else "cross"
        for a, b in zip(now, then, strict=True)
    ]
    ring = {"symbol": "circle-open", "size": 15, "color": colors.muted, "line": {"width": 2}}
    goal = {"symbol": symbol, "size": 11, "color": colors.accent, "line": {"color": colors.text, "width": 1}}
    traces = [
        joined,
        {**shared, "x": now, "name": "Now", "marker": ring},
        {**shared, "x": then, "name": "First option", "marker": goal},
    ]
    layout = {
        "height": ROW * len(other) + 56,
        "margin": {"l": NAMES, "r": 16, "t": 44, "b": 8},
        "xaxis": {
            "side": "top",
            "tickvals": list(range(rungs)),
            "ticktext": _SHORT[:rungs],
            "tickangle": 0,
            "tickfont": {"size": 11},
            "range": [-0.5, rungs - 0.5],
            "automargin": False,
        },
        "yaxis": name_axis(other["name"].tolist()),
    }
    return figure(traces, layout, dark=dark)


def _adjusted(frame: pd.DataFrame) -> pd.DataFrame:
    """The clients whose first option changes the level, or begins with a step that the care of today lacks."""
    rows: pd.DataFrame = frame[frame["adjusts"].to_numpy(dtype=bool)]
    return rows


def levels_finding(frame: pd.DataFrame) -> Caption:
    """What `levels` shows."""
    other = _adjusted(frame)
    total = count(len(frame), "client")
    if not len(other):
        title = f"The care of today is the first option for all of {total}" if len(frame) else "No client yet"
        return Caption(title, f"{title}.")
    rung = {level: n for n, level in enumerate(_RUNGS)}
    steps = np.array([rung[b] - rung[a] for a, b in zip(other["current"], other["recommended"], strict=True)])
    verb = "plan may need adjusting" if len(other) == 1 else "plans may need adjusting"
    title = f"{sentence(number(len(other)))} of {total}: {verb}"
    alt = (
        f"Current against recommended level of care. {title}. The first option is a higher level for "
        f"{int((steps > 0).sum())}, the same level with a change of medication for "
        f"{int((steps == 0).sum())}, a lower level for {int((steps < 0).sum())}."
    )
    return Caption(title, alt)
