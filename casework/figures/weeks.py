"""What the figures of one client share: one time axis (day numbers, weeks counted back from today) and one left
margin, so that they line up when they stand below each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import pandas as pd

from casework.figures.template import Trace, tick_date

WEEKS: Final = 12
_GUTTER: Final = 150
_ROW: Final = 22


def first_day(today: int, weeks: int) -> int:
    """The first day shown."""
    return today - weeks * 7 + 1


def time_axis(today: int, weeks: int, *, title: str | None = None) -> dict[str, Any]:
    step = 14 if weeks <= 13 else 28
    ticks = list(range(today, first_day(today, weeks) - 1, -step))[::-1]
    axis: dict[str, Any] = {
        "range": [first_day(today, weeks) - 0.5, today + 1.5],
        "tickvals": ticks,
        "ticktext": [tick_date(day) for day in ticks],
        "automargin": False,
    }
    return {**axis, "title": {"text": title}} if title else axis


def layout_of(rows: int, today: int, weeks: int, **more: Any) -> dict[str, Any]:
    return {
        "height": rows * _ROW + 42,
        "margin": {"l": _GUTTER, "r": 24, "t": 10, "b": 28},
        "xaxis": time_axis(today, weeks),
        **more,
    }


def recent(frame: pd.DataFrame, today: int, weeks: int) -> pd.DataFrame:
    """The rows of the weeks that end today."""
    day = frame["day"].to_numpy()
    return frame[(day >= first_day(today, weeks)) & (day <= today)]


class Look(NamedTuple):
    """How one kind of mark looks: its name in the key above the chart, Plotly's symbol, and the fill."""

    name: str
    symbol: str
    color: str


def symbols(
    look: Look,
    x: Iterable[Any],
    y: Iterable[Any],
    hover: Iterable[str],
    ids: Iterable[int],
    *,
    size: int = 11,
    edge: str = "",
    in_key: bool = True,
) -> Trace:
    """Marks of one look; `hover` is one escaped text a mark, `ids` goes into customdata. `in_key` False: what they mean
    is said elsewhere."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(x),
        "y": list(y),
        "text": list(hover),
        "customdata": [int(one) for one in ids],
        "name": look.name,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": look.symbol,
            "size": size,
            "color": look.color,
            "opacity": 1,
            "line": {"color": edge or look.color, "width": 1.5 if look.symbol.endswith("-open") else 1},
        },
        "cliponaxis": False,
        "showlegend": in_key,
    }


def line(name: str, x: Iterable[Any], y: Iterable[Any], color: str, **style: Any) -> Trace:
    """A line without marks and without a hover box; `style` is Plotly's line style (width, dash)."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": list(x),
        "y": list(y),
        "line": {"color": color, **style},
        "hoverinfo": "skip",
    }
