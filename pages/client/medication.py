"""Maintenance medication: doses and injections, new prescriptions, and ending one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from casework import wording
from casework.actions.medication import prescribe, record_dose, stop
from casework.caseload.client_record import ClientRecord
from casework.caseload.entries import StoredDose
from casework.checks.medication import LONGEST_COVER_DAYS
from casework.users import User
from casework.vocabulary import MEDICATIONS, ids, term
from pages.client.forms import about
from pages.shared import clock
from pages.shared.client_dialog import close
from pages.shared.form import Form


def show(record: ClientRecord, user: User) -> None:
    """Three tabs."""
    client_id, today = record.item.client_id, clock.today()
    dose, new, end = st.tabs(["Dose or injection", "Prescribe", "End a prescription"])
    with dose:
        usual = record.medications[0] if record.medications else ids(MEDICATIONS)[0]
        form = Form("dose", about(record), {"medication": usual, "day": today, "mg": None, "covers": None})
        dose_fields(form)
        form.save_button("Save dose", _dose, client_id, user)
    with new:
        form = Form("prescription", about(record), {"medication": None, "from": today, "mg": None})
        st.selectbox("Medication", ids(MEDICATIONS), format_func=_label, **form.field("medication"))
        form.refusal("medication")
        form.day("from", "From")
        form.refusal("starts_on")
        st.number_input("Milligrams", min_value=0.0, value=None, placeholder="Not known", **form.field("mg"))
        form.refusal("milligrams")
        form.save_button("Save prescription", _prescribe, client_id, user)
    with end:
        _end(record, user)


def dose_of(day: dt.date, stored: StoredDose) -> dict[str, Any]:
    """The fields of a dose, with what is stored of one."""
    return {
        "medication": stored.medication.value,
        "day": day,
        "mg": stored.milligrams,
        "covers": stored.covers_days,
    }


def dose_fields(form: Form) -> None:
    """The fields of a dose; a correction shows them too."""
    st.selectbox("Medication", ids(MEDICATIONS), format_func=_label, **form.field("medication"))
    form.refusal("medication")
    form.day("day", "Taken on")
    form.refusal("taken_on")
    left, right = st.columns(2)
    left.number_input("Milligrams", min_value=0.0, value=None, placeholder="Not known", **form.field("mg"))
    usual = _usual(form.get("medication"))
    right.number_input(
        "Covers how many days", 1, LONGEST_COVER_DAYS, None, placeholder=usual, **form.field("covers")
    )
    form.refusal("milligrams", "covers_days")


def dose_answers(form: Form) -> dict[str, Any]:
    """What stands in the fields, as `record_dose` takes it."""
    return {
        "medication": form.get("medication"),
        "taken_on": form.get("day"),
        "milligrams": form.get("mg"),
        "covers_days": form.get("covers"),
    }


def _usual(medication_id: str | None) -> str:
    days = next((one.covers_days for one in MEDICATIONS if one.id == medication_id), 1)
    return f"As usual: {wording.count(days, 'day')}"


def _end(record: ClientRecord, user: User) -> None:
    said = {
        one.id: f"{_label(one.medication)}, since {wording.long_date(one.starts_on)}"
        for one in record.prescriptions
        if one.ends_on is None
    }
    if not said:
        st.text("No prescription is running.")
        return
    st.caption(
        "Stopping methadone or buprenorphine raises the risk of overdose. It is never part of a detox."
    )
    form = Form("end_prescription", about(record), {"which": None, "on": clock.today(), "reason": None})
    st.selectbox("Prescription", list(said), format_func=said.__getitem__, **form.field("which", among=said))
    form.day("on", "First day without it", ahead=True)
    form.refusal("ends_on")
    st.text_input("Reason", max_chars=1000, **form.field("reason"))
    form.refusal("reason")
    form.save_button("End it", _stop, user, type="secondary")


def _label(id_: str) -> str:
    return wording.label(term(MEDICATIONS, id_))


def _dose(form: Form, client_id: int, user: User) -> None:
    saved = form.save(
        record_dose,
        f"dose of {wording.within(term(MEDICATIONS, form.get('medication')))} saved.",
        on=form.get("day"),
        by=user,
        client_id=client_id,
        **dose_answers(form),
    )
    if saved:
        close()


def _prescribe(form: Form, client_id: int, user: User) -> None:
    saved = form.save(
        prescribe,
        f"prescription of {wording.within(term(MEDICATIONS, form.get('medication')))} saved.",
        on=form.get("from"),
        by=user,
        client_id=client_id,
        medication=form.get("medication"),
        starts_on=form.get("from"),
        milligrams=form.get("mg"),
    )
    if saved:
        close()


def _stop(form: Form, user: User) -> None:
    saved = form.save(
        stop,
        "the prescription is ended. The entry as it stood stays readable.",
        on=form.get("on"),
        by=user,
        prescription_id=form.get("which"),
        ends_on=form.get("on"),
        reason=form.get("reason"),
    )
    if saved:
        close()
