"""Disagreements: whose word and record differ, in either direction; every row opens its client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.disagreements import Disagreement, DisagreementKind, Disagreements, read_disagreements
from casework.indicators import COMPARISONS
from pages.shared import as_of, clock
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import caseloads, disagreement, flags, html_text, layout, story, table
from pages.shared.widgets.components import escaped, open_client

LIST: Final = "disagreements"
COUNSELOR: Final = "disagreements_counselor"
HEADINGS: Final = {
    DisagreementKind.FINE: "The client says fine, the record says otherwise",
    DisagreementKind.HARD: "The client says it is hard, the record looks fine",
}


def render() -> None:
    """The page."""
    user = require_user()
    with reading(user) as session:
        seen = read_disagreements(
            session, user, clock.today(), counselor_id=caseloads.chosen(user, COUNSELOR)
        )
    layout.title("Disagreements")
    notices()
    chosen = table.picked(LIST, {row.client_id for row in seen.rows})
    if chosen is not None:
        open_client(chosen.identifier)
    caseloads.choose(user, seen.counselors, COUNSELOR)
    if not seen.clients:
        as_of.nobody_yet(
            "Nobody is on this caseload yet.",
            "Admit a client, or ask a supervisor to assign one.",
            go=("Go to Clients", "clients"),
        )
        return
    st.text(
        "Where word and record differ: to talk about, not an alarm. It adds no points, and neither side is proof."
    )
    for kind, heading in HEADINGS.items():
        _kind(kind, heading, seen, counselors=user.sees_team)
    if seen.unknown:
        st.text(
            f"{wording.sentence(wording.number(seen.unknown))} of {wording.count(seen.clients, 'client')} cannot be "
            "compared: too little was asked in four weeks, or nothing near it is on record."
        )


def _kind(kind: DisagreementKind, heading: str, seen: Disagreements, *, counselors: bool) -> None:
    rows = seen.of(kind)
    with st.container(gap="xsmall"):
        st.markdown(f"## {heading}")
        if not rows:
            st.text("Nobody.")
            return
        approach = wording.NEXT_STEPS[COMPARISONS[kind].next_step.id]
        html_text.show(
            f"{html_text.span('How to talk about it', strong=True)}: {html_text.span(wording.clause(approach))}.",
            html_text.span(wording.INDICATORS[kind].limits, muted=True),
            small=True,
        )
        _rows(rows, seen.today, counselors=counselors)


def _rows(rows: Sequence[Disagreement], today: dt.date, *, counselors: bool) -> None:
    for row in rows:
        with st.container(key=f"differs-{row.client_id}"):
            name, word, record, next_ = st.columns([3, 4, 4, 4], gap="medium")
        with name, st.container(gap=None):
            st.button(
                escaped(row.name),
                key=f"open-{row.client_id}",
                type="tertiary",
                on_click=table.pick,
                args=(LIST, row.client_id, "open"),
            )
            of = f" {html_text.span(row.counselor, muted=True)}" if counselors else ""
            html_text.show(flags.chips(row.story.chips), story.group(row.story) + of, small=True)
        with word:
            disagreement.accounts("The client says", row.difference.word, today)
        with record:
            disagreement.accounts("On record", row.difference.record, today)
        with next_:
            next_words = f"{html_text.span('Next', muted=True)}: {story.next_action(row.story)}"
            html_text.show(story.headline(row.story), next_words, small=True)
