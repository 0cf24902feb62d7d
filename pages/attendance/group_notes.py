"""Notes of a group: whoever leads it writes and reads them here, on members of other caseloads too."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from casework import wording
from casework.actions.notes import write_note
from casework.caseload.group_notes import WEEKS, group_notes
from casework.caseload.sessions import RollCallSheet, SessionOn
from casework.users import User
from casework.vocabulary import SessionKind
from pages.attendance.roll_call import held
from pages.shared import as_of, clock
from pages.shared.form import Form, client
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
    """Choose a member, then write: the text belongs to that member."""
    on = roll.session
    names = told_apart({one.client_id: one.name for one in roll.people})
    if not names:
        st.text("Nobody is on the roster of this session.")
        return
    whom = Form("group_note_whom", held(on), {"client": None})
    client_id = st.selectbox(
        "On whom",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Choose a member",
        width=260,
        **whom.field("client", among=names),
    )
    if client_id is None:
        return
    form = Form(f"group_note-{held(on).key}", client(client_id, names[client_id]), {"text": None})
    st.text_area(f"Note of {wording.ago(on.held_on, today)}", height=120, **form.field("text"))
    form.refusal("text")
    form.save_button("Save the note", _save, whom, user, client_id, on, type="secondary")


def _save(form: Form, whom: Form, user: User, client_id: int, on: SessionOn) -> None:
    saved = form.save(
        write_note,
        f"the note is saved with {on.title}.",
        on=on.held_on,
        by=user,
        client_id=client_id,
        text=form.get("text"),
        series_id=on.series_id,
        occurred_at=clock.moment(on.held_on),
    )
    if saved:
        whom.clear()
