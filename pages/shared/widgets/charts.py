"""Showing a figure: the finding above it, a text alternative, and what was clicked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any, Final, Literal

import streamlit as st

from casework.figures.template import Caption, Chart, key_of
from casework.frames import to_date
from casework.vocabulary import Band
from pages.shared.widgets import html_text, table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

# No toolbar: pages scroll, charts hold still, and an image export would leave no trace in the audit trail.
CONFIG: Final = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def show(chart: Chart) -> None:
    """A figure under the sentence that states its finding. Findings and notes are our own words and hold no names."""
    title(chart)
    st.plotly_chart(chart.figure, theme=None, config=CONFIG, alt=chart.finding.alt, key=chart.key)


def show_clients(chart: Chart, *, list_name: str) -> None:
    """Show a figure whose marks carry their clients' ids. A click on one is a pick of the list (`table.picked`)."""
    _selectable(chart, lambda: _pick(list_name, chart.key))


def title(chart: Chart) -> None:
    """The finding and the key alone, where the figure itself stands in a container of its own."""
    _title(chart.finding, chart.note)
    _key(chart.figure)


def on_mark(chart: Chart, opened: Callable[[str], None]) -> None:
    """Show a figure whose marks carry what they are (a text). `opened` runs as a callback with that of a chosen one."""

    def chosen() -> None:
        event = st.session_state[chart.key]
        points = event["selection"]["points"] if event else []
        mark = _customdata(points[0]) if points else None
        if isinstance(mark, str) and mark:
            opened(mark)

    _plot(chart, chosen)


def clicked_day(chart: Chart) -> dt.date | None:
    """Show a figure whose marks carry days; that of the mark that is chosen, as long as it is, else None."""
    chosen = _chosen(_selectable(chart, "rerun"))
    return None if chosen is None else to_date(chosen)


def clicked_mark(chart: Chart) -> tuple[int, ...]:
    """Show a figure whose marks carry several numbers; those of the mark that is chosen, as long as it is, else ()."""
    event = _selectable(chart, "rerun")
    points = event["selection"]["points"] if event else []
    given = points[0].get("customdata") if points else None
    return tuple(given) if isinstance(given, list) and all(isinstance(one, int) for one in given) else ()


def _selectable(chart: Chart, on_select: Literal["rerun"] | Callable[[], None]) -> Any:
    title(chart)
    return _plot(chart, on_select)


def _plot(chart: Chart, on_select: Literal["rerun"] | Callable[[], None]) -> Any:
    return st.plotly_chart(
        chart.figure,
        theme=None,
        config=CONFIG,
        alt=chart.finding.alt,
        key=chart.key,
        on_select=on_select,
        selection_mode="points",
    )


def _pick(list_name: str, key: str) -> None:
    """A mark was chosen, or is not any more. The id is the one that was drawn, because the browser sends it along."""
    client_id = _chosen(st.session_state[key])
    if client_id is not None:
        table.pick(list_name, client_id, "open")


def _chosen(event: Any) -> int | None:
    points = event["selection"]["points"] if event else []
    value = _customdata(points[0]) if points else None
    return value if isinstance(value, int) else None


def band_key() -> None:
    """What the symbols of the bands look like: once for all charts of a page."""
    dark = st.context.theme.type == "dark"
    badges = " ".join(html_text.badge(band, dark=dark) for band in Band)
    said = html_text.span("Risk in the charts:", muted=True)
    st.html(f'<div class="tideline-key-of-bands">{said} {badges}</div>')


def _title(finding: Caption, note: str) -> None:
    st.markdown(f"## {finding.title}")  # one level below the page's title
    if note:
        st.caption(note)


def _key(figure: Figure) -> None:
    """What the marks mean, in a line that wraps. Our own words only."""
    entries = key_of(figure)
    if entries:
        marks = "".join(
            _MARK.format(escape(one.color), escape(one.glyph), html_text.span(one.words)) for one in entries
        )
        st.html(f'<div class="tideline-key">{marks}</div>')


_MARK: Final = '<span class="tideline-mark"><span aria-hidden="true" style="color:{}">{}</span> {}</span>'


def _customdata(point: dict[str, Any]) -> Any:
    given = point.get("customdata")
    return given[0] if isinstance(given, list) and given else given
