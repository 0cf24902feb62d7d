"""Maintenance medication: doses and injections, new prescriptions, and ending one."""

from __future__ import annotations

from typing import Any

import streamlit as st

from casework import wording
from casework.actions.medication import prescribe, record_dose, stop
from casework.caseload.client_record import ClientRecord
from casework.frames import FAR, to_date
from casework.users import User
from casework.vocabulary import MEDICATIONS, ids, term
from pages.client.state import day_field, keep, missing, value
from pages.shared import clock

DOSE_FIELDS = ("dose_medication", "dose_day", "dose_mg", "dose_covers")


def show(record: ClientRecord, user: User) -> None:
    """Three tabs."""
    client_id = record.item.client_id
    dose, new, end = st.tabs(["Dose or injection", "Prescribe", "End a prescription"])
    with dose:
        dose_fields(record)
        st.button("Save dose", type="primary", key="save_dose", on_click=_dose, args=(client_id, user))
    with new:
        st.selectbox("Medication", ids(MEDICATIONS), format_func=_label, key="rx_medication")
        missing("medication")
        day_field("rx_from", "From")
        missing("starts_on")
        st.number_input("Milligrams", min_value=0.0, value=None, key="rx_mg", placeholder="Not known")
        st.button(
            "Save prescription", type="primary", key="save_rx", on_click=_prescribe, args=(client_id, user)
        )
    with end:
        _end(record, user)


def dose_fields(record: ClientRecord) -> None:
    """The fields of a dose; a correction shows them too."""
    labels = {wording.label(one): one.id for one in MEDICATIONS}
    usual = labels.get(record.medications[0]) if record.medications else None
    options = ids(MEDICATIONS)
    st.selectbox(
        "Medication",
        options,
        index=options.index(usual) if usual else 0,
        format_func=_label,
        key="dose_medication",
    )
    day_field("dose_day", "Taken on")
    missing("taken_on")
    left, right = st.columns(2)
    left.number_input("Milligrams", min_value=0.0, value=None, key="dose_mg", placeholder="Not known")
    right.number_input(
        "Covers how many days", 1, 190, None, key="dose_covers", placeholder=_usual(value("dose_medication"))
    )


def dose_answers() -> dict[str, Any]:
    """What stands in the fields, as `record_dose` takes it."""
    return {
        "medication": value("dose_medication"),
        "taken_on": value("dose_day"),
        "milligrams": value("dose_mg"),
        "covers_days": value("dose_covers"),
    }


def _usual(medication_id: str | None) -> str:
    days = next((one.covers_days for one in MEDICATIONS if one.id == medication_id), 1)
    return f"As usual: {wording.count(days, 'day')}"


def _end(record: ClientRecord, user: User) -> None:
    rows = record.facts.prescriptions
    running = rows[rows["until"].to_numpy() == FAR]
    if not len(running):
        st.text("No prescription is running.")
        return
    said = {
        int(id_): f"{wording.label(MEDICATIONS[n])}, since {wording.long_date(to_date(day))}"
        for id_, n, day in zip(
            running["id"].tolist(), running["medication"].tolist(), running["day"].tolist(), strict=True
        )
    }
    st.caption(
        "Stopping methadone or buprenorphine raises the risk of overdose. It is never part of a detox."
    )
    st.selectbox("Prescription", list(said), format_func=said.__getitem__, key="stop_which")
    st.date_input("First day without it", value=clock.today(), key="stop_on", format="YYYY-MM-DD")
    st.text_input("Reason", key="stop_reason", max_chars=1000)
    st.button("End it", key="save_stop", on_click=_stop, args=(record.item.client_id, user))


def _label(id_: str) -> str:
    return wording.label(term(MEDICATIONS, id_))


def _dose(client_id: int, user: User) -> None:
    keep(
        f"dose-{client_id}",
        record_dose,
        "Dose saved.",
        clears=DOSE_FIELDS,
        by=user,
        client_id=client_id,
        **dose_answers(),
    )


def _prescribe(client_id: int, user: User) -> None:
    keep(
        f"prescribe-{client_id}",
        prescribe,
        "Prescription saved.",
        clears=("rx_medication", "rx_from", "rx_mg"),
        by=user,
        client_id=client_id,
        medication=value("rx_medication"),
        starts_on=value("rx_from"),
        milligrams=value("rx_mg"),
    )


def _stop(client_id: int, user: User) -> None:
    keep(
        f"stop-{client_id}",
        stop,
        "The prescription is ended. The entry as it stood stays readable.",
        clears=("stop_which", "stop_on", "stop_reason"),
        by=user,
        prescription_id=value("stop_which"),
        ends_on=value("stop_on"),
        reason=value("stop_reason") or "",
    )
