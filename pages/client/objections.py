"""What stands against the rows of a score: what a clinician said of a reason, and the way to say it."""

from __future__ import annotations

import streamlit as st

from casework import wording
from casework.actions.rules import take_back_override
from casework.caseload.client_record import ClientRecord
from casework.caseload.rules import OverrideRow
from casework.users import User
from pages.client.forms import about
from pages.shared import as_of
from pages.shared.client_dialog import open_dialog
from pages.shared.form import Form, Subject
from pages.shared.sign_in.gate import require_user
from pages.shared.widgets import html_text
from pages.shared.widgets.components import plain


def show(record: ClientRecord) -> None:
    """What a clinician said of a reason, and the way to say it."""
    with st.container(gap="xsmall"):
        named = {one.rule_id: one.text for one in record.reasons}
        for one in record.overrides:
            if one.rule_id in named:
                html_text.show(html_text.span(named[one.rule_id]), small=True)
                _override(one, about(record), require_user())
        if record.reasons and not as_of.locked():
            st.button(
                "Does a reason not apply here?",
                key=f"open_override-{record.item.client_id}",
                type="tertiary",
                on_click=open_dialog,
                args=(record.item.client_id, "override"),
            )


def _override(one: OverrideRow, who: Subject, user: User) -> None:
    form = Form(f"take_back-{one.id}", who)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        with st.container(width="stretch"):
            plain(f"Does not apply here, says {one.by} ({wording.short_date(one.on)}): {one.reason}")
        if not as_of.locked():
            form.save_button("Take back", _take_back, one, user, type="tertiary")


def _take_back(form: Form, one: OverrideRow, user: User) -> None:
    form.save(
        take_back_override,
        "taken back that a reason does not apply.",
        with_token=False,
        by=user,
        override_id=one.id,
    )
