"""One client's maintenance medication: prescribed, covered by doses, and what the client said.

Every function takes the facts of one client (frames as in `casework.frames`, rows in order of days) and `today` as a
day number; its `…_finding` says in words what it shows. Neither needs any row to exist.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from casework import wording
from casework.figures.template import (
    BAND_STYLES,
    Caption,
    Theme,
    Trace,
    figure,
    hover,
    hover_date,
    nothing,
    theme,
)
from casework.figures.weeks import WEEKS, Look, first_day, layout_of, recent, row_axis, symbols
from casework.frames import to_date
from casework.vocabulary import MEDICATIONS, Band
from casework.wording import charts, sentence

Days = np.ndarray[Any, np.dtype[np.bool_]]
"""A flag for each day shown."""


def covered_days(
    prescriptions: pd.DataFrame, doses: pd.DataFrame, today: int, weeks: int = WEEKS
) -> tuple[Days, Days]:
    """For each day of the weeks that end today: was medication prescribed, and did a recorded dose cover the day."""
    first, length = first_day(today, weeks), weeks * 7
    prescribed, covered = np.zeros(length, dtype=bool), np.zeros(length, dtype=bool)
    spans = zip(prescriptions["day"].tolist(), prescriptions["until"].tolist(), strict=True)
    for start, until in spans:
        prescribed[max(start - first, 0) : max(min(until - first, length), 0)] = True
    for day, covers in zip(doses["day"].tolist(), doses["covers"].tolist(), strict=True):
        covered[max(day - first, 0) : max(min(day + covers - first, length), 0)] = True
    return prescribed, covered


def _runs(flags: Days) -> list[tuple[int, int]]:
    """(start, length) of each stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(start), int(end - start)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def medication_strip(
    prescriptions: pd.DataFrame,
    doses: pd.DataFrame,
    check_ins: pd.DataFrame,
    today: int,
    *,
    weeks: int = WEEKS,
    dark: bool = False,
) -> go.Figure:
    """Days that recorded doses cover (solid), prescribed days that none covers (hatched), and what the client said.

    Prescriptions and doses may begin before the weeks shown; a monthly injection still covers days inside them.
    """
    prescribed, covered = covered_days(prescriptions, doses, today, weeks)
    said = _said(check_ins, today, weeks)
    if not prescribed.any() and not covered.any() and not len(said):
        return nothing(charts.medication.NOTHING, dark=dark)
    colors = theme(dark)
    gaps = prescribed & ~covered
    traces = [
        _stretches(charts.medication.COVERED, covered, first_day(today, weeks), colors.accent, "", colors),
        _stretches(charts.medication.NO_DOSE, gaps, first_day(today, weeks), colors.muted, "/", colors),
        *_answers(said, colors, dark),
    ]
    labels = (charts.medication.DOSES, *([charts.medication.ANSWERS] if len(said) else []))
    layout = layout_of(len(labels), today, weeks, yaxis=row_axis(labels), bargap=0, barmode="overlay")
    return figure([trace for trace in traces if trace["x"]], layout, dark=dark)


def _said(check_ins: pd.DataFrame, today: int, weeks: int) -> pd.DataFrame:
    """The check-ins that asked on how many days the medication was taken."""
    rows = recent(check_ins, today, weeks)
    return rows[rows["medication_days_of"].to_numpy() > 0]


def _answers(said: pd.DataFrame, colors: Theme, dark: bool) -> list[Trace]:
    full = said["medication_days_taken"].to_numpy() >= said["medication_days_of"].to_numpy()
    looks = (
        (Look(charts.medication.EVERY_DAY, "circle", colors.accent), full),
        (Look(charts.medication.MISSED_DAYS, "x", BAND_STYLES[Band.HIGH].color(dark)), ~full),
    )
    traces = []
    for look, chosen in looks:
        rows = said[chosen]
        boxes = [
            hover(sentence(wording.medication_taken(*answer)), hover_date(day))
            for answer, day in zip(_days_taken(rows), rows["day"].tolist(), strict=True)
        ]
        traces.append(symbols(look, rows["day"], [1] * len(rows), boxes, rows["id"], size=9))
    return traces


def _days_taken(said: pd.DataFrame) -> list[tuple[int, int]]:
    """On how many of how many days the client said to have taken it."""
    days = zip(said["medication_days_taken"].tolist(), said["medication_days_of"].tolist(), strict=True)
    return [(int(taken), int(of)) for taken, of in days]


def _stretches(name: str, days: Days, first: int, color: str, pattern: str, colors: Theme) -> Trace:
    runs = _runs(days)
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": [0] * len(runs),
        "base": [first + start - 0.5 for start, _ in runs],
        "x": [length for _, length in runs],
        "width": 0.55,
        "text": [
            hover(
                charts.medication.stretch(name, length),
                charts.medication.from_to(to_date(first + start), to_date(first + start + length - 1)),
            )
            for start, length in runs
        ],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "color": color,
            "line": {"color": color, "width": 1},
            "pattern": {"shape": pattern, "bgcolor": colors.background, "fgcolor": color, "size": 6},
        },
        "showlegend": True,
    }


def medication_finding(
    prescriptions: pd.DataFrame,
    doses: pd.DataFrame,
    check_ins: pd.DataFrame,
    today: int,
    *,
    weeks: int = WEEKS,
) -> Caption:
    """What `medication_strip` shows."""
    prescribed, covered = covered_days(prescriptions, doses, today, weeks)
    last = prescribed[-14:]
    now = prescriptions[prescriptions["until"].to_numpy() > today]["medication"].tolist()
    title = charts.medication.title(
        MEDICATIONS[now[0]] if now else None,
        prescribed=int(last.sum()),
        covered=int((covered & prescribed)[-14:].sum()),
        any_dose=bool(len(doses)),
    )
    answers = _days_taken(_said(check_ins, today, weeks))
    alt = charts.medication.alt(
        title,
        weeks=weeks,
        prescribed=int(prescribed.sum()),
        covered=int((covered & prescribed).sum()),
        last_answer=answers[-1] if answers else None,
    )
    return Caption(title, alt)
