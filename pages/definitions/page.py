"""Definitions: what every number, point, rule and word means, read from the code that computes with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.rules import off_rules
from casework.indicators import COMPARISONS, INDICATORS, SUBJECTS, TABLE, Indicator
from casework.level_of_care import RULES
from casework.vocabulary import (
    CO_OCCURRING,
    CRAVING_CAUSES,
    HALT,
    LEVELS,
    MEDICATIONS,
    PLAN_ELEMENTS,
    PROTECTIVE_FACTORS,
    SAFETY_CONCERNS,
    STAGE_SIGNS,
    SUBSTANCES,
    TREATMENTS,
    WARNING_SIGNS,
    Term,
)
from pages.definitions import scores
from pages.shared import clock
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import layout, switched_off
from pages.shared.widgets.components import go_to, table

SEARCH: Final = "definitions_search"
GROUPS: Final = {
    "risk": "What adds to risk",
    "contact": "Silence, and what was asked",
    "strength": "Strengths",
    "safety": "Safety, outside every score",
    "comparison": "Where word and record differ",
}
LISTS: Final[dict[str, Sequence[Term]]] = {
    "Twelve warning signs": WARNING_SIGNS,
    "Self-care (HALT)": HALT,
    "Signs of the three stages": STAGE_SIGNS,
    "Causes of craving": CRAVING_CAUSES,
    "Protective factors": PROTECTIVE_FACTORS,
    "Safety concerns": SAFETY_CONCERNS,
    "Levels of care": LEVELS,
    "Kinds of treatment": TREATMENTS,
    "Elements of a prevention plan": PLAN_ELEMENTS,
    "Maintenance medications": MEDICATIONS,
    "Substances": SUBSTANCES,
    "Co-occurring conditions": CO_OCCURRING,
}


def render() -> None:
    """The page."""
    require_user()
    layout.title("Definitions")
    st.text("Everything here is read from the program itself, so it says what the program does.")
    asked = st.text_input(
        "Search",
        key=SEARCH,
        placeholder="A word, such as attendance, detox or fentanyl",
        icon=":material/search:",
    )
    if asked.strip():
        _found(asked.strip())
        return
    views: dict[str, Callable[[], None]] = {
        "Risk and points": _points,
        "Indicators": _indicators,
        "Level of care": _rules,
        "Word lists": _lists,
    }
    picked = st.segmented_control(
        "Part", list(views), default="Risk and points", key="definitions_part", label_visibility="collapsed"
    )
    views[picked or "Risk and points"]()


# --- parts ----------------------------------------------------------------------------------------------------------


def _points() -> None:
    _of_this_clinic()
    scores.show()


def _of_this_clinic() -> None:
    """The rows that this clinic has switched off, and the way to how all of them have done."""
    with reading(require_user()) as session:
        switched_off.show(off_rules(session, clock.today()))
    if st.button("How the rules have done in this clinic", type="tertiary", key="to_report_card"):
        go_to("report_card")


def _indicators() -> None:
    ordered = _in_order()
    for group, heading in GROUPS.items():
        some = [one for one in ordered if one.group == group]
        if some:
            st.markdown(f"## {heading}")
            for one in some:
                with st.expander(wording.INDICATORS[one.id].label):
                    _indicator(one)


def _in_order() -> list[Indicator]:
    """The indicators as the modules register them, subject by subject."""
    subjects = [subject.__name__ for subject in SUBJECTS]
    return sorted((INDICATORS | COMPARISONS).values(), key=lambda one: subjects.index(one.module))


def _indicator(one: Indicator) -> None:
    window = "the whole record" if one.window_days is None else wording.count(one.window_days, "day")
    step, words = one.next_step, wording.INDICATORS[one.id]
    by = "today" if step.within_days == 0 else f"within {wording.count(step.within_days, 'day')}"
    st.markdown(words.definition)
    lines = (
        ("Looks at", f"{window}; counted in {words.unit}"),
        ("Asks for attention", words.levels),
        ("Next step", f"{wording.NEXT_STEPS[step.id]} ({step.who}, {by})"),
        ("Limits", words.limits),
        ("Source", words.source),
    )
    st.markdown("\n".join(f"- **{name}:** {_plainly(words)}" for name, words in lines))


def _plainly(words: str) -> str:
    """Our own words with nothing that Markdown would take for markup."""
    return words.replace("~", r"\~").replace("*", r"\*").replace("$", r"\$")


def _rules() -> None:
    st.markdown("At least two options, the first first. Nothing is applied by itself: a clinician decides.")
    words = wording.care_rules
    for rule in RULES.values():
        with st.expander(words.label(rule.id)):
            st.markdown(
                f"**When:** {words.when(rule.id, rule.limits)}\n\n**Then:** {words.then(rule.id, rule.limits)}\n\n"
                f"**Source:** {words.source(rule.source)}"
            )


def _lists() -> None:
    for heading, entries in LISTS.items():
        with st.expander(f"{heading} ({len(entries)})"):
            meanings = [wording.sentence_of(one) for one in entries]
            columns = {"Term": [wording.label(one) for one in entries]}
            table(columns | {"Meaning": meanings} if any(meanings) else columns)
            st.markdown(f"Source: {'; '.join(dict.fromkeys(one.source for one in entries))}")


# --- searching ------------------------------------------------------------------------------------------------------


def _found(asked: str) -> None:
    """All terms that hold the asked words, in one table. What was typed is shown as text only."""
    words = asked.lower().split()
    rows = [row for row in _everything() if all(word in " ".join(row).lower() for word in words)]
    if not rows:
        layout.empty("Nothing here has these words.", "Try one word, or a part of it.")
        return
    st.text(f"{wording.sentence(wording.counted(len(rows), 'entry', 'entries'))} found.")
    kinds, terms, meanings = zip(*rows, strict=True)
    table({"Kind": list(kinds), "Term": list(terms), "Meaning": list(meanings)})


def _everything() -> list[tuple[str, str, str]]:
    """(kind, term, meaning) of every indicator, point row, rule and word."""
    found = [
        (
            "Indicator",
            words.label,
            f"{words.definition} {words.limits} Next step: {wording.NEXT_STEPS[one.next_step.id]}.",
        )
        for one in _in_order()
        for words in [wording.INDICATORS[one.id]]
    ]
    found += [
        (
            f"{wording.signed(rule.points)} points, {wording.within(rule.score)}",
            wording.INDICATORS[rule.indicator_id].label,
            f"{wording.sentence(wording.condition(rule))}. {scores.reason(rule)}.",
        )
        for rule in TABLE
    ]
    care = wording.care_rules
    found += [
        (
            "Level of care",
            care.label(rule.id),
            f"{care.when(rule.id, rule.limits)} {care.then(rule.id, rule.limits)}",
        )
        for rule in RULES.values()
    ]
    found += [
        (heading, wording.label(one), wording.sentence_of(one))
        for heading, entries in LISTS.items()
        for one in entries
    ]
    return found
