"""Whether the day's calls reach people in time: the first thing to know about a list of calls."""

from __future__ import annotations

from typing import Final

import streamlit as st

from casework.caseload.calls_report import TIDELINE, TURNS, CallList, CallsReport, read_calls_report
from casework.caseload.evidence_report import Report
from casework.wording import percent
from pages.shared.widgets.components import table
from pages.shared.widgets.layout import for_statisticians

A_WEEK: Final = 5
NAMES: Final = {
    TIDELINE: "Tideline",
    TURNS: "By turns",
    "days_since_visit": "Days since the last visit",
    "rolling_opus": "OPUS over the latest three weeks",
}
MEASURES: Final = {
    "before": "On the list before it began",
    "second": "On the list by its second week",
    "lost": "Stopped coming: on the list",
    "use": "Use that was seen: on the list",
}
TRIALS: Final = (
    "Built on trials that did not measure fentanyl, from before it was in most of the supply: read every figure with "
    "that in mind."
)


def opening() -> str:
    """What the list does, in plain words."""
    figures = read_calls_report()
    ours, turns = figures.of(TIDELINE, A_WEEK), figures.of(TURNS, A_WEEK)
    return (
        f"With {A_WEEK} calls a week for {figures.size} clients: of 100 people who begin to slip, "
        f"**{_of_100(ours.before)} were on the list in the four weeks before**; by turns it would be "
        f"{_of_100(turns.before)}. By the second week it was {_of_100(ours.second)}, by turns {_of_100(turns.second)}."
    )


def show(_: Report) -> None:
    """The part: all figures of the list."""
    figures = read_calls_report()
    st.markdown(
        f"{figures.caseloads} made-up caseloads of {figures.size} people of the trials. Every week, from what was "
        "known by then, the same code as on Today made a list of calls. To begin to slip means: four weeks in a row "
        "with use or not coming begin."
    )
    _lists(figures)
    st.caption(
        "By turns: whoever was not called for longest, without those who need a plan. A list that is not well ahead of "
        "taking turns is not worth its screen. Who needed a plan: their four weeks were over before, and a reminder is "
        "not what helps. Every call counts here as one that reached the client."
    )
    with for_statisticians():
        table(
            {
                "What": [MEASURES[one.measure] for one in figures.ahead],
                "Calls a week": [str(one.calls) for one in figures.ahead],
                "Ahead of turns, points of 100": [
                    f"{100 * one.ahead.value:.0f} ({100 * one.ahead.low:.0f} to {100 * one.ahead.high:.0f})"
                    for one in figures.ahead
                ],
            }
        )
        st.caption(
            "In brackets the 95% interval, over draws of people. Other rules are compared in docs/validation.md."
        )


def _lists(figures: CallsReport) -> None:
    rows = figures.lists
    table(
        {
            "List": [NAMES[one.name] for one in rows],
            "Calls a week": [str(one.calls) for one in rows],
            **{
                heading: [percent(_share(one, measure)) for one in rows]
                for measure, heading in MEASURES.items()
            },
            "Calls to people who needed a plan": [percent(one.past) for one in rows],
        }
    )


def _share(one: CallList, measure: str) -> float:
    share: float = getattr(one, measure)
    return share


def _of_100(share: float) -> int:
    return round(100 * share)
