"""Client: how is this person, since when, why, and what next; the weeks behind it; and every entry on record."""

from __future__ import annotations

import streamlit as st

from casework.caseload.claims import claims
from casework.caseload.client_record import ClientRecord, client_record
from casework.caseload.tasks import tasks_of
from pages.client import actions, dialogs, due, entries, header, indicators, weeks
from pages.shared import clock
from pages.shared.database import clinic
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import disagreement, safety
from pages.shared.widgets.components import client_picker

SECTIONS = {
    "weeks": "Last 12 weeks",
    "indicators": "Indicators and their evidence",
    "entries": "All entries",
}


def render() -> None:
    """The page."""
    user = require_user()
    with st.container(gap="xsmall"):
        with st.container(width=360):
            client_id = client_picker(user, label_visibility="collapsed")
        notices()
        if client_id is None:
            st.info("Choose a client to see their record.")
            return
        with reading(user) as session:
            record = client_record(session, user, client_id, clock.today())
            held = claims(session, user, record.today).get(client_id)
            waiting = [one for one in tasks_of(session, user, record.today, client_id) if one.done_on is None]
        safety.follow(record.safety)
        safety.show_alerts(record.safety, record.today, user, clinic().safety_protocol)
        header.show(record, held)
        due.show(record, waiting)
        actions.show(record)
        header.why(record, user)
        disagreement.show(record)
        _section(record)
    dialogs.show(record, user)


def _section(record: ClientRecord) -> None:
    chosen = st.segmented_control(
        "Section",
        list(SECTIONS),
        default="weeks",
        required=True,
        format_func=SECTIONS.__getitem__,
        key="client_section",
        label_visibility="collapsed",
    )
    if chosen == "indicators":
        indicators.show(record)
    elif chosen == "entries":
        entries.show(record)
    else:
        weeks.show(record)
