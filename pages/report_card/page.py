"""Rule report card: how each rule has done in this clinic, and what the clinic changes about it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.report_card import WEEKS, read_report_card
from casework.vocabulary import Role, Score
from pages.report_card import chances, rules
from pages.shared import clock
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import layout

PARTS: Final = {
    **{score.value: wording.short_label(score) for score in Score},
    "chances": "Chances",
}
"""The rules of each score, and the chances."""


def render() -> None:
    """The page."""
    user = require_user()
    layout.title("Report card")
    notices()
    if user.role is Role.ADMIN:
        st.info("Administrators see nothing of clients, and this counts what happened to them.")
        return
    with reading(user) as session:
        card = read_report_card(session, user, clock.today())
    if not card.clients:
        st.info("Nobody has been on a caseload yet. Once clients are here, their weeks are counted.")
        return
    counted = wording.counted(card.clients, "client")
    st.text(
        f"The last {WEEKS} weeks of {counted} of this clinic, also of those who have left. Counts, no names."
    )
    part = st.segmented_control(
        "Part",
        list(PARTS),
        default=Score.USE.value,
        required=True,
        format_func=PARTS.__getitem__,
        key="report_card_part",
        label_visibility="collapsed",
    )
    if part == "chances":
        chances.show(card, user)
    else:
        rules.show(card, user, Score(part))
