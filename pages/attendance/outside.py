"""One mark for a visit or meeting that was not on the schedule."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from casework import wording
from casework.actions.attendance import record_attendance
from casework.caseload.choices import choices
from casework.users import User
from casework.vocabulary import Mark, SessionKind
from pages.shared import clock
from pages.shared.form import Form, client
from pages.shared.transactions import reading

WHOM = Form("outside_whom", None, {"client": None})
"""Who it was; what is entered of it belongs to that client."""


def show(user: User, today: dt.date) -> None:
    """Choose a client, then what it was and the mark."""
    with st.expander("Record a visit or meeting that was not on the schedule"):
        with reading(user) as session:
            names = {one.id: one.label for one in choices(session, user, today)}
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            client_id = st.selectbox(
                "Client",
                list(names),
                index=None,
                format_func=names.__getitem__,
                placeholder="Type a name",
                width=240,
                **WHOM.field("client", among=names),
            )
            if client_id is not None:
                _mark(user, client_id, names[client_id], today)


def _mark(user: User, client_id: int, name: str, today: dt.date) -> None:
    starts = {"kind": SessionKind.OUTSIDE_MEETING, "mark": None, "day": today}
    form = Form("outside", client(client_id, name), starts)
    st.selectbox("What", list(SessionKind), format_func=wording.label, width=230, **form.field("kind"))
    st.selectbox("Mark", list(Mark), format_func=wording.label, width=190, **form.field("mark"))
    form.day(width=150)
    form.refusal("kind", "mark", "occurred_at")
    form.save_button("Save", _save, user, client_id, type="secondary")


def _save(form: Form, user: User, client_id: int) -> None:
    kind, mark, day = form.get("kind"), form.get("mark"), form.get("day")
    saved = form.save(
        record_attendance,
        f"{wording.within(kind)} marked as {wording.within(mark)}.",
        on=day,
        by=user,
        client_id=client_id,
        kind=kind,
        mark=mark,
        occurred_at=clock.moment(day),
    )
    if saved:
        WHOM.clear()
