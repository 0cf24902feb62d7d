"""Saying that a reason does not apply to this client. No score changes by it; it is shown beside the reason."""

from __future__ import annotations

from typing import Any

import streamlit as st

from casework.actions.rules import record_override
from casework.caseload.client_record import ClientRecord
from casework.checks.rules import RULES
from casework.users import User
from pages.client.forms import about
from pages.shared.client_dialog import close
from pages.shared.form import Form


def show(record: ClientRecord, user: User) -> None:
    """Which of the reasons, and why not."""
    form = Form("override", about(record), {"rule": None, "why": None})
    by_rule = {one.rule_id: one.text for one in record.reasons if one.rule_id in RULES}
    st.text("Your word stands beside the reason and is counted for the rule. The points stay as they are.")
    st.selectbox(
        "Which reason?",
        list(by_rule),
        index=0 if len(by_rule) == 1 else None,
        format_func=lambda rule_id: by_rule[rule_id],
        placeholder="Choose one",
        **form.field("rule", among=by_rule),
    )
    form.refusal("rule_id")
    st.text_area("Why does it not apply here?", height=100, **form.field("why"))
    form.refusal("reason")
    form.save_button("Save", _save, record.item.client_id, user)


def _save(form: Form, client_id: int, user: User) -> None:
    saved = form.save(
        record_override,
        "saved. It stands beside the reason.",
        answers=lambda: _answers(form),
        by=user,
        client_id=client_id,
    )
    if saved:
        close()


def _answers(form: Form) -> dict[str, Any]:
    """What stands in the fields, as `record_override` takes it."""
    return {"rule_id": form.get("rule"), "reason": form.get("why")}
