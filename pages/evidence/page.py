"""Evidence: what the scores are for and not for, what they read, and how well they did on the trial data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from casework.caseload.evidence_report import Report, read_report
from pages.evidence import calls, groups, purpose, results
from pages.shared.sign_in.gate import require_user
from pages.shared.widgets import layout
from pages.shared.widgets.components import go_to

PART: Final = "evidence_part"
VIEWS: Final[dict[str, Callable[[Report], None]]] = {
    "What it is for": purpose.show,
    "Calls in time": calls.show,
    "How well it does": results.show,
    "Stated chances": results.chances,
    "Groups of people": groups.show,
}


def render() -> None:
    """The page."""
    require_user()
    report = read_report()
    layout.title("Evidence")
    st.markdown(f"{calls.TRIALS}\n\n{calls.opening()}")
    st.markdown(
        f"The scores were checked on {report.data.people:,} real people in treatment for opioid use disorder. Nothing "
        "here decides anything: each score shows the dated facts that it rests on, so that you can judge for yourself."
    )
    first = next(iter(VIEWS))
    picked = st.segmented_control("Part", list(VIEWS), default=first, key=PART, label_visibility="collapsed")
    VIEWS[picked or first](report)
    if st.button("How the rules have done in this clinic", type="tertiary", key="to_report_card"):
        go_to("report_card")
