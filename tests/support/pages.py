"""Reading a page of Streamlit's simulated app."""

from __future__ import annotations

import html
import re
from typing import Any

from streamlit.testing.v1 import AppTest

_KINDS = ("text", "markdown", "html", "success", "warning", "error", "info", "caption", "subheader")

_WIDGETS = (
    "text_input", "text_area", "number_input", "date_input", "time_input", "selectbox", "multiselect", "radio",
    "checkbox", "toggle", "button_group", "button",
)  # fmt: skip


def said(app: AppTest) -> str:
    """All that the page says in words."""
    found: list[str] = []
    for kind in _KINDS:
        found += [str(getattr(one, "value", None) or one.proto.body) for one in app.get(kind)]
    return html.unescape("\n".join(found).replace("\\", ""))  # labels escape what Markdown would read


def field(app: AppTest, form: str, name: str, about: str | None = None) -> Any:
    """The field of a form on the page; `about` tells the forms of two subjects apart ("client-3")."""
    return _widget(app, rf"{re.escape(form)}{_about(about)}:\d+:{re.escape(name)}")


def button(app: AppTest, form: str, name: str = "save", about: str | None = None) -> Any:
    """The button of a form on the page."""
    return _widget(app, rf"{re.escape(form)}{_about(about)}:{re.escape(name)}")


def _about(subject: str | None) -> str:
    return "(:[^:]+)?" if subject is None else f":{re.escape(subject)}"


def _widget(app: AppTest, pattern: str) -> Any:
    (found,) = [
        one for kind in _WIDGETS for one in app.get(kind) if one.key and re.fullmatch(pattern, one.key)
    ]
    return found
