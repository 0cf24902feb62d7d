"""The day's calls: how many there can be, how many are made, where the line stands, and who fell just under it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from casework import wording
from casework.actions.calls import set_calls_per_day
from casework.caseload.call_budget import CallPlan
from casework.checks.calls import MOST_CALLS
from pages.shared import as_of
from pages.shared.form import Form
from pages.shared.sign_in.gate import require_user
from pages.shared.widgets import html_text, table
from pages.shared.widgets.components import escaped
from pages.today import worklist_table

WIDTHS: Final = (184, 916)


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


def show_line(plan: CallPlan) -> None:
    """The end of the day's calls: what is made, what stays free, and who stands just below and why."""
    with st.container(key="calls-line", gap="xxsmall"):
        html_text.show(" ".join(html_text.span(text) for text in _standing(plan)))
        for one in plan.just_under:
            who, why = st.columns(WIDTHS, gap="small", vertical_alignment="center")
            who.button(
                escaped(one.item.name),
                key=f"under-{one.item.client_id}",
                type="tertiary",
                on_click=table.pick,
                args=(worklist_table.LIST, one.item.client_id, worklist_table.OPEN),
            )
            with why:
                html_text.show(html_text.span(f"{one.item.rank}: {one.why}"), small=True)


def _standing(plan: CallPlan) -> list[str]:
    """The day's calls in a few short sentences."""
    said = [_made(plan)]
    if plan.just_under:
        said.append("Just under the line:")
    elif plan.free and plan.free < plan.per_day:
        said.append(
            f"Nobody else has a reason for a call today; {wording.counted(plan.free, 'call')} to spare."
        )
    elif plan.free:
        said.append("Nobody has a reason for a call today.")
    elif plan.per_day:
        said.append("Nobody else has a reason for a call today.")
    return said


def _made(plan: CallPlan) -> str:
    if not plan.made and not plan.per_day:
        return "No calls planned today."
    made = f"{plan.made} of {wording.count(plan.per_day, 'call')} made today"
    if plan.made > plan.per_day:
        made = f"{wording.count(plan.made, 'call')} made today, {plan.per_day} planned"
    return f"{made}, {plan.unreached} not reached yet." if plan.unreached else f"{made}."
