"""How it turned out: the counselor's answers and Tideline's chances beside what happened."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from casework import wording
from casework.caseload.forecasts import MIN_COUNSELORS, Past, Review
from casework.forecasts import MIN_CLIENTS, MIN_FORECASTS, Case, Comparison, Estimate, Summary, Tally
from casework.users import User
from casework.vocabulary import Outcome
from pages.forecasts import phrases
from pages.shared import clock
from pages.shared.widgets import html_text, table
from pages.shared.widgets.components import open_client

LIST: Final = "forecast-cases"
OPEN: Final = "Open"
HAPPENED: Final = {True: "yes", False: "no", None: "cannot be said"}


def show(seen: Review, user: User) -> None:
    """Both questions, one below the other."""
    listed = {case.client_id for past in seen.past.values() for _, case in past.cases}
    chosen = table.picked(LIST, listed)
    if chosen is not None:
        open_client(chosen.identifier)
    who = "The team" if user.sees_team else "You"
    st.text(_intro(user))
    if seen.waiting:
        waiting = wording.sentence(wording.counted(seen.waiting, "forecast"))
        st.text(f"{waiting} not four weeks old yet: what happened is not known before.")
    if user.sees_team and seen.counselors < MIN_COUNSELORS:
        st.info(
            "Not yet enough: the team's figures show once forecasts of at least "
            f"{wording.counted(MIN_COUNSELORS, 'counselor')} are four weeks old, so that they are nobody's alone."
        )
        return
    if not seen.counselors:
        st.info("None of your forecasts is four weeks old yet. The first comparison shows here when one is.")
        return
    for question, past in seen.past.items():
        with st.container(border=True, gap="small", key=f"forecast-review-{question.value}"):
            _question(question, past, who)


def _intro(user: User) -> str:
    if user.sees_team:
        return (
            "The forecasts of the last 52 weeks on the team's clients, all together. Nobody is compared with anybody: "
            "it shows where the team's judgment adds to Tideline's, and where Tideline's adds to the team's."
        )
    return (
        "Your forecasts of the last 52 weeks beside Tideline's chances of the same moments. Only you see them one by "
        "one. Where you were closer, you knew what no record holds: consider writing it down."
    )


def _question(question: Outcome, past: Past, who: str) -> None:
    st.markdown(f"## {phrases.SUBJECTS[question]}", help=phrases.COUNTS[question])
    st.text(_counts(past.comparison))
    if past.comparison.summary is None:
        st.info(
            f"Not yet enough to sum up: figures show from {MIN_FORECASTS} forecasts on whose outcome is known, on at "
            f"least {wording.counted(MIN_CLIENTS, 'client')}."
        )
    else:
        _summary(past.comparison, past.comparison.summary, question, who)
    if past.cases:
        _cases(past.cases, question)


def _counts(found: Comparison) -> str:
    said = f"{wording.count(found.cases, 'forecast')} on {wording.count(found.clients, 'client')}: "
    said += f"it happened in {found.happened}, it did not in {found.cases - found.happened}."
    picked = found.cases - found.by_turn
    if picked:
        said += f" In {picked} the client was picked, not in turn: such clients may differ from the others."
    if found.unknown:
        said += f" {found.unknown} more left out: too little is known of those weeks, or it was so already."
    if found.unmatched:
        said += f" {found.unmatched} more left out: Tideline gave no chance."
    return said


# --- figures -----------------------------------------------------------------------------------------------------


def _summary(compared: Comparison, found: Summary, question: Outcome, who: str) -> None:
    left, right = st.columns([2, 3], gap="medium")
    with left:
        html_text.show(
            html_text.span("How far off on average", strong=True),
            html_text.span(
                "0: sure and right each time. 0.25: saying 50% each time. 1: sure and wrong.", muted=True
            ),
            f"{html_text.span(who + ':')} {html_text.span(_estimate(found.counselor), strong=True)}",
            f"{html_text.span('Tideline:')} {html_text.span(_estimate(found.engine), strong=True)}",
            html_text.span(closer(compared, found.difference, who)),
            html_text.span(
                "In brackets: what the true value may well be (95%). The mean of squared distances.",
                muted=True,
            ),
        )
    with right:
        _calibration(found, question, who)


def _estimate(found: Estimate) -> str:
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})"


def closer(compared: Comparison, difference: Estimate, who: str) -> str:
    """Who was closer; between two that the numbers cannot tell apart, neither."""
    if not compared.tells:
        return "Too few endings of both kinds so far to say who is closer."
    if difference.high < 0:
        return f"{who} came closer to what happened."
    if difference.low > 0:
        return "Tideline came closer to what happened."
    return "Too close to tell apart so far."


def _calibration(found: Summary, question: Outcome, who: str) -> None:
    html_text.show(
        html_text.span("After each answer: in how many it happened", strong=True),
        html_text.span("Tideline's chances stand with the nearest answer.", muted=True),
    )
    st.dataframe(
        pd.DataFrame(
            {
                "Answer": [phrases.answer(row.answer) for row in found.calibration],
                who: [_tally(row.counselor) for row in found.calibration],
                "Tideline": [_tally(row.engine) for row in found.calibration],
            }
        ),
        hide_index=True,
        height="content",
        alt=f"{phrases.SUBJECTS[question]}: in how many cases it happened, for each answer and by Tideline's chance.",
    )


def _tally(found: Tally) -> str:
    if not found.of:
        return "not said"
    return f"{found.happened} of {found.of} ({wording.percent(found.low)} to {wording.percent(found.high)})"


# --- cases -------------------------------------------------------------------------------------------------------


def _cases(cases: tuple[tuple[str, Case], ...], question: Outcome) -> None:
    today = clock.today()
    html_text.show(html_text.span("One by one, the widest apart first", strong=True))
    table.show(
        LIST,
        cases,
        {
            "Client": lambda one: one[0],
            OPEN: lambda _: OPEN,
            "Forecast of": lambda one: wording.short_date(one[1].made_on, today),
            "You": lambda one: phrases.answer(one[1].said),
            "Tideline": lambda one: phrases.chance(one[1].engine),
            "It happened": lambda one: HAPPENED[one[1].happened],
        },
        identifier=lambda one: one[1].client_id,
        buttons={OPEN: table.Cells(60, "tertiary")},
        key=f"forecast-cases-{question.value}",
        height=min(280, 38 + 35 * len(cases)),
        alt=f"{phrases.SUBJECTS[question]}, one by one: client, your answer, Tideline's chance, whether it happened.",
    )
