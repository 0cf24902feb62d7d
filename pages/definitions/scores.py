"""The four scores in words: their sums, the bands by chance, and every row with its points and their basis."""

from __future__ import annotations

from typing import Final

import streamlit as st

from casework import wording
from casework.figures.template import BAND_STYLES
from casework.indicators import TABLE, Rule
from casework.indicators.chances import chance
from casework.indicators.fitted import ELEVATED_FROM, HIGH_FROM, WATCH_FROM
from casework.indicators.points import DOMAINS, ENGAGEMENT_SHARE, LIFT, MIN_COVERAGE
from casework.vocabulary import Band, Outcome, Score
from pages.shared.widgets.components import table

SIDES: Final = {1: "for risk", -1: "against it", 0: "neither"}


def show() -> None:
    """All of it."""
    st.markdown(
        "Four scores stand beside each other. Each is the exact sum of those of its rows that hold, with their dated "
        "reasons. **A score starts high, and good facts bring it down:** its first row holds for everybody and says "
        "where somebody stands of whom nothing else is known. Somebody steady has about 30 to 80 points in all, so "
        "compare with the bands and not with zero. A safety answer has its own route and no points."
    )
    st.markdown(
        "The total, which orders the worklist, is the early warning, the warning signs and "
        f"{wording.part(ENGAGEMENT_SHARE)} of the contact score: missed weeks already count in the early warning. So "
        "does use, and the use score by itself has no part in the total."
    )
    table(
        {
            "Band": [BAND_STYLES[band].marked for band in Band],
            "Points in all": [points_of(band) for band in Band],
            "Of 100 people with such a record": [_people(band) for band in Band],
        }
    )
    st.markdown(
        f"So many {wording.RELAPSE_MEANING}. That holds without the warning signs; points of the warning signs raise "
        "the band and not the chance. A range such as “about 3 in 10 (2 to 5 in 10)” says how sure the trials make it, "
        "and is wider where less was heard. It is about people with such a record: this one may do better or worse."
    )
    st.markdown(_unknown())
    for score in Score:
        _score(score)


def _unknown() -> str:
    return (
        f"The risk is **unknown** when fewer than {MIN_COVERAGE:.0%} of these were heard from: "
        + "; ".join(wording.HEARD_WHEN[domain] for domain in DOMAINS)
        + "; and when neither a warning sign nor opioid use was asked about. What is missing never makes what is known "
        f"any better: with at least {LIFT} points of bad findings, elevated and high stay what they are. Silence alone "
        "is no such finding; it shows as overdue. A correction acts back: past weeks show what is now held to be right."
    )


def points_of(band: Band) -> str:
    """From and to how many points a band reaches."""
    return wording.sentence(wording.band_points(band, WATCH_FROM, ELEVATED_FROM, HIGH_FROM))


def _people(band: Band) -> str:
    limits = (_of_hundred(points) for points in (WATCH_FROM, ELEVATED_FROM, HIGH_FROM))
    return wording.sentence(wording.band_people(band, *limits))


def _of_hundred(points: int) -> int:
    """The chance of a relapse at so many points in all, down to the next five of a hundred: bands begin at the first
    whole point that reaches it."""
    return 5 * int(
        20 * chance(Outcome.RELAPSE, {Score.EARLY: points, Score.USE: 0, Score.ENGAGEMENT: 0}, 0).likely
    )


def _score(score: Score) -> None:
    rows = [rule for rule in TABLE if rule.score is score]
    st.markdown(f"## {wording.label(score)}")
    st.markdown(f"{wording.score_basis(score)} A row that says “each week” counts once for each such week.")
    columns = {
        "Points": [wording.signed(rule.points) for rule in rows],
        "Speaks": [SIDES[rule.sign] for rule in rows],
        "When": [wording.sentence(wording.condition(rule)) for rule in rows],
    }
    if score is Score.SIGNS:
        columns["Why so many"] = [reason(rule) for rule in rows]
    else:
        columns["Indicator"] = [wording.INDICATORS[rule.indicator_id].label for rule in rows]
    table(columns)


def reason(rule: Rule) -> str:
    """Where a row's points come from."""
    return wording.sentence(wording.why_by_hand(rule.basis))
