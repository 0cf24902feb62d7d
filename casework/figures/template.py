"""The one look of all charts, and the one table of what a risk band looks like.

Color never carries meaning alone: each band has its own symbol, in charts as in table cells. The colors keep apart
under simulated protanopia, deuteranopia and tritanopia (a test measures it), and every mark has an outline, because a
light amber has too little contrast against white to stand without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import plotly.graph_objects as go

from casework import wording
from casework.frames import to_date
from casework.vocabulary import Band
from casework.wording import full_date, short_date

Trace = dict[str, Any]


@dataclass(frozen=True)
class BandStyle:
    """How one band looks: `symbol` is Plotly's marker, `glyph` the same shape as a character for tables."""

    band: Band
    light: str
    dark: str
    symbol: str
    glyph: str

    @property
    def label(self) -> str:
        """What the band is called."""
        return wording.label(self.band)

    def color(self, dark: bool) -> str:
        """The fill on a dark or a light page."""
        return self.dark if dark else self.light

    @property
    def marked(self) -> str:
        """Glyph and label, for a table cell."""
        return f"{self.glyph} {self.label}"


BAND_STYLES: Final[dict[Band, BandStyle]] = {
    Band.LOW: BandStyle(Band.LOW, "#0072B2", "#3E92CC", "circle", "●"),
    Band.WATCH: BandStyle(Band.WATCH, "#E9B000", "#F5DE82", "diamond", "◆"),
    Band.ELEVATED: BandStyle(Band.ELEVATED, "#D55E00", "#EC7F1C", "triangle-up", "▲"),
    Band.HIGH: BandStyle(Band.HIGH, "#7A0F2B", "#F0356D", "square", "■"),
    Band.UNKNOWN: BandStyle(Band.UNKNOWN, "#A8B0BA", "#9AA5B1", "circle-open-dot", "◌"),
}
"""Every page, chart and table takes colors, symbols and labels of bands from here."""


@dataclass(frozen=True)
class Theme:
    """Colors of everything that is not data. The same values stand in .streamlit/config.toml."""

    background: str
    text: str
    muted: str
    grid: str
    accent: str
    shade: str
    """Fill of a quiet area, such as a baseline band."""


LIGHT: Final = Theme("#ffffff", "#020617", "#475569", "#e2e8f0", "#0f766e", "rgba(15, 118, 110, 0.13)")
DARK: Final = Theme("#020510", "#f8fafc", "#cbd5e1", "#334155", "#2dd4bf", "rgba(45, 212, 191, 0.16)")

# An escaped "<" cannot open a tag that Plotly would render as bold text or a link.
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LONGEST_LABEL: Final = 26
NAMES: Final = 160
"""Pixels left of a plot for clients' names."""
ROW: Final = 20
"""Pixels of height for a client's row."""


@dataclass(frozen=True)
class Caption:
    """What a chart shows: `title` states it, `alt` tells it to those who cannot see the chart. No names in either."""

    title: str
    alt: str


@dataclass(frozen=True)
class Chart:
    """A figure under the sentence that states its finding. `key` tells it from the others of its page; `note` is a line
    of our own words below the title."""

    key: str
    figure: go.Figure
    finding: Caption
    note: str = ""


def theme(dark: bool) -> Theme:
    """The colors for a dark or a light page."""
    return DARK if dark else LIGHT


def escaped(text: str) -> str:
    """User text for a label or a hover box: Plotly renders a part of HTML."""
    return text.translate(_ESCAPES)


def shortened(text: str, longest: int = _LONGEST_LABEL) -> str:
    """User text cut to fit an axis, then escaped."""
    return escaped(text if len(text) <= longest else text[: longest - 1].rstrip() + "…")


def text_width(text: str) -> float:
    """About how many pixels a text of 12 takes, and never fewer: by the widest letter of each kind."""
    return sum(4.2 if one in _NARROW else 11.5 if one in _WIDE or ord(one) > 0x2FF else 8.2 if one.isupper() else 7.0
               for one in text)  # fmt: skip


_NARROW: Final = frozenset(" iljI.,:;'|!")
_WIDE: Final = frozenset("mwMW@%&—")


def hover(*lines: str, name: str | None = None) -> str:
    """A box on hover: a client's name, escaped here, above lines that are already."""
    return "<br>".join(lines if name is None else [f"<b>{escaped(name)}</b>", *lines])


@lru_cache(maxsize=4096)
def hover_date(day: int) -> str:
    """A day in full, for a hover box."""
    return full_date(to_date(day))


def tick_date(day: int) -> str:
    """A day in short, for an axis."""
    return short_date(to_date(day))


def _template(colors: Theme) -> dict[str, Any]:
    axis = {
        "gridcolor": colors.grid,
        "linecolor": colors.grid,
        "zerolinecolor": colors.muted,
        "zeroline": False,
        "ticks": "",
        "automargin": True,
        "fixedrange": True,  # a page scrolls; a chart that also zooms would swallow the finger
        "title": {"font": {"size": 12, "color": colors.muted}, "standoff": 8},
        "tickfont": {"size": 12, "color": colors.text},
    }
    return {
        "layout": {
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": '"Source Sans", sans-serif', "size": 13, "color": colors.text},
            "margin": {"l": 8, "r": 12, "t": 8, "b": 8},
            "hoverlabel": {
                "bgcolor": colors.background,
                "bordercolor": colors.muted,
                "font": {"color": colors.text, "size": 13},
                "align": "left",
            },
            "hovermode": "closest",
            "xaxis": axis,
            "yaxis": axis,
            "annotationdefaults": {"font": {"size": 12, "color": colors.muted}, "showarrow": False},
        }
    }


TEMPLATES: Final = {False: _template(LIGHT), True: _template(DARK)}


def figure(traces: Sequence[Trace], layout: dict[str, Any], *, dark: bool) -> go.Figure:
    """A figure in the house look.

    Plotly's own checks of every property take ten times as long as all else, so they are off here; the unit tests
    run them over each figure instead (`checked` in tests/unit/test_figures.py).
    """
    layout = {"template": TEMPLATES[dark], "showlegend": False, **layout}
    return go.Figure(data=list(traces), layout=layout, _validate=False)


@dataclass(frozen=True)
class KeyEntry:
    """What one kind of mark means: its shape as a character, its color, and the words."""

    glyph: str
    color: str
    words: str


GLYPHS: Final = {
    **{style.symbol: style.glyph for style in BAND_STYLES.values()},
    "triangle-down": "▼",
    "circle-open": "○",
    "square-open": "□",
    "x": "✖",
    "star": "★",
    "line-ns-open": "❘",
    "line-ne-open": "╱",
    "/": "▨",
    "": "■",
}
"""Plotly's symbols of marks and patterns of bars, and the characters that look like them."""


def key_of(drawn: go.Figure) -> tuple[KeyEntry, ...]:
    """What the marks of a figure mean, for a line above it: Plotly's legend would cover a narrow chart."""
    entries = (_entry(trace) for trace in drawn.data if trace.showlegend)
    return tuple(dict.fromkeys(entries))


def _entry(trace: Any) -> KeyEntry:
    shape = trace.marker.pattern.shape if trace.type == "bar" else trace.marker.symbol
    return KeyEntry(GLYPHS[shape or ""], trace.marker.color, trace.name)


def nothing(text: str, *, dark: bool, height: int = 120) -> go.Figure:
    """An empty chart that says in words why it is empty."""
    hidden = {"visible": False}
    note = {
        "text": escaped(text),
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 0.5,
        "xanchor": "left",
        "align": "left",
        "font": {"color": theme(dark).muted, "size": 14},
    }
    return figure([], {"height": height, "xaxis": hidden, "yaxis": hidden, "annotations": [note]}, dark=dark)


def band_markers(bands: Sequence[Band], *, dark: bool, size: int = 12) -> dict[str, Any]:
    """The `marker` of a scatter trace with one band a point."""
    return {
        "color": [BAND_STYLES[band].color(dark) for band in bands],
        "symbol": [BAND_STYLES[band].symbol for band in bands],
        "size": size,
        "opacity": 1,
        "line": {"color": [outline(band, dark) for band in bands], "width": 1},
    }


def outline(band: Band, dark: bool) -> str:
    """The edge of a band's mark."""
    return theme(dark).muted if band is Band.UNKNOWN else theme(dark).text


def name_axis(names: list[str]) -> dict[str, Any]:
    """A row for each name, from the top down."""
    # Positions, not names, are the axis: two clients can have the same name.
    return {
        "tickvals": list(range(len(names))),
        "ticktext": [shortened(name, 22) for name in names],
        "range": [len(names) - 0.5, -0.5],
        "showgrid": False,
        "automargin": False,
    }
