"""A recommendation on screen, today's or one that was kept with a decision: both in the same words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.level_of_care import RULES, Argument, Criterion, Option, Recommendation, Statement
from casework.vocabulary import Level
from pages.shared.widgets.components import table

HOLDS: Final = {True: "Yes", False: "Not yet", None: "Not known"}
CHANCES: Final = (
    "Chances are given as a range, as they turned out in trials; the less is known of a client, the wider it is. "
    "Nobody is a number: the client and you know more."
)


def above(found: Recommendation) -> None:
    """What could not wait then, and how to read the options. Today's stands in the client's headline."""
    for reason in found.review_today:
        st.error(f"**{words(reason.says)}.**{_day(reason, found)}", icon=":material/emergency:")
    note(found)


def note(found: Recommendation) -> None:
    """How to read the options."""
    st.info(words(found.note), icon=":material/handshake:")


def options(found: Recommendation) -> None:
    """The options as they were shown on the recommendation's day; what speaks for each of them is said once."""
    first, *_ = found.options
    common = [reason for reason in first.reasons if all(reason in one.reasons for one in found.options)]
    for number, option in enumerate(found.options):
        with st.container(border=True, gap="xsmall"):
            heading = "First option" if number == 0 else f"Option {number + 1}"
            st.markdown(f"**{heading}: {title(option, found.current)}**")
            st.markdown(wording.sentence_of(option.level))
            st.markdown(f"Begins with: {wording.clause(words(option.first_step))}.")
            if option.next_level is not None:
                st.markdown(f"Next rung: **{wording.label(option.next_level)}**. Never on its own.")
            own = [reason for reason in option.reasons if reason not in common]
            _why([f"{words(one.says)}{_day(one, found)}{_rule(one)}" for one in own], "Speaks for it")
            # Without days, which stand where the same reason speaks for another option.
            _why([f"{words(one.says)}{_rule(one)}" for one in option.against], "Speaks against it")
    _why([f"{words(one.says)}{_day(one, found)}{_rule(one)}" for one in common], "Speaks for each of them")
    st.caption(CHANCES)


def alongside(found: Recommendation) -> None:
    """What goes with every option."""
    for line in found.alongside:
        st.markdown(f"**Alongside:** {words(line)}")


def title(option: Option, current: Level) -> str:
    """The option in a line."""
    if option.withdrawal_from:
        more = "with an offer of medication" if option.offers_medication else "medication continued"
        return f"{wording.level_of_care.medical_withdrawal(option.withdrawal_from)}, {more}"
    same = " (as now)" if option.level is current else ""
    with_what = "an offer of medication" if option.offers_medication else "medication"
    return f"{wording.label(option.level)}{same}{f', with {with_what}' if option.with_medication else ''}"


def words(one: Statement) -> str:
    """What is said, in words."""
    return wording.level_of_care.statement(one)


def _rule(reason: Argument) -> str:
    return f" :small[({wording.care_rules.label(reason.rule)})]"


def _day(reason: Argument, found: Recommendation) -> str:
    """When it was, seen from the recommendation's day."""
    if reason.on is None:
        return ""
    rows = f", {wording.count(len(reason.refs), 'entry', 'entries')}" if len(reason.refs) > 1 else ""
    return f" · {wording.ago(reason.on, found.on)} ({wording.long_date(reason.on)}{rows})"


def _why(reasons: Sequence[str], heading: str) -> None:
    if reasons:
        st.markdown(f"**{heading}**\n" + "\n".join(f"- {reason}" for reason in reasons))


def step_down(criteria: tuple[Criterion, ...]) -> None:
    """What a lower level needs, criterion by criterion: what is not known does not hold."""
    if not criteria:
        return
    met = sum(one.met is True for one in criteria)
    with st.expander(f"What a lower level needs: {met} of {len(criteria)} hold", type="compact"):
        columns = {
            "Needs": [wording.level_of_care.needs(one) for one in criteria],
            "Now": [wording.sentence(wording.level_of_care.is_now(one)) for one in criteria],
            "Holds": [HOLDS[one.met] for one in criteria],
        }
        table(columns)


def rules() -> None:
    """All rules in words, whoever is looked at."""
    of = wording.care_rules
    with st.expander("The rules in words", type="compact"):
        known = RULES.values()
        columns = {
            "Rule": [of.label(rule.id) for rule in known],
            "When": [of.when(rule.id, rule.limits) for rule in known],
            "Then": [
                f"{of.then(rule.id, rule.limits)} *{of.direction(rule.pro, rule.contra)}*" for rule in known
            ],
        }
        table(columns)
        sources: dict[str, list[str]] = {}
        for rule in known:
            sources.setdefault(of.source(rule.source), []).append(of.label(rule.id))
        lines = (f"- {source}: {', '.join(labels)}" for source, labels in sources.items())
        st.caption("\n".join(("Where the rules come from:\n", *lines)))
