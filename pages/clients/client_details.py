"""A client's particulars as a form: for an admission, and for an edit that never overwrites somebody else's."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import streamlit as st

from casework import wording
from casework.actions.clients import AdmittedClient, ClientDetails, admit, assign, edit
from casework.caseload.people import Counselor, Person
from casework.errors import Refused
from casework.level_of_care.ladder import levels_after
from casework.users import User
from casework.vocabulary import CO_OCCURRING, Level, Permission
from pages.shared.saving import save
from pages.shared.widgets.components import told_apart

PERMISSIONS: Final = {one: wording.label(one) for one in Permission}
PREGNANT: Final = {"unknown": "Not known", "no": "No", "yes": "Yes"}
_FIELDS: Final = (
    "name",
    "record_number",
    "phone",
    "safe_to_call",
    "safe_to_leave_message",
    "pregnant",
    "co_occurring",
    "naloxone_on",
    "interval",
)
_EMPTY: Final[dict[str, Any]] = {
    "name": "",
    "record_number": "",
    "phone": "",
    "co_occurring": [],
    "naloxone_on": None,
    "interval": None,
}
_ADMISSION_FIELDS: Final = (*_FIELDS, "counselor", "level", "next_level", "admitted_on")


def _fields(form: str, today: dt.date) -> None:
    """The particulars, kept under keys that start with `form`."""
    with st.container(horizontal=True, gap="small"):
        st.text_input("Name", key=f"{form}-name", max_chars=200, persist_state="session", width=260)
        st.text_input(
            "Record number", key=f"{form}-record_number", max_chars=64, persist_state="session", width=180
        )
        st.text_input("Phone", key=f"{form}-phone", max_chars=64, persist_state="session", width=180)
    with st.container(horizontal=True, gap="medium"):
        _choice(form, "safe_to_call", "Safe to call", PERMISSIONS, Permission.UNKNOWN)
        _choice(form, "safe_to_leave_message", "Safe to leave a message", PERMISSIONS, Permission.UNKNOWN)
        _choice(form, "pregnant", "Pregnant", PREGNANT, "unknown")
    labels = {one.id: wording.label(one) for one in CO_OCCURRING}
    st.multiselect(
        "Co-occurring conditions",
        list(labels),
        format_func=labels.__getitem__,
        key=f"{form}-co_occurring",
        persist_state="session",
    )
    with st.container(horizontal=True, gap="small"):
        st.date_input(
            "Last naloxone kit",
            value=None,
            max_value=today,
            format="YYYY-MM-DD",
            key=f"{form}-naloxone_on",
            persist_state="session",
            width=200,
        )
        st.number_input(
            "Expected days between contacts",
            min_value=1,
            max_value=90,
            value=None,
            placeholder="7, in aftercare 30",
            key=f"{form}-interval",
            persist_state="session",
            width=240,
        )


def _choice(form: str, field: str, label: str, options: dict[Any, str], default: Any) -> None:
    st.session_state.setdefault(f"{form}-{field}", default)
    st.radio(
        label,
        list(options),
        format_func=options.__getitem__,
        horizontal=True,
        key=f"{form}-{field}",
        persist_state="session",
    )


def _details(form: str) -> ClientDetails:
    typed = st.session_state
    pregnant = typed.get(f"{form}-pregnant", "unknown")
    return ClientDetails(
        name=typed.get(f"{form}-name") or "",
        record_number=typed.get(f"{form}-record_number") or "",
        phone=typed.get(f"{form}-phone"),
        safe_to_call=typed.get(f"{form}-safe_to_call", Permission.UNKNOWN),
        safe_to_leave_message=typed.get(f"{form}-safe_to_leave_message", Permission.UNKNOWN),
        contact_interval_days=typed.get(f"{form}-interval"),
        pregnant=None if pregnant == "unknown" else pregnant == "yes",
        co_occurring=frozenset(typed.get(f"{form}-co_occurring", ())),
        naloxone_on=typed.get(f"{form}-naloxone_on"),
    )


def _forget(form: str, fields: tuple[str, ...]) -> None:
    for field in fields:
        st.session_state.pop(f"{form}-{field}", None)


# --- admission ----------------------------------------------------------------------------------------------------


def admission(user: User, counselors: tuple[Counselor, ...], today: dt.date) -> None:
    """The form that admits a client."""
    form = "admit"
    names = told_apart({one.id: one.name for one in counselors})
    levels = {level: wording.label(level) for level in Level}
    _fields(form, today)
    own = user.id if user.id in names else next(iter(names), None)
    st.session_state.setdefault(f"{form}-counselor", own)
    st.session_state.setdefault(f"{form}-level", Level.OUTPATIENT)
    st.session_state.setdefault(f"{form}-admitted_on", today)
    with st.container(horizontal=True, gap="small"):
        st.selectbox(
            "Counselor",
            list(names),
            format_func=names.__getitem__,
            key=f"{form}-counselor",
            persist_state="session",
            width=220,
        )
        st.selectbox(
            "Level of care",
            list(levels),
            format_func=levels.__getitem__,
            key=f"{form}-level",
            persist_state="session",
            width=220,
        )
        after = levels_after(st.session_state.get(f"{form}-level"))
        if after:
            st.selectbox(
                "Level of care after detox",
                after,
                index=None,
                format_func=levels.__getitem__,
                key=f"{form}-next_level",
                persist_state="session",
                width=220,
            )
        st.date_input(
            "Admitted on",
            max_value=today,
            format="YYYY-MM-DD",
            key=f"{form}-admitted_on",
            persist_state="session",
            width=160,
        )
    st.button("Admit", type="primary", key=f"{form}-save", on_click=_admit, args=(user, names))


def _admit(user: User, names: dict[int, str]) -> None:
    form, typed = "admit", st.session_state
    counselor_id = typed.get(f"{form}-counselor")

    def act(session: Any, *, by: User, now: dt.datetime, token: str) -> AdmittedClient:
        if counselor_id is None:
            raise Refused("Choose a counselor of your team.", field="counselor_id")
        return admit(
            session,
            by=by,
            now=now,
            token=token,
            details=_details(form),
            counselor_id=counselor_id,
            level=typed.get(f"{form}-level", Level.OUTPATIENT),
            admitted_on=typed.get(f"{form}-admitted_on"),
            next_level=typed.get(f"{form}-next_level"),
        )

    name = " ".join((typed.get(f"{form}-name") or "").split())
    whose = "your" if counselor_id == user.id else f"{names.get(counselor_id or 0, '')}'s"
    if save(form, act, f"{name} is admitted to {whose} caseload.", by=user):
        _forget(form, _ADMISSION_FIELDS)
        # Said outright: a browser keeps what is in a field whose value is merely forgotten here.
        for field, empty in _EMPTY.items():
            typed[f"{form}-{field}"] = empty


# --- edit and assignment ------------------------------------------------------------------------------------------


def _fill(form: str, one: Person) -> None:
    """Open the form with what is recorded, once for this version."""
    if st.session_state.get(f"{form}-version") is not None:
        return
    pregnant = "unknown" if one.pregnant is None else ("yes" if one.pregnant else "no")
    values: dict[str, Any] = {
        "version": one.version,
        "name": one.name,
        "record_number": one.record_number,
        "phone": one.phone or "",
        "safe_to_call": one.safe_to_call,
        "safe_to_leave_message": one.safe_to_leave_message,
        "pregnant": pregnant,
        "co_occurring": list(one.co_occurring),
        "naloxone_on": one.naloxone_on,
        "interval": one.contact_interval_days,
    }
    for field, value in values.items():
        st.session_state[f"{form}-{field}"] = value


def editing(user: User, one: Person, counselors: tuple[Counselor, ...], today: dt.date) -> None:
    """The form that edits a client's particulars, and the one that hands the client over."""
    form = f"edit-{one.id}"
    _fill(form, one)
    if st.session_state[f"{form}-version"] != one.version:
        st.warning(
            "Somebody changed these particulars while this form was open. Yours cannot be saved over them."
        )
        st.button("Show what is recorded now", key=f"{form}-reload", on_click=_reload, args=(form,))
    _fields(form, today)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.button("Save changes", type="primary", key=f"{form}-save", on_click=_edit, args=(user, one, form))
        st.button("Close", key=f"{form}-close", on_click=_close, args=(form,))
    names = told_apart({other.id: other.name for other in counselors if other.id != one.counselor_id})
    if names:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.selectbox(
                "Hand over to",
                list(names),
                index=None,
                format_func=names.__getitem__,
                key=f"{form}-to",
                placeholder="Choose a counselor",
                width=260,
            )
            st.button("Hand over", key=f"{form}-assign", on_click=_assign, args=(user, one, form, names))


def _edit(user: User, one: Person, form: str) -> None:
    def act(session: Any, *, by: User, now: dt.datetime, token: str) -> int:
        version = st.session_state[f"{form}-version"]
        return edit(session, by=by, now=now, client_id=one.id, version=version, details=_details(form))

    if save(form, act, f"The particulars of {one.name} are saved.", by=user):
        _close(form)


def _assign(user: User, one: Person, form: str, names: dict[int, str]) -> None:
    to = st.session_state.get(f"{form}-to")

    def act(session: Any, *, by: User, now: dt.datetime, token: str) -> None:
        if to is None:
            raise Refused("Choose a counselor first.", field="counselor_id")
        assign(session, by=by, now=now, client_id=one.id, counselor_id=to)

    if save(f"{form}-assign", act, f"{one.name} is now on {names.get(to or 0, '')}'s caseload.", by=user):
        _close(form)


def _reload(form: str) -> None:
    _forget(form, (*_FIELDS, "version"))


def _close(form: str) -> None:
    _reload(form)
    st.session_state.pop(OPEN, None)


OPEN: Final = "edit_client"
"""Key in the session state of the client whose particulars are open."""
