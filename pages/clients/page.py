"""Clients: find, admit, edit, hand over; phone numbers and whether it is safe to call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.people import Person, counselors, people
from casework.caseload.standing import chips_of
from casework.users import User
from pages.clients import client_details
from pages.shared import as_of, clock
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import flags, layout, table
from pages.shared.widgets.calls import phone_text
from pages.shared.widgets.components import escaped, open_client

LIST: Final = "clients"
OPEN, CHECK_IN, EDIT = "Open", "Check in", "Edit"
BUTTONS: Final = {
    OPEN: table.Cells(60, "tertiary"),
    CHECK_IN: table.Cells(80),
    EDIT: table.Cells(60),
}


def render() -> None:
    """The page."""
    user = require_user()
    today = clock.today()
    layout.title("Clients")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text = st.text_input(
            "Find a client",
            key="find_client",
            placeholder="Name, record number or phone",
            width=420,
            persist_state="session",
        )
        beside = st.container(width="content")
    with reading(user) as session:
        found = people(session, user, today, text=text)
        team = counselors(session, user)
        raised = chips_of(session, user, today)
    notices()
    _picked(found)
    if not as_of.instead_of_form():
        opened = next((one for one in found if one.id == st.session_state.get(client_details.OPEN)), None)
        if opened is not None:
            with st.container(border=True, key="particulars"):
                layout.section(f"Particulars of {escaped(opened.name)}")
                client_details.editing(user, opened, team)
        nobody = not found and not text
        if nobody or st.session_state.get(client_details.ADMITTING):
            with st.container(border=True, key="admission"):
                layout.section("Admit a client")
                client_details.admission(user, team, today)
        else:
            with beside:
                st.button(
                    "Admit a client",
                    key="admit",
                    icon=":material/person_add:",
                    on_click=client_details.begin_admission,
                )
    _results(found, text, user, raised)


def _results(found: tuple[Person, ...], text: str, user: User, raised: flags.Raised) -> None:
    if not found:
        if text:
            layout.empty(
                "Nobody of your caseload has that in name, record number or phone.",
                "Try a part of the name, or the last digits.",
            )
        else:
            as_of.nobody_yet("Nobody is on your caseload yet.", "Admit the first client above.")
        return
    columns: dict[str, Callable[[Person], object]] = {
        "Name": lambda one: one.name,
        **{action: _labelled(action) for action in ((OPEN,) if as_of.locked() else (CHECK_IN, OPEN, EDIT))},
        "Flags": lambda one: flags.cell(raised.get(one.id, ())),
        "Phone": lambda one: phone_text(one.phone, one.wrong_number_on) or "none",
        "Safe to call": lambda one: wording.within(one.safe_to_call),
        "Record number": lambda one: one.record_number,
        "Safe to leave a message": lambda one: wording.within(one.safe_to_leave_message),
        "Admitted": lambda one: _day(one.admitted_on),
        "Naloxone kit": lambda one: _day(one.naloxone_on),
    }
    if user.sees_team:
        columns["Counselor"] = lambda one: one.counselor
    table.show(
        LIST,
        found,
        columns,
        identifier=lambda one: one.id,
        buttons=BUTTONS,
        config={"Name": st.column_config.TextColumn(width=150), "Flags": flags.COLUMN},
        alt="Your clients by name: flags, record number, phone, whether it is safe to call, and the day of admission.",
    )


def _picked(found: tuple[Person, ...]) -> None:
    """Open what was chosen from the list."""
    chosen = table.picked(LIST, {one.id: one for one in found})
    if chosen is None:
        return
    if chosen.action == EDIT:
        st.session_state[client_details.OPEN] = chosen.identifier
    else:
        open_client(chosen.identifier, "client" if chosen.action == OPEN else "check_in")


def _labelled(action: str) -> Callable[[Person], object]:
    return lambda _: action


def _day(day: dt.date | None) -> str:
    return "none on record" if day is None else wording.short_date(day, clock.today())
