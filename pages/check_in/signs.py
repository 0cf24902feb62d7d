"""Rows of signs: what it means, No or Yes (or neither: not asked), and what was said last time.

One row is one stop of Tab; 1 says No, 2 says Yes, and the next row comes by itself (tideline_components' `choices`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from casework import wording
from casework.caseload.check_in_form import PastCheckIn
from casework.vocabulary import (
    HALT,
    MEDICATION_SIGN,
    PROTECTIVE_FACTORS,
    SAFETY_STAGE_MASK,
    SELF_CARE_SIGN,
    STAGE_SIGNS,
    WARNING_SIGNS,
    Stage,
    Term,
    WarningSign,
    unmask,
)
from casework.wording import CRISIS_LINES
from pages.check_in.draft import ABSENT, NOT_ASKED, PRESENT, field_of
from pages.shared.form import Form
from pages.shared.widgets import choices
from pages.shared.widgets.choices import AnswerOption, AnswerRow, Help, Last, Part, Together

OPTIONS: Final = (AnswerOption(ABSENT, "No", "1 n"), AnswerOption(PRESENT, "Yes", "2 y"))
KEYS: Final = "Keys: 1 No, 2 Yes, 0 not asked, Enter next"
COUNT: Final = "{n} of {of} asked"
AFTER: Final = "after-signs"
"""Key of what holds the button to which the last row leads."""
SAFETY: Final = {
    "suicidal": "Thoughts of suicide or self-harm?",
    "overdosed": "An overdose since the last contact?",
}
# Self-care comes last, so that its four parts open below the whole list and never under somebody's fingers.
SIGNS: Final[tuple[WarningSign, ...]] = (
    *(sign for sign in WARNING_SIGNS if sign.id != SELF_CARE_SIGN),
    *(sign for sign in WARNING_SIGNS if sign.id == SELF_CARE_SIGN),
)


def warning_signs(
    draft: Form, last: PastCheckIn | None, said_last: str, *, prescribed: bool, protocol: str
) -> None:
    """The twelve warning signs, the parts of self-care under that sign while it is present, and the two safety
    questions."""
    choices.show(
        draft,
        "signs",
        [_warning_signs(last, said_last, prescribed=prescribed), _safety(last, protocol)],
        look="signs",
        label="Warning signs and safety",
        unanswered=NOT_ASKED,
        keys=KEYS,
        after=AFTER,
    )


def _warning_signs(last: PastCheckIn | None, said_last: str, *, prescribed: bool) -> Part:
    told, halt = (last.answers.signs, last.answers.halt) if last else ({}, {})
    rows = [
        _not_applicable(sign)
        if sign.id == MEDICATION_SIGN and not prescribed
        else _row("sign", sign, told, last)
        for sign in SIGNS
    ]
    parts_of_self_care = [_row("halt", one, halt, last, under=f"sign:{SELF_CARE_SIGN}") for one in HALT]
    return Part("signs", (*rows, *parts_of_self_care), title="Warning signs", words=said_last)


def _safety(last: PastCheckIn | None, protocol: str) -> Part:
    """Each question has its own answer. The one button for both names them, and only while neither is answered; for
    signs there is none: nobody says No to what was not asked."""
    told = {} if last is None else {"suicidal": last.answers.suicidal, "overdosed": last.answers.overdosed}
    rows = tuple(
        AnswerRow(id_, question, OPTIONS, last=None if last is None else _last(told[id_]))
        for id_, question in SAFETY.items()
    )
    of = tuple(SAFETY)
    no_to_both = Together("No to both", ABSENT, of, whole=True)
    return Part("safety", rows, title="Safety", all=no_to_both, help=_help(protocol, of))


def _help(protocol: str, of: Sequence[str]) -> Help:
    """Where help is at once, before anything is saved."""
    lines = (
        f"Act now. {CRISIS_LINES}",
        protocol or "Your clinic has not written down its safety protocol yet.",
        "Once saved, it stands above every rank until a named person acknowledges it.",
    )
    return Help(lines, tuple(of))


def stage_signs(draft: Form, last: PastCheckIn | None, protocol: str) -> None:
    """The signs of the three stages, a closed part each."""
    told = last.answers.stage_signs if last else {}
    grave = {f"stage:{id_}" for id_ in unmask(STAGE_SIGNS, SAFETY_STAGE_MASK)}
    parts = []
    for stage in Stage:
        rows = tuple(_row("stage", sign, told, last) for sign in STAGE_SIGNS if sign.stage is stage)
        harms = [row.id for row in rows if row.id in grave]
        help_ = _help(protocol, harms) if harms else None
        title = f"{wording.label(stage)} stage"
        parts.append(Part(stage.value, rows, title=title, count=COUNT, folded=True, help=help_))
    choices.show(
        draft, "stages", parts, look="signs", label="Signs of the three stages", unanswered=NOT_ASKED
    )


def protective_factors(draft: Form, last: PastCheckIn | None) -> None:
    """What helps, kept apart from the signs."""
    told = last.answers.protective if last else {}
    rows = tuple(_row("protective", factor, told, last) for factor in PROTECTIVE_FACTORS)
    choices.show(
        draft,
        "helps",
        [Part("helps", rows, title="What helps", count=COUNT)],
        look="helps",
        label="What helps",
        unanswered=NOT_ASKED,
    )


def asked_of_twelve(draft: Form, *, prescribed: bool) -> tuple[int, int]:
    """How many of the warning signs that apply have been asked."""
    apply = [sign for sign in WARNING_SIGNS if prescribed or sign.id != MEDICATION_SIGN]
    return sum(draft.get(field_of("sign", one)) != NOT_ASKED for one in apply), len(apply)


def _row(
    group: str, entry: Term, told: Mapping[str, bool], last: PastCheckIn | None, *, under: str | None = None
) -> AnswerRow:
    return AnswerRow(
        field_of(group, entry),
        wording.label(entry),
        OPTIONS,
        words=wording.sentence_of(entry),
        last=None if last is None else _last(told.get(entry.id)),
        under=None if under is None else (under, PRESENT),
    )


def _last(answer: bool | None) -> Last:
    said = wording.NOT_ASKED if answer is None else "yes" if answer else "no"
    return Last(said, strong=answer is True, muted=answer is None)


def _not_applicable(sign: Term) -> AnswerRow:
    return AnswerRow(
        field_of("sign", sign),
        wording.label(sign),
        words="Not applicable: no maintenance medication is prescribed.",
    )
