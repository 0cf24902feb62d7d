"""Check-in: one contact's answers, beside those of the last one and never copied from it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import streamlit as st

from casework.actions.check_ins import RecordedCheckIn, record_check_in
from casework.caseload.check_in_form import CheckInForm, check_in_form, standing
from casework.errors import Refused
from casework.users import User
from pages.check_in import confirmation, details, signs
from pages.check_in.draft import Draft, answers, fill
from pages.shared import as_of, clock
from pages.shared.database import clinic
from pages.shared.saving import notices, save
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets.components import client_picker, escaped, open_client

CORRECT: Final = "correct_check_in"
"""Key in the session state of the check-in that is being corrected; other pages may set it before they come here."""
NOTHING_ANSWERED: Final = (
    "Nothing is answered yet. A contact without answers is not a check-in: log it as a call."
)


def render() -> None:
    """The page."""
    user = require_user()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=420):
            client_id = client_picker(user)
        beside = st.container(width="content")
    done: confirmation.SavedCheckIn | None = st.session_state.get(confirmation.KEY)
    if done is not None and done.client_id == client_id:
        notices()
        confirmation.show(done, clinic().safety_protocol)
        return
    st.session_state.pop(confirmation.KEY, None)
    if as_of.instead_of_form():
        notices()
        if client_id is not None and st.button("Open the client's page", key="past-client"):
            open_client(client_id)
        return
    if client_id is None:
        notices()
        st.info(
            "Choose a client to begin. What you type is kept while this page stays open in your browser; "
            "reloading it loses what is not saved."
        )
        return
    with reading(user) as session:
        form = check_in_form(session, user, clock.today(), client_id)
    draft = Draft(client_id, _correcting(form))
    with beside:
        _correct_another(form, draft, clock.today())
    if draft.correcting is not None:
        past = form.past(draft.correcting)
        if past is not None:
            fill(draft, past, clinic().zone)
    _form(user, form, draft)


def _correcting(form: CheckInForm) -> int | None:
    """The check-in of this client that is being corrected."""
    chosen = st.session_state.get(CORRECT)
    return chosen if chosen is not None and form.past(chosen) is not None else None


def _form(user: User, form: CheckInForm, draft: Draft) -> None:
    """The fields. They cost a few milliseconds, so the whole page is drawn again: a fragment would save little."""
    today = clock.today()
    day = draft.day(today)
    last = form.before(day, but_not=draft.correcting)
    prescribed = form.prescribed_on(day)
    _correction(form, draft, today)
    details.when_and_how(draft, today, clock.now().time())
    with st.container(gap=None):
        st.markdown("**Warning signs**", help="Tab: next sign. Right arrow: absent. Left arrow: present.")
        details.last_line(last, today)
        signs.warning_signs(draft, form, last, prescribed=prescribed)
    details.safety(draft, clinic().safety_protocol)
    # The next stop of Tab after the signs and the safety question: no shortcut works while a radio button has the
    # focus, for it keeps Enter to itself.
    st.button("Save without the rest", key="save_signs", on_click=_save, args=(user, form, draft))
    _more(form, draft, today, prescribed=prescribed)
    _save_bar(user, form, draft, prescribed=prescribed)


def _more(form: CheckInForm, draft: Draft, today: dt.date, *, prescribed: bool) -> None:
    last = form.before(draft.day(today), but_not=draft.correcting)
    details.craving(draft, last)
    left, right = st.columns(2, gap="medium")
    with left:
        details.use(draft, last)
        details.withdrawal(draft)
        if prescribed:
            details.medication(draft, form, today)
    with right:
        details.note(draft)
    with st.container(gap=None):
        st.markdown("**What helps**")
        signs.protective_factors(draft, last)
    st.markdown("**Signs of the three stages**")
    signs.stage_signs(draft, last)


# --- correcting ---------------------------------------------------------------------------------------------------


def _correct_another(form: CheckInForm, draft: Draft, today: dt.date) -> None:
    """The way to correct an earlier check-in."""
    if form.earlier and draft.correcting is None:
        with st.popover("Correct an earlier check-in", icon=":material/edit:"):
            _choose_earlier(form, today)


def _correction(form: CheckInForm, draft: Draft, today: dt.date) -> None:
    """Which check-in is being corrected, and why."""
    past = form.past(draft.correcting) if draft.correcting is not None else None
    if past is None:
        return
    st.warning(
        f"You are correcting the check-in of {details.title(past.occurred_on, today)}, "
        f"recorded by {escaped(past.recorded_by)}. The old version stays readable."
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            "Reason for the correction", key=draft.key("reason"), max_chars=1000, persist_state="session"
        )
        st.button("Do not correct it", on_click=_stop_correcting, args=(draft,), key="stop_correcting")


def _choose_earlier(form: CheckInForm, today: dt.date) -> None:
    titles = {one.id: f"{details.title(one.occurred_on, today)}, {one.recorded_by}" for one in form.earlier}
    chosen = st.selectbox("Check-in", list(titles), format_func=titles.__getitem__, key="choose_earlier")
    if st.button("Correct it", key="start_correcting") and chosen is not None:
        st.session_state[CORRECT] = chosen
        st.rerun()


def _stop_correcting(draft: Draft) -> None:
    draft.empty()
    st.session_state.pop(CORRECT, None)


# --- saving -------------------------------------------------------------------------------------------------------


def _save_bar(user: User, form: CheckInForm, draft: Draft, *, prescribed: bool) -> None:
    asked, apply = signs.asked_of_twelve(draft, prescribed=prescribed)
    with st.container(key="save-bar", gap="xsmall"):
        notices()
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.button(
                "Save the correction" if draft.correcting else "Save check-in",
                type="primary",
                key="save_check_in",
                shortcut="Ctrl+Enter",
                on_click=_save,
                args=(user, form, draft),
            )
            st.text(f"{asked} of {apply} warning signs asked, {form.name}")


def _save(user: User, form: CheckInForm, draft: Draft) -> None:
    """Save what the form says, and keep what it changed for the confirmation."""
    today = clock.today()
    recorded: list[RecordedCheckIn] = []

    def act(session: Any, *, by: User, now: dt.datetime, token: str) -> RecordedCheckIn:
        said = answers(draft, form, today, clinic().zone)
        if said.says_nothing:
            raise Refused(NOTHING_ANSWERED)
        one = record_check_in(
            session,
            by=by,
            now=now,
            client_id=form.client_id,
            answers=said,
            token=token,
            supersedes=draft.correcting,
            correction_reason=draft.get("reason"),
        )
        recorded.append(one)
        return one

    with reading(user) as session:
        before = standing(session, user, today, form.client_id)
    if not save(draft.name, act, f"The check-in with {form.name} is saved.", by=user) or not recorded:
        return
    with reading(user) as session:
        after = standing(session, user, today, form.client_id)
    draft.empty()
    st.session_state.pop(CORRECT, None)
    st.session_state[confirmation.KEY] = confirmation.SavedCheckIn(
        form.client_id,
        form.name,
        before,
        after,
        late=recorded[0].late,
        opened_safety=recorded[0].safety_item_id is not None,
    )
