"""Reading a page of Streamlit's simulated app."""

from __future__ import annotations

import html

from streamlit.testing.v1 import AppTest

_KINDS = ("text", "markdown", "html", "success", "warning", "error", "info", "caption", "subheader")


def said(app: AppTest) -> str:
    """All that the page says in words."""
    found: list[str] = []
    for kind in _KINDS:
        found += [str(getattr(one, "value", None) or one.proto.body) for one in app.get(kind)]
    return html.unescape("\n".join(found).replace("\\", ""))  # labels escape what Markdown would read
