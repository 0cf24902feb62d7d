"""Urine screens: recording one, and planning those to come."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from casework import wording
from casework.actions.screens import plan, record_screen
from casework.caseload.client_record import ClientRecord
from casework.frames import to_date
from casework.users import User
from casework.vocabulary import SUBSTANCES, Certainty, ScreenStatus, entry, ids
from pages.client_parts.state import day_field, keep, value
from pages.shared import clock

OUTCOMES = {
    ScreenStatus.COLLECTED: "Collected",
    ScreenStatus.MISSED: "Missed",
    ScreenStatus.EXCUSED: "Excused by the clinic",
}
PANEL = tuple(id_ for id_ in ids(SUBSTANCES) if id_ != "other")
FIELDS = (
    "screen_planned",
    "screen_status",
    "screen_day",
    "screen_tested",
    "screen_found",
    "screen_certainty",
)


def show(record: ClientRecord, user: User) -> None:
    """Two tabs: a result, and a plan."""
    result, ahead = st.tabs(["Record a screen", "Plan screens"])
    with result:
        fields(record)
        st.button(
            "Save screen",
            type="primary",
            key="save_screen",
            on_click=_save,
            args=(record.item.client_id, user),
        )
    with ahead:
        st.date_input("First due on", value=clock.today(), min_value=clock.today(), key="plan_first")
        st.number_input("How many", 1, 52, 1, key="plan_times")
        st.number_input("Weeks between them", 1, 12, 1, key="plan_weeks")
        st.button("Plan", type="primary", key="save_plan", on_click=_plan, args=(record.item.client_id, user))


def fields(record: ClientRecord) -> None:
    """The fields of a screen; a correction shows them too."""
    due = _due(record)
    if due:
        st.selectbox(
            "Planned screen",
            list(due),
            index=None,
            format_func=lambda id_: f"Due {wording.long_date(due[id_])}",
            placeholder="None: it was not planned",
            key="screen_planned",
        )
    st.segmented_control(
        "What became of it", list(OUTCOMES), format_func=OUTCOMES.__getitem__, default=ScreenStatus.COLLECTED,
        required=True, key="screen_status",
    )  # fmt: skip
    day_field("screen_day", "Day of collection, or day on which it was due")
    if value("screen_status") is ScreenStatus.COLLECTED:
        _result()


def _result() -> None:
    st.multiselect("Tested for", PANEL, default=PANEL, format_func=_label, key="screen_tested")
    st.multiselect("Found", PANEL, format_func=_label, key="screen_found", placeholder="Nothing was found")
    st.caption(
        "A prescribed medication is expected: its presence is no finding, its absence is one of its own."
    )
    st.segmented_control(
        "Result is", list(Certainty), format_func=lambda one: wording.sentence(one.value),
        default=Certainty.PRESUMPTIVE, required=True, key="screen_certainty",
    )  # fmt: skip


def answers() -> dict[str, Any]:
    """What stands in the fields, as `record_screen` takes it."""
    collected = value("screen_status") is ScreenStatus.COLLECTED
    return {
        "status": value("screen_status"),
        "on": value("screen_day"),
        "tested": value("screen_tested") or () if collected else (),
        "found": value("screen_found") or () if collected else (),
        "certainty": value("screen_certainty") if collected else None,
    }


def _label(id_: str) -> str:
    return entry(SUBSTANCES, id_).label


def _due(record: ClientRecord) -> dict[int, dt.date]:
    """Screens that were planned up to today and have no result yet."""
    rows = record.facts.screens
    waiting = rows[rows["status"].to_numpy() == list(ScreenStatus).index(ScreenStatus.DUE)]
    return {
        int(id_): to_date(day)
        for id_, day in zip(waiting["id"].tolist(), waiting["day"].tolist(), strict=True)
    }


def _save(client_id: int, user: User) -> None:
    keep(
        f"screen-{client_id}",
        record_screen,
        "Screen saved.",
        clears=FIELDS,
        by=user,
        client_id=client_id,
        planned_id=value("screen_planned"),
        **answers(),
    )


def _plan(client_id: int, user: User) -> None:
    times = int(value("plan_times"))
    keep(
        f"plan-{client_id}",
        plan,
        f"{wording.count(times, 'screen')} planned.",
        clears=("plan_first", "plan_times", "plan_weeks"),
        by=user,
        client_id=client_id,
        first_due_on=value("plan_first"),
        times=times,
        every_weeks=int(value("plan_weeks")) if times > 1 else None,
    )
