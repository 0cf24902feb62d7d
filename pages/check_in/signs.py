"""Rows of signs: what it means, present, absent or not asked, and what was said last time.

One row is one group of radio buttons, and that makes it quick by keyboard: Tab goes to the next sign, the right arrow
says absent, the left arrow (or the right one twice) present.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.check_in_form import CheckInForm, PastCheckIn
from casework.vocabulary import (
    HALT,
    MEDICATION_SIGN,
    PROTECTIVE_FACTORS,
    SELF_CARE_SIGN,
    STAGE_SIGNS,
    WARNING_SIGNS,
    Stage,
    Term,
    WarningSign,
)
from pages.check_in.draft import ABSENT, NOT_ASKED, PRESENT, field_of
from pages.shared.form import Form
from pages.shared.widgets import html_text

ANSWERS: Final = (NOT_ASKED, ABSENT, PRESENT)
LABELS: Final = {
    one: wording.sentence(wording.sign_answer(present))
    for one, present in zip(ANSWERS, (None, False, True), strict=True)
}
RADIO_WIDTH: Final = 262
LAST_WIDTH: Final = 104
# Self-care comes last, so that its four parts open below the whole list and never under somebody's fingers.
SIGNS: Final[tuple[WarningSign, ...]] = (
    *(sign for sign in WARNING_SIGNS if sign.id != SELF_CARE_SIGN),
    *(sign for sign in WARNING_SIGNS if sign.id == SELF_CARE_SIGN),
)


def warning_signs(draft: Form, form: CheckInForm, last: PastCheckIn | None, *, prescribed: bool) -> None:
    """The twelve warning signs, and the parts of self-care under that sign while it is present."""
    told = last.answers.signs if last else {}
    for sign in SIGNS:
        if sign.id == MEDICATION_SIGN and not prescribed:
            _not_applicable(sign)
        else:
            _row(draft, "sign", sign, told, last)
    with st.container(key="halt", gap=None):
        if draft.get(f"sign:{SELF_CARE_SIGN}") == PRESENT:
            halt = last.answers.halt if last else {}
            for part in HALT:
                _row(draft, "halt", part, halt, last)


def stage_signs(draft: Form, last: PastCheckIn | None) -> None:
    """The signs of the three stages, a closed part each."""
    told = last.answers.stage_signs if last else {}
    for stage in Stage:
        signs = [sign for sign in STAGE_SIGNS if sign.stage is stage]
        asked = _asked(draft, "stage", signs)
        said = f" · {asked} of {len(signs)} asked" if asked else ""
        with st.expander(f"{wording.label(stage)} stage{said}", key=draft.button(stage.value)):
            for sign in signs:
                _row(draft, "stage", sign, told, last)


def protective_factors(draft: Form, last: PastCheckIn | None) -> None:
    """What helps, kept apart from the signs."""
    told = last.answers.protective if last else {}
    for factor in PROTECTIVE_FACTORS:
        _row(draft, "protective", factor, told, last)


def asked_of_twelve(draft: Form, *, prescribed: bool) -> tuple[int, int]:
    """How many of the warning signs that apply have been asked."""
    apply = [sign for sign in WARNING_SIGNS if prescribed or sign.id != MEDICATION_SIGN]
    return _asked(draft, "sign", apply), len(apply)


def _asked(draft: Form, group: str, entries: Sequence[Term]) -> int:
    return sum(draft.get(field_of(group, one)) != NOT_ASKED for one in entries)


def _row(draft: Form, group: str, entry: Term, told: Mapping[str, bool], last: PastCheckIn | None) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"row-{group}-{entry.id}"
    ):
        _words(entry)
        st.radio(
            wording.label(entry),
            ANSWERS,
            format_func=LABELS.__getitem__,
            horizontal=True,
            label_visibility="collapsed",
            width=RADIO_WIDTH,
            **draft.field(field_of(group, entry)),
        )
        with st.container(width=LAST_WIDTH):
            if last is not None:
                answer = told.get(entry.id)
                said = html_text.span(
                    wording.sign_answer(answer), strong=answer is True, muted=answer is None
                )
                html_text.show(f"{html_text.span('last:', muted=True)} {said}", small=True)


def _not_applicable(sign: Term) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row-sign-{sign.id}"):
        _words(sign)
        with st.container(width=RADIO_WIDTH + LAST_WIDTH + 16):
            html_text.show(
                html_text.span("Not applicable: no maintenance medication is prescribed.", muted=True),
                small=True,
            )


def _words(entry: Term) -> None:
    with st.container(width="stretch"):
        html_text.show(
            f"{html_text.span(wording.label(entry), strong=True)} "
            f"{html_text.span(wording.sentence_of(entry), muted=True)}",
            small=True,
        )
