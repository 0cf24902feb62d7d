"""Level of care: current against recommended for everybody, and one client's options to decide on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

import streamlit as st

from casework import wording
from casework.actions import placements
from casework.caseload.level_of_care import CareRow, LevelsOfCare, OpenCare, as_shown, read_levels
from casework.caseload.what_if import LEVELS as GOALS
from casework.errors import Refused
from casework.figures.template import BAND_STYLES
from casework.frames import to_date
from casework.level_of_care import RULES, Criterion, Option, Reason
from casework.users import User
from casework.vocabulary import LEVELS, Level, term
from pages.shared import as_of, clock
from pages.shared.form import Form, client
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import switched_off, what_if
from pages.shared.widgets import table as client_table
from pages.shared.widgets.components import (
    CLIENT,
    HANDLE,
    band_badge,
    client_picker,
    plain,
    table,
)

LIST: Final = "levels-of-care"
OTHER: Final = "other"
FIELDS: Final = ("choice", "level", "next_level", "reason", "code")
LADDER: Final = tuple(Level(one.id) for one in LEVELS)
REVIEW, CHANGE, LESS, AS_NOW = range(4)
UP: Final = "↑"
DOWN: Final = "↓"
OUT_OF_DETOX: Final = "→"
HOLDS: Final = {True: "Yes", False: "Not yet", None: "Not known"}
CHANCES: Final = (
    "Chances are given as a range, as they turned out in trials; the less is known of a client, the wider it is. "
    "Nobody is a number: the client and you know more."
)


def render() -> None:
    """The page."""
    user = require_user()
    st.subheader("Level of care", anchor=False)
    notices()
    chosen = client_picker(user)
    today = clock.today()
    with reading(user) as session:
        seen = read_levels(session, user, today, client_id=chosen)
    if not seen.rows:
        as_of.nobody_yet(
            "Nobody is on your caseload yet. Once clients are admitted and assigned, they show here."
        )
        return
    _picked(seen.rows)
    if seen.open is None:
        _everybody(seen, user)
    else:
        _one(seen.open, user)
    _rules()


def label(level: Level) -> str:
    """The level's short name."""
    return wording.label(term(LEVELS, level.value))


# --- everybody ------------------------------------------------------------------------------------------------------


def _everybody(seen: LevelsOfCare, user: User) -> None:
    """The list: reviews of today, plans that may need a change, who may be ready for less. A row opens its options."""
    rows = sorted(seen.rows, key=_turn)
    st.text(f"{in_short(rows)} Choose a row to see the options and the reasons.")
    columns: dict[str, Callable[[CareRow], object]] = {
        "Client": lambda row: row.name,
        "Risk": lambda row: BAND_STYLES[row.band].marked + (" (a rule is off)" if row.off else ""),
        "Today": lambda row: "Review today" if row.review else "",
        "Now": lambda row: label(row.current),
        "First option": _first,
        "Counselor": lambda row: row.counselor,
        "It begins with": lambda row: row.step,
    }
    if not user.sees_team:
        del columns["Counselor"]
    if not any(row.review for row in rows):
        del columns["Today"]
    client_table.show(
        LIST,
        rows,
        columns,
        identifier=lambda row: row.client_id,
        selectable=True,
        height=min(len(rows) + 1, 16) * 35 + 3,
        alt="Your clients: risk, level of care now, and the first option with its first step.",
    )


def _picked(rows: Sequence[CareRow]) -> None:
    """Open the options of the client whose row was chosen."""
    chosen = client_table.picked(LIST, {row.client_id for row in rows})
    if chosen is not None:
        st.session_state[CLIENT] = chosen.identifier
        st.query_params.pop(HANDLE, None)
        st.rerun()


def _turn(row: CareRow) -> int:
    """Where a row stands: REVIEW today, a plan that may need a CHANGE (more, or another medication), one
    where LESS may do, or AS_NOW."""
    if row.review:
        return REVIEW
    if not row.adjusts:
        return AS_NOW
    return LESS if _arrow(row) == DOWN else CHANGE


def in_short(rows: Sequence[CareRow]) -> str:
    """ "Of 22 clients, two need a review today, and three may be ready for less." """
    turns = Counter(_turn(row) for row in rows)
    told = [
        wording.counted(turns[turn], one, many)
        for turn, one, many in (
            (REVIEW, "needs a review today", "need a review today"),
            (CHANGE, "may need a change of plan", "may need a change of plan"),
            (LESS, "may be ready for less", "may be ready for less"),
        )
        if turns[turn]
    ]
    what = wording.listed(told) if told else "nobody’s plan seems to need adjusting"
    return f"Of {wording.count(len(rows), 'client')}, {what}."


def _first(row: CareRow) -> str:
    if row.recommended is row.current:
        return "Same level, medication first" if row.adjusts else "Same level"
    return f"{_arrow(row)} {label(row.recommended)}"


def _arrow(row: CareRow) -> str:
    """Where the first option leads: from detox there is no up or down; nowhere when it is the level now."""
    if row.recommended is row.current:
        return ""
    if row.current is Level.DETOX:
        return OUT_OF_DETOX
    return UP if LADDER.index(row.recommended) > LADDER.index(row.current) else DOWN


def _close() -> None:
    st.session_state[CLIENT] = None
    st.query_params.pop(HANDLE, None)


# --- one client -----------------------------------------------------------------------------------------------------


def _one(care: OpenCare, user: User) -> None:
    found = care.recommendation
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        plain(care.name)
        band_badge(care.band)
        st.text(f"Now: {label(found.current)}")
        st.button("Everybody", icon=":material/arrow_back:", on_click=_close)
    switched_off.show(care.off)
    for reason in found.review_today:
        st.error(f"**{reason.text}.**{_day(reason)}", icon=":material/emergency:")
    st.info(found.wording, icon=":material/handshake:")
    left, right = st.columns([3, 2], gap="large")
    with left:
        for number, option in enumerate(found.options):
            _option(number, option, found.current, common=_common(found.options))
        _why(_common(found.options), "Speaks for each of them")
        st.caption(CHANCES)
        _step_down(found.step_down)
        what_if.show(user, found.client_id, GOALS)
        for line in found.alongside:
            st.markdown(f"**Alongside:** {line}")
    with right:
        if not as_of.instead_of_form():
            _decide(care, user)
        _decisions(care)


def _common(options: tuple[Option, ...]) -> tuple[Reason, ...]:
    """The reasons that all options share: they are said once."""
    return tuple(reason for reason in options[0].reasons if all(reason in one.reasons for one in options))


def _option(number: int, option: Option, current: Level, *, common: tuple[Reason, ...]) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f"**{'First option' if number == 0 else f'Option {number + 1}'}: {_title(option, current)}**"
        )
        st.markdown(wording.sentence_of(term(LEVELS, option.level.value)))
        st.markdown(f"Begins with: {option.first_step[0].lower()}{option.first_step[1:]}.")
        if option.next_level is not None:
            st.markdown(f"Next rung: **{label(option.next_level)}**. Never on its own.")
        _why(tuple(reason for reason in option.reasons if reason not in common), "Speaks for it")
        _why(option.against, "Speaks against it", dated=False)


def _title(option: Option, current: Level) -> str:
    same = " (as now)" if option.level is current else ""
    return f"{label(option.level)}{same}{', with medication' if option.with_medication else ''}"


def _why(reasons: tuple[Reason, ...], heading: str, *, dated: bool = True) -> None:
    """`dated` False: without the days, which stand where the same reason speaks for another option."""
    if reasons:
        st.markdown(f"**{heading}**\n" + "\n".join(f"- {_said(reason, dated=dated)}" for reason in reasons))


def _step_down(criteria: tuple[Criterion, ...]) -> None:
    """What a lower level needs, criterion by criterion: what is not known does not hold."""
    if not criteria:
        return
    met = sum(one.met is True for one in criteria)
    with st.expander(f"What a lower level needs: {met} of {len(criteria)} hold", type="compact"):
        columns = {
            "Needs": [one.needs for one in criteria],
            "Now": [wording.sentence(one.is_now) for one in criteria],
            "Holds": [HOLDS[one.met] for one in criteria],
        }
        table(columns)


def _rules() -> None:
    """All rules in words, whoever is looked at."""
    with st.expander("The rules in words", type="compact"):
        rules = RULES.values()
        columns = {
            "Rule": [rule.label for rule in rules],
            "When": [rule.when for rule in rules],
            "Then": [f"{rule.then} *{rule.direction}*" for rule in rules],
        }
        table(columns)
        sources: dict[str, list[str]] = {}
        for rule in rules:
            sources.setdefault(rule.source, []).append(rule.label)
        lines = (f"- {source}: {', '.join(labels)}" for source, labels in sources.items())
        st.caption("\n".join(("Where the rules come from:\n", *lines)))


def _said(reason: Reason, *, dated: bool) -> str:
    """Our own words, and the rule's name."""
    return f"{reason.text}{_day(reason) if dated else ''} :small[({RULES[reason.rule].label})]"


def _day(reason: Reason) -> str:
    if reason.day is None:
        return ""
    date = to_date(reason.day)
    rows = f", {wording.count(len(reason.refs), 'entry', 'entries')}" if len(reason.refs) > 1 else ""
    return f" · {wording.ago(date, clock.today())} ({wording.long_date(date)}{rows})"


# --- deciding -------------------------------------------------------------------------------------------------------


def decision(client_id: int, name: str) -> Form:
    """The decision on a client's level of care: an option by its id, or another level with its reason."""
    return Form("decision", client(client_id, name), dict.fromkeys(FIELDS))


def _id(option: Option) -> str:
    """Tells an option from the others also when, with new facts, they stand in another order."""
    return f"{option.level.value}-with_medication" if option.with_medication else option.level.value


def _decide(care: OpenCare, user: User) -> None:
    """Accept an option, or choose another with a reason; both are kept with the recommendation as shown."""
    found, form = care.recommendation, decision(care.recommendation.client_id, care.name)
    names = {_id(option): _title(option, found.current) for option in found.options}
    with st.container(border=True):
        st.markdown("**Your decision**")
        picked = st.radio(
            "Decision",
            [*names, OTHER],
            format_func=lambda value: names.get(value, "Something else, with a reason"),
            index=None,
            label_visibility="collapsed",
            **form.field("choice", among=(*names, OTHER)),
        )
        if picked == OTHER:
            level = st.selectbox(
                "Level of care", LADDER, format_func=label, index=None, **form.field("level")
            )
            if level is Level.DETOX:
                rungs = [one for one in LADDER if one is not Level.DETOX]
                st.selectbox(
                    "Next rung after detox", rungs, format_func=label, index=None, **form.field("next_level")
                )
                st.text("Detox alone raises the risk of overdose: name what follows, with medication.")
        reason_label = "Why this one instead (needed)" if picked == OTHER else "Reason (optional)"
        st.text_area(reason_label, height=90, **form.field("reason"))
        st.text_input("Your system’s level code (optional)", max_chars=64, **form.field("code"))
        st.button(
            "Save the decision",
            type="primary",
            key=form.button(),
            on_click=_save,
            args=(form, care, user),
            disabled=picked is None,
        )


def _save(form: Form, care: OpenCare, user: User) -> None:
    """Record what was chosen. A callback: a double click saves once."""
    form.save(
        placements.decide,
        lambda placement: (
            f"decision saved, {label(placement.level)}. The recommendation is kept beside it as it was shown."
        ),
        answers=lambda: _answers(form, care),
        by=user,
        client_id=care.recommendation.client_id,
        recommended=as_shown(care.recommendation),
    )


def _answers(form: Form, care: OpenCare) -> dict[str, Any]:
    """What stands in the fields, as `decide` takes it. Raises Refused while no level is chosen."""
    picked = form.get("choice")
    option = next((one for one in care.recommendation.options if _id(one) == picked), None)
    level = option.level if option else form.get("level")
    if picked is None or level is None:
        raise Refused("Choose a level of care first.")
    return {
        "level": level,
        "accepted": option is not None,
        "reason": form.get("reason") or None,
        "local_code": form.get("code") or None,
        "next_level": _next(form, level) if option is None else option.next_level,
    }


def _next(form: Form, level: Level) -> Level | None:
    """What follows detox; the field may hold something from before another level was chosen."""
    rung: Level | None = form.get("next_level")
    return rung if level is Level.DETOX else None


def _decisions(care: OpenCare) -> None:
    if not care.decisions:
        return
    st.markdown("**Decisions so far**")
    for one in care.decisions:
        how = {True: "accepted", False: "chosen instead", None: "at admission"}[one.accepted]
        then = f", then {label(one.next_level)}" if one.next_level else ""
        code = f" [{one.local_code}]" if one.local_code else ""
        plain(
            f"{wording.long_date(one.occurred_on)}: {label(one.level)}{then}{code}, {how}, {one.recorded_by}"
        )
        if one.reason:
            plain(f"“{one.reason}”")
