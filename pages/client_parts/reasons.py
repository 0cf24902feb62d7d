"""The rows of the score, and beside each what a clinician said of it."""

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
from pages.today_parts.rows import dated


def show(record: ClientRecord) -> None:
    """The client's reasons, each with its points; then the way to say that one does not apply."""
    with st.container(gap="xsmall"):
        if record.reasons:
            _rows(record)
        else:
            words.show(words.said(words.no_reason(record.item.band), muted=True))
        switched_off.show(record.off)
        if record.reasons and not looking_back.locked():
            st.button(
                "Does a reason not apply here?",
                key="open_override",
                type="tertiary",
                on_click=open_dialog,
                args=("override",),
            )


def _rows(record: ClientRecord) -> None:
    waiting: list[str] = []
    for reason in record.reasons:
        waiting.append(
            f"{words.said(wording.decimal(reason.points), strong=True)} · {dated(reason, record.today)}"
        )
        said = [one for one in record.overrides if one.rule_id == reason.rule_id]
        if said:
            words.show(*waiting, small=True)
            waiting.clear()
        for one in said:
            _override(one, require_user())
    words.show(*waiting, small=True)


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
