"""How many calls there can be today."""

from __future__ import annotations

import streamlit as st

from casework import wording
from casework.actions.calls import set_calls_per_day
from casework.checks.calls import MOST_CALLS
from pages.shared import as_of
from pages.shared.form import Form
from pages.shared.sign_in.gate import require_user


def show_control(per_day: int) -> None:
    """ "I can make 5 calls today": a step is one click, and is remembered for the days to come."""
    form = Form("calls_per_day", None, {"calls": per_day})
    form.fill(calls=per_day)
    with st.container(
        key="calls", horizontal=True, vertical_alignment="center", gap="xsmall", width="content"
    ):
        st.text("I can make", width="content")
        st.number_input(
            "Calls that I can make today",
            value=None,  # an emptied field is no answer, and not the least number
            min_value=0,
            max_value=MOST_CALLS,
            step=1,
            label_visibility="collapsed",
            width=130,
            on_change=_changed,
            args=(form,),
            disabled=as_of.locked(),
            **form.field("calls"),
        )
        st.text("calls today", width="content")


def _changed(form: Form) -> None:
    """Remember the number; a field that was emptied goes back to the number that holds."""
    if form.get("calls") is None:
        return
    form.save(
        set_calls_per_day,
        lambda calls: f"{wording.count(calls, 'call')} a day, until you change it.",
        toast=True,
        with_token=False,
        keep=True,
        by=require_user(),
        calls=form.get("calls"),
    )
