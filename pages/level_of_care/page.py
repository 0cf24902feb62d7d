"""Level of care: current against recommended for everybody, and one client's options to decide on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.caseload.level_of_care import CareRow, Decision, LevelsOfCare, OpenCare, read_levels
from casework.caseload.what_if import LEVELS as GOALS
from casework.level_of_care.ladder import Move
from casework.users import User
from casework.vocabulary import Level
from pages.level_of_care import decision, recommendation
from pages.shared import as_of, clock
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import flags, html_text, layout, story, switched_off, what_if
from pages.shared.widgets import table as client_table
from pages.shared.widgets.components import (
    CLIENT,
    HANDLE,
    client_picker,
    plain,
)

LIST: Final = "levels-of-care"
TODAY, CHANGE, LESS, AS_NOW = range(4)
SIGNS: Final = {Move.UP: "↑", Move.DOWN: "↓", Move.SAME: "", Move.DETOX: "→"}
"""Of each move; into detox and out of it there is no up or down."""


def render() -> None:
    """The page."""
    user = require_user()
    layout.title("Level of care")
    notices()
    chosen = client_picker(user)
    today = clock.today()
    with reading(user) as session:
        seen = read_levels(session, user, today, client_id=chosen)
    if not seen.rows:
        as_of.nobody_yet(
            "Nobody is on your caseload yet.",
            "Admit a client, or ask a supervisor to assign one.",
            go=("Go to Clients", "clients"),
        )
        return
    _picked(seen.rows)
    if seen.open is None:
        _everybody(seen, user)
    else:
        _one(seen.open, user)
    recommendation.rules()


# --- everybody ------------------------------------------------------------------------------------------------------


def _everybody(seen: LevelsOfCare, user: User) -> None:
    """The list: who comes first today, plans that may need a change, who may be ready for less. A row opens one."""
    rows = sorted(seen.rows, key=_turn)
    st.text(f"{in_short(rows)} Choose a row to see the options and the reasons.")
    columns: dict[str, Callable[[CareRow], object]] = {
        "Client": lambda row: row.name,
        **story.columns(lambda row: row.story),
        "Today": lambda row: row.story.lane_label,
        "Now": lambda row: wording.label(row.current),
        "First option": first_option,
        "Counselor": lambda row: row.counselor,
        "It begins with": lambda row: recommendation.words(row.step),
        "Rules": lambda row: "a rule is off" if row.off else "",
    }
    if not any(row.off for row in rows):
        del columns["Rules"]
    if not user.sees_team:
        del columns["Counselor"]
    if not any(row.story.lane for row in rows):
        del columns["Today"]
    client_table.show(
        LIST,
        rows,
        columns,
        identifier=lambda row: row.client_id,
        selectable=True,
        config={"Client": st.column_config.TextColumn(width=140), **story.COLUMNS},
        height=min(len(rows) + 1, 16) * 35 + 3,
        alt="Your clients: where each stands, level of care now, and the first option with its first step.",
    )


def _picked(rows: Sequence[CareRow]) -> None:
    """Open the options of the client whose row was chosen."""
    chosen = client_table.picked(LIST, {row.client_id for row in rows})
    if chosen is not None:
        st.session_state[CLIENT] = chosen.identifier
        st.query_params.pop(HANDLE, None)
        st.rerun()


def _turn(row: CareRow) -> int:
    """Where a row stands: before all groups TODAY, a plan that may need a CHANGE (more, or another medication), one
    where LESS may do, or AS_NOW."""
    if row.story.lane:
        return TODAY
    if not row.adjusts:
        return AS_NOW
    return LESS if row.move is Move.DOWN else CHANGE


def in_short(rows: Sequence[CareRow]) -> str:
    """ "Of 22 clients, two come before all others today, and three may be ready for less." """
    turns = Counter(_turn(row) for row in rows)
    told = [
        wording.counted(turns[turn], one, many)
        for turn, one, many in (
            (TODAY, "comes before all others today", "come before all others today"),
            (CHANGE, "may need a change of plan", "may need a change of plan"),
            (LESS, "may be ready for less", "may be ready for less"),
        )
        if turns[turn]
    ]
    what = wording.listed(told) if told else "nobody’s plan seems to need adjusting"
    return f"Of {wording.count(len(rows), 'client')}, {what}."


def first_option(row: CareRow) -> str:
    """Where the first option leads: "↑ Residential", or that it is the level now."""
    if row.recommended is row.current:
        return "Same level, medication first" if row.adjusts else "Same level"
    if row.recommended is Level.DETOX:
        return "→ Medical withdrawal"  # detox from opioids never comes first
    sign = SIGNS[Move.DETOX if row.current is Level.DETOX else row.move]
    return f"{sign} {wording.label(row.recommended)}"


def _close() -> None:
    st.session_state[CLIENT] = None
    st.query_params.pop(HANDLE, None)


# --- one client -----------------------------------------------------------------------------------------------------


def _one(care: OpenCare, user: User) -> None:
    found = care.recommendation
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        plain(care.name)
        st.text(f"Now: {wording.label(found.current)}")
        st.button("Everybody", icon=":material/arrow_back:", on_click=_close)
    told = care.story
    next_words = f"{html_text.span('Next', strong=True)}: {story.next_action(told)}"
    html_text.show(story.group(told), flags.chips(told.chips), story.headline(told), next_words, small=True)
    switched_off.show(care.off)
    recommendation.note(found)
    with st.container(key="level-of-care"):
        left, right = st.columns([3, 2], gap="large")
    with left:
        recommendation.options(found)
        recommendation.step_down(found.step_down)
        what_if.show(user, found.client_id, GOALS)
        recommendation.alongside(found)
    with right:
        if not as_of.instead_of_form():
            decision.form(care, user)
        _decisions(care)


# --- decisions so far -----------------------------------------------------------------------------------------------


def _decisions(care: OpenCare) -> None:
    if not care.decisions:
        return
    st.markdown("**Decisions so far**")
    for one in care.decisions:
        _decided(one)


def _decided(made: Decision) -> None:
    """What was decided, who agreed, and behind a click what had been recommended, in the same words as then."""
    one = made.placement
    how = {True: "accepted", False: "chosen instead", None: "at admission"}[one.accepted]
    how += ", the client wished it" if one.wished else ""
    then = f", then {wording.label(one.next_level)}" if one.next_level else ""
    code = f" [{one.local_code}]" if one.local_code else ""
    plain(
        f"{wording.long_date(one.occurred_on)}: {wording.label(one.level)}{then}{code}, {how}, {one.recorded_by}"
    )
    if one.reason:
        plain(f"“{one.reason}”")
    if one.agreed_by and one.agreed_on:
        plain(f"Agreed by {one.agreed_by} on {wording.long_date(one.agreed_on)}: “{one.agreement}”")
    if made.unreadable:
        st.caption("What was recommended then is kept, in a form that cannot be shown here.")
    elif made.recommended is not None:
        shown = made.recommended
        with st.expander(f"What was recommended on {wording.long_date(shown.on)}", type="compact"):
            recommendation.above(shown)
            recommendation.options(shown)
            recommendation.step_down(shown.step_down)
            recommendation.alongside(shown)
