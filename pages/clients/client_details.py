"""A client's details as a form: for an admission, and for an edit that never overwrites somebody else's."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import streamlit as st

from casework import wording
from casework.actions.clients import admit, assign, edit
from casework.caseload.people import Counselor, Person
from casework.checks.clients import LONGEST_INTERVAL_DAYS, ClientDetails
from casework.level_of_care.ladder import levels_after
from casework.users import User
from casework.vocabulary import CO_OCCURRING, Level, Permission
from pages.shared.form import Form, client
from pages.shared.widgets.components import told_apart

PERMISSIONS: Final = {one: wording.label(one) for one in Permission}
YES_NO: Final = {"unknown": "Not known", "no": "No", "yes": "Yes"}
_FIELDS: Final[dict[str, Any]] = {
    **dict.fromkeys(("name", "record_number", "phone", "co_occurring", "naloxone_on", "interval")),
    **dict.fromkeys(("pregnancy_due_on", "pregnancy_ended_on")),
    "safe_to_call": Permission.UNKNOWN,
    "safe_to_leave_message": Permission.UNKNOWN,
    "pregnant": "unknown",
    "safe_housing": "unknown",
}
OPEN: Final = "edit_client"
"""Key in the session state of the client whose details are open."""
ADMITTING: Final = "admitting"
"""Key in the session state: whether the form of an admission is open. It stays so until somebody closes it."""


def _fields(form: Form) -> None:
    """The details."""
    with st.container(horizontal=True, gap="small"):
        st.text_input("Name", max_chars=200, width=260, **form.field("name"))
        st.text_input("Record number", max_chars=64, width=180, **form.field("record_number"))
        st.text_input("Phone", max_chars=64, width=180, **form.field("phone"))
    form.refusal("name", "record_number", "phone")
    with st.container(horizontal=True, gap="medium"):
        _choice(form, "safe_to_call", "Safe to call", PERMISSIONS)
        _choice(form, "safe_to_leave_message", "Safe to leave a message", PERMISSIONS)
        _choice(form, "safe_housing", "Safe housing", YES_NO)
    _pregnancy(form)
    labels = {one.id: wording.label(one) for one in CO_OCCURRING}
    st.multiselect(
        "Co-occurring conditions",
        list(labels),
        format_func=labels.__getitem__,
        select_all=False,  # Enter takes the one that is marked, never all that match
        **form.field("co_occurring"),
    )
    with st.container(horizontal=True, gap="small"):
        form.day("naloxone_on", "Last naloxone kit", width=200)
        st.number_input(
            "Expected days between contacts",
            min_value=1,
            max_value=LONGEST_INTERVAL_DAYS,
            value=None,
            placeholder="7, in aftercare 30",
            width=240,
            **form.field("interval"),
        )
    form.refusal("naloxone_on", "contact_interval_days")


def _pregnancy(form: Form) -> None:
    """Whether the client is pregnant; the due date, or the day on which a pregnancy ended."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        _choice(form, "pregnant", "Pregnant", YES_NO)
        if form.get("pregnant") == "yes":
            form.day("pregnancy_due_on", "Due date, if known", ahead=True, width=200)
        elif form.get("pregnant") == "no":
            form.day("pregnancy_ended_on", "If a pregnancy has ended: on which day", width=260)
    form.refusal("pregnant", "pregnancy_due_on", "pregnancy_ended_on")


def _choice(form: Form, field: str, label: str, options: dict[Any, str]) -> None:
    st.radio(label, list(options), format_func=options.__getitem__, horizontal=True, **form.field(field))


def _details(form: Form) -> ClientDetails:
    pregnant = form.get("pregnant")
    return ClientDetails(
        name=form.get("name") or "",
        record_number=form.get("record_number") or "",
        phone=form.get("phone"),
        safe_to_call=form.get("safe_to_call"),
        safe_to_leave_message=form.get("safe_to_leave_message"),
        contact_interval_days=form.get("interval"),
        pregnant=_answer(pregnant),
        pregnancy_due_on=form.get("pregnancy_due_on") if pregnant == "yes" else None,
        pregnancy_ended_on=form.get("pregnancy_ended_on") if pregnant == "no" else None,
        co_occurring=frozenset(form.get("co_occurring") or ()),
        safe_housing=_answer(form.get("safe_housing")),
        naloxone_on=form.get("naloxone_on"),
    )


def _answer(chosen: str) -> bool | None:
    return None if chosen == "unknown" else chosen == "yes"


def _chosen(answer: bool | None) -> str:
    return "unknown" if answer is None else ("yes" if answer else "no")


# --- admission ----------------------------------------------------------------------------------------------------


def admission(user: User, counselors: tuple[Counselor, ...], today: dt.date) -> None:
    """The form that admits a client."""
    names = told_apart({one.id: one.name for one in counselors})
    levels = {level: wording.label(level) for level in Level}
    starts = {
        "counselor": user.id if user.id in names else next(iter(names), None),
        "level": Level.OUTPATIENT,
        "next_level": None,
        "admitted_on": today,
    }
    form = Form("admission", None, {**_FIELDS, **starts})
    _fields(form)
    with st.container(horizontal=True, gap="small"):
        st.selectbox(
            "Counselor",
            list(names),
            format_func=names.__getitem__,
            width=220,
            **form.field("counselor", among=names),
        )
        st.selectbox(
            "Level of care", list(levels), format_func=levels.__getitem__, width=220, **form.field("level")
        )
        after = levels_after(form.get("level"))
        if after:
            st.selectbox(
                "Next rung after detox",
                after,
                index=None,
                format_func=levels.__getitem__,
                width=220,
                **form.field("next_level"),
            )
        form.day("admitted_on", "Admitted on", width=160)
    form.refusal("counselor_id", "level", "next_level", "admitted_on")
    with st.container(horizontal=True, gap="small"):
        form.save_button("Admit", _admit, user, names)
        if st.session_state.get(ADMITTING):
            st.button("Close", key=form.button("close"), on_click=_end_admission)


def begin_admission() -> None:
    """Open the form of an admission; for `on_click`."""
    st.session_state[ADMITTING] = True
    st.session_state.pop(OPEN, None)


def _end_admission() -> None:
    """Close it. What was typed is kept."""
    st.session_state.pop(ADMITTING, None)


def _admit(form: Form, user: User, names: dict[int, str]) -> None:
    name = " ".join((form.get("name") or "").split())
    counselor_id = form.get("counselor")
    whose = "your" if counselor_id == user.id else f"{names.get(counselor_id or 0, '')}'s"
    form.save(
        admit,
        f"{name} is admitted to {whose} caseload.",
        answers=lambda: _admission_answers(form),
        by=user,
    )


def _admission_answers(form: Form) -> dict[str, Any]:
    """What stands in the fields, as `admit` takes it."""
    level = form.get("level")
    return {
        "details": _details(form),
        "counselor_id": form.get("counselor"),
        "level": level,
        "admitted_on": form.get("admitted_on"),
        "next_level": form.get("next_level") if levels_after(level) else None,
    }


# --- edit and assignment ------------------------------------------------------------------------------------------


def _fill(form: Form, one: Person) -> None:
    """Open the form with what is recorded, once for this version."""
    if form.get("version") is not None:
        return
    form.fill(
        version=one.version,
        name=one.name,
        record_number=one.record_number,
        phone=one.phone or "",
        safe_to_call=one.safe_to_call,
        safe_to_leave_message=one.safe_to_leave_message,
        pregnant=_chosen(one.pregnant),
        pregnancy_due_on=one.pregnancy_due_on,
        pregnancy_ended_on=one.pregnancy_ended_on,
        safe_housing=_chosen(one.safe_housing),
        co_occurring=list(one.co_occurring),
        naloxone_on=one.naloxone_on,
        interval=one.contact_interval_days,
    )


def editing(user: User, one: Person, counselors: tuple[Counselor, ...]) -> None:
    """The form that edits a client's particulars, and the one that hands the client over."""
    who = client(one.id, one.name)
    form = Form("client_details", who, {**_FIELDS, "version": None})
    _fill(form, one)
    if form.get("version") != one.version:
        st.warning(
            "Somebody changed these particulars while this form was open. Yours cannot be saved over them."
        )
        st.button("Show what is recorded now", key=form.button("reload"), on_click=form.clear)
    _fields(form)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        form.save_button("Save changes", _edit, user, one)
        st.button("Close", key=form.button("close"), on_click=_close, args=(form,))
    names = told_apart({other.id: other.name for other in counselors if other.id != one.counselor_id})
    if names:
        _hand_over(Form("hand_over", who, {"to": None}), user, one, names)


def _hand_over(form: Form, user: User, one: Person, names: dict[int, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Hand over to",
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder="Choose a counselor",
            width=260,
            **form.field("to", among=names),
        )
        form.save_button("Hand over", _assign, user, one, names, type="secondary")
    form.refusal("counselor_id")


def _edit(form: Form, user: User, one: Person) -> None:
    saved = form.save(
        edit,
        "the particulars are saved.",
        with_token=False,
        by=user,
        client_id=one.id,
        version=form.get("version"),
        details=_details(form),
    )
    if saved:
        _close(form)


def _assign(form: Form, user: User, one: Person, names: dict[int, str]) -> None:
    saved = form.save(
        assign,
        f"now on {names.get(form.get('to'), '')}'s caseload.",
        with_token=False,
        by=user,
        client_id=one.id,
        counselor_id=form.get("to"),
    )
    if saved:
        _close(form)


def _close(form: Form) -> None:
    form.clear()
    st.session_state.pop(OPEN, None)
