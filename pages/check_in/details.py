"""The other fields of a check-in: when and how, safety, craving, use, withdrawal, medication and a free text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from casework import wording
from casework.caseload.check_in_form import PastCheckIn
from casework.vocabulary import (
    CRAVING_CAUSES,
    CRAVING_MAX,
    OTHER_SUBSTANCES,
    SUBSTANCES,
    WITHDRAWAL_SUBSTANCES,
    ContactKind,
    InformationSource,
    Term,
    Use,
    Withdrawal,
    term,
)
from pages.check_in.draft import ABSENT, NOT_ASKED, PRESENT, SOME, day_of
from pages.shared.form import Form, with_stored
from pages.shared.widgets import html_text

UNASKED: Final = wording.sentence(wording.NOT_ASKED)
USES: Final = {NOT_ASKED: UNASKED, **{use.value: wording.label(use) for use in Use}}
OTHERS: Final = {NOT_ASKED: UNASKED, ABSENT: "None", SOME: "Some"}
WITHDRAWAL: Final[dict[str | int, str]] = {
    NOT_ASKED: UNASKED,
    **{level: wording.label(one) for level, one in enumerate(Withdrawal)},
}
YES_NO: Final = {NOT_ASKED: UNASKED, ABSENT: "No", PRESENT: "Yes"}
LONGEST: Final = 366
MAX_NOTE: Final = 50_000


def when_and_how(draft: Form, today: dt.date, now: dt.time) -> None:
    """The kind of contact, who said so, and the day and time (now, unless it happened earlier): said in one quiet line,
    which opens the fields."""
    with st.popover(_how(draft, today), type="tertiary", key=draft.button("how")):
        st.selectbox("Contact", list(ContactKind), format_func=wording.label, **draft.field("contact"))
        st.selectbox("Source", list(InformationSource), format_func=wording.label, **draft.field("source"))
        st.toggle("It happened earlier", **draft.field("earlier"))
        if draft.get("earlier"):
            if draft.get("time") is None:
                draft.fill(time=now.replace(second=0, microsecond=0))
            if draft.get("day") is None:
                draft.fill(day=today)
            draft.day()
            st.time_input("Time", step=300, **draft.field("time"))


def _how(draft: Form, today: dt.date) -> str:
    """ "Visit, told by the client, now": what the fields say, in our own words."""
    contact = wording.label(draft.get("contact") or ContactKind.VISIT)
    source = wording.within(draft.get("source") or InformationSource.CLIENT)
    when = "now"
    if draft.get("earlier"):
        when = wording.ago(day_of(draft, today), today)
        if draft.get("time") is not None:
            when += f", {wording.clock(draft.get('time'))}"
    return f"{contact}, told by {source}, {when}"


def overdose(draft: Form) -> None:
    """The day of the overdose, and whether naloxone was used, once an overdose is told."""
    if draft.get("overdosed") == PRESENT:
        with st.container(horizontal=True, gap="medium"):
            draft.day("overdosed_on", "Day of the overdose, if known", width=220)
            _choice(draft, "naloxone_used", "Was naloxone used?", {**YES_NO, NOT_ASKED: "Not known"})
    draft.refusal("overdosed", "overdosed_on", "naloxone_used")


def craving(draft: Form, last: PastCheckIn | None) -> None:
    """Craving from 0 to 10, and its causes."""
    st.segmented_control(
        "Craving, from 0 (none) to 10 (the worst)",
        list(range(CRAVING_MAX + 1)),
        help="Not asked while nothing is chosen. Choose the number again to take it back.",
        **draft.field("craving"),
    )
    if last is not None:
        _last(wording.NOT_ASKED if last.answers.craving is None else str(last.answers.craving))
    _pills(draft, "causes", "What the craving comes from", CRAVING_CAUSES)


def use(draft: Form, last: PastCheckIn | None, corrected: PastCheckIn | None) -> None:
    """Opioids and other substances since the last check-in."""
    _choice(draft, "use", "Opioid use since the last check-in", USES)
    if last is not None:
        _last(wording.within(last.answers.use) if last.answers.use else wording.NOT_ASKED)
    if draft.get("use") in (Use.SLIP, Use.REGULAR):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _days(draft, "use_days", "Days with use", placeholder=wording.NOT_ASKED)
            draft.day("used_on", "Last day of use, if known", width=220)
    _choice(draft, "others", "Other substances since the last check-in", OTHERS)
    if draft.get("others") == SOME:
        stored = (corrected and corrected.answers.other_substances) or frozenset()
        _pills(draft, "others_which", "Which", _substances(OTHER_SUBSTANCES, stored))
    draft.refusal("use", "use_days", "used_on", "other_substances")


def withdrawal(draft: Form, corrected: PastCheckIn | None) -> None:
    """How strong withdrawal is, and from what."""
    _choice(draft, "withdrawal", "Withdrawal now", WITHDRAWAL)
    if draft.get("withdrawal") not in (NOT_ASKED, 0):
        stored = corrected.answers.withdrawal_from if corrected else frozenset()
        _pills(draft, "withdrawal_from", "From what", _substances(WITHDRAWAL_SUBSTANCES, stored))
    draft.refusal("withdrawal", "withdrawal_from")


def medication(draft: Form, usual_days: int) -> None:
    """On how many of the last days the maintenance medication was taken."""
    if draft.get("medication_of") is None:
        draft.fill(medication_of=usual_days)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _days(draft, "medication_taken", "Maintenance medication: days taken", placeholder=wording.NOT_ASKED)
        _days(draft, "medication_of", "of how many days", least=1)
    draft.refusal("medication_days_taken", "medication_days_of")


def note(draft: Form) -> None:
    """A free text."""
    st.text_area(
        "Note",
        height=190,
        max_chars=MAX_NOTE,
        placeholder="In the client's own words where you can. Ctrl+Enter here saves the check-in.",
        **draft.field("note"),
    )
    draft.refusal("note")


def _choice(draft: Form, field: str, label: str, options: Mapping[Any, str]) -> None:
    st.radio(
        label,
        list(options),
        format_func=options.__getitem__,
        horizontal=True,
        **draft.field(field),
    )


def _pills(draft: Form, field: str, label: str, entries: tuple[Term, ...]) -> None:
    labels = {one.id: wording.label(one) for one in entries}
    st.pills(
        label,
        list(labels),
        format_func=labels.__getitem__,
        selection_mode="multi",
        **draft.field(field),
    )


def _days(draft: Form, field: str, label: str, *, least: int = 0, placeholder: str | None = None) -> None:
    st.number_input(
        label,
        min_value=least,
        max_value=LONGEST,
        value=None,
        step=1,
        placeholder=placeholder,
        width=220,
        **draft.field(field),
    )


def _substances(choices: tuple[str, ...], stored: frozenset[str]) -> tuple[Term, ...]:
    return tuple(term(SUBSTANCES, id_) for id_ in with_stored(choices, stored))


def _last(said: str) -> None:
    html_text.show(html_text.span(f"last: {said}", muted=True), small=True)


def last_line(last: PastCheckIn | None, today: dt.date) -> str:
    """Whose answers stand beside the form, and of which day."""
    if last is None:
        return "the first check-in with this client"
    how = wording.within(last.answers.contact)
    return f"last check-in {wording.ago(last.occurred_on, today)} ({how})"


def title(when: dt.date, today: dt.date) -> str:
    """ "3 days ago, Mar 8": for choosing among earlier check-ins."""
    return f"{wording.sentence(wording.ago(when, today))}, {wording.short_date(when, today)}"
