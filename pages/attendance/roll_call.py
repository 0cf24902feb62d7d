"""A session's roll call: one row a client, one click an exception; and marks that were given, with their correction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from casework import wording
from casework.actions.attendance import correct_attendance, mark_in_session, take_roll_call
from casework.caseload.sessions import Expected, RollCallSheet, SessionOn
from casework.caseload.story import Chip
from casework.users import User
from casework.vocabulary import Mark, Permission
from pages.shared import as_of
from pages.shared.database import clinic
from pages.shared.form import Form, Subject, client
from pages.shared.open_session import open_roll_call
from pages.shared.saving import NOTICES, notices
from pages.shared.widgets import choices, flags, html_text
from pages.shared.widgets.calls import call_menu, show_phone
from pages.shared.widgets.choices import AnswerOption, AnswerRow, Part, Together
from pages.shared.widgets.components import plain, told_apart

NOT_MARKED: Final = "not_marked"
MARKS: Final = tuple(
    AnswerOption(mark.value, wording.label(mark), str(key)) for key, mark in enumerate(Mark, 1)
)
KEYS: Final = f"Keys: {', '.join(f'{one.keys} {one.label}' for one in MARKS)}, 0 not marked, Enter next"


def held(on: SessionOn) -> Subject:
    """One session of one day, as what a form is about."""
    return Subject(f"session-{on.series_id}-{on.held_on.isoformat()}", on.only or on.title)


def marking(roll: RollCallSheet) -> Form:
    """The roll call of a session under way: a mark for everybody who may come, and who came without being expected."""
    expected = [one.client_id for one in roll.people]
    could = [id_ for id_, _ in roll.could_drop_in]
    marks = {str(id_): NOT_MARKED for id_ in (*expected, *could)}
    return Form("roll_call", held(roll.session), {**marks, "drop_in": None, "dropped_in": ()})


def take(user: User, roll: RollCallSheet, raised: flags.Raised) -> None:
    """The roll call, not taken yet."""
    form = marking(roll)
    names = told_apart(dict(roll.could_drop_in))
    came = [(id_, names[id_]) for id_ in form.get("dropped_in") if id_ in names]
    everybody = [*((one.client_id, one.name) for one in roll.people), *came]
    if not everybody:
        nobody = "Nobody is on the roster of this session. Add clients on the Schedule page"
        st.info(f"{nobody}, or a drop-in here." if names else f"{nobody}.")
    rows = st.container()
    if names:
        _drop_in(form, {id_: name for id_, name in names.items() if id_ not in form.get("dropped_in")})
    bar = st.container(key="save-bar", gap="xsmall")
    client_ids = [id_ for id_, _ in everybody]
    with bar:
        notices()
        counted = st.container(horizontal=True, vertical_alignment="center", gap="medium")
    with counted:
        form.save_button("Save roll call", _take, user, roll.session, client_ids, disabled=not everybody)
    with rows:
        _rows(form, everybody, raised, counted)


@st.fragment
def _rows(
    form: Form, everybody: Sequence[tuple[int, str]], raised: flags.Raised, bar: DeltaGenerator
) -> None:
    """What each press draws anew: the marks, and how many there are of each beside the save button."""
    if everybody:
        rows = tuple(
            AnswerRow(str(id_), name, MARKS, flags=tuple(raised.get(id_, ()))) for id_, name in everybody
        )
        all_present = Together("Mark all present", Mark.ATTENDED.value, tuple(row.id for row in rows))
        choices.show(
            form,
            "marks",
            [Part("marks", rows, all=all_present)],
            look="marks",
            label="Roll call",
            unanswered=NOT_MARKED,
            keys=KEYS,
            after="save-bar",
        )
    bar.text(_counts(form, [id_ for id_, _ in everybody]))


def _drop_in(form: Form, names: dict[int, str]) -> None:
    st.selectbox(
        "Add a drop-in",
        list(names),
        index=None,
        format_func=lambda id_: names[id_],
        placeholder="Add a drop-in of your caseload",
        label_visibility="collapsed",
        width=300,
        on_change=_dropped_in,
        args=(form,),
        **form.field("drop_in"),
    )


def _dropped_in(form: Form) -> None:
    chosen = form.get("drop_in")
    form.fill(drop_in=None)
    if chosen is not None:
        came = (*form.get("dropped_in"), chosen)
        form.fill(dropped_in=came, **{str(chosen): Mark.ATTENDED.value})


def _marks(form: Form, client_ids: list[int]) -> dict[int, Mark]:
    told = {id_: form.get(str(id_)) for id_ in client_ids}
    return {id_: Mark(mark) for id_, mark in told.items() if mark != NOT_MARKED}


def _counts(form: Form, client_ids: list[int]) -> str:
    marks = list(_marks(form, client_ids).values())
    said = [_count(mark, marks.count(mark)) for mark in Mark if mark in marks]
    open_ = len(client_ids) - len(marks)
    return ", ".join([*said, f"{open_} not marked"] if open_ else said)


def _count(mark: Mark, count: int) -> str:
    return wording.count(count, "no-show") if mark is Mark.NO_SHOW else f"{count} {wording.within(mark)}"


def _take(form: Form, user: User, on: SessionOn, client_ids: list[int]) -> None:
    saved = form.save(
        take_roll_call,
        f"the roll call is saved: {_counts(form, client_ids)}.",
        on=on.held_on,
        by=user,
        series_id=on.series_id,
        held_on=on.held_on,
        marks=_marks(form, client_ids),
    )
    if saved:
        # Stay here, with the confirmation and those to call: the page would go on to the next session to take.
        open_roll_call(on.series_id, on.held_on)


# --- a roll call that was taken -----------------------------------------------------------------------------------


def taken(user: User, roll: RollCallSheet, today: dt.date, raised: flags.Raised) -> None:
    """The marks as they stand, those who did not come, and a way to correct each mark."""
    _no_shows(roll, today, raised)
    with st.container(gap=None):
        for one in roll.people:
            _given(user, roll, one, today, raised.get(one.client_id, ()))
    if st.session_state.get(NOTICES):  # where the save button was, so that the confirmation is in sight
        with st.container(key="save-bar"):
            notices()


def _no_shows(roll: RollCallSheet, today: dt.date, raised: flags.Raised) -> None:
    if not roll.no_shows:
        return
    with st.container(border=True, gap="xxsmall", key="no-shows"):
        st.markdown(f"**{wording.sentence(wording.counted(len(roll.no_shows), 'no-show'))} to call**")
        for one in roll.no_shows:
            with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
                with st.container(width=220, gap=None):
                    plain(one.name)
                    flags.show(raised.get(one.client_id, ()))
                _phone(one, today)
                if one.mine and one.safe_to_call is not Permission.NO:
                    call_menu(one, width="content")


def _phone(one: Expected, today: dt.date) -> None:
    if not one.mine:
        html_text.show(
            html_text.span("On another counselor's caseload: please let them know.", muted=True),
            small=True,
        )
    elif one.safe_to_call is Permission.NO:
        html_text.show(html_text.span("Not safe to call", strong=True), small=True)
    elif one.phone:
        show_phone(one.phone, one.wrong_number_on, today)
    else:
        html_text.show(html_text.span("No phone number", muted=True), small=True)


def _given(user: User, roll: RollCallSheet, one: Expected, today: dt.date, chips: Sequence[Chip]) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"row-mark-{one.client_id}"
    ):
        with st.container(width="stretch", gap=None):
            plain(one.name)
            flags.show(chips)
        with st.container(width=330):
            html_text.show(*_said(one, today), small=True)
        label = "Correct" if one.given else "Mark"
        with st.popover(label, key=f"change-{one.client_id}", width=110, disabled=as_of.locked()):
            _change(user, roll, one)


def _said(one: Expected, today: dt.date) -> list[str]:
    if one.given is None:
        return [html_text.span("Not marked", muted=True)]
    lines = [html_text.span(wording.label(one.given.mark), strong=True)]
    recorded_on = one.given.recorded_at.astimezone(clinic().zone).date()
    if not one.on_roster:
        lines[0] += f" {html_text.span('(drop-in)', muted=True)}"
    if one.given.correction_reason:
        lines[0] += f" {html_text.span('corrected', muted=True)} {html_text.when(recorded_on, today)}"
    elif one.given.late:
        lines[0] += f" {html_text.span('entered later,', muted=True)} {html_text.when(recorded_on, today)}"
    return lines


def _change(user: User, roll: RollCallSheet, one: Expected) -> None:
    fields = {"mark": None, "reason": None}
    form = Form(f"change-{held(roll.session).key}", client(one.client_id, one.name), fields)
    if one.given is not None and one.given.correction_reason:
        st.caption("Reason of the last correction")
        plain(one.given.correction_reason)
    marks = [mark for mark in Mark if one.given is None or mark is not one.given.mark]
    st.radio("Mark", marks, index=None, format_func=wording.label, **form.field("mark", among=marks))
    form.refusal("mark")
    if one.given is not None:
        st.text_input("Reason for the correction", max_chars=1000, **form.field("reason"))
        form.refusal("reason")
    label = "Save the correction" if one.given else "Save the mark"
    form.save_button(label, _changed, user, roll.session, one)


def _changed(form: Form, user: User, on: SessionOn, one: Expected) -> None:
    said = "marked" if one.given is None else "now marked"
    form.save(
        mark_in_session if one.given is None else correct_attendance,
        lambda _: f"{said} as {wording.within(form.get('mark'))}.",
        on=on.held_on,
        answers=lambda: _change_answers(form, on, one),
        by=user,
    )


def _change_answers(form: Form, on: SessionOn, one: Expected) -> dict[str, Any]:
    """What stands in the fields, as `correct_attendance` or `mark_in_session` takes it."""
    mark = form.get("mark")
    if one.given is not None:
        return {"mark": mark, "attendance_id": one.given.attendance_id, "reason": form.get("reason")}
    return {"mark": mark, "series_id": on.series_id, "held_on": on.held_on, "client_id": one.client_id}
