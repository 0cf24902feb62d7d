"""The rules: a table a score, and one rule opened, with what was said of it and its switch."""

from __future__ import annotations

import datetime as dt
import math
from typing import Final

import streamlit as st

from casework import wording
from casework.actions.rules import switch_off, switch_on
from casework.caseload.report_card import ReportCard, RuleRow
from casework.report_card import MIN_FOLLOWED_UP, OUTCOME_OF
from casework.users import User
from casework.vocabulary import OUTCOMES, Score, term
from pages.shared import as_of
from pages.shared.form import Form, Subject
from pages.shared.widgets.components import plain, table

CHOSEN: Final = "report_card_rule"
WHY_LABEL: Final = "Why should it be off? Everybody here can read this: name no client."
REASONS_SHOWN: Final = 20
HOW: Final = (
    "A rule fires in the week in which it begins to hold. “Followed” says after how many of those weeks the outcome "
    f"came within four weeks, with its 95% range from {MIN_FOLLOWED_UP} on; “otherwise” how often it came when the "
    "rule did not hold. Minus points speak for the client: then it should come less often. A call that helped looks "
    "like a false alarm here: the figures compare, they do not judge."
)


def show(card: ReportCard, user: User, score: Score) -> None:
    """The rules of one score: the chosen one above the table, so that what a choice opens is in sight."""
    st.text(HOW)
    by_id = {row.rule.id: row for row in card.rules if row.rule.score is score}
    chosen = st.selectbox(
        "Open a rule",
        list(by_id),
        index=None,
        format_func=lambda id_: wording.sentence(wording.condition(by_id[id_].rule)),
        placeholder="A rule, to read what was said of it or to switch it",
        key=f"{CHOSEN}-{score.value}",
        width=560,
    )
    if chosen is not None:
        with st.container(border=True, gap="xsmall"):
            _open(by_id[chosen], card, user)
    one = term(OUTCOMES, OUTCOME_OF[score])
    with st.container(gap=None):
        st.markdown(f"**Followed by: {wording.clause(wording.label(one))}**")
        st.text(wording.sentence_of(one))
    _table(list(by_id.values()), card.today)


def _table(rows: list[RuleRow], today: dt.date) -> None:
    columns = {
        "Rule": [wording.sentence(wording.condition(row.rule)) for row in rows],
        "Points": [f"{row.rule.points:+d}".replace("-", wording.MINUS) for row in rows],
        "Fired": [f"{row.fired:,}" for row in rows],
        "Followed": [_followed(row) for row in rows],
        "Otherwise": ["" if math.isnan(row.otherwise) else wording.percent(row.otherwise) for row in rows],
        "Ahead by": [_lead(row) for row in rows],
        "Said not to apply": [f"{row.overridden:,}" if row.overridden else "" for row in rows],
        "State": [_state(row, today) for row in rows],
    }
    table(columns)


def _followed(row: RuleRow) -> str:
    """ "12 of 40 (30%, 18% to 45%)"; of few, the count alone."""
    if not row.followed_up:
        return ""
    counted = f"{row.followed:,} of {row.followed_up:,}"
    if math.isnan(row.ratio):
        return counted
    low, high = wording.percent(row.low), wording.percent(row.high)
    return f"{counted} ({wording.percent(row.ratio)}, {low} to {high})"


def _lead(row: RuleRow) -> str:
    return "" if math.isnan(row.lead_days) else wording.count(round(row.lead_days / 7), "week")


def _state(row: RuleRow, today: dt.date) -> str:
    if row.off is not None:
        return f"off since {wording.short_date(row.off.off_since, today)}"
    return "on, always" if row.protected else "on"


def _open(row: RuleRow, card: ReportCard, user: User) -> None:
    st.markdown(f"**{wording.sentence(wording.condition(row.rule))}**")
    st.text(_figures(row))
    if row.overridden:
        others = row.overridden - len(row.overrides)
        about = f" ({wording.number(others)} of them about clients of others)" if others else ""
        st.text(f"Said not to apply {_times(row.overridden)}{about}.")
    for said in row.overrides[:REASONS_SHOWN]:
        plain(f"{wording.long_date(said.on)}, {said.by}: {said.reason}")
    for switch in row.switches:
        until = (
            f" until {wording.long_date(switch.on_again)} ({switch.on_by})"
            if switch.on_again is not None
            else ""
        )
        plain(f"Off from {wording.long_date(switch.off_since)}{until}, {switch.off_by}: {switch.reason}")
    _switch(row, card, user)


def _figures(row: RuleRow) -> str:
    outcome = wording.clause(wording.label(term(OUTCOMES, row.outcome)))
    if not row.fired:
        return f"It has not fired in these weeks. It is held against: {outcome}."
    fired = f"It fired {_times(row.fired)}, for {wording.counted(row.clients, 'client')}."
    if not row.followed_up:
        return f"{fired} What followed is not known of any. It is held against: {outcome}."
    of = wording.number(row.followed_up)
    known = f"Of {of} whose next four weeks are known, {_none(row.followed)} followed by {outcome}."
    return f"{fired} {known}{_came_within(row)}"


def _came_within(row: RuleRow) -> str:
    if not row.followed:
        return ""
    who = "It" if row.followed == 1 else "Half of them"
    return f" {who} came within {wording.counted(round(row.lead_days / 7), 'week')}."


def _none(count: int) -> str:
    return {0: "none was", 1: "one was"}.get(count, f"{wording.number(count)} were")


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _switch(row: RuleRow, card: ReportCard, user: User) -> None:
    if row.protected:
        st.text("This rule is about safety. It stays on, whatever the figures say.")
    elif not card.may_change:
        st.text("A supervisor can switch it off or on for the whole clinic.")
    elif as_of.locked():
        st.text(as_of.LOCKED)
    elif row.off is not None:
        Form("switch_on", _about(row)).save_button("Switch on again", _on, row, user)
    else:
        form = Form("switch_off", _about(row), {"reason": None})
        st.text_area(WHY_LABEL, height=80, **form.field("reason"))
        form.refusal("reason", "rule_id")
        form.save_button("Switch off for the whole clinic", _off, row, user, type="secondary")
        st.text("Every score that it would change says so, with your reason. You can switch it on again.")


def _about(row: RuleRow) -> Subject:
    """A rule as what a form is about."""
    return Subject(f"rule-{row.rule.id}", f"“{wording.sentence(wording.condition(row.rule))}”")


def _off(form: Form, row: RuleRow, user: User) -> None:
    form.save(
        switch_off,
        "switched off. Scores no longer count this rule, and say so.",
        by=user,
        rule_id=row.rule.id,
        reason=form.get("reason") or "",
    )


def _on(form: Form, row: RuleRow, user: User) -> None:
    form.save(
        switch_on,
        "switched on again. Scores count this rule from today on.",
        with_token=False,
        by=user,
        rule_id=row.rule.id,
    )
