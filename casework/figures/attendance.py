"""One client's sessions: kept, missed, excused.

Every function takes the facts of one client (frames as in `casework.frames`, rows in order of days) and `today` as a
day number; its `…_finding` says in words what it shows. Neither needs any row to exist.
"""

from __future__ import annotations

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from casework import wording
from casework.figures.template import (
    BAND_STYLES,
    Caption,
    Theme,
    figure,
    hover,
    hover_date,
    nothing,
    theme,
)
from casework.figures.weeks import WEEKS, Look, layout_of, recent, row_axis, symbols
from casework.frames import to_date
from casework.vocabulary import (
    KEPT_MARKS,
    Band,
    Mark,
    SessionKind,
)
from casework.wording import charts

_MARKS: Final = tuple(Mark)
_KINDS: Final = tuple(SessionKind)


def _mark_looks(colors: Theme, dark: bool) -> dict[Mark, Look]:
    return {
        Mark.ATTENDED: Look(wording.label(Mark.ATTENDED), "circle", colors.accent),
        Mark.LATE: Look(wording.label(Mark.LATE), "circle-open", colors.accent),
        Mark.EXCUSED: Look(wording.label(Mark.EXCUSED), "square-open", colors.muted),
        Mark.NO_SHOW: Look(wording.label(Mark.NO_SHOW), "x", BAND_STYLES[Band.HIGH].color(dark)),
        Mark.CANCELLED_BY_CLINIC: Look(wording.label(Mark.CANCELLED_BY_CLINIC), "line-ns-open", colors.muted),
    }


def attendance_strip(
    attendance: pd.DataFrame, today: int, *, weeks: int = WEEKS, dark: bool = False
) -> go.Figure:
    """Every marked session by date, a row for each kind of session; customdata is the attendance row's id."""
    rows = recent(attendance, today, weeks)
    if not len(rows):
        return nothing(charts.attendance.NOTHING, dark=dark)
    kinds = sorted(set(rows["kind"].tolist()))
    traces = []
    for mark, look in _mark_looks(theme(dark), dark).items():
        some = rows[rows["mark"].to_numpy() == _MARKS.index(mark)]
        if len(some):
            text = [
                hover(wording.session(_KINDS[kind], mark), hover_date(day))
                for kind, day in zip(some["kind"].tolist(), some["day"].tolist(), strict=True)
            ]
            y = [kinds.index(kind) for kind in some["kind"].tolist()]
            traces.append(symbols(look, some["day"], y, text, some["id"]))
    axis = row_axis([wording.short_label(_KINDS[kind]) for kind in kinds])
    return figure(traces, layout_of(len(kinds), today, weeks, yaxis=axis), dark=dark)


def attendance_finding(attendance: pd.DataFrame, today: int, *, weeks: int = WEEKS) -> Caption:
    """What `attendance_strip` shows. Sessions that the clinic cancelled and excused ones are counted apart."""
    rows = recent(attendance, today, weeks)
    marks = [_MARKS[mark] for mark in rows["mark"].tolist()]
    kept = sum(mark in KEPT_MARKS for mark in marks)
    title = charts.attendance.title(kept, marks.count(Mark.NO_SHOW), weeks)
    last = max(
        (day for day, mark in zip(rows["day"].tolist(), marks, strict=True) if mark is Mark.NO_SHOW),
        default=None,
    )
    alt = charts.attendance.alt(
        title,
        weeks=weeks,
        excused=marks.count(Mark.EXCUSED),
        cancelled=marks.count(Mark.CANCELLED_BY_CLINIC),
        last_no_show=None if last is None else to_date(last),
    )
    return Caption(title, alt)
