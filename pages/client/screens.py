"""Urine screens: recording one, and planning those to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import streamlit as st

from casework import wording
from casework.actions.screens import RecordedScreen, plan, record_screen
from casework.caseload.client_record import ClientRecord
from casework.caseload.entries import StoredScreen
from casework.checks.screens import MOST_AT_ONCE
from casework.users import User
from casework.vocabulary import MEDICATIONS, SUBSTANCES, Certainty, ScreenStatus, term
from pages.client.forms import about
from pages.shared import clock
from pages.shared.client_dialog import close
from pages.shared.form import Form, with_stored
from pages.shared.urine_screen import PANEL, recording, starts

OUTCOMES = (ScreenStatus.COLLECTED, ScreenStatus.MISSED, ScreenStatus.EXCUSED)
NOTHING = "Nothing was found"
SOMETHING = "These were found"


def screen_of(day: dt.date, stored: StoredScreen) -> dict[str, Any]:
    """The fields of a screen, with what is stored of one."""
    fields = {**starts(day), "status": stored.status}
    if stored.status is ScreenStatus.COLLECTED:
        fields |= {
            "tested": list(stored.tested),
            "result": SOMETHING if stored.found else NOTHING,
            "found": list(stored.found),
            "certainty": stored.certainty,
        }
    return fields


def show(record: ClientRecord, user: User) -> None:
    """Two tabs: a result, and a plan."""
    client_id, today = record.item.client_id, clock.today()
    result, ahead = st.tabs(["Record a screen", "Plan screens"])
    with result:
        form = recording(about(record))
        _planned(form, record)
        fields(form, record)
        form.save_button("Save screen", _save, client_id, user)
    with ahead:
        form = Form("plan_screens", about(record), {"first": today, "times": 1, "weeks": 1})
        form.day("first", "First due on", first=today, ahead=True)
        form.refusal("first_due_on")
        st.number_input("How many", 1, MOST_AT_ONCE, **form.field("times"))
        form.refusal("times")
        st.number_input("Weeks between them", 1, 12, **form.field("weeks"))
        form.refusal("every_weeks")
        form.save_button("Plan", _plan, client_id, user)


def _planned(form: Form, record: ClientRecord) -> None:
    due = {one.id: one.due_on for one in record.due_screens}
    form.keep_among("planned", due)  # a colleague may have settled the last one, and nothing is drawn then
    if due:
        st.selectbox(
            "Planned screen",
            list(due),
            index=None,
            format_func=lambda id_: f"Due {wording.long_date(due[id_])}",
            placeholder="None: it was not planned",
            **form.field("planned", among=due),
        )


def fields(form: Form, record: ClientRecord) -> None:
    """The fields of a screen; a correction shows them too."""
    st.segmented_control("What became of it", OUTCOMES, format_func=wording.label, **form.field("status"))
    form.refusal("status")
    form.day("day", "Day of collection, or day on which it was due")
    form.refusal("on")
    if form.get("status") is ScreenStatus.COLLECTED:
        _result(form, record)


def _result(form: Form, record: ClientRecord) -> None:
    """The result. Nothing in it is chosen beforehand: what nobody entered must not be saved as a finding."""
    tested, found = (with_stored(PANEL, form.fields[name] or ()) for name in ("tested", "found"))
    st.multiselect("Tested for", tested, format_func=_label, **form.field("tested"))
    form.refusal("tested")
    expected = _expected(form, record)
    if expected:
        st.text(f"Expected, because it is prescribed: {wording.listed(expected)}. Its absence is a finding.")
    st.segmented_control("Result", (NOTHING, SOMETHING), **form.field("result"))
    if form.get("result") == SOMETHING:
        st.multiselect(
            "Found, prescribed medication too",
            found,
            format_func=_label,
            select_all=False,
            placeholder="Choose all",
            **form.field("found"),
        )
    form.refusal("found")
    st.segmented_control(
        "The result is",
        list(Certainty),
        format_func=wording.label,
        **form.field("certainty"),
    )
    form.refusal("certainty")


def _expected(form: Form, record: ClientRecord) -> list[str]:
    """What the prescriptions of the day of collection make a screen show."""
    day = form.get("day") or record.today
    shown = [term(MEDICATIONS, one.medication).shows_as for one in record.prescriptions if one.holds_on(day)]
    return list(dict.fromkeys(_label(id_) for id_ in shown if id_))


def answers(form: Form) -> dict[str, Any]:
    """What stands in the fields, as `record_screen` takes it."""
    if form.get("status") is not ScreenStatus.COLLECTED:
        return {"status": form.get("status"), "on": form.get("day")}
    return {
        "status": ScreenStatus.COLLECTED,
        "on": form.get("day"),
        "tested": form.get("tested") or (),
        "found": _found(form),
        "certainty": form.get("certainty"),
    }


def _found(form: Form) -> Collection[str] | None:
    """What was found; None while nobody has said."""
    if form.get("result") == SOMETHING:
        return form.get("found") or None
    return () if form.get("result") == NOTHING else None


def _label(id_: str) -> str:
    return wording.label(term(SUBSTANCES, id_))


def _said(form: Form, saved: RecordedScreen) -> str:
    """The confirmation: what was found, and what is prescribed and was not."""
    if saved.status is not ScreenStatus.COLLECTED:
        return f"screen saved: {wording.within(saved.status)}."
    found = [_label(id_) for id_ in form.get("found") or ()] if form.get("result") == SOMETHING else []
    told = f"screen saved: {wording.listed(found)} found." if found else "screen saved: nothing was found."
    if saved.absent:
        absent = wording.listed([_label(id_) for id_ in saved.absent])
        told += f" Not found although it is prescribed: {absent}. This adds to the score."
    return told


def _save(form: Form, client_id: int, user: User) -> None:
    saved = form.save(
        record_screen,
        lambda screen: _said(form, screen),
        on=form.get("day"),
        answers=lambda: answers(form),
        by=user,
        client_id=client_id,
        planned_id=form.get("planned"),
    )
    if saved:
        close()


def _plan(form: Form, client_id: int, user: User) -> None:
    times = int(form.get("times") or 0)
    saved = form.save(
        plan,
        f"{wording.count(times, 'screen')} planned.",
        on=form.get("first"),
        by=user,
        client_id=client_id,
        first_due_on=form.get("first"),
        times=times,
        every_weeks=int(form.get("weeks") or 0) if times > 1 else None,
    )
    if saved:
        close()
