"""Deciding on a client's level of care: accept an option, or choose another with a reason.

Both are kept with the recommendation as it was shown. What the rules speak against stops with what they say, and goes
on with a prescriber's agreement.
"""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from casework import wording
from casework.actions import placements
from casework.caseload.level_of_care import OpenCare
from casework.level_of_care import Recommendation, Stop
from casework.level_of_care.ladder import levels_after
from casework.users import User
from casework.vocabulary import Level
from pages.level_of_care import recommendation
from pages.shared.form import Form, client

OTHER: Final = "other"
LEVELS: Final = tuple(Level)
FIELDS: Final[dict[str, Any]] = {
    **dict.fromkeys(("choice", "shown", "level", "next_level", "reason", "code")),
    **dict.fromkeys(("prescriber", "agreed_on", "agreement")),
    "wished": False,
}


def of(client_id: int, name: str) -> Form:
    """The decision on a client's level of care: an option by its id, or another level with its reason. "shown" is the
    `Recommendation` that stood there when the choice was made."""
    return Form("decision", client(client_id, name), FIELDS)


def form(care: OpenCare, user: User) -> None:
    """The form."""
    found = care.recommendation
    typed = of(found.client_id, care.name)
    names = {option.id: recommendation.title(option, found.current) for option in found.options}
    with st.container(border=True):
        st.markdown("**Your decision**")
        _still_as_shown(typed, found)
        picked = st.radio(
            "Decision",
            [*names, OTHER],
            format_func=lambda value: names.get(value, "Something else, with a reason"),
            index=None,
            label_visibility="collapsed",
            on_change=_chosen,
            args=(typed, found),
            **typed.field("choice", among=(*names, OTHER)),
        )
        if picked == OTHER:
            _another(typed, found)
        reason_label = "Why this one instead (needed)" if picked == OTHER else "Reason (optional)"
        st.text_area(reason_label, height=90, **typed.field("reason"))
        typed.refusal("reason")
        st.text_input("Your system’s level code (optional)", max_chars=64, **typed.field("code"))
        typed.refusal("local_code")
        typed.save_button("Save the decision", _save, care, user, disabled=picked is None)


def _another(typed: Form, found: Recommendation) -> None:
    """Another level, the rung after it, and what stops it."""
    level = st.selectbox(
        "Level of care", LEVELS, format_func=wording.label, index=None, **typed.field("level")
    )
    typed.refusal("level")
    after = levels_after(level)
    if after:
        st.selectbox(
            "Next rung after detox",
            after,
            format_func=wording.label,
            index=None,
            **typed.field("next_level", among=after),
        )
        typed.refusal("next_level")
        st.text("Detox alone raises the risk of overdose: name what follows, with medication.")
    stop = None if level is None else found.stop(level)
    if stop is not None:
        _stopped(typed, stop)


def _stopped(typed: Form, stop: Stop) -> None:
    """What the rules say against the level, and who agrees all the same."""
    said = " ".join(f"{recommendation.words(one)}." for one in stop.says)
    st.warning(f"**The rules speak against this.** {said}", icon=":material/back_hand:")
    if stop.wish and st.checkbox("The client wishes it", **typed.field("wished")):
        return
    st.text("It needs a prescriber’s agreement: who, when, and what was said.")
    st.text_input("Prescriber", max_chars=200, **typed.field("prescriber"))
    typed.refusal("prescriber")
    typed.day("agreed_on", "Agreed on")
    typed.refusal("answered_on")
    st.text_area("What the prescriber said", height=90, **typed.field("agreement"))
    typed.refusal("agreement")


def _chosen(typed: Form, shown: Recommendation) -> None:
    """Keep what stood there when the choice was made."""
    typed.fill(shown=shown)


def _still_as_shown(typed: Form, found: Recommendation) -> None:
    """Take a choice back, and say so, when the recommendation is no longer the one that it was made on."""
    shown = typed.get("shown")
    if shown is not None and not found.offers_the_same(shown):
        typed.fill(choice=None)
        st.warning(placements.CHANGED, icon=":material/sync_problem:")


def _save(typed: Form, care: OpenCare, user: User) -> None:
    """Record what was chosen. A callback: a double click saves once."""
    typed.save(
        placements.decide,
        lambda placement: (
            f"decision saved, {wording.label(placement.level)}. The recommendation is kept beside it as it was shown."
        ),
        answers=lambda: _answers(typed, care),
        by=user,
        client_id=care.recommendation.client_id,
        shown=care.recommendation,
    )


def _answers(typed: Form, care: OpenCare) -> dict[str, Any]:
    """What stands in the fields, as `decide` takes it: no level while none is chosen."""
    picked = typed.get("choice")
    option = next((one for one in care.recommendation.options if one.id == picked), None)
    level = option.level if option else typed.get("level") if picked == OTHER else None
    stop = None if option or level is None else care.recommendation.stop(level)
    return {
        "level": level,
        "accepted": option is not None,
        "reason": typed.get("reason"),
        "local_code": typed.get("code"),
        "next_level": _next(typed, level) if option is None else option.next_level,
        **_agreed(typed, stop),
    }


def _agreed(typed: Form, stop: Stop | None) -> dict[str, Any]:
    """The fields may hold something from before another level was chosen: only what is asked for now counts."""
    if stop is None:
        return {}
    if stop.wish and typed.get("wished"):
        return {"wished": True}
    return {name: typed.get(name) for name in ("prescriber", "agreed_on", "agreement")}


def _next(typed: Form, level: Level | None) -> Level | None:
    """What follows detox; the field may hold something from before another level was chosen."""
    rung: Level | None = typed.get("next_level")
    return rung if rung in levels_after(level) else None
