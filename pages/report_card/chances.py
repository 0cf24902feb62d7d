"""The chances: what holds, what the clinic's own outcomes suggest, and a supervisor's decision."""

from __future__ import annotations

from typing import Final

import streamlit as st

from casework import wording
from casework.actions.rules import apply_recalibration, revoke_recalibration
from casework.caseload.report_card import Chances, ReportCard
from casework.recalibration import MIN_OUTCOMES, SLOPE_OUTCOMES, Proposal, TooFew
from casework.users import User
from casework.vocabulary import OUTCOMES, term
from pages.shared import as_of
from pages.shared.form import Form, Subject
from pages.shared.widgets.components import plain, table

THIRDS: Final = {3: ("Lowest third", "Middle third", "Highest third"), 2: ("Lower part", "Higher part")}
HOW: Final = (
    f"The chances were worked out in trials; a clinic can differ. From {MIN_OUTCOMES} outcomes on, and as many "
    "four-week stretches without one, Tideline says what this clinic’s own weeks suggest, and holds back: few "
    "outcomes move the chances only a little. Nothing changes until a supervisor applies it."
)


def show(card: ReportCard, user: User) -> None:
    """One block an outcome."""
    st.text(HOW)
    for one in card.chances:
        with st.container(border=True, gap="xsmall", key=f"chances-{one.outcome.value}"):
            st.markdown(f"**{wording.label(term(OUTCOMES, one.outcome))}**")
            st.text(wording.sentence_of(term(OUTCOMES, one.outcome)))
            _applied(one)
            _changed(one, may_change=card.may_change and not as_of.locked())
            if isinstance(one.suggested, TooFew):
                st.text(_too_few(one.suggested))
            else:
                _proposal(one.suggested)
            if card.may_change and not as_of.locked():
                _buttons(one, user)


def _applied(one: Chances) -> None:
    row = one.applied
    if row is None:
        st.text("Now: as published.")
        return
    plain(
        f"Now: adjusted to this clinic since {wording.long_date(row.applied_on)} by {row.applied_by}, from "
        f"{wording.counted(row.outcomes, 'outcome')} of {wording.counted(row.clients, 'client')}: on average "
        f"{wording.percent(row.published)} as published, {wording.percent(row.adjusted)} adjusted, "
        f"{wording.percent(row.observed)} happened."
    )


def _changed(one: Chances, *, may_change: bool) -> None:
    """That the adjustment was worked out from scores with other rules, and what can be done."""
    if not one.rules_changed:
        return
    todo = ""
    if may_change:
        newest = "Apply the newest suggestion, or go" if isinstance(one.suggested, Proposal) else "You can go"
        todo = f" {newest} back to the published chances."
    st.warning(
        "Since then a rule of this score was switched off or on, so that its points mean something else than when "
        f"this was worked out.{todo}"
    )


def _too_few(found: TooFew) -> str:
    return (
        f"So far {wording.counted(found.outcomes, 'outcome')} and "
        f"{wording.counted(found.stretches, 'four-week stretch', 'four-week stretches')} without one, of at least "
        f"{MIN_OUTCOMES} each. Nothing is suggested yet."
    )


def _proposal(found: Proposal) -> None:
    st.text(
        f"From {wording.count(found.weeks, 'client-week')} of {wording.counted(found.clients, 'client')} with "
        f"{wording.counted(found.outcomes, 'outcome')}: it followed {wording.percent(found.observed)} of the weeks. "
        f"On average the published chance was {wording.percent(found.published)}; suggested is "
        f"{wording.percent(found.adjusted)}."
    )
    names = THIRDS.get(len(found.groups), ("All weeks",))
    columns = {
        "Weeks by published chance": list(names),
        "Client-weeks": [f"{group.weeks:,}" for group in found.groups],
        "Published": [wording.percent(group.published) for group in found.groups],
        "Suggested": [wording.percent(group.adjusted) for group in found.groups],
        "Happened": [wording.percent(group.observed) for group in found.groups],
    }
    table(columns)
    own, kept = found.fitted, found.adjustment
    stretch = (
        f" and stretched by {wording.decimal(kept.slope, 2)} (alone {wording.decimal(own.slope, 2)})"
        if found.outcomes >= SLOPE_OUTCOMES and own.slope != 1
        else ""
    )
    st.text(
        f"In numbers: log odds moved by {wording.decimal(kept.intercept, 2)} (this clinic alone would say "
        f"{wording.decimal(own.intercept, 2)}){stretch}."
    )


def _buttons(one: Chances, user: User) -> None:
    about = Subject(f"outcome-{one.outcome.value}", wording.label(term(OUTCOMES, one.outcome)))
    with st.container(horizontal=True, gap="small"):
        if isinstance(one.suggested, Proposal):
            form = Form("apply_recalibration", about)
            form.save_button("Apply the suggestion", _apply, one.suggested, user, type="secondary")
        if one.applied is not None:
            form = Form("revoke_recalibration", about)
            form.save_button("Back to the published chances", _revoke, one, user, type="secondary")


def _apply(form: Form, found: Proposal, user: User) -> None:
    form.save(
        apply_recalibration,
        "the suggestion is applied. The chances shown say that they are adjusted to this clinic.",
        by=user,
        proposal=found,
    )


def _revoke(form: Form, one: Chances, user: User) -> None:
    form.save(
        revoke_recalibration,
        "the published chances hold again.",
        with_token=False,
        by=user,
        outcome=one.outcome,
    )
