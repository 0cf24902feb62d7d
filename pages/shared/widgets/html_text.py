"""Our own words as compact lines of HTML: small type, dates with the full date on hover, a sparkline.

Never user text: names, phones and notes go through `components.plain` or `escaped`. What comes from the rules (reasons,
next steps) is our own wording; it is escaped here all the same.
"""

from __future__ import annotations

import base64
import datetime as dt
import html
import math
from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.figures.template import BAND_STYLES, theme
from casework.vocabulary import Band

SPARK_WIDTH: Final = 116
SPARK_HEIGHT: Final = 30
SPARK_FROM: Final = 40
"""The floor of the small lines: hardly anybody has fewer points, and a change is seen better."""


def show(*lines: str, small: bool = False) -> None:
    """Lines made by the functions below, each on a line of its own; empty ones are left out."""
    size = " tideline-small" if small else ""
    body = "".join(f"<div>{line}</div>" for line in lines if line)
    if body:
        st.html(f'<div class="tideline-lines{size}">{body}</div>')


def span(text: str, *, strong: bool = False, muted: bool = False) -> str:
    """Our own words as HTML."""
    escaped = html.escape(text)
    if strong:
        return f"<strong>{escaped}</strong>"
    return f'<span class="tideline-muted">{escaped}</span>' if muted else escaped


def clamped(line: str, full: str, lines: int = 2) -> str:
    """A line cut after two rows on the page; `full`, its whole text, stands on hover and is read out."""
    clamp = f'class="tideline-clamped" style="-webkit-line-clamp:{lines}"'
    return f'<span {clamp} title="{html.escape(full)}">{line}</span>'


def entry(side: str, points: float | None, line: str) -> str:
    """A row of a score: which side it speaks for, its points (None: they are not said here), and what was found."""
    head = f'<span class="tideline-muted">{html.escape(side)}</span>'
    if points is None:
        return f'<div class="tideline-points-row tideline-without-points">{head}<span>{line}</span></div>'
    adds = f'<span class="tideline-points">{wording.signed(points)}</span>'
    return f'<div class="tideline-points-row">{head}{adds}<span>{line}</span></div>'


def dated(text: str, date: dt.date | None, today: dt.date, *, names_day: bool) -> str:
    """A finding; one that does not name its day gets it in front."""
    if date is None or names_day:
        return span(text)
    return f"{_time(date, wording.sentence(wording.ago(date, today)))}: {span(text)}"


def when(date: dt.date, today: dt.date) -> str:
    """A day in words, with the full date on hover."""
    return _time(date, wording.ago(date, today))


def on(date: dt.date, today: dt.date) -> str:
    """A day as a short date, with the full date on hover."""
    return _time(date, wording.short_date(date, today))


def by(date: dt.date, today: dt.date) -> str:
    """A deadline in words, with the full date on hover."""
    return _time(date, wording.by_when(date, today))


def named_day(date: dt.date, words: str) -> str:
    """A day that has its words already, with the full date on hover."""
    return _time(date, words)


def badge(band: Band, *, dark: bool) -> str:
    """A band as symbol, word and color. The text keeps the page's own color, so that it can be read on any."""
    style = BAND_STYLES[band]
    color = style.color(dark)
    return (
        f'<span class="tideline-tag tideline-band" style="border-color:{color};background:{color}26">'
        f'<span aria-hidden="true" '
        f'style="color:{color}">{style.glyph}</span> {style.label}</span>'
    )


def not_counted(conditions: Sequence[str]) -> str:
    """That rules which would hold are switched off in this clinic."""
    return f"not counted, switched off here: {'; '.join(conditions)}"


def switched_off(conditions: Sequence[str]) -> str:
    """The same as a short line, with the rules on hover; nothing when there are none."""
    if not conditions:
        return ""
    short = f"{wording.count(len(conditions), 'rule')} switched off"
    return clamped(span(short, muted=True), wording.sentence(not_counted(conditions)), 1)


def tag(text: str) -> str:
    """A quiet label."""
    return f'<span class="tideline-tag">{html.escape(text)}</span>'


def sparkline(points: Sequence[float], band: Band, *, top: float, dark: bool) -> str:
    """Points by week as a small line: gaps where the score was not known, the last week in its band's color.

    `top` is the highest value of the scale, the same for all lines that are compared.
    """
    known = [value for value in points if not math.isnan(value)]
    if not known:
        return span("no score in these weeks", muted=True)
    said_range = f"from {wording.decimal(min(known))} to {wording.decimal(max(known))}"
    alt = f"Risk points over {len(points)} weeks, {said_range}"
    picture = spark_address(points, band, top=top, dark=dark)
    return (
        f'<img src="{picture}" alt="{html.escape(alt)}" title="{html.escape(alt)}" '
        f'width="{SPARK_WIDTH}" height="{SPARK_HEIGHT}" class="tideline-sparkline">'
    )


def spark_address(points: Sequence[float], band: Band, *, top: float, dark: bool) -> str:
    """The same line as an address that holds the whole picture, for an image column."""
    return f"data:image/svg+xml;base64,{base64.b64encode(_svg(points, band, top, dark).encode()).decode()}"


def _svg(points: Sequence[float], band: Band, top: float, dark: bool) -> str:
    step = (SPARK_WIDTH - 10) / max(len(points) - 1, 1)
    scale = (SPARK_HEIGHT - 8) / max(top - SPARK_FROM, 1)
    spots = [
        None if math.isnan(value) else (5 + n * step, SPARK_HEIGHT - 4 - scale * max(value - SPARK_FROM, 0))
        for n, value in enumerate(points)
    ]
    colors, style = theme(dark), BAND_STYLES[band]
    runs: list[list[tuple[float, float]]] = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    lines = "".join(
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}" fill="none" '
        f'stroke="{colors.muted}" stroke-width="1.6" stroke-linejoin="round"/>'
        if len(run) > 1
        else f'<circle cx="{run[0][0]:.1f}" cy="{run[0][1]:.1f}" r="1.4" fill="{colors.muted}"/>'
        for run in runs
        if run
    )
    last = spots[-1]
    dot = (
        ""
        if last is None
        else f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="3.4" fill="{style.color(dark)}" '
        f'stroke="{colors.text}" stroke-width=".7"/>'
    )
    floor = SPARK_HEIGHT - 3
    base = f'<line x1="5" x2="{SPARK_WIDTH - 5}" y1="{floor}" y2="{floor}" stroke="{colors.grid}"/>'
    frame = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}"'
    return f"<svg {frame}>{base}{lines}{dot}</svg>"


def _time(date: dt.date, words: str) -> str:
    return (
        f'<time datetime="{date.isoformat()}" title="{wording.full_date(date)}">{html.escape(words)}</time>'
    )
