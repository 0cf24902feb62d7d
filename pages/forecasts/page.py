"""Forecasts: what the counselor expects, before Tideline's number shows; and later how both turned out."""

from __future__ import annotations

import streamlit as st

from casework.caseload.forecasts import review, this_week
from casework.caseload.rules import off_rules
from casework.users import User
from casework.vocabulary import Role
from pages.forecasts import results, week
from pages.shared import clock
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import layout, switched_off

VIEWS = {"week": "This week", "review": "How it turned out"}


def render() -> None:
    """The page."""
    user = require_user()
    layout.title("Forecasts")
    if _view(user) == "week":
        st.text(
            "You know things that no record holds. Say what you expect, best before you look at Today; then see what "
            "Tideline says. After four weeks both stand beside what happened, and you and Tideline can learn from it."
        )
        with reading(user) as session:
            mine = this_week(session, user, clock.today())
            off = off_rules(session, clock.today())
        week.show(mine, user)
        switched_off.show(off)
        return
    with reading(user) as session:
        seen = review(session, user, clock.today())
    results.show(seen, user)


def _view(user: User) -> str:
    """Which half of the page: whoever has no caseload has nothing to forecast."""
    if user.role is not Role.COUNSELOR:
        return "review"
    chosen: str = st.segmented_control(
        "View",
        list(VIEWS),
        default="week",
        required=True,
        format_func=VIEWS.__getitem__,
        key="forecast-view",
        label_visibility="collapsed",
    )
    return chosen
