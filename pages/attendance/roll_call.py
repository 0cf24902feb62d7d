"""A session's roll call: one row a client, one click an exception; and marks that were given, with their correction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from casework import wording
from casework.actions.attendance import correct_attendance, mark_in_session, take_roll_call
from casework.caseload.sessions import Expected, RollCallSheet
from casework.users import User
from casework.vocabulary import Mark, Permission
from pages.shared import as_of
from pages.shared.saving import NOTICES, notices, save, tell
from pages.shared.widgets import html_text
from pages.shared.widgets.components import plain, told_apart
from pages.today.calls import call_menu

NOT_MARKED: Final = "not_marked"
LABELS: Final = {NOT_MARKED: "Not marked", **{mark.value: wording.label(mark) for mark in Mark}}
MARKS_WIDTH: Final = 640


@dataclass(frozen=True)
class Marking:
    """The roll call of one session under way; its fields stay for the session, whatever page is opened."""

    series_id: int
    held_on: dt.date

    @property
    def name(self) -> str:
        """The form's name, the start of its fields' keys."""
        return f"roll_call-{self.series_id}-{self.held_on.isoformat()}"

    def key(self, client_id: int) -> str:
        """The session state's key of a client's mark."""
        return f"{self.name}-{client_id}"

    @property
    def dropped_in(self) -> list[int]:
        """Clients who came without being expected."""
        added: list[int] = st.session_state.setdefault(f"{self.name}-dropped_in", [])
        return added


def take(user: User, roll: RollCallSheet) -> None:
    """The roll call, not taken yet."""
    marking = Marking(roll.session.series_id, roll.session.held_on)
    names = told_apart(dict(roll.could_drop_in))
    came = [(id_, names[id_]) for id_ in marking.dropped_in if id_ in names]
    everybody = [*((one.client_id, one.name) for one in roll.people), *came]
    if not everybody:
        st.info(
            "Nobody is on the roster of this session. Add clients on the Schedule page, or a drop-in here."
        )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.button(
            "Mark all present",
            icon=":material/done_all:",
            on_click=_all_present,
            args=(marking, [id_ for id_, _ in everybody]),
            key="all_present",
            help="Everybody who is not marked yet. Then change the exceptions.",
            disabled=not everybody,
        )
        _drop_in(marking, {id_: name for id_, name in names.items() if id_ not in marking.dropped_in})
    with st.container(gap=None):
        for client_id, name in everybody:
            _row(marking, client_id, name)
    with st.container(key="save-bar", gap="xsmall"):
        notices()
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.button(
                "Save roll call",
                type="primary",
                key="save_roll_call",
                on_click=_take,
                args=(user, marking, [id_ for id_, _ in everybody]),
                disabled=not everybody,
            )
            st.text(_counts(marking, [id_ for id_, _ in everybody]))


def _all_present(marking: Marking, client_ids: list[int]) -> None:
    for client_id in client_ids:
        if st.session_state.get(marking.key(client_id), NOT_MARKED) == NOT_MARKED:
            st.session_state[marking.key(client_id)] = Mark.ATTENDED.value


def _drop_in(marking: Marking, names: dict[int, str]) -> None:
    st.selectbox(
        "Add a drop-in",
        list(names),
        index=None,
        format_func=lambda id_: names[id_],
        placeholder="Add a drop-in of your caseload",
        key="drop_in",
        label_visibility="collapsed",
        width=300,
        on_change=_dropped_in,
        args=(marking,),
    )


def _dropped_in(marking: Marking) -> None:
    chosen = st.session_state.get("drop_in")
    st.session_state["drop_in"] = None
    if chosen is not None:
        marking.dropped_in.append(chosen)
        st.session_state[marking.key(chosen)] = Mark.ATTENDED.value


def _row(marking: Marking, client_id: int, name: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row-mark-{client_id}"):
        with st.container(width="stretch"):
            plain(name)
        st.radio(
            "Mark",
            list(LABELS),
            format_func=LABELS.__getitem__,
            key=marking.key(client_id),
            horizontal=True,
            label_visibility="collapsed",
            width=MARKS_WIDTH,
            persist_state="session",
        )


def _marks(marking: Marking, client_ids: list[int]) -> dict[int, Mark]:
    told = {id_: st.session_state.get(marking.key(id_), NOT_MARKED) for id_ in client_ids}
    return {id_: Mark(mark) for id_, mark in told.items() if mark != NOT_MARKED}


def _counts(marking: Marking, client_ids: list[int]) -> str:
    marks = list(_marks(marking, client_ids).values())
    said = [_count(mark, marks.count(mark)) for mark in Mark if mark in marks]
    open_ = len(client_ids) - len(marks)
    return ", ".join([*said, f"{open_} not marked"] if open_ else said)


def _count(mark: Mark, count: int) -> str:
    return wording.count(count, "no-show") if mark is Mark.NO_SHOW else f"{count} {wording.within(mark)}"


def _take(user: User, marking: Marking, client_ids: list[int]) -> None:
    marks = _marks(marking, client_ids)
    done = save(
        marking.name,
        take_roll_call,
        f"The roll call is saved: {_counts(marking, client_ids)}.",
        by=user,
        series_id=marking.series_id,
        held_on=marking.held_on,
        marks=marks,
    )
    if done:
        # Stay here, with the confirmation and those to call: the page would go on to the next session to take.
        st.session_state["series_id"], st.session_state["held_on"] = marking.series_id, marking.held_on
        for client_id in client_ids:
            st.session_state.pop(marking.key(client_id), None)
        st.session_state.pop(f"{marking.name}-dropped_in", None)


# --- a roll call that was taken -----------------------------------------------------------------------------------


def taken(user: User, roll: RollCallSheet, today: dt.date) -> None:
    """The marks as they stand, those who did not come, and a way to correct each mark."""
    _no_shows(roll)
    with st.container(gap=None):
        for one in roll.people:
            _given(user, roll, one, today)
    if st.session_state.get(NOTICES):  # where the save button was, so that the confirmation is in sight
        with st.container(key="save-bar"):
            notices()


def _no_shows(roll: RollCallSheet) -> None:
    if not roll.no_shows:
        return
    with st.container(border=True, gap="xxsmall", key="no-shows"):
        st.markdown(f"**{wording.sentence(wording.counted(len(roll.no_shows), 'no-show'))} to call**")
        for one in roll.no_shows:
            with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
                with st.container(width=220):
                    plain(one.name)
                _phone(one)
                if one.mine and one.safe_to_call is not Permission.NO:
                    call_menu(one, width="content")


def _phone(one: Expected) -> None:
    if not one.mine:
        html_text.show(
            html_text.span("On another counselor's caseload: please let them know.", muted=True),
            small=True,
        )
    elif one.safe_to_call is Permission.NO:
        html_text.show(html_text.span("Not safe to call", strong=True), small=True)
    elif one.phone:
        plain(one.phone)
    else:
        html_text.show(html_text.span("No phone number", muted=True), small=True)


def _given(user: User, roll: RollCallSheet, one: Expected, today: dt.date) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"row-mark-{one.client_id}"
    ):
        with st.container(width="stretch"):
            plain(one.name)
        with st.container(width=330):
            html_text.show(*_said(one, today), small=True)
        label = "Correct" if one.given else "Mark"
        with st.popover(label, key=f"change-{one.client_id}", width=110, disabled=as_of.locked()):
            _change(user, roll, one)


def _said(one: Expected, today: dt.date) -> list[str]:
    if one.given is None:
        return [html_text.span("Not marked", muted=True)]
    lines = [html_text.span(wording.label(one.given.mark), strong=True)]
    if not one.on_roster:
        lines[0] += f" {html_text.span('(drop-in)', muted=True)}"
    if one.given.correction_reason:
        lines[0] += (
            f" {html_text.span('corrected', muted=True)} {html_text.when(one.given.recorded_at.date(), today)}"
        )
    elif one.given.late:
        lines[0] += (
            f" {html_text.span('entered later,', muted=True)} {html_text.when(one.given.recorded_at.date(), today)}"
        )
    return lines


def _change(user: User, roll: RollCallSheet, one: Expected) -> None:
    key = f"change-{roll.session.series_id}-{roll.session.held_on.isoformat()}-{one.client_id}"
    if one.given is not None and one.given.correction_reason:
        st.caption("Reason of the last correction")
        plain(one.given.correction_reason)
    marks = [mark for mark in Mark if one.given is None or mark is not one.given.mark]
    st.radio(
        "Mark",
        marks,
        index=None,
        format_func=wording.label,
        key=f"{key}-mark",
        persist_state="session",
    )
    if one.given is not None:
        st.text_input(
            "Reason for the correction", key=f"{key}-reason", max_chars=1000, persist_state="session"
        )
    st.button(
        "Save the correction" if one.given else "Save the mark",
        type="primary",
        key=f"{key}-save",
        on_click=_changed,
        args=(user, roll, one, key),
    )


def _changed(user: User, roll: RollCallSheet, one: Expected, key: str) -> None:
    mark = st.session_state.get(f"{key}-mark")
    what: dict[str, Any] = {"by": user, "mark": mark}
    if mark is None:
        tell("Choose a mark first.", kind="error")
        return
    if one.given is not None:
        what |= {
            "attendance_id": one.given.attendance_id,
            "reason": st.session_state.get(f"{key}-reason") or "",
        }
    else:
        what |= {
            "series_id": roll.session.series_id,
            "held_on": roll.session.held_on,
            "client_id": one.client_id,
        }
    act = mark_in_session if one.given is None else correct_attendance
    said = "marked" if one.given is None else "now marked"
    if save(key, act, f"{one.name} is {said} as {wording.within(mark)}.", **what):
        st.session_state[f"{key}-mark"] = None
        st.session_state[f"{key}-reason"] = ""
