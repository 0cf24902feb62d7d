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
from casework.wording import counted, long_date, number, sentence

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
        return nothing("No session has been marked in these weeks.", dark=dark)
    kinds = sorted(set(rows["kind"].tolist()))
    traces = []
    for mark, look in _mark_looks(theme(dark), dark).items():
        some = rows[rows["mark"].to_numpy() == _MARKS.index(mark)]
        if len(some):
            text = [
                f"{wording.session(_KINDS[kind], mark)}<br>{hover_date(day)}"
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
    missed = marks.count(Mark.NO_SHOW)
    if not kept + missed:
        title = "No session counts for attendance in these weeks"
    elif not missed:
        title = f"Kept every session that counted ({kept} of {kept})"
    else:
        title = f"Kept {kept} of {kept + missed} sessions in {weeks} weeks"
    last = max(
        (day for day, mark in zip(rows["day"].tolist(), marks, strict=True) if mark is Mark.NO_SHOW),
        default=None,
    )
    alt = (
        f"Sessions by date over {weeks} weeks. {title}. "
        f"{sentence(counted(marks.count(Mark.EXCUSED), 'session'))} excused, "
        f"{number(marks.count(Mark.CANCELLED_BY_CLINIC))} cancelled by the clinic."
    )
    return Caption(title, alt if last is None else f"{alt} Last no-show on {long_date(to_date(last))}.")
