"""Lists from which somebody picks a row, by a table's cell or a button: a pick is the identifier that was drawn.

Streamlit sends the position of a row in what the browser shows, and a list that is read afresh may have another client
in that place. So every list that is drawn is a widget of its own, whose key holds a digest of its identifiers: a click
on rows that the server has drawn anew meanwhile reaches the callback of the old ones, which knows them. A callback only
takes down what was picked. The page then finds it among the rows of now, or says that it is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any, Final, Literal, NamedTuple, TypeVar

import pandas as pd
import streamlit as st

Row = TypeVar("Row")

PICKED: Final = "picked-row"
"""Key in the session state of what a callback took down and no page has looked at yet."""
GONE: Final = "What you chose is no longer in this list. Nothing was done."
_SELECT: Final = "select"
_NOBODY: Final = object()
"""Stands for a row that was not drawn: no list holds it."""


class Pick(NamedTuple):
    """A row of a list that somebody chose, and what is to be done with it."""

    list_name: str
    identifier: Any  # as the page has drawn it
    action: str


@dataclass(frozen=True)
class Cells:
    """A column of buttons under an empty head; a button shows the words that `format_func` has for its option.
    `on_click(identifier, option)` runs as a callback, for entries that are saved right from the list; without it a
    click is a pick, and the column's name is its action."""

    width: int
    type: Literal["secondary", "tertiary"] = "secondary"
    format_func: Callable[[Any], str] = str
    on_click: Callable[[Any, Any], None] | None = None

    def labels(self, cell: object) -> str | list[str] | None:
        """A cell in words, as Streamlit draws it."""
        if cell is None:
            return None
        return [self.format_func(one) for one in cell] if isinstance(cell, list) else self.format_func(cell)

    def option(self, cell: object, label: str) -> Any:
        """The option of a drawn cell that stood under the label: Streamlit sends nothing else of what was clicked."""
        options = cell if isinstance(cell, list) else [cell]
        return next((one for one in options if self.format_func(one) == label), None)


def pick(list_name: str, identifier: Hashable, action: str) -> None:
    """Take down what was chosen. For `on_click`."""
    st.session_state[PICKED] = Pick(list_name, identifier, action)


def gone(list_name: str) -> None:
    """Take down that something was chosen which is not in the list. For `on_click`."""
    pick(list_name, _NOBODY, "")


def picked(list_name: str, identifiers: Collection[Any]) -> Pick | None:
    """What was chosen from this list by the click that led to this run, if it is among the `identifiers` of now. If it
    is not, this says so, without the name, which the user may not see any more. Call it in the page's body."""
    chosen: Pick | None = st.session_state.get(PICKED)
    if chosen is None or chosen.list_name != list_name:
        return None
    del st.session_state[PICKED]
    if chosen.identifier in identifiers:
        return chosen
    st.warning(GONE)
    return None


def forget() -> None:
    """Drop a choice at which no page has looked. Call it when a page has run: it must not come true later."""
    st.session_state.pop(PICKED, None)


def show(
    list_name: str,
    rows: Sequence[Row],
    columns: Mapping[str, Callable[[Row], object]],
    *,
    identifier: Callable[[Row], Hashable],
    alt: str,
    buttons: Mapping[str, Cells] | None = None,
    selectable: bool = False,
    config: Mapping[str, Any] | None = None,
    key: str = "",
    height: int | Literal["content"] = "content",
    placeholder: str | None = None,
) -> None:
    """Draw `rows`, a column for each of `columns` (its head, and a row's cell). `picked(list_name, …)` says what was
    chosen.

    buttons: those of the columns whose cells are buttons (a column may be left out); a cell is then an option, a list
    of options to choose from, or None. selectable: a click chooses a whole row. key: tells two tables of one list
    apart.
    """
    drawn = tuple(identifier(row) for row in rows)
    name = f"{key or list_name}-{_digest(drawn)}"
    values = {head: [cell(row) for row in rows] for head, cell in columns.items()}
    cells: dict[str, Any] = dict(config or {})
    for column, button in (buttons or {}).items():
        if column not in columns:
            continue
        of_column = f"{name}-{column}"
        cells[column] = st.column_config.ButtonColumn(
            "",
            key=of_column,
            type=button.type,
            width=button.width,
            on_click=_clicked,
            args=(of_column, list_name, column, drawn, button, values[column]),
        )
        values[column] = [button.labels(cell) for cell in values[column]]
    options: dict[str, Any] = {
        "hide_index": True,
        "height": height,
        "column_config": cells,
        "alt": alt,
        "placeholder": placeholder,
    }
    if selectable:
        options["on_select"] = lambda: _selected(name, list_name, drawn)
        options |= {"selection_mode": "single-row", "key": name}
    # A container of its own: a menu that hangs open over the old rows closes when others take their place.
    with st.container(key=f"rows-{name}"):
        st.dataframe(pd.DataFrame(values), **options)


def _clicked(
    key: str,
    list_name: str,
    column: str,
    drawn: tuple[Hashable, ...],
    button: Cells,
    cells: Sequence[object],
) -> None:
    """A cell was clicked in the table that showed the rows `drawn`, and in this column their `cells`."""
    clicked = st.session_state[key]
    if clicked is None or clicked["row"] >= len(drawn):
        return
    identifier, option = drawn[clicked["row"]], button.option(cells[clicked["row"]], clicked["label"])
    if button.on_click is None:
        pick(list_name, identifier, column)
    elif option is not None:
        button.on_click(identifier, option)


def _selected(key: str, list_name: str, drawn: tuple[Hashable, ...]) -> None:
    """A row was chosen, or is not any more, in the table that showed the rows `drawn`."""
    chosen = st.session_state[key]["selection"]["rows"]
    if chosen and chosen[0] < len(drawn):
        pick(list_name, drawn[chosen[0]], _SELECT)


def _digest(drawn: tuple[Hashable, ...]) -> str:
    return blake2s(repr(drawn).encode(), digest_size=6).hexdigest()
