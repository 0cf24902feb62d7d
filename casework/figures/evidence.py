"""How well the scores did on the trial data: beside simple rules, and whether stated chances hold."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from casework.figures.template import Caption, Theme, Trace, escaped, figure, theme
from casework.wording import charts

CHANCE: Final = 0.5
"""The area under the curve of a coin."""
_ROW: Final = 46
_HEIGHT: Final = 300


def beside_rules(frame: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """The area under the curve of Tideline's score and of simple rules, with 95% intervals.

    `frame`, from the top down: name, auc, low, high, ours (bool: filled, with an accent). The dotted line is a coin.
    """
    colors = theme(dark)
    ours = frame["ours"].to_numpy(dtype=bool)
    traces: list[Trace] = [
        _marks(frame[~ours], np.flatnonzero(~ours), "circle-open", colors.text, charts.evidence.RULE),
        _marks(frame[ours], np.flatnonzero(ours), "diamond", colors.accent, charts.evidence.OURS),
    ]
    layout: dict[str, Any] = {
        "height": _ROW * len(frame) + 70,
        "margin": {"l": 8, "r": 16, "t": 8, "b": 46},
        "xaxis": {
            "title": {"text": charts.evidence.AREA_AXIS},
            "range": [0.45, 1.0],
            "tickformat": ".1f",
        },
        "yaxis": {"visible": False, "range": [len(frame) - 0.4, -0.7]},
        # Names stand above their marks: beside them they would leave a phone no room for the figure.
        "annotations": [_name(name, row, colors) for row, name in enumerate(frame["name"])],
        "shapes": [_line(CHANCE, CHANCE, 0, 1, colors.muted, yref="y domain")],
    }
    return figure(traces, layout, dark=dark)


def beside_rules_finding(frame: pd.DataFrame) -> Caption:
    """What `beside_rules` shows."""
    is_ours = frame["ours"].to_numpy(dtype=bool)
    ours = _areas(frame[is_ours])[0]
    rules = _areas(frame[~is_ours].sort_values("auc", ascending=False))
    title = charts.evidence.areas_title(ours.auc, rules[0].auc)
    return Caption(title, charts.evidence.areas_alt(ours, rules))


def _areas(frame: pd.DataFrame) -> list[charts.evidence.Area]:
    columns = (frame[name] for name in ("name", "auc", "low", "high"))
    return [charts.evidence.Area(*row) for row in zip(*columns, strict=True)]


def calibration(bins: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """Stated chances against what happened, a mark for each tenth of the person-weeks.

    `bins`: stated, observed, low, high (shares), rows. On the dotted line both are equal.
    """
    colors = theme(dark)
    top = min(1.0, float(max(bins["stated"].max(), bins["high"].max())) * 1.05)
    marks: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": bins["stated"].tolist(),
        "y": bins["observed"].tolist(),
        "error_y": _bars(bins["observed"], bins["low"], bins["high"], colors.text),
        "marker": {
            "symbol": "diamond",
            "size": 9,
            "color": colors.accent,
            "line": {"color": colors.text, "width": 1},
        },
        "hovertext": [
            charts.evidence.tenth(charts.evidence.Tenth(stated, observed), rows)
            for stated, observed, rows in zip(bins["stated"], bins["observed"], bins["rows"], strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    axis = {"range": [-0.02 * top, top], "tickformat": ".0%", "nticks": 6}
    layout = {
        "height": _HEIGHT,
        "margin": {"l": 60, "r": 16, "t": 8, "b": 46},
        "xaxis": {**axis, "title": {"text": charts.evidence.STATED_AXIS}},
        "yaxis": {**axis, "title": {"text": charts.evidence.OBSERVED_AXIS}},
        "shapes": [_line(0, top, 0, top, colors.muted)],
    }
    return figure([marks], layout, dark=dark)


def calibration_finding(what: str, bins: pd.DataFrame) -> Caption:
    """What `calibration` shows of the outcome `what`."""
    low, high = (
        charts.evidence.Tenth(row["stated"], row["observed"]) for _, row in bins.iloc[[0, -1]].iterrows()
    )
    return Caption(what, charts.evidence.calibration_alt(what, low, high))


def _marks(frame: pd.DataFrame, rows: np.ndarray, symbol: str, color: str, name: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": frame["auc"].tolist(),
        "y": rows.tolist(),
        "error_x": _bars(frame["auc"], frame["low"], frame["high"], color),
        "marker": {"symbol": symbol, "size": 11, "color": color},
        "hovertext": [charts.evidence.area(one) for one in _areas(frame)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _name(name: str, row: int, colors: Theme) -> dict[str, Any]:
    place = {"xref": "paper", "x": 0, "xanchor": "left", "y": row - 0.2, "yanchor": "bottom"}
    font = {"color": colors.text, "size": 13}
    return {"text": escaped(name), "font": font, "bgcolor": colors.background, **place}


def _bars(value: pd.Series, low: pd.Series, high: pd.Series, color: str) -> dict[str, Any]:
    return {
        "type": "data",
        "array": (high - value).tolist(),
        "arrayminus": (value - low).tolist(),
        "color": color,
        "thickness": 1.5,
        "width": 4,
    }


def _line(x0: float, x1: float, y0: float, y1: float, color: str, **more: Any) -> dict[str, Any]:
    line = {"color": color, "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line, "layer": "below", **more}
