"""Our own words as compact lines of HTML: small type, dates with the full date on hover, tags.

Never user text: names, phones and notes go through `components.plain` or `escaped`. What comes from the rules (reasons,
next steps) is our own wording; it is escaped here all the same.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence

import streamlit as st

from casework import wording
from casework.figures.template import BAND_STYLES
from casework.vocabulary import Band


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


def tag(text: str) -> str:
    """A quiet label."""
    return f'<span class="tideline-tag">{html.escape(text)}</span>'


def _time(date: dt.date, words: str) -> str:
    return (
        f'<time datetime="{date.isoformat()}" title="{wording.full_date(date)}">{html.escape(words)}</time>'
    )
