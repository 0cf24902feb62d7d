"""Urine screens: recording one, and planning those to come."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from casework import wording
from casework.actions.screens import RecordedScreen, plan, record_screen
from casework.caseload.client_record import ClientRecord
from casework.errors import Refused
from casework.frames import to_date, to_day
from casework.users import User
from casework.vocabulary import MEDICATIONS, SUBSTANCES, Certainty, ScreenStatus, ids, term
from pages.client.state import day_field, keep, missing, value
from pages.shared import clock

OUTCOMES = {
    ScreenStatus.COLLECTED: "Collected",
    ScreenStatus.MISSED: "Missed",
    ScreenStatus.EXCUSED: "Excused by the clinic",
}
PANEL = tuple(id_ for id_ in ids(SUBSTANCES) if id_ != "other")
NOTHING = "Nothing was found"
SOMETHING = "These were found"
FIELDS = (
    "screen_planned",
    "screen_status",
    "screen_day",
    "screen_tested",
    "screen_result",
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
        st.date_input(
            "First due on",
            value=clock.today(),
            min_value=clock.today(),
            key="plan_first",
            format="YYYY-MM-DD",
        )
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
        "What became of it", list(OUTCOMES), format_func=OUTCOMES.__getitem__, key="screen_status"
    )
    missing("status")
    day_field("screen_day", "Day of collection, or day on which it was due")
    missing("on")
    if value("screen_status") is ScreenStatus.COLLECTED:
        _result(record)


def _result(record: ClientRecord) -> None:
    """The result. Nothing in it is chosen beforehand: what nobody entered must not be saved as a finding."""
    st.multiselect("Tested for", PANEL, default=PANEL, format_func=_label, key="screen_tested")
    missing("tested")
    expected = _expected(record)
    if expected:
        st.text(f"Expected, because it is prescribed: {wording.listed(expected)}. Its absence is a finding.")
    st.segmented_control("Result", (NOTHING, SOMETHING), key="screen_result")
    if value("screen_result") == SOMETHING:
        st.multiselect(
            "Found, prescribed medication too",
            PANEL,
            format_func=_label,
            key="screen_found",
            placeholder="Choose all",
        )
    missing("found")
    st.segmented_control(
        "The result is",
        list(Certainty),
        format_func=lambda one: wording.sentence(one.value),
        key="screen_certainty",
    )
    missing("certainty")


def _expected(record: ClientRecord) -> list[str]:
    """What the prescriptions of the day of collection make a screen show."""
    rows, day = record.facts.prescriptions, to_day(value("screen_day") or record.today)
    holds = (rows["day"].to_numpy() <= day) & (rows["until"].to_numpy() > day)
    shown = [MEDICATIONS[n].shows_as for n in rows["medication"].to_numpy()[holds].tolist()]
    return list(dict.fromkeys(_label(id_) for id_ in shown if id_))


def answers() -> dict[str, Any]:
    """What stands in the fields, as `record_screen` takes it. Raises Refused while the result was not chosen."""
    if value("screen_status") is None:
        raise Refused("Say what became of the screen.", field="status")
    if value("screen_status") is not ScreenStatus.COLLECTED:
        return {"status": value("screen_status"), "on": value("screen_day")}
    result, found = value("screen_result"), value("screen_found") or ()
    if result is None or (result == SOMETHING and not found):
        raise Refused(
            "Say what was found." if result else "Say whether anything was found: choose the result.",
            field="found",
        )
    return {
        "status": ScreenStatus.COLLECTED,
        "on": value("screen_day"),
        "tested": value("screen_tested") or (),
        "found": found if result == SOMETHING else (),
        "certainty": value("screen_certainty"),
    }


def _label(id_: str) -> str:
    return wording.label(term(SUBSTANCES, id_))


def _due(record: ClientRecord) -> dict[int, dt.date]:
    """Screens that were planned up to today and have no result yet."""
    rows = record.facts.screens
    waiting = rows[rows["status"].to_numpy() == list(ScreenStatus).index(ScreenStatus.DUE)]
    return {
        int(id_): to_date(day)
        for id_, day in zip(waiting["id"].tolist(), waiting["day"].tolist(), strict=True)
    }


def record_typed(session: Any, **what: Any) -> RecordedScreen:
    """`record_screen` with what stands in the fields."""
    return record_screen(session, **what, **answers())


def said(saved: RecordedScreen) -> str:
    """The confirmation: what was found, and what is prescribed and was not."""
    if saved.status is not ScreenStatus.COLLECTED:
        return f"Screen saved: {OUTCOMES[saved.status].lower()}."
    found = (
        [_label(id_) for id_ in value("screen_found") or ()] if value("screen_result") == SOMETHING else []
    )
    told = f"Screen saved: {wording.listed(found)} found." if found else "Screen saved: nothing was found."
    if saved.absent:
        absent = wording.listed([_label(id_) for id_ in saved.absent])
        told += f" Not found although it is prescribed: {absent}. This adds to the score."
    return told


def _save(client_id: int, user: User) -> None:
    keep(
        f"screen-{client_id}",
        record_typed,
        said,
        clears=FIELDS,
        by=user,
        client_id=client_id,
        planned_id=value("screen_planned"),
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
