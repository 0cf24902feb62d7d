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
from pages.shared import as_of
from pages.shared.form import Form, client
from pages.shared.transactions import reading
from pages.shared.widgets import html_text, table
from pages.shared.widgets.calls import show_phone
from pages.shared.widgets.components import escaped, open_client, plain

LIST: Final = "safety"


def show_alerts(alerts: Sequence[SafetyAlert], today: dt.date, user: User, protocol: str) -> None:
    """Every open safety item, with the crisis lines and the clinic's protocol."""
    if not alerts:
        return
    with st.container(border=True, key="safety", gap="xxsmall"):
        head(f"Safety first: {wording.counted(len(alerts), 'answer')} to act on.", protocol)
        show_lines(alerts, today, user, asks_who=asks_who_looks(user, today))


def show_lines(alerts: Sequence[SafetyAlert], today: dt.date, user: User, *, asks_who: bool) -> None:
    """A line for each item."""
    for alert in alerts:
        _alert(alert, today, user, asks_who=asks_who)


def head(words: str, protocol: str) -> None:
    """Our own words, the crisis lines and the clinic's protocol, in one line."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/warning: **{words}** {CRISIS_LINES}", width="content")
        with st.popover("Safety protocol", key="safety-protocol-open"):
            plain(protocol or "Your clinic has not written down its safety protocol yet.")


def asks_who_looks(user: User, today: dt.date) -> bool:
    """Whether acknowledging asks who looks again tomorrow."""
    with reading(user) as session:
        return asks_who_looks_again(session, user, today)


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
        acknowledge_button(alert, user, asks_who=asks_who)


def acknowledge_button(alert: SafetyAlert, user: User, *, asks_who: bool) -> None:
    """The button behind which somebody says what was done and puts a name to it."""
    locked = as_of.locked()
    with st.popover("Acknowledge", type="primary", key=f"safety-{alert.id}", disabled=locked):
        if not locked:
            acknowledge_form(alert, user, asks_who=asks_who)


def _phone(alert: SafetyAlert, today: dt.date) -> None:
    """The number with its permission. Where a call is not safe none is shown: the protocol says what else to do."""
    if alert.safe_to_call is Permission.NO:
        html_text.show(html_text.span("Not safe to call", strong=True), small=True)
    elif alert.phone:
        show_phone(alert.phone, alert.wrong_number_on, today)
        if alert.safe_to_call is Permission.UNKNOWN:
            html_text.show(html_text.span("not known whether calling is safe", muted=True), small=True)


def acknowledge_form(alert: SafetyAlert, user: User, *, asks_who: bool) -> None:
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
    form.save(
        acknowledge,
        f"acknowledged by {user.name}. Somebody looks again within 24 hours.",
        on=alert.raised_on,
        with_token=False,
        by=user,
        safety_item_id=alert.id,
        steps_taken=form.get("steps"),
        looks_again=form.get("looks_again"),
    )
