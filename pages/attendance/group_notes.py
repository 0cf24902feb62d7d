"""Notes of a group: whoever leads it writes and reads them here, on members of other caseloads too."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from casework import wording
from casework.actions.notes import write_note
from casework.caseload.group_notes import WEEKS, group_notes
from casework.caseload.sessions import RollCallSheet
from casework.users import User
from casework.vocabulary import SessionKind
from pages.shared import as_of
from pages.shared.database import clinic
from pages.shared.saving import save, tell
from pages.shared.transactions import reading
from pages.shared.widgets import html_text
from pages.shared.widgets.components import plain, told_apart


def show(user: User, roll: RollCallSheet, today: dt.date) -> None:
    """The form for a note on one member, and the group's notes; nothing for sessions with one client alone."""
    on = roll.session
    if on.kind is not SessionKind.GROUP:
        return
    with reading(user) as session:
        found = group_notes(session, user, on.series_id, today)
    with st.expander(f"Notes of this group ({len(found)} in {WEEKS} weeks)", key="group-notes"):
        if not as_of.instead_of_form():
            _form(user, roll, today)
        for one in found:
            with st.container(key=f"row-group-note-{one.id}", gap=None):
                with st.container(horizontal=True, gap="small"):
                    with st.container(width="content"):
                        plain(f"{one.name}, by {one.recorded_by}")
                    html_text.show(html_text.when(one.on, today), small=True)
                plain(one.text)


def _form(user: User, roll: RollCallSheet, today: dt.date) -> None:
    form = f"group-note-{roll.session.series_id}-{roll.session.held_on.isoformat()}"
    names = told_apart({one.client_id: one.name for one in roll.people})
    if not names:
        st.text("Nobody is on the roster of this session.")
        return
    st.selectbox(
        "On whom",
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=f"{form}-client",
        placeholder="Choose a member",
        persist_state="session",
        width=260,
    )
    st.text_area(
        f"Note of {wording.ago(roll.session.held_on, today)}",
        key=f"{form}-text",
        height=120,
        persist_state="session",
    )
    st.button("Save the note", key=f"{form}-save", on_click=_save, args=(user, roll, today, form, names))


def _save(user: User, roll: RollCallSheet, today: dt.date, form: str, names: dict[int, str]) -> None:
    client_id = st.session_state.get(f"{form}-client")
    if client_id is None:
        tell("Choose on whom the note is.", kind="error")
        return
    held_on = roll.session.held_on
    noon = dt.datetime.combine(held_on, dt.time(12), tzinfo=clinic().zone)
    saved = save(
        form,
        write_note,
        f"The note on {names[client_id]} is saved with this group.",
        by=user,
        client_id=client_id,
        text=st.session_state.get(f"{form}-text") or "",
        series_id=roll.session.series_id,
        occurred_at=None if held_on == today else noon,
    )
    if saved:
        st.session_state[f"{form}-client"] = None
        st.session_state[f"{form}-text"] = ""
