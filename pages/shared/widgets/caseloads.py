"""Choosing one counselor's caseload out of a team's."""

from __future__ import annotations

import streamlit as st

from casework.users import User
from pages.shared.widgets.components import told_apart


def chosen(user: User, key: str) -> int | None:
    """The id of the counselor whose caseload the page shows; None: all that the user sees."""
    return st.session_state.get(key) if user.sees_team else None


def choose(user: User, counselors: dict[int, str], key: str) -> None:
    """The choice (names by id), for those who see more than one caseload. `key`: of the session state."""
    if not user.sees_team or len(counselors) < 2:
        return
    names = told_apart(counselors)
    st.selectbox(
        "Caseload of",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="The whole team",
        key=key,
        width=280,
    )
