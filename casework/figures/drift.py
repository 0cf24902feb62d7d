"""Who is drifting: risk now against its change, one mark a client."""

from __future__ import annotations

from html import unescape
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from casework.figures.template import (
    Caption,
    Trace,
    band_markers,
    figure,
    hover,
    nothing,
    shortened,
    text_width,
    theme,
)
from casework.vocabulary import Band
from casework.wording import charts, ended

DRIFTING_POINTS: Final = 20
"""A smaller rise in four weeks is not called drifting: one missed week, or a negative screen that was not taken, moves
somebody by 10 to 17 points. It is about the width of the watch band."""

_HEIGHT: Final = 470
NARROWEST: Final = 240
"""Pixels of the plot on a small phone. Names that keep apart there keep apart on every wider one: each stands at a
fixed distance from its mark, and marks only move apart."""
_TALL: Final = 360
"""Pixels of height of the plot above the row without a comparison."""
_LINE, _MARK = 15, 9
_MOST_LABELS: Final = 14
_LONGEST: Final = 18
_ASIDE: Final = 12
"""Points between the left edge and the first mark."""


class _Box(NamedTuple):
    left: float
    right: float
    low: float
    high: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.low < other.high
            and other.low < self.high
        )


def drift(frame: pd.DataFrame, *, elevated_from: float | None = None, dark: bool = False) -> go.Figure:
    """Risk now (points) against the change in four weeks, one mark a client with the band's symbol and color.

    `frame` in priority order: client_id, name, band (str), points (int), change (float, NaN when there is nothing to
    compare with). Clients without a comparison stand in a row of their own, never at "no change". Marks of equal
    values are moved a little apart; the box on hover gives the true ones. Unknown clients stand in that row too, at its
    start: their points say nothing. `elevated_from` draws the line between low
    and high. Customdata is the client's id.
    """
    if not len(frame):
        return nothing(ended(charts.template.NO_CLIENT), dark=dark)
    known = np.isfinite(frame["change"].to_numpy()) & (frame["band"].to_numpy() != Band.UNKNOWN.value)
    most, least = float(frame["points"].max()), float(frame["points"].min())
    x_range = (max(least - _ASIDE, 0) - 2.0, max(most, (elevated_from or 0) + 5, 10) * 1.04 + 2)
    change = frame["change"].to_numpy()[known]
    lowest, highest = (
        min(change.min(initial=0), -DRIFTING_POINTS),
        max(change.max(initial=0), DRIFTING_POINTS),
    )
    room = 0.12 * (highest - lowest)  # for the words in the corners, so that they cover nobody
    y_range = (lowest - room, highest + room)
    traces = [
        *_compared(frame[known], x_range, y_range, elevated_from, dark),
        *_not_compared(frame[~known], x_range, dark),
    ]
    layout: dict[str, Any] = {
        "height": _HEIGHT,
        "margin": {"l": 60, "r": 16, "t": 8, "b": 46},
        "xaxis": {
            "title": {"text": charts.drift.NOW_AXIS},
            "range": x_range,
            "anchor": "free",
            "position": 0,
            "showgrid": False,
        },
        "yaxis": {
            "title": {"text": charts.drift.CHANGE_AXIS},
            "range": y_range,
            "domain": [0.0 if known.all() else 0.16, 1],
            "zeroline": True,
            "showgrid": False,
        },
        "shapes": _middle(elevated_from, dark),
        "annotations": _quadrants(elevated_from, dark),
    }
    if not known.all():
        layout["yaxis2"] = {
            "domain": [0, 0.11],
            "range": [-1, 1],
            "tickvals": [],
            "showgrid": False,
            "anchor": "x",
        }
        layout["annotations"].append(
            _corner(charts.drift.NO_SCORE, 0, 0.11, "left", dark, yref="paper", yanchor="bottom")
        )
    return figure(traces, layout, dark=dark)


def _hover(frame: pd.DataFrame) -> list[str]:
    return [
        hover(
            charts.template.band_at(Band(band), int(points)),
            *([] if band == Band.UNKNOWN.value else [charts.drift.change(change)]),
            name=name,
        )
        for name, band, points, change in zip(
            frame["name"], frame["band"], frame["points"], frame["change"], strict=True
        )
    ]


def _marks(frame: pd.DataFrame, x: list[float], y: list[float], dark: bool, **more: Any) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "hovertext": _hover(frame),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": frame["client_id"].tolist(),
        "marker": band_markers([Band(one) for one in frame["band"]], dark=dark),
        **more,
    }


def _compared(
    frame: pd.DataFrame,
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    threshold: float | None,
    dark: bool,
) -> list[Trace]:
    if not len(frame):
        return []
    x = _apart(frame["points"].to_numpy(dtype=float), frame["change"].to_numpy(), _width(x_range))
    y = frame["change"].tolist()
    text, places = _labels(frame, x, y, x_range, y_range, threshold)
    style = {"text": text, "textposition": places, "textfont": {"size": 12, "color": theme(dark).text}}
    return [_marks(frame, x, y, dark, mode="markers+text", cliponaxis=False, **style)]


def _not_compared(frame: pd.DataFrame, x_range: tuple[float, float], dark: bool) -> list[Trace]:
    """Those without a comparison, and the unknown ones from the left on."""
    if not len(frame):
        return []
    unknown = frame["band"].to_numpy() == Band.UNKNOWN.value
    width = _width(x_range)
    x = np.array(_apart(frame["points"].to_numpy(dtype=float), np.zeros(len(frame)), width))
    x[unknown] = x_range[0] + width * (1 + np.arange(unknown.sum()))
    return [_marks(frame, x.tolist(), [0.0] * len(frame), dark, yaxis="y2")]


_TABLET: Final = 560


def _width(x_range: tuple[float, float]) -> float:
    """How wide a mark is, in points."""
    return (x_range[1] - x_range[0]) / _TABLET * (_MARK + 2)


def _apart(x: Any, y: Any, width: float) -> list[float]:
    """`x` with marks that would cover each other set side by side, `width` apart."""
    places: dict[tuple[float, float], list[int]] = {}
    for n, key in enumerate(zip(x.tolist(), np.round(y).tolist(), strict=True)):
        places.setdefault(key, []).append(n)
    moved: list[float] = x.tolist()
    for here in places.values():
        for place, n in enumerate(here):
            moved[n] += (place - (len(here) - 1) / 2) * width
    return moved


def _labels(
    frame: pd.DataFrame,
    x: list[float],
    y: list[float],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    threshold: float | None,
) -> tuple[list[str], list[str]]:
    """Names beside the marks, in priority order, left out where one would lie on a mark, another name, the words in the
    corners, the line of no change or that of the threshold."""
    left = [_at(one, x_range, NARROWEST) for one in x]
    low = [_at(one, y_range, _TALL) for one in y]
    taken = [_Box(a - _MARK, a + _MARK, b - _MARK, b + _MARK) for a, b in zip(left, low, strict=True)]
    none = _at(0, y_range, _TALL)
    taken += [
        _Box(0, NARROWEST, none - 1, none + 1),
        _Box(0, NARROWEST, 0, 22),
        _Box(0, NARROWEST, _TALL - 22, _TALL),
    ]
    if threshold is not None:
        line = _at(threshold - 0.5, x_range, NARROWEST)
        taken.append(_Box(line - _MARK, line + _MARK, 0, _TALL))  # nor between a mark and its name
    text, places = [""] * len(x), ["middle right"] * len(x)
    for n, name in enumerate(frame["name"].tolist()):
        if sum(map(bool, text)) == _MOST_LABELS:
            break
        length = text_width(unescape(shortened(name, _LONGEST)))
        for place, start in (("middle right", left[n] + _MARK), ("middle left", left[n] - _MARK - length)):
            box = _Box(start, start + length, low[n] - _LINE / 2, low[n] + _LINE / 2)
            if box.left >= 0 and box.right <= NARROWEST and not any(box.meets(other) for other in taken):
                text[n], places[n] = shortened(name, _LONGEST), place
                taken.append(box)
                break
    return text, places


def _at(value: float, of: tuple[float, float], pixels: int) -> float:
    """Where a value of an axis stands, in pixels from its beginning."""
    return (value - of[0]) / (of[1] - of[0]) * pixels


def _middle(elevated_from: float | None, dark: bool) -> list[dict[str, Any]]:
    if elevated_from is None:
        return []
    line = {"color": theme(dark).muted, "width": 1, "dash": "dot"}
    x = elevated_from - 0.5
    return [
        {
            "type": "line",
            "x0": x,
            "x1": x,
            "y0": 0.08,  # not through the words in the corners
            "y1": 0.92,
            "yref": "y domain",
            "line": line,
            "layer": "below",
        }
    ]


def _quadrants(elevated_from: float | None, dark: bool) -> list[dict[str, Any]]:
    said = charts.drift
    left, right = (said.LOWER_RISING, said.LOWER_EASING), (said.HIGHER_RISING, said.HIGHER_EASING)
    if elevated_from is None:
        left, right = (said.RISING, said.EASING), ("", "")
    words = [
        _corner(left[0], 0, 1, "left", dark),
        _corner(right[0], 1, 1, "right", dark),
        _corner(left[1], 0, 0, "left", dark, yanchor="bottom"),
        _corner(right[1], 1, 0, "right", dark, yanchor="bottom"),
    ]
    return [one for one in words if one["text"]]


def _corner(
    text: str, x: float, y: float, anchor: str, dark: bool, *, yanchor: str = "top", yref: str = "y domain"
) -> dict[str, Any]:
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "x domain",
        "yref": yref,
        "xanchor": anchor,
        "yanchor": yanchor,
        "xshift": 6 if anchor == "left" else -6,
        "showarrow": False,
        "font": {"size": 12, "color": theme(dark).muted},
    }


def drift_finding(frame: pd.DataFrame) -> Caption:
    """What `drift` shows."""
    change = frame["change"].to_numpy()
    change = np.where(frame["band"].to_numpy() == Band.UNKNOWN.value, np.nan, change)
    rising, easing = int((change >= DRIFTING_POINTS).sum()), int((change <= -DRIFTING_POINTS).sum())
    missing = int(np.isnan(change).sum())
    bands = [Band(one) for one in frame["band"]]
    title = charts.drift.title(len(frame), rising=rising, missing=missing)
    alt = charts.drift.alt(
        title,
        drifting=DRIFTING_POINTS,
        easing=easing,
        missing=missing,
        in_bands={band: bands.count(band) for band in Band if band in bands},
    )
    return Caption(title, alt)
