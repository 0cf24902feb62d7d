"""Reading a page of Streamlit's simulated app."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Dataframe, Expander, Node, Table

_KINDS = ("text", "markdown", "html", "success", "warning", "error", "info", "caption", "subheader")

_WIDGETS = (
    "text_input", "text_area", "number_input", "date_input", "time_input", "selectbox", "multiselect", "radio",
    "checkbox", "toggle", "button_group", "button",
)  # fmt: skip


def said(app: AppTest) -> str:
    """All that the page says in words, what stands behind a click in a line of one of our components too."""
    found: list[str] = []
    for kind in _KINDS:
        found += [str(getattr(one, "value", None) or one.proto.body) for one in app.get(kind)]
    for one in app.get("bidi_component"):
        shown = json.loads(one.proto.json)
        shown.pop("menus", None)  # what one may choose is no word of the page's
        found += words_of(shown)
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


def every_text(app: AppTest, *, but_in: str = "") -> list[str]:
    """Every text that the page sends to the browser, cell by cell: labels, alternatives and what
    stands on hover too. What stands in an expander of the label `but_in` is left out."""
    found: list[str] = []
    for node in _nodes(app._tree, but_in):
        if isinstance(node, Dataframe | Table):
            found += _cells(node.value.reset_index())
        found += _texts(getattr(node, "proto", None))
        if getattr(node, "type", None) == "bidi_component":
            found += words_of(json.loads(node.proto.json))
    return [html.unescape(_TAG.sub(" ", one)).replace("\\", "") for one in found if one.strip()]


def _cells(frame: pd.DataFrame) -> Iterator[str]:
    """Heads and cells of a table; a cell may hold a list, and nothing is drawn for what is missing."""
    yield from map(str, frame.columns)
    for cell in (cell for name in frame for cell in frame[name]):
        if isinstance(cell, list | tuple | np.ndarray):
            yield from map(str, cell)
        elif not pd.isna(cell):
            yield str(cell)


_NO_WORDS: Final = ("id", "kind", "value", "token", "tone", "only", "href", "color")
"""What a component gets beside words."""


def words_of(data: Any) -> Iterator[str]:
    """Every text that a component draws."""
    match data:
        case str():
            yield data
        case dict():
            for name, value in data.items():
                yield from () if name in _NO_WORDS else words_of(value)
        case list():
            for one in data:
                yield from words_of(one)


_TAG: Final = re.compile(r"<[^>]*?>")


def _nodes(node: Node, but_in: str) -> Iterator[Node]:
    yield node
    if isinstance(node, Expander) and node.label == but_in:
        return
    if isinstance(node, Block):
        for child in node.children.values():
            yield from _nodes(child, but_in)


def _texts(message: Any) -> Iterator[str]:
    """Every text in a message of Streamlit's."""
    for field_, value in message.ListFields() if hasattr(message, "ListFields") else ():
        many = value if field_.is_repeated else (value,)
        if field_.type == field_.TYPE_STRING and field_.name not in ("id", "config", "json"):
            yield from map(str, many)
        elif field_.type == field_.TYPE_MESSAGE:
            for one in many:
                yield from _texts(one)


MOST_ELEMENTS: Final = 25
"""So many elements and containers a page of many rows may have: each costs the server at every run."""


def elements(app: AppTest) -> int:
    """How many elements and containers the page has."""
    return sum(1 for _ in _nodes(app._tree, ""))


def drawn_text(app: AppTest) -> str:
    """All that our own components get, as it is sent."""
    return "\n".join(one.proto.json for one in app.get("bidi_component"))


def forms_beside_table(app: AppTest) -> tuple[set[str], set[str]]:
    """The forms whose fields stand above the page's first table, and those below it."""
    above: set[str] = set()
    below: set[str] = set()
    forms = above
    for node in _nodes(app._tree, ""):
        if isinstance(node, Dataframe):
            forms = below
        key = getattr(node, "key", None)
        if isinstance(key, str) and ":" in key:
            forms.add(key.partition(":")[0])
    return above, below


def drawn_in(app: AppTest, key: str) -> dict[str, Any]:
    """The data with which the page draws one of our own components."""
    data: dict[str, Any] = json.loads(_component(app, key).json)
    return data


def act(
    app: AppTest, key: str, kind: str, about: int | str, value: object = None, token: str = ""
) -> AppTest:
    """Do in a component what a browser would: one act after those that the server has handled."""
    component = _component(app, key)
    number = json.loads(component.json)["handled"] + 1
    sent = {"n": number, "kind": kind, "about": about, "value": value, "token": token}
    states = app._tree.get_widget_states()
    states.widgets.add(id=component.id, json_value=json.dumps({"acts": [sent]}))
    return app._run(states)


def answer(app: AppTest, key: str, answers: Mapping[str, str | None]) -> AppTest:
    """Press in rows with one answer each (the component `choices`): the answers by row, None where one is taken back.
    A button that was clicked before, without a run, is in the same message."""
    component = _component(app, key)
    first = json.loads(component.json)["handled"] + 1
    sent = [
        {"n": n, "kind": "answer", "about": row, "value": value, "token": ""}
        for n, (row, value) in enumerate(answers.items(), first)
    ]
    states = app._tree.get_widget_states()
    states.widgets.add(id=component.id, json_value=json.dumps({"acts": sent}))
    return app._run(states)


def answered(app: AppTest, key: str) -> dict[str, str]:
    """What is answered in such rows, by row."""
    state: dict[str, str] = drawn_in(app, key)["state"]
    return state


def rows_in(app: AppTest, key: str) -> dict[str, dict[str, Any]]:
    """The rows that such a component draws, by their identifiers."""
    return {row["id"]: row for part in drawn_in(app, key)["parts"] for row in part["rows"]}


def _component(app: AppTest, key: str) -> Any:
    (found,) = [one.proto for one in app.get("bidi_component") if one.proto.id.endswith(f"-{key}")]
    return found
