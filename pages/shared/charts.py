"""Showing a figure: the finding above it, a text alternative, and what was clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from casework.figures.template import Finding

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

# No toolbar: pages scroll, charts hold still, and an image export would leave no trace in the audit trail.
CONFIG: Final = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def show(figure: Figure, finding: Finding, *, key: str) -> None:
    """A figure under the sentence that states its finding. Findings are our own words and hold no names."""
    _title(finding)
    st.plotly_chart(figure, theme=None, config=CONFIG, alt=finding.alt, key=key)


def clicked(figure: Figure, finding: Finding, *, key: str) -> int | None:
    """Show a figure; the customdata of the mark that was clicked in this run, else None."""
    _title(finding)
    event: Any = st.plotly_chart(
        figure,
        theme=None,
        config=CONFIG,
        alt=finding.alt,
        key=key,
        on_select="rerun",
        selection_mode="points",
    )
    points = event["selection"]["points"] if event else []
    return _customdata(points[0]) if points else None


def _title(finding: Finding) -> None:
    st.markdown(f"##### {finding.title}")


def _customdata(point: dict[str, Any]) -> int | None:
    given = point.get("customdata")
    value = given[0] if isinstance(given, list) and given else given
    return value if isinstance(value, int) else None
