"""How well the scores did: beside simple rules, how early, and whether stated chances hold."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from casework import wording
from casework.caseload.evidence_report import LABELS, LANDMARK, Calibration, Interval, Report
from casework.figures import evidence as figures
from casework.figures.template import Chart
from casework.vocabulary import OUTCOMES, Outcome
from casework.wording import MINUS, percent
from pages.shared.widgets import charts
from pages.shared.widgets.components import is_dark, table
from pages.shared.widgets.layout import for_statisticians

PICKED: Final = "evidence_outcome"
SHORT: Final = {
    Outcome.EARLY.value: "Warning ahead",
    Outcome.USE.value: "Use that was seen",
    Outcome.RELAPSE.value: "Use or not coming",
    Outcome.DROPOUT.value: "Losing contact",
    LANDMARK: "From week 3",
}
"""A word or two for each outcome, the hardest first."""
MEANING: Final = {
    **{one.id: wording.sentence_of(one) for one in OUTCOMES},
    LANDMARK: "Seen once, from the end of week 3: four weeks in a row with use or not coming within weeks 3 to 12.",
}
SCORES: Final = {
    "early": "Early warning",
    "use": "Use",
    "engagement": "Engagement",
    "priority": "Order of the list",
}


def show(report: Report) -> None:
    """Figures of discrimination and lead time."""
    st.markdown(
        "Each person was scored by points that were made from the records of others. In brackets: the range in which "
        "the true figure very likely lies."
    )
    _beside_rules(report)
    st.markdown("## All figures")
    table(
        {
            "What is foreseen": [SHORT[one.outcome] for one in report.discrimination],
            "Read from": [SCORES[one.score] for one in report.discrimination],
            "Events (people)": [f"{one.events:,} ({one.people:,})" for one in report.discrimination],
            "Right about who is next": [with_interval(one.auc) for one in report.discrimination],
            "Caught, 10% flagged": [in_percent(one.caught_10) for one in report.discrimination],
            "Caught, 20% flagged": [in_percent(one.caught_20) for one in report.discrimination],
        }
    )
    st.caption(
        "Right about who is next: of two clients, one to whom it happens and one to whom it does not, how often the "
        "first has more points (0.5 is a coin). Caught: the share of all events among those flagged, when so much of "
        "the caseload is flagged each week; 20% of 40 clients are eight calls a week."
    )
    _missing(report)
    _leads(report)
    with for_statisticians():
        table(
            {
                "What is foreseen": [SHORT[one.outcome] for one in report.discrimination],
                "Average precision": [with_interval(one.precision) for one in report.discrimination],
            }
        )
        st.caption(
            "“Right about who is next” is the area under the ROC curve. Intervals are 95%, over people."
        )


def chances(report: Report) -> None:
    """Whether stated chances hold."""
    st.markdown(
        "Each mark is a tenth of all person-weeks. On the dotted line, what was stated is what happened."
    )
    columns = st.columns(2, gap="large")
    for number, outcome in enumerate(Outcome):
        with columns[number % 2]:
            _chance(report.calibration_of(outcome.value))
    table(
        {
            "What is foreseen": [SHORT[one.outcome] for one in report.calibration],
            "Happened for each one stated": [with_interval(one.ratio) for one in report.calibration],
        }
    )
    st.caption(
        "These hold for weekly visits in the trials; the report card compares them with what happens in your clinic."
    )
    with for_statisticians():
        table(
            {
                "What is foreseen": [SHORT[one.outcome] for one in report.calibration],
                "Slope (1 is right)": [with_interval(one.slope) for one in report.calibration],
                "Intercept (0 is right)": [with_interval(one.intercept) for one in report.calibration],
            }
        )
        st.caption("A slope below 1 means that high chances were stated too high and low ones too low.")


def with_interval(figure: Interval | None) -> str:
    """ "0.71 (0.67 to 0.74)"; a dash when there were too few events."""
    if figure is None:
        return "–"
    return f"{figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f})".replace("-", MINUS)


def in_percent(figure: Interval | None) -> str:
    """ "42% (37% to 47%)"."""
    if figure is None:
        return "–"
    return f"{percent(figure.value)} ({percent(figure.low)} to {percent(figure.high)})"


def _beside_rules(report: Report) -> None:
    outcome = pick_outcome(list(SHORT))
    st.text(MEANING[outcome])
    ours = report.discrimination_of(outcome)
    rows = [("Tideline", ours.auc, True)]
    rows += [(one.rule, one.auc, False) for one in report.comparisons if one.outcome == outcome]
    frame = pd.DataFrame(
        [(name, auc.value, auc.low, auc.high, mine) for name, auc, mine in rows],
        columns=["name", "auc", "low", "high", "ours"],
    )
    drawn = figures.beside_rules(frame, dark=is_dark())
    charts.show(Chart("evidence_beside_rules", drawn, figures.beside_rules_finding(frame)))
    with st.expander("The same as a table"):
        theirs = [one for one in report.comparisons if one.outcome == outcome]
        table(
            {
                "Rule": [one.rule for one in theirs],
                "Right about who is next": [with_interval(one.auc) for one in theirs],
                "Caught, 20% flagged": [percent(one.caught_20) for one in theirs],
                "Tideline is ahead by": [with_interval(one.ahead) for one in theirs],
            }
        )
    st.caption(
        "OPUS counts weeks with an opioid in urine or without a visit in the first three (Luo et al., JAMA Psychiatry "
        "2024;81:45)."
    )


def pick_outcome(outcomes: list[str]) -> str:
    """Choose one of `outcomes`; the first when none is chosen."""
    picked = st.pills(
        "What is foreseen",
        outcomes,
        format_func=SHORT.__getitem__,
        default=outcomes[0],
        key=f"{PICKED}_{len(outcomes)}",
    )
    return picked or outcomes[0]


def _missing(report: Report) -> None:
    st.markdown(
        "## With and without counting a week of not coming\n\nThe trials count a week without a visit as a week of "
        "use. A score can look good at that by noticing who stops coming. So the same scores stand here beside use "
        "that was seen in urine or reported, and nothing else."
    )
    found = {(one.score, one.outcome): with_interval(one.auc) for one in report.by_score}
    table(
        {
            "Score": list(SCORES.values()),
            "Use or not coming": [found[score, Outcome.RELAPSE.value] for score in SCORES],
            "Observed use only": [found[score, Outcome.USE.value] for score in SCORES],
            "Not coming only": [found[score, Outcome.DROPOUT.value] for score in SCORES],
        }
    )


def _leads(report: Report) -> None:
    st.markdown("## How early")
    table(
        {
            "What is foreseen": [SHORT[one.outcome] for one in report.leads],
            "Flagged each week": [percent(one.flagged) for one in report.leads],
            "Flagged in the 4 weeks before": [
                f"{percent(one.caught)} of {one.events}" for one in report.leads
            ],
            "Weeks flagged in a row before": [f"{one.mean:.0f} on average" for one in report.leads],
            "2 weeks or more": [percent(one.two_weeks) for one in report.leads],
            "4 weeks or more": [percent(one.four_weeks) for one in report.leads],
        }
    )
    st.caption(
        "For events from week 8 on. An event is complete with its fourth bad week, so up to three weeks of the lead "
        "are bad weeks already: it is time to act, but not all of it is warning ahead."
    )


def _chance(one: Calibration) -> None:
    frame = pd.DataFrame(
        [
            (part.stated, part.observed.value, part.observed.low, part.observed.high, part.rows)
            for part in one.bins
        ],
        columns=["stated", "observed", "low", "high", "rows"],
    )
    finding = figures.calibration_finding(LABELS[one.outcome], frame)
    charts.show(Chart(f"evidence_chance_{one.outcome}", figures.calibration(frame, dark=is_dark()), finding))
