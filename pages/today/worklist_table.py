"""Clients in a table, a compact row each, with the same actions as a full row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from casework import wording
from casework.caseload.call_budget import Ranked
from casework.caseload.worklist import Item
from casework.figures.template import BAND_STYLES
from casework.vocabulary import Band, CallOutcome, Permission
from pages.shared import as_of
from pages.shared.widgets import html_text
from pages.shared.widgets.components import is_dark, open_client
from pages.today.calls import OUTCOMES, log, outcomes_for

REST: Final = "rest"
MORE: Final = "more"


def show(
    ranked: Sequence[Ranked], heading: str, today: dt.date, *, top: float, counselors: bool, key: str = REST
) -> None:
    """A table of `ranked` in priority order under our own `heading`; `top` is the highest value of all sparklines,
    `key` tells two tables on a page apart."""
    if not ranked:
        return
    st.markdown(f"**{heading}**")
    config = st.column_config
    items = tuple(one.item for one in ranked)
    st.dataframe(
        _table(ranked, today, top, counselors),
        hide_index=True,
        height="content",
        placeholder="–",  # of an unknown risk no points are stated
        column_config={
            "Rank": config.NumberColumn(width=50),
            # Streamlit measures some rows only: a band further down, or a longer name, would be cut off.
            "Band": config.TextColumn(width=95),
            "Client": config.TextColumn(width=140),
            "Open": config.ButtonColumn("", key=f"{key}_open", type="tertiary", width=60),
            "Check in": config.ButtonColumn("", key=f"{key}_check_in", width=80),
            "Call": config.ButtonColumn("", key=f"{key}_call", width=80, on_click=_called, args=(items, key)),
            "12 weeks": config.ImageColumn(width=125),
            "Points": config.NumberColumn(width=60),
            "Reason for the rank": config.TextColumn(width=280),
            "Why": config.TextColumn(width=330),
            "Next step": config.TextColumn(width=200),
        },
        alt=f"{heading}, in order of priority: band, points, reasons, next step and contact.",
    )
    for action, page in (("open", "client"), ("check_in", "check_in")):
        clicked = st.session_state.get(f"{key}_{action}")
        if clicked is not None:
            open_client(items[clicked["row"]].client_id, page)


def _table(ranked: Sequence[Ranked], today: dt.date, top: float, counselors: bool) -> pd.DataFrame:
    dark, items = is_dark(), [one.item for one in ranked]
    columns: dict[str, list[object]] = {
        "Rank": [item.rank for item in items],
        "Band": [BAND_STYLES[item.band].marked for item in items],
        "Client": [item.name for item in items],
        "Open": ["Open"] * len(items),
        "Check in": ["Check in"] * len(items),
        "Call": [[OUTCOMES[outcome] for outcome in outcomes_for(item)] for item in items],
        "Points": [None if item.band is Band.UNKNOWN else item.points for item in items],
        "12 weeks": [html_text.spark_address(item.history, item.band, top=top, dark=dark) for item in items],
        "Why": [_why(item, today) for item in items],
        "Next step": [_step(item, today) for item in items],
        "Reason for the rank": [one.reason for one in ranked],
        "Phone": [_phone(item) for item in items],
        "Last contact": [_last(item, today) for item in items],
    }
    if as_of.locked():
        del columns["Check in"], columns["Call"]
    if counselors:
        columns["Counselor"] = [item.counselor for item in items]
    return pd.DataFrame(columns)


def _why(item: Item, today: dt.date) -> str:
    flag = ["Lowered tolerance"] if item.tolerance is not None else []
    said = [f"{one.text} ({wording.ago(one.on, today)})" if one.on else one.text for one in item.reasons]
    return "; ".join([*flag, *said, html_text.not_counted(item.off)] if item.off else [*flag, *said])


def _step(item: Item, today: dt.date) -> str:
    step = item.next_step
    return f"{step.what} ({step.who}, {wording.by_when(step.by, today)})"


def _phone(item: Item) -> str:
    return "Not safe to call" if item.safe_to_call is Permission.NO else item.phone or ""


def _last(item: Item, today: dt.date) -> str:
    if item.last_contact is None:
        return "not heard from yet"
    said = f"{wording.ago(item.last_contact.on, today)} ({item.last_contact.kind})"
    return f"overdue: {said}" if item.overdue else said


def _called(items: tuple[Item, ...], key: str) -> None:
    clicked = st.session_state[f"{key}_call"]
    outcome = next(one for one, label in OUTCOMES.items() if label == clicked["label"])
    log(items[clicked["row"]], CallOutcome(outcome))
