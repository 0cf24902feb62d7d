"""Logging how a call ended, in two clicks."""

from __future__ import annotations

from typing import Literal, Protocol

import streamlit as st

from casework import wording
from casework.actions.calls import log_call
from casework.vocabulary import CallOutcome, Permission
from pages.shared import as_of
from pages.shared.form import Form, client
from pages.shared.sign_in.gate import require_user


class Reachable(Protocol):
    """Whoever can be called: a client on the worklist or in a roll call."""

    @property
    def client_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def safe_to_leave_message(self) -> Permission | None: ...


def outcomes_for(item: Reachable) -> list[CallOutcome]:
    """The outcomes to choose from: none of a message where leaving one is not safe."""
    unsafe = item.safe_to_leave_message is Permission.NO
    return [outcome for outcome in CallOutcome if not (unsafe and outcome is CallOutcome.LEFT_MESSAGE)]


def call_menu(item: Reachable, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """A button that asks how the call ended."""
    form = _form(item.client_id, item.name)
    st.menu_button(
        "Call",
        outcomes_for(item),
        format_func=wording.label,
        key=form.button("outcome"),
        width=width,
        help="Log how a call ended. Only “Reached” counts as contact.",
        disabled=as_of.locked(),
        on_click=_chosen,
        args=(form.as_drawn(), item.client_id),
    )


def _chosen(form: Form, client_id: int) -> None:
    _save(form, client_id, CallOutcome(st.session_state[form.button("outcome")]))


def log(client_id: int, name: str, outcome: CallOutcome) -> None:
    """Save a call's outcome. For callbacks: the client is the one whose row was drawn."""
    _save(_form(client_id, name), client_id, outcome)


def _save(form: Form, client_id: int, outcome: CallOutcome) -> None:
    form.save(
        log_call,
        wording.call_logged(outcome),
        toast=True,
        by=require_user(),
        client_id=client_id,
        outcome=outcome,
    )


def _form(client_id: int, name: str) -> Form:
    return Form("call", client(client_id, name))
