"""What stands against the rows of a score: rules that are switched off, and what a clinician said of a reason."""

from __future__ import annotations

import streamlit as st

from casework import wording
from casework.actions.rules import take_back_override
from casework.caseload.client_record import ClientRecord
from casework.caseload.rules import OverrideRow
from casework.users import User
from pages.client_parts.dialogs import open_dialog
from pages.shared import looking_back, switched_off, words
from pages.shared.components import plain, save
from pages.shared.gate import require_user


def show(record: ClientRecord) -> None:
    """What the clinic does not count, what a clinician said of a reason, and the way to say it."""
    with st.container(gap="xsmall"):
        switched_off.show(record.off)
        named = {one.rule_id: one.text for one in record.reasons}
        for one in record.overrides:
            if one.rule_id in named:
                words.show(words.said(named[one.rule_id]), small=True)
                _override(one, require_user())
        if record.reasons and not looking_back.locked():
            st.button(
                "Does a reason not apply here?",
                key="open_override",
                type="tertiary",
                on_click=open_dialog,
                args=("override",),
            )


def _override(one: OverrideRow, user: User) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        with st.container(width="stretch"):
            plain(f"Does not apply here, says {one.by} ({wording.short_date(one.on)}): {one.reason}")
        if looking_back.locked():
            return
        st.button(
            "Take back",
            key=f"take_back-{one.id}",
            type="tertiary",
            on_click=_take_back,
            args=(one, user),
        )


def _take_back(one: OverrideRow, user: User) -> None:
    save(
        f"take-back-{one.id}",
        take_back_override,
        "Taken back.",
        with_token=False,
        by=user,
        override_id=one.id,
    )
