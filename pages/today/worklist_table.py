"""Clients in a table, a compact row each, with the same actions as a full row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.call_budget import Ranked
from casework.caseload.worklist import Item
from casework.figures.template import BAND_STYLES
from casework.vocabulary import Band, Permission
from pages.shared import as_of
from pages.shared.widgets import html_text, table
from pages.shared.widgets.calls import choices_for, log, phone_text, said
from pages.shared.widgets.components import is_dark

LIST: Final = "worklist"
"""Everybody on the page, whether in a full row, in a table or just under the line."""
OPEN, CHECK_IN, CALL = "Open", "Check in", "Call"
BELOW: Final = "below"
MORE: Final = "more"
CONFIG: Final = {
    "Rank": st.column_config.NumberColumn(width=50),
    # Streamlit measures some rows only: a band further down, or a longer name, would be cut off.
    "Band": st.column_config.TextColumn(width=95),
    "Client": st.column_config.TextColumn(width=140),
    "12 weeks": st.column_config.ImageColumn(width=125),
    "Points": st.column_config.NumberColumn(width=60),
    "Reason for the rank": st.column_config.TextColumn(width=280),
    "Why": st.column_config.TextColumn(width=330),
    "Next step": st.column_config.TextColumn(width=200),
}


def show(
    ranked: Sequence[Ranked], heading: str, today: dt.date, *, top: float, counselors: bool, key: str = BELOW
) -> None:
    """A table of `ranked` in priority order under our own `heading`; `top` is the highest value of all sparklines,
    `key` tells two tables on a page apart."""
    if not ranked:
        return
    st.markdown(f"**{heading}**")
    names = {one.item.client_id: one.item.name for one in ranked}
    table.show(
        LIST,
        ranked,
        _columns(today, top, counselors),
        identifier=lambda one: one.item.client_id,
        buttons={
            OPEN: table.Cells(60, "tertiary"),
            CHECK_IN: table.Cells(80),
            CALL: table.Cells(
                80,
                format_func=said,
                on_click=lambda client_id, choice: log(client_id, names[client_id], choice),
            ),
        },
        config=CONFIG,
        key=key,
        placeholder="–",  # of an unknown risk no points are stated
        alt=f"{heading}, in order of priority: band, points, reasons, next step and contact.",
    )


def _columns(today: dt.date, top: float, counselors: bool) -> dict[str, Callable[[Ranked], object]]:
    dark = is_dark()
    columns: dict[str, Callable[[Ranked], object]] = {
        "Rank": lambda one: one.item.rank,
        "Band": lambda one: BAND_STYLES[one.item.band].marked,
        "Client": lambda one: one.item.name,
        OPEN: lambda _: OPEN,
        CHECK_IN: lambda _: CHECK_IN,
        CALL: lambda one: choices_for(one.item),
        "Points": lambda one: None if one.item.band is Band.UNKNOWN else one.item.points,
        "12 weeks": lambda one: html_text.spark_address(one.item.history, one.item.band, top=top, dark=dark),
        "Why": lambda one: _why(one.item, today),
        "Next step": lambda one: _step(one.item, today),
        "Reason for the rank": lambda one: one.reason,
        "Phone": lambda one: _phone(one.item),
        "Last contact": lambda one: _last(one.item, today),
    }
    if as_of.locked():
        del columns[CHECK_IN], columns[CALL]
    if counselors:
        columns["Counselor"] = lambda one: one.item.counselor
    return columns


def _why(item: Item, today: dt.date) -> str:
    flag = ["Lowered tolerance"] if item.tolerance is not None else []
    said = [f"{one.text} ({wording.ago(one.on, today)})" if one.on else one.text for one in item.reasons]
    return "; ".join([*flag, *said, html_text.not_counted(item.off)] if item.off else [*flag, *said])


def _step(item: Item, today: dt.date) -> str:
    step = item.next_step
    return f"{step.what} ({step.who}, {wording.by_when(step.by, today)})"


def _phone(item: Item) -> str:
    if item.safe_to_call is Permission.NO:
        return "Not safe to call"
    return phone_text(item.phone, item.wrong_number_on)


def _last(item: Item, today: dt.date) -> str:
    if item.last_contact is None:
        return "not heard from yet"
    said = f"{wording.ago(item.last_contact.on, today)} ({wording.within(item.last_contact.kind)})"
    return f"overdue: {said}" if item.overdue else said
