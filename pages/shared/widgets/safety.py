"""Safety answers that wait for a named person: above every rank, until somebody acknowledges them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.actions.safety import acknowledge
from casework.caseload.clinic import asks_who_looks_again
from casework.caseload.worklist import SafetyAlert
from casework.users import User
from casework.vocabulary import Permission
from casework.wording import CRISIS_LINES
from pages.shared import as_of, client_dialog
from pages.shared.form import Form, client
from pages.shared.saving import notices
from pages.shared.transactions import reading
from pages.shared.widgets import html_text, table
from pages.shared.widgets.calls import show_phone
from pages.shared.widgets.components import escaped, open_client, plain

LIST: Final = "safety"
DIALOG: Final = "safety"


def show_alerts(alerts: Sequence[SafetyAlert], today: dt.date, user: User, protocol: str) -> None:
    """Every open safety item, with the crisis lines and the clinic's protocol."""
    if not alerts:
        return
    asks_who = _asks_who_looks(user, today)
    with st.container(border=True, key="safety", gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = f"Safety first: {wording.counted(len(alerts), 'answer')} to act on."
            st.markdown(f":material/warning: **{words}** {CRISIS_LINES}", width="content")
            with st.popover(PROTOCOL, key="safety-protocol-open"):
                plain(protocol or NO_PROTOCOL)
        for alert in alerts:
            _alert(alert, today, user, asks_who=asks_who)


PROTOCOL: Final = "Safety protocol"
NO_PROTOCOL: Final = "Your clinic has not written down its safety protocol yet."


def _asks_who_looks(user: User, today: dt.date) -> bool:
    """Whether acknowledging asks who looks again tomorrow."""
    with reading(user) as session:
        return asks_who_looks_again(session, user, today)


def open_dialog(alert: SafetyAlert) -> None:
    """Ask with the next run of the page what was done about the item. For callbacks."""
    client_dialog.open_dialog(alert.client_id, DIALOG, about=alert)


def dialog(user: User, today: dt.date) -> None:
    """The open dialog of a safety item, if there is one. Call it last: a page has one dialog a run."""
    found = client_dialog.opened_of(DIALOG)
    if found is None or as_of.locked():
        return
    alert: SafetyAlert = found.about

    @st.dialog(f"Acknowledge: {escaped(alert.name)}", width="medium", on_dismiss=client_dialog.close)
    def shown() -> None:
        if client_dialog.opened_of(DIALOG) is None:  # saved
            st.rerun()
        notices()
        st.text(f"{wording.safety_concerns(alert.concerns)}, raised {wording.ago(alert.raised_on, today)}")
        _acknowledge_form(alert, user, asks_who=_asks_who_looks(user, today))

    shown()


def follow(alerts: Sequence[SafetyAlert]) -> None:
    """Open the client of the item that was chosen, if it is open still."""
    clients = {alert.id: alert.client_id for alert in alerts}
    chosen = table.picked(LIST, clients)
    if chosen is not None:
        open_client(clients[chosen.identifier])


def _alert(alert: SafetyAlert, today: dt.date, user: User, *, asks_who: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            escaped(alert.name),
            key=f"safety_open-{alert.id}",
            type="tertiary",
            on_click=table.pick,
            args=(LIST, alert.id, "open"),
        )
        said = wording.safety_concerns(alert.concerns)
        with st.container(width="stretch"):
            html_text.show(
                f"{html_text.span(said, strong=True)}, raised {html_text.when(alert.raised_on, today)}"
            )
        _phone(alert, today)
        locked = as_of.locked()
        with st.popover("Acknowledge", type="primary", key=f"safety-{alert.id}", disabled=locked):
            if not locked:
                _acknowledge_form(alert, user, asks_who=asks_who)


def _phone(alert: SafetyAlert, today: dt.date) -> None:
    """The number with its permission. Where a call is not safe none is shown: the protocol says what else to do."""
    if alert.safe_to_call is Permission.NO:
        html_text.show(html_text.span("Not safe to call", strong=True), small=True)
    elif alert.phone:
        show_phone(alert.phone, alert.wrong_number_on, today)
        if alert.safe_to_call is Permission.UNKNOWN:
            html_text.show(html_text.span("not known whether calling is safe", muted=True), small=True)


def _acknowledge_form(alert: SafetyAlert, user: User, *, asks_who: bool) -> None:
    """What was done, and the button that puts the user's name to it; `asks_who`: who looks again tomorrow, when the
    clinic is closed."""
    fields = {"steps": None, "looks_again": None}
    form = Form(f"safety-{alert.id}", client(alert.client_id, alert.name), fields)
    st.text_area(
        "Steps taken",
        placeholder="Whom you spoke with, what you agreed on, who takes over",
        max_chars=10_000,
        **form.field("steps"),
    )
    form.refusal("steps_taken")
    if asks_who:
        st.text_input(
            "The clinic is closed tomorrow. Who looks again within 24 hours?",
            placeholder="A name, or the on-call line",
            max_chars=200,
            **form.field("looks_again"),
        )
        form.refusal("looks_again")
    form.save_button(f"Acknowledge as {escaped(user.name)}", _acknowledge, alert, user)


def _acknowledge(form: Form, alert: SafetyAlert, user: User) -> None:
    saved = form.save(
        acknowledge,
        f"acknowledged by {user.name}. Somebody looks again within 24 hours.",
        on=alert.raised_on,
        with_token=False,
        by=user,
        safety_item_id=alert.id,
        steps_taken=form.get("steps"),
        looks_again=form.get("looks_again"),
    )
    if saved:
        client_dialog.close()
