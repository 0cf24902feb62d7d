"""After a check-in was saved: what it changed, and where to go next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from casework import wording
from casework.caseload.check_in_form import ReasonChange, WorklistStanding, changes, reason_changes
from casework.wording import CRISIS_LINES
from pages.shared.widgets import flags, html_text, story
from pages.shared.widgets.components import go_to, open_client, plain

KEY: Final = "check_in-saved"


@dataclass(frozen=True)
class SavedCheckIn:
    """A check-in that was just saved."""

    client_id: int
    name: str
    before: WorklistStanding
    after: WorklistStanding
    late: bool
    opened_safety: bool


def headline(saved: SavedCheckIn) -> str:
    """The group now, and before if the entry changed it: "Slipping now, was steady"."""
    before, after = (story.group_words(one.story) for one in (saved.before, saved.after))
    return f"{after} as before" if before == after else f"{after}, was {wording.clause(before)}"


def show(saved: SavedCheckIn, protocol: str) -> None:
    """What the entry changed in the indicators, and the ways on."""
    if saved.opened_safety:
        with st.container(border=True, key="safety-route"):
            st.markdown(f":material/warning: **This answer waits for a named person.** {CRISIS_LINES}")
            plain(protocol or "Your clinic has not written down its safety protocol yet.")
    with st.container(border=True, gap="small", key="saved"):
        told = saved.after.story
        html_text.show(
            f"{html_text.span(headline(saved), strong=True)}",
            flags.chips(told.chips),
            story.headline(told),
            *story.beneath(told),
            f"{html_text.span('Next', strong=True)}: {story.next_action(told)}",
        )
        with st.expander("What it changed in the indicators and the points", type="compact"):
            html_text.show(*map(_reason, reason_changes(saved.before, saved.after)), small=True)
            _table(saved)
    _ways_on(saved)


def _reason(one: ReasonChange) -> str:
    if one.before is None:
        said = f"new, {_adds(one.after or 0)}"
    elif one.after is None:
        said = f"no longer, {_difference(one.difference)}"
    elif round(one.after) == round(one.before):
        said = f"{_adds(one.after)} as before"
    else:
        said = f"{_adds(one.after)}, was {abs(round(one.before))}"
    return f"{html_text.span(one.reason)} {html_text.span(f'({said})', muted=True)}"


def _adds(points: float) -> str:
    said = wording.count(abs(round(points)), "point")
    return f"adds {said}" if points > 0 else f"takes {said} off"


def _difference(points: float) -> str:
    said = wording.count(abs(round(points)), "point")
    return f"{said} more" if points > 0 else f"{said} fewer"


def _table(saved: SavedCheckIn) -> None:
    found = changes(saved.before, saved.after)
    if not found:
        st.text("No indicator has changed.")
        return
    st.dataframe(
        pd.DataFrame(
            {
                "Indicator": [one.what for one in found],
                "Before": [one.before for one in found],
                "Now": [one.after for one in found],
            }
        ),
        hide_index=True,
        height="content",
        alt="What this check-in changed: each indicator before and now.",
    )


def _ways_on(saved: SavedCheckIn) -> None:
    with st.container(horizontal=True, gap="small"):
        if st.button("Back to Today", type="primary", key="saved-today"):
            _forget()
            go_to("today")
        if st.button("Open the client's page", key="saved-client"):
            _forget()
            open_client(saved.client_id)
        st.button("Record another check-in", key="saved-another", on_click=_forget)


def _forget() -> None:
    st.session_state.pop(KEY, None)
