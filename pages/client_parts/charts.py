"""A chart with the finding as its title and a text alternative."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from casework.figures.template import Finding

CONFIG: Final = {"displayModeBar": False}


def chart(figure: Any, finding: Finding, *, key: str) -> None:
    """Draw `figure`; nothing in it or in its finding comes from what users typed."""
    st.markdown(f"**{finding.title}**")
    st.plotly_chart(figure, theme=None, config=CONFIG, key=key, alt=finding.alt)
