"""Clients in a table, a compact row each, with the same actions as a full row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from casework import wording
from casework.caseload.call_budget import Ranked
from casework.caseload.claims import Claim
from casework.caseload.worklist import Item
from casework.figures.template import BAND_STYLES
from casework.vocabulary import Band, Permission
from pages.shared import as_of
from pages.shared.widgets import html_text, story, table
from pages.shared.widgets.calls import choices_for, claimed_by, log, phone_text, said
from pages.shared.widgets.components import is_dark

LIST: Final = "worklist"
"""Everybody on the page, whether in a full row or in a table."""
OPEN, CHECK_IN, CALL = "Open", "Check in", "Call"
BELOW: Final = "below"
MORE: Final = "more"
CONFIG: Final[dict[str, Any]] = {
    # Streamlit measures some rows only: a longer name further down would be cut off.
    "Client": st.column_config.TextColumn(width=140),
    **story.COLUMNS,
    "Band": st.column_config.TextColumn(width=95),
    "12 weeks": st.column_config.ImageColumn(width=125),
    "Points": st.column_config.NumberColumn(width=60),
}


@dataclass(frozen=True)
class RowStyle:
    """How clients are shown: `counselors` names whose caseload it is, `points` adds band and points for who asked for
    them, beside a line to the scale of `top`, and `claims` say who calls whom today."""

    today: dt.date
    counselors: bool
    points: bool
    top: float
    claims: Mapping[int, Claim]


def show(ranked: Sequence[Ranked], heading: str, style: RowStyle, *, key: str = BELOW) -> None:
    """A table of `ranked` in their order under our own `heading`; `key` tells two tables on a page apart."""
    if not ranked:
        return
    st.markdown(f"**{heading}**")
    called = {one.item.client_id: (one.item.name, one.item.story.refs) for one in ranked}
    table.show(
        LIST,
        ranked,
        _columns(style),
        identifier=lambda one: one.item.client_id,
        buttons={
            OPEN: table.Cells(60, "tertiary"),
            CHECK_IN: table.Cells(80),
            CALL: table.Cells(
                80,
                format_func=said,
                on_click=lambda client_id, choice: log(
                    client_id, called[client_id][0], choice, called[client_id][1]
                ),
            ),
        },
        config=CONFIG,
        key=key,
        placeholder="–",  # of an unknown risk no points are stated
        alt=f"{heading}: where each stands, flags, what stands out, next action, and contact.",
    )


def _columns(style: RowStyle) -> dict[str, Callable[[Ranked], object]]:
    columns: dict[str, Callable[[Ranked], object]] = {
        "Client": lambda one: one.item.name,
        OPEN: lambda _: OPEN,
        CHECK_IN: lambda _: CHECK_IN,
        CALL: lambda one: choices_for(one.item),
        **story.columns(lambda one: one.item.story),
        "Phone": lambda one: _phone(one.item),
        "Last contact": lambda one: _last(one.item, style.today),
        "Calls": lambda one: _calls(one.item, style.claims.get(one.item.client_id)),
    }
    if as_of.locked():
        del columns[CHECK_IN], columns[CALL]
    if style.counselors:
        columns["Counselor"] = lambda one: one.item.counselor
    return columns | _points(style) if style.points else columns


def _points(style: RowStyle) -> dict[str, Callable[[Ranked], object]]:
    dark, top = is_dark(), style.top
    return {
        "Band": lambda one: BAND_STYLES[one.item.band].marked,
        "Points": lambda one: None if one.item.band is Band.UNKNOWN else one.item.points,
        "12 weeks": lambda one: html_text.spark_address(one.item.history, one.item.band, top=top, dark=dark),
    }


def _phone(item: Item) -> str:
    if item.safe_to_call is Permission.NO:
        return "Not safe to call"
    return phone_text(item.phone, item.wrong_number_on)


def _last(item: Item, today: dt.date) -> str:
    if item.last_contact is None:
        return "not heard from yet"
    said = f"{wording.ago(item.last_contact.on, today)} ({wording.within(item.last_contact.kind)})"
    return f"overdue: {said}" if item.overdue else said


def _calls(item: Item, held: Claim | None) -> str:
    """Who calls today, tries that reached nobody, and whether the client rests."""
    claimed = "" if held is None else claimed_by(held)
    return "; ".join(said for said in (claimed, item.story.tries, item.story.rest) if said)
