"""The days on which the clinic is closed: everybody reads them, a supervisor or an administrator enters them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from casework import wording
from casework.actions.clinic import add_closed_day, take_back_closed_day
from casework.caseload.clinic import ClosedOn
from casework.users import User
from casework.vocabulary import Role
from pages.shared import as_of
from pages.shared.form import Form, Subject
from pages.shared.widgets.components import plain


def show(user: User, closed: Sequence[ClosedOn], today: dt.date) -> None:
    """The days to come, and for who may the fields of another one."""
    enters = user.role in (Role.SUPERVISOR, Role.ADMIN) and not as_of.locked()
    if not closed:
        st.caption("None is entered. Call lists and tasks go by the clinic's usual week.")
    for one in closed:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            day = wording.full_date(one.day)
            plain(f"{day}: {one.reason}" if one.reason else day)
            if enters:
                _take_back_button(one, user)
    if enters:
        _add_form(user, today)


def _add_form(user: User, today: dt.date) -> None:
    form = Form("closed-day", None, {"day": None, "reason": None})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        form.day("day", "Closed on", first=today, ahead=True, width=170)
        st.text_input("Why", max_chars=200, placeholder="Good Friday", **form.field("reason"))
        form.save_button("Add", _add, user, type="secondary")
    form.refusal("day", "reason")


def _add(form: Form, user: User) -> None:
    day = form.get("day")
    form.save(
        add_closed_day,
        "the clinic is closed on that day.",
        with_token=False,
        by=user,
        day=day,
        reason=form.get("reason"),
    )


def _take_back_button(one: ClosedOn, user: User) -> None:
    form = Form("take-back-closed-day", Subject(f"closed-day-{one.id}", wording.full_date(one.day)))
    form.save_button("Take back", _take_back, one.id, user, type="tertiary")


def _take_back(form: Form, closed_day_id: int, user: User) -> None:
    form.save(
        take_back_closed_day,
        "the clinic is open on that day.",
        with_token=False,
        by=user,
        closed_day_id=closed_day_id,
    )
