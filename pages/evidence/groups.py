"""How well the scores did in groups of people, and where they do less well."""

from __future__ import annotations

import streamlit as st

from casework.caseload.evidence_report import FLAGGED, Report, RiskGroup
from casework.vocabulary import Outcome
from casework.wording import percent
from pages.evidence.results import MEANING, SHORT, in_percent, pick_outcome, with_interval
from pages.shared.widgets.components import table


def show(report: Report) -> None:
    """The part."""
    st.markdown(
        "No score reads sex, age, race or ethnicity. It can still do less well for some people, or flag them more "
        "often. Everybody is flagged together, 20% of the caseload each week. The groups are the trials' own."
    )
    outcome = pick_outcome([one for one in SHORT if one in set(Outcome)])
    st.text(MEANING[outcome])
    _uneven(report, outcome)
    groups = [one for one in report.groups if one.outcome == outcome]
    table(
        {
            "Group": [f"{one.by}: {one.group}" for one in groups],
            "People": [f"{one.people:,}" for one in groups],
            "Events": [f"{one.events:,}" for one in groups],
            "Flagged": [percent(one.flagged) for one in groups],
            "Right about who is next": [with_interval(one.auc) for one in groups],
            "Caught": [in_percent(one.caught_20) for one in groups],
            "Happened for each one stated": [with_interval(one.ratio) for one in groups],
        }
    )
    st.caption(
        "Above 1 in the last column, the stated chance was too low for the group; below 1 it was too high. Intervals "
        "are wide in small groups: what looks even there may not be. A dash: fewer than 20 events."
    )


def _uneven(report: Report, outcome: str) -> None:
    found = [one for one in report.uneven() if one.outcome == outcome]
    if not found:
        st.text("No group stands out from all the others by more than chance would bring.")
        return
    overall = report.discrimination_of(outcome)
    lines = [f"- **{one.by}: {one.group}.** {' '.join(_said(one, overall.auc.value))}" for one in found]
    st.markdown("**Read with more care for these groups:**\n\n" + "\n".join(lines))


def _said(one: RiskGroup, overall: float) -> list[str]:
    said = []
    if one.flagged_often:
        said.append(
            f"Flagged more often: {percent(one.flagged)} of their weeks instead of {percent(FLAGGED)}."
        )
    if one.less_right(overall) and one.auc:
        said.append(f"Less often right about who is next: {one.auc.value:.2f} instead of {overall:.2f}.")
    if one.ratio and one.chance_too_high:
        said.append(
            f"Stated chances are too high: it happened {one.ratio.value:.2f} times for each one stated."
        )
    if one.ratio and one.chance_too_low:
        said.append(
            f"Stated chances are too low: it happened {one.ratio.value:.2f} times for each one stated."
        )
    return said
