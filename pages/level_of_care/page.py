"""Level of care: current against recommended for everybody, and one client's options to decide on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

import streamlit as st

from casework import wording
from casework.actions import placements
from casework.caseload.level_of_care import CareRow, Decision, LevelsOfCare, OpenCare, read_levels
from casework.caseload.what_if import LEVELS as GOALS
from casework.figures.template import BAND_STYLES
from casework.level_of_care import Recommendation, to_json
from casework.level_of_care.ladder import Move, levels_after
from casework.users import User
from casework.vocabulary import Level
from pages.level_of_care import recommendation
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
)

LIST: Final = "levels-of-care"
OTHER: Final = "other"
CHANGED: Final = "The recommendation has changed since you chose. Look at the options again, then choose."
FIELDS: Final = ("choice", "shown", "level", "next_level", "reason", "code")
LEVELS: Final = tuple(Level)
REVIEW, CHANGE, LESS, AS_NOW = range(4)
SIGNS: Final = {Move.UP: "↑", Move.DOWN: "↓", Move.SAME: "", Move.DETOX: "→"}
"""Of each move; into detox and out of it there is no up or down."""


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
    recommendation.rules()


# --- everybody ------------------------------------------------------------------------------------------------------


def _everybody(seen: LevelsOfCare, user: User) -> None:
    """The list: reviews of today, plans that may need a change, who may be ready for less. A row opens its options."""
    rows = sorted(seen.rows, key=_turn)
    st.text(f"{in_short(rows)} Choose a row to see the options and the reasons.")
    columns: dict[str, Callable[[CareRow], object]] = {
        "Client": lambda row: row.name,
        "Risk": lambda row: BAND_STYLES[row.band].marked + (" (a rule is off)" if row.off else ""),
        "Today": lambda row: "Review today" if row.review else "",
        "Now": lambda row: wording.label(row.current),
        "First option": first_option,
        "Counselor": lambda row: row.counselor,
        "It begins with": lambda row: recommendation.words(row.step),
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
    return LESS if row.move is Move.DOWN else CHANGE


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


def first_option(row: CareRow) -> str:
    """Where the first option leads: "↑ Residential", or that it is the level now."""
    if row.recommended is row.current:
        return "Same level, medication first" if row.adjusts else "Same level"
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
        band_badge(care.band)
        st.text(f"Now: {wording.label(found.current)}")
        st.button("Everybody", icon=":material/arrow_back:", on_click=_close)
    switched_off.show(care.off)
    recommendation.above(found)
    left, right = st.columns([3, 2], gap="large")
    with left:
        recommendation.options(found)
        recommendation.step_down(found.step_down)
        what_if.show(user, found.client_id, GOALS)
        recommendation.alongside(found)
    with right:
        if not as_of.instead_of_form():
            _decide(care, user)
        _decisions(care)


# --- deciding -------------------------------------------------------------------------------------------------------


def decision(client_id: int, name: str) -> Form:
    """The decision on a client's level of care: an option by its id, or another level with its reason. "shown" is the
    `Recommendation` that stood there when the choice was made."""
    return Form("decision", client(client_id, name), dict.fromkeys(FIELDS))


def _decide(care: OpenCare, user: User) -> None:
    """Accept an option, or choose another with a reason; both are kept with the recommendation as shown."""
    found, form = care.recommendation, decision(care.recommendation.client_id, care.name)
    names = {option.id: recommendation.title(option, found.current) for option in found.options}
    with st.container(border=True):
        st.markdown("**Your decision**")
        _still_as_shown(form, found)
        picked = st.radio(
            "Decision",
            [*names, OTHER],
            format_func=lambda value: names.get(value, "Something else, with a reason"),
            index=None,
            label_visibility="collapsed",
            on_change=_chosen,
            args=(form, found),
            **form.field("choice", among=(*names, OTHER)),
        )
        if picked == OTHER:
            level = st.selectbox(
                "Level of care", LEVELS, format_func=wording.label, index=None, **form.field("level")
            )
            form.refusal("level")
            after = levels_after(level)
            if after:
                st.selectbox(
                    "Next rung after detox",
                    after,
                    format_func=wording.label,
                    index=None,
                    **form.field("next_level"),
                )
                form.refusal("next_level")
                st.text("Detox alone raises the risk of overdose: name what follows, with medication.")
        reason_label = "Why this one instead (needed)" if picked == OTHER else "Reason (optional)"
        st.text_area(reason_label, height=90, **form.field("reason"))
        form.refusal("reason")
        st.text_input("Your system’s level code (optional)", max_chars=64, **form.field("code"))
        form.refusal("local_code")
        form.save_button("Save the decision", _save, care, user, disabled=picked is None)


def _chosen(form: Form, shown: Recommendation) -> None:
    """Keep what stood there when the choice was made."""
    form.fill(shown=shown)


def _still_as_shown(form: Form, found: Recommendation) -> None:
    """Take a choice back, and say so, when the recommendation is no longer the one that it was made on."""
    shown = form.get("shown")
    if shown is not None and not found.offers_the_same(shown):
        form.fill(choice=None)
        st.warning(CHANGED, icon=":material/sync_problem:")


def _save(form: Form, care: OpenCare, user: User) -> None:
    """Record what was chosen. A callback: a double click saves once."""
    form.save(
        placements.decide,
        lambda placement: (
            f"decision saved, {wording.label(placement.level)}. The recommendation is kept beside it as it was shown."
        ),
        answers=lambda: _answers(form, care),
        by=user,
        client_id=care.recommendation.client_id,
        recommended=to_json(care.recommendation),
    )


def _answers(form: Form, care: OpenCare) -> dict[str, Any]:
    """What stands in the fields, as `decide` takes it: no level while none is chosen."""
    picked = form.get("choice")
    option = next((one for one in care.recommendation.options if one.id == picked), None)
    level = option.level if option else form.get("level") if picked == OTHER else None
    return {
        "level": level,
        "accepted": option is not None,
        "reason": form.get("reason"),
        "local_code": form.get("code"),
        "next_level": _next(form, level) if option is None else option.next_level,
    }


def _next(form: Form, level: Level | None) -> Level | None:
    """What follows detox; the field may hold something from before another level was chosen."""
    rung: Level | None = form.get("next_level")
    return rung if rung in levels_after(level) else None


def _decisions(care: OpenCare) -> None:
    if not care.decisions:
        return
    st.markdown("**Decisions so far**")
    for one in care.decisions:
        _decided(one)


def _decided(decision: Decision) -> None:
    """What was decided, and behind a click what had been recommended, in the same words as then."""
    one = decision.placement
    how = {True: "accepted", False: "chosen instead", None: "at admission"}[one.accepted]
    then = f", then {wording.label(one.next_level)}" if one.next_level else ""
    code = f" [{one.local_code}]" if one.local_code else ""
    plain(
        f"{wording.long_date(one.occurred_on)}: {wording.label(one.level)}{then}{code}, {how}, {one.recorded_by}"
    )
    if one.reason:
        plain(f"“{one.reason}”")
    if decision.unreadable:
        st.caption("What was recommended then is kept, in a form that cannot be shown here.")
    elif decision.recommended is not None:
        shown = decision.recommended
        with st.expander(f"What was recommended on {wording.long_date(shown.on)}", type="compact"):
            recommendation.above(shown)
            recommendation.options(shown)
            recommendation.step_down(shown.step_down)
            recommendation.alongside(shown)
