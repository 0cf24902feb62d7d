"""What would change this: closed until somebody asks, and worked out only then."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from casework.caseload.what_if import answers
from casework.users import User
from casework.what_if import Goal, WhatIfAnswer
from casework.wording import what_if as words
from pages.shared import clock
from pages.shared.transactions import reading
from pages.shared.widgets import html_text

LABEL = "What would change this"


def show(user: User, client_id: int, goals: tuple[Goal, ...]) -> None:
    """The smallest sets of new facts that would reach each of the goals, for one of the user's clients."""
    opened = st.expander(LABEL, key=f"what-if-{client_id}", on_change="rerun", type="compact")
    if not opened.open:
        return
    with reading(user) as session:
        found = answers(session, user, client_id, clock.today(), goals)
    with opened:
        html_text.show(*_lines(found), html_text.span(words.MEANING, muted=True), small=True)


def _lines(found: Sequence[WhatIfAnswer]) -> list[str]:
    """A line for each direction in which something lies; an open safety item is said once."""
    if found[0].safety_open:
        return [html_text.span(line) for line in words.answered(found[0])]
    return [
        f"{html_text.span(words.heading(one.goal), strong=True)}: {' '.join(map(html_text.span, lines))}"
        for one in found
        if (lines := words.answered(one))
    ]
