"""Clients: find, admit, edit, hand over; phone numbers and whether it is safe to call."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pandas as pd
import streamlit as st

from casework import wording
from casework.caseload.people import Person, counselors, people
from casework.users import User
from casework.vocabulary import Permission
from pages.clients import client_details
from pages.shared import as_of, clock
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets.components import escaped, open_client

OPEN_PAGE: Final = "clients-open"
CHECK_IN: Final = "clients-check_in"
EDIT: Final = "clients-edit"
SAFE: Final = {Permission.YES: "yes", Permission.NO: "no", Permission.UNKNOWN: "not known"}


def render() -> None:
    """The page."""
    user = require_user()
    today = clock.today()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text = st.text_input(
            "Find a client",
            key="find_client",
            placeholder="Name, record number or phone",
            width=420,
            persist_state="session",
        )
    with reading(user) as session:
        found = people(session, user, today, text=text)
        team = counselors(session, user)
    notices()
    _results(found, text, user)
    opened = next((one for one in found if one.id == st.session_state.get(client_details.OPEN)), None)
    if as_of.instead_of_form():
        return
    if opened is not None:
        with st.container(border=True):
            st.markdown(f"**Particulars of {escaped(opened.name)}**")
            client_details.editing(user, opened, team, today)
    with st.expander("Admit a client", icon=":material/person_add:", expanded=not found and not text):
        client_details.admission(user, team, today)


def _results(found: tuple[Person, ...], text: str, user: User) -> None:
    if not found:
        if text:
            st.info("Nobody of your caseload has that in name, record number or phone.")
        else:
            as_of.nobody_yet("There is nobody on your caseload yet. Admit the first client below.")
        return
    config = st.column_config
    st.dataframe(
        _table(found, user),
        hide_index=True,
        height="content",
        column_config={
            "Open": config.ButtonColumn("", key=OPEN_PAGE, type="tertiary", width=60),
            "Check in": config.ButtonColumn("", key=CHECK_IN, width=80),
            "Edit": config.ButtonColumn("", key=EDIT, width=60),
        },
        alt="Your clients by name: record number, phone, whether it is safe to call, and the day of admission.",
    )
    for key, page in ((OPEN_PAGE, "client"), (CHECK_IN, "check_in")):
        clicked = st.session_state.get(key)
        if clicked is not None:
            open_client(found[clicked["row"]].id, page)
    clicked = st.session_state.get(EDIT)
    if clicked is not None:
        st.session_state[client_details.OPEN] = found[clicked["row"]].id


def _table(found: tuple[Person, ...], user: User) -> pd.DataFrame:
    actions = ("Open",) if as_of.locked() else ("Check in", "Open", "Edit")
    columns: dict[str, list[object]] = {
        "Name": [one.name for one in found],
        **{action: [action] * len(found) for action in actions},
        "Phone": [one.phone or "none" for one in found],
        "Safe to call": [SAFE[one.safe_to_call] for one in found],
        "Record number": [one.record_number for one in found],
        "Safe to leave a message": [SAFE[one.safe_to_leave_message] for one in found],
        "Admitted": [_day(one.admitted_on) for one in found],
        "Naloxone kit": [_day(one.naloxone_on) for one in found],
    }
    if user.sees_team:
        columns["Counselor"] = [one.counselor for one in found]
    return pd.DataFrame(columns)


def _day(day: dt.date | None) -> str:
    return "none on record" if day is None else wording.short_date(day, clock.today())
