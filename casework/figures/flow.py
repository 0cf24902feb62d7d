"""How many clients stand in each group, week by week: a row a group, a column a week."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from casework.figures.template import BAND_STYLES, Caption, Trace, figure, hover, nothing, theme, tick_date
from casework.frames import to_date
from casework.vocabulary import Band, Group
from casework.wording import charts, ended

GROUPS: Final = tuple(Group)
_ROW: Final = 54
_TALLEST: Final = 0.55
"""Of a row's height: above the tallest column its number still has room."""
_FLOOR: Final = 0.44


def flow(frame: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """Columns of how many clients stood in each group at the end of each week, each group on a line of its own with
    the numbers above. `frame`: client_id, day (the week's last), group, before (the group a week earlier; "" before
    admission). Customdata is the week's last day and the position of the group in `GROUPS`."""
    if not len(frame):
        return nothing(ended(charts.template.NO_CLIENT), dark=dark)
    days = sorted(set(frame["day"].tolist()))
    counts = Counter(zip(frame["group"], frame["day"], strict=True))
    moved = Counter(zip(frame["group"], frame["day"], frame["before"], strict=True))
    tallest = max(counts.values())
    traces = [
        _row(place, group, {day: counts[group, day] for day in days}, moved, tallest, dark)
        for place, group in enumerate(GROUPS)
    ]
    step = 2 if len(days) > 5 else 1
    shown = list(range(len(days) - 1, -1, -step))[::-1]
    layout: dict[str, Any] = {
        "height": _ROW * len(GROUPS) + 50,
        "margin": {"l": 112, "r": 12, "t": 6, "b": 44},
        "bargap": 0.3,
        "barmode": "overlay",
        "xaxis": {
            "tickvals": shown,
            "ticktext": [tick_date(days[n]) for n in shown],
            "range": [-0.6, len(days) - 0.4],
            "tickangle": 0,
            "title": {"text": charts.flow.AXIS},
            "showgrid": False,
            "automargin": False,
        },
        "yaxis": {
            "tickvals": [-place for place in range(len(GROUPS))],
            "ticktext": [charts.flow.row(group) for group in GROUPS],
            "range": [-len(GROUPS) + 0.45, 0.55],
            "showgrid": False,
            "zeroline": False,
            "automargin": False,
        },
    }
    return figure(traces, layout, dark=dark)


def _row(
    place: int,
    group: Group,
    clients: dict[int, int],
    moved: Counter[tuple[str, int, str]],
    tallest: int,
    dark: bool,
) -> Trace:
    colors = theme(dark)
    said = [
        hover(
            charts.flow.cell(group, number, to_date(day)),
            *charts.flow.came(
                {
                    before: moved[group, day, before]
                    for before in GROUPS
                    if before is not group and moved[group, day, before]
                }
            ),
        )
        for day, number in clients.items()
    ]
    return {
        "type": "bar",
        "name": group.value,
        "x": list(range(len(clients))),
        "y": [_TALLEST * number / tallest for number in clients.values()],
        "base": -place - _FLOOR,
        "text": [str(number) for number in clients.values()],
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "constraintext": "none",
        "textfont": {"size": 12, "color": colors.text},
        "hovertext": said,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": [[day, place] for day in clients],
        "marker": {"color": _color(group, dark), "line": {"width": 0}},
    }


def _color(group: Group, dark: bool) -> str:
    """Who slips stands out and who is steady steps back; which group it is, its row says."""
    if group is Group.SLIPPING:
        return BAND_STYLES[Band.ELEVATED].color(dark)
    return theme(dark).muted if group is Group.STEADY else theme(dark).accent


def flow_finding(frame: pd.DataFrame) -> Caption:
    """What `flow` shows: who slips now, and who came and left in the last week."""
    if not len(frame):
        return Caption(charts.template.NO_CLIENT, ended(charts.template.NO_CLIENT))
    today = frame["day"].max()
    now = frame[frame["day"] == today]
    group, before = now["group"], now["before"]
    slips, slipped = group == Group.SLIPPING.value, before == Group.SLIPPING.value
    title = charts.flow.title(int(slips.sum()), int((slips & ~slipped).sum()), int((slipped & ~slips).sum()))
    counts = {one: int((group == one.value).sum()) for one in GROUPS}
    moved = int(((group != before) & (before != "")).sum())
    return Caption(title, charts.flow.alt(title, weeks=frame["day"].nunique(), now=counts, moved=moved))
