"""Logging how a call ended, in two clicks, and the appointment that was made in it; and who has taken the call.

On a page::

    calls.call_menu(item, facts=…)            # facts: what the page shows of the client, which a reached client answers
    calls.claim_line(item, claims.get(id))    # "Bob is calling", or the button that says so
    …
    dialogs.show(user, today)                 # last: asks for the day of an appointment
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from typing import Any, Final, Literal, Protocol

import streamlit as st

from casework import wording
from casework.actions.calls import log_call
from casework.actions.claims import claim, release
from casework.caseload.claims import Claim
from casework.errors import Refused
from casework.vocabulary import CallOutcome, Permission
from pages.shared import as_of, client_dialog
from pages.shared.form import Form, client
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.widgets import html_text
from pages.shared.widgets.components import escaped, plain

DIALOG: Final = "appointment"
WITH_APPOINTMENT: Final = "with_appointment"
"""The client was reached, and an appointment was made: the menu's last choice, which asks for its day."""
Choice = CallOutcome | str


class Reachable(Protocol):
    """Whoever can be called: a client on the worklist or in a roll call."""

    @property
    def client_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def safe_to_leave_message(self) -> Permission | None: ...


def choices_for(item: Reachable) -> list[Choice]:
    """What to choose from: no message where leaving one is not safe; last the way to an appointment."""
    unsafe = item.safe_to_leave_message is Permission.NO
    outcomes = [outcome for outcome in CallOutcome if not (unsafe and outcome is CallOutcome.LEFT_MESSAGE)]
    return [*outcomes, WITH_APPOINTMENT]


def said(choice: Choice) -> str:
    """A choice in words."""
    return wording.label(choice) if isinstance(choice, CallOutcome) else "Reached, appointment made …"


def call_menu(
    item: Reachable, *, width: Literal["stretch", "content"] = "stretch", facts: Collection[Any] = ()
) -> None:
    """A button that asks how the call ended. `facts`: what the page shows of the client; a call that reached the client
    answers it."""
    form = _form(item.client_id, item.name)
    st.menu_button(
        "Call",
        choices_for(item),
        format_func=said,
        key=form.button("outcome"),
        width=width,
        help="Log how a call ended. Only “Reached” counts as contact.",
        disabled=as_of.locked(),
        on_click=_chosen,
        args=(form.as_drawn(), item.client_id, item.name, tuple(facts)),
    )


def _chosen(form: Form, client_id: int, name: str, facts: tuple[Any, ...]) -> None:
    choice = st.session_state[form.button("outcome")]
    if choice == WITH_APPOINTMENT:
        client_dialog.open_dialog(client_id, DIALOG, about=(name, facts))
    else:
        _save(form, client_id, CallOutcome(choice), facts)


def token_of(client_id: int, name: str) -> str:
    """The token to draw with a client's line, which comes back with `log`."""
    return _form(client_id, name).token


def log(client_id: int, name: str, choice: str, facts: Collection[Any] = (), *, token: str = "") -> None:
    """Save a call's outcome, or ask for the appointment. For callbacks: the client is the one whose line was drawn,
    with this token."""
    if choice == WITH_APPOINTMENT:
        client_dialog.open_dialog(client_id, DIALOG, about=(name, tuple(facts)))
    else:
        _save(_form(client_id, name).drawn_with(token), client_id, CallOutcome(choice), tuple(facts))


def _save(form: Form, client_id: int, outcome: CallOutcome, facts: tuple[Any, ...]) -> None:
    form.save(
        log_call,
        wording.call_logged(outcome),
        toast=True,
        by=require_user(),
        client_id=client_id,
        outcome=outcome,
        facts=facts,
    )


def _form(client_id: int, name: str) -> Form:
    return Form("call", client(client_id, name))


# --- an appointment -----------------------------------------------------------------------------------------------


def dialog(today: dt.date) -> None:
    """The open dialog of an appointment, if there is one. Call it last: a page has one dialog a run."""
    found = client_dialog.opened_of(DIALOG)
    if found is None or found.about is None or as_of.locked():
        return
    client_id, (name, facts) = found.client_id, found.about

    @st.dialog(f"Reached: {escaped(name)}", on_dismiss=client_dialog.close)
    def shown() -> None:
        if client_dialog.opened_of(DIALOG) is None:  # saved
            st.rerun()
        notices()
        form = Form("call-appointment", client(client_id, name), {"appointment_on": None})
        form.day("appointment_on", "Appointment on", first=today, ahead=True)
        form.refusal("appointment_on")
        form.save_button("Log the call", _save_appointment, client_id, facts)

    shown()


def _save_appointment(form: Form, client_id: int, facts: tuple[Any, ...]) -> None:
    saved = form.save(
        log_call,
        lambda call: wording.call_logged(call.outcome, appointment_on=call.appointment_on),
        answers=lambda: {"appointment_on": _appointment(form)},
        by=require_user(),
        client_id=client_id,
        outcome=CallOutcome.REACHED,
        facts=facts,
    )
    if saved:
        client_dialog.close()


def _appointment(form: Form) -> dt.date:
    """The day that was typed. Raises Refused where none was: then it is a call without an appointment."""
    day: dt.date | None = form.get("appointment_on")
    if day is None:
        raise Refused("Choose the day of the appointment.", field="appointment_on")
    return day


# --- the number, and who calls ------------------------------------------------------------------------------------


def show_phone(number: str, wrong_on: dt.date | None, today: dt.date) -> None:
    """A client's number as it was typed, and beside it that a call has found it to be wrong."""
    plain(number)
    if wrong_on is not None:
        wrong = html_text.span("Wrong number", strong=True)
        html_text.show(f"{wrong} {html_text.when(wrong_on, today)}: ask for the right one", small=True)


def phone_text(number: str | None, wrong_on: dt.date | None) -> str:
    """The same for a table's cell; "" without a number."""
    return f"{number} (wrong number)" if number and wrong_on is not None else number or ""


TAKE, GIVE_BACK = "I call", "Give back"


def claimed_by(held: Claim) -> str:
    """Who has taken the call."""
    return "You are calling" if held.mine else f"{held.by} is calling"


def claim_line(item: Reachable, held: Claim | None) -> None:
    """Who has taken the client's call today, with the button that takes it or gives it back."""
    form = _claim_form(item.client_id, item.name)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if held is not None:
            plain(claimed_by(held))
        form.save_button(
            TAKE if held is None else GIVE_BACK,
            _take if held is None else _give_back,
            item.client_id,
            type="tertiary",
            disabled=as_of.locked(),
        )


def dial(number: str) -> str:
    """The address that dials a number as it was typed, up to its first letter ("617-555-0108 ext. 3"); "" where no
    number is to be made of it."""
    typed = re.match(r"[\d\s()+./-]*", number.translate(_PLAIN))
    digits = re.sub(r"[^\d+]", "", typed[0]) if typed else ""
    return f"tel:{digits}" if re.fullmatch(r"\+?[0-9]{3,15}", digits) else ""


_PLAIN: Final = str.maketrans(
    dict.fromkeys("‐‑‒–—", "-") | dict.fromkeys("\N{NO-BREAK SPACE}\N{THIN SPACE}", " ")
)


def take(client_id: int, name: str) -> None:
    """Save that the user calls the client today. For callbacks."""
    _take(_claim_form(client_id, name), client_id)


def give_back(client_id: int, name: str) -> None:
    """Save that nobody has taken the call. For callbacks."""
    _give_back(_claim_form(client_id, name), client_id)


def _claim_form(client_id: int, name: str) -> Form:
    return Form("call-claim", client(client_id, name))


def _take(form: Form, client_id: int) -> None:
    form.save(
        claim,
        "you call today. Your colleagues see it.",
        toast=True,
        with_token=False,
        by=require_user(),
        client_id=client_id,
    )


def _give_back(form: Form, client_id: int) -> None:
    form.save(
        release,
        "nobody has taken the call.",
        toast=True,
        with_token=False,
        by=require_user(),
        client_id=client_id,
    )
