"""Saying that a reason does not apply to this client. No score changes by it; it is shown beside the reason."""

from __future__ import annotations

from typing import Final

import streamlit as st

from casework.actions.rules import RULES, record_override
from casework.caseload.client_record import ClientRecord
from casework.users import User
from pages.client.state import keep, missing, value
from pages.shared.saving import tell

RULE: Final = "override_rule"
WHY: Final = "override_why"


def form(record: ClientRecord, user: User) -> None:
    """Which of the reasons, and why not."""
    by_rule = {one.rule_id: one.text for one in record.reasons if one.rule_id in RULES}
    st.text("Your word stands beside the reason and is counted for the rule. The points stay as they are.")
    st.selectbox(
        "Which reason?",
        list(by_rule),
        index=0 if len(by_rule) == 1 else None,
        format_func=lambda rule_id: by_rule[rule_id],
        placeholder="Choose one",
        key=RULE,
    )
    st.text_area("Why does it not apply here?", key=WHY, height=100, persist_state="session")
    missing("reason")
    client_id = record.item.client_id
    st.button("Save", type="primary", key="save_override", on_click=_save, args=(client_id, user))


def _save(client_id: int, user: User) -> None:
    rule_id = value(RULE)
    if rule_id is None:
        tell("Choose a reason first.", kind="error")
        return
    keep(
        f"override-{client_id}",
        record_override,
        "Saved. It stands beside the reason.",
        clears=(RULE, WHY),
        by=user,
        client_id=client_id,
        rule_id=rule_id,
        reason=value(WHY) or "",
    )
