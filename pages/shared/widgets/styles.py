"""How rows and the bar with the save button look on the screens on which counselors type."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.shared.widgets.components import is_dark

_STYLE: Final = """<style>
[class*="st-key-row-"] { border-top: 1px solid rgba(128, 128, 128, .28); padding: .12rem 0; row-gap: 0; }
[class*="st-key-row-halt"] { padding-left: 1.5rem; }
.st-key-safety-route { border: 2px solid #D55E00; background: rgba(213, 94, 0, .09); }
div:has(> .st-key-save-bar) { position: sticky; bottom: 0; z-index: 9; }
.st-key-save-bar { padding: .5rem 0; background: %BACKGROUND%; border-top: 1px solid rgba(128, 128, 128, .5); }
.st-key-save-bar > div { row-gap: .25rem; }
.st-key-save_check_in [aria-label^="Shortcut"] { display: none; }
.stMain { scroll-padding-bottom: 6rem; }
</style>"""


def style() -> None:
    """Add the style of rows and save bar to the page. The bar covers what scrolls beneath it with the page's own
    background."""
    background = st.get_option(f"theme.{'dark' if is_dark() else 'light'}.backgroundColor")
    st.html(_STYLE.replace("%BACKGROUND%", background or "transparent"))
