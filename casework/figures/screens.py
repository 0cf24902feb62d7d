"""One client's urine screens.

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
from casework.vocabulary import OPIOID_MASK, Band, ScreenStatus
from casework.wording import charts, sentence

_STATUSES: Final = tuple(ScreenStatus)


def _screen_looks(colors: Theme, dark: bool) -> dict[str, Look]:
    """Each outcome, the most serious first."""
    return {
        "opioid": Look(charts.screens.OPIOID, "square", BAND_STYLES[Band.HIGH].color(dark)),
        "medication": Look(
            charts.screens.MEDICATION,
            "triangle-down",
            BAND_STYLES[Band.ELEVATED].color(dark),
        ),
        "other": Look(charts.screens.OTHER, "diamond", BAND_STYLES[Band.WATCH].color(dark)),
        "missed": Look(wording.label(ScreenStatus.MISSED), "x", BAND_STYLES[Band.HIGH].color(dark)),
        "clear": Look(charts.screens.CLEAR, "circle", colors.accent),
        "excused": Look(wording.short_label(ScreenStatus.EXCUSED), "square-open", colors.muted),
        "due": Look(wording.label(ScreenStatus.DUE), "circle-open-dot", colors.muted),
    }


def screen_outcome(status: int, tested: int, found: int, expected: int) -> str:
    """The most serious thing that one screen says: a key of `_screen_looks`.

    The client's own prescription is expected and never counts as a finding; its absence does.
    """
    kind = _STATUSES[status]
    if kind is ScreenStatus.COLLECTED:
        surprising = found & ~expected
        if surprising & OPIOID_MASK:
            return "opioid"
        if expected & tested & ~found:
            return "medication"
        return "other" if surprising else "clear"
    return {ScreenStatus.MISSED: "missed", ScreenStatus.EXCUSED: "excused", ScreenStatus.DUE: "due"}[kind]


def _screen_hover(day: int, status: int, tested: int, found: int, expected: int) -> str:
    said = wording.screen(_STATUSES[status], tested=tested, found=found, expected=expected)
    return hover(sentence(said), hover_date(day))


def screen_strip(screens: pd.DataFrame, today: int, *, weeks: int = WEEKS, dark: bool = False) -> go.Figure:
    """Urine screens by date; customdata is the screen's id."""
    rows = recent(screens, today, weeks)
    if not len(rows):
        return nothing(charts.screens.NOTHING, dark=dark)
    facts = list(
        zip(
            *(rows[column].tolist() for column in ("id", "day", "status", "tested", "found", "expected")),
            strict=True,
        )
    )
    outcomes = [screen_outcome(*fact[2:]) for fact in facts]
    traces = []
    for key, look in _screen_looks(theme(dark), dark).items():
        some = [fact for fact, outcome in zip(facts, outcomes, strict=True) if outcome == key]
        if some:
            text = [_screen_hover(*fact[1:]) for fact in some]
            edge = theme(dark).text if not look.symbol.endswith(("-open", "dot")) else ""
            ids = [fact[0] for fact in some]
            traces.append(symbols(look, [fact[1] for fact in some], [0] * len(some), text, ids, edge=edge))
    return figure(traces, layout_of(1, today, weeks, yaxis=row_axis((charts.screens.ROW,))), dark=dark)


def screen_finding(screens: pd.DataFrame, today: int, *, weeks: int = WEEKS) -> Caption:
    """What `screen_strip` shows."""
    rows = recent(screens, today, weeks)
    outcomes = [
        screen_outcome(*fact)
        for fact in zip(
            *(rows[column].tolist() for column in ("status", "tested", "found", "expected")), strict=True
        )
    ]
    collected = sum(outcome in ("opioid", "medication", "other", "clear") for outcome in outcomes)
    title = charts.screens.title(
        collected=collected, opioid=outcomes.count("opioid"), missed=outcomes.count("missed")
    )
    absent = outcomes.count("medication")
    return Caption(title, charts.screens.alt(title, weeks=weeks, medication_absent=absent))
