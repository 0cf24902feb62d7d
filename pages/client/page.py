"""Client: who it is, how things are now, why, and what to do next; the weeks behind it; and every entry on record."""

from __future__ import annotations

import streamlit as st

from casework.caseload import client_charts
from casework.caseload.claims import claims
from casework.caseload.client_record import ClientRecord, client_record
from casework.caseload.tasks import tasks_of
from casework.caseload.what_if import BANDS
from casework.users import User
from pages.client import (
    actions,
    banner,
    cards,
    dialogs,
    entries,
    indicators,
    objections,
    scores,
    timeline,
)
from pages.shared import clock
from pages.shared.database import clinic
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import charts, layout, safety, what_if
from pages.shared.widgets.components import client_picker, is_dark

SECTIONS = {"entries": "All entries", "indicators": "Indicators and their evidence"}
CHANCES = "Chances and points, and reasons that do not apply"
BASELINE = "Against their own earlier check-ins"


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
        banner.show(record)
        safety.follow(record.safety)
        safety.show_alerts(record.safety, record.today, user, clinic().safety_protocol)
        actions.show(record)
        cards.show(record, held, waiting)
        timeline.show(record)
        _behind(record, user)
        _section(record)
    dialogs.show(record, user)


def _behind(record: ClientRecord, user: User) -> None:
    """What a decision does not need at first sight, each closed until somebody asks."""
    client_id = record.item.client_id
    layout.on_demand(CHANCES, lambda: _chances(record), key=f"chances-{client_id}")
    what_if.show(user, client_id, BANDS)
    layout.on_demand(
        BASELINE,
        lambda: charts.show(client_charts.own_baseline(record, dark=is_dark())),
        key=f"baseline-{client_id}",
    )


def _chances(record: ClientRecord) -> None:
    scores.show(record)
    objections.show(record)
    charts.show(client_charts.risk_by_week(record, dark=is_dark()))


def _section(record: ClientRecord) -> None:
    chosen = st.segmented_control(
        "Section",
        list(SECTIONS),
        default="entries",
        required=True,
        format_func=SECTIONS.__getitem__,
        key="client_section",
        label_visibility="collapsed",
    )
    if chosen == "indicators":
        indicators.show(record)
    else:
        entries.show(record)
