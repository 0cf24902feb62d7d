"""Check-in: one contact's answers, beside those of the last one and never copied from it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from casework.actions.check_ins import record_check_in
from casework.caseload.check_in_form import CheckInForm, PastCheckIn, check_in_form, standing
from casework.caseload.standing import chips_of
from casework.users import User
from casework.vocabulary import MEDICATION_SIGN
from pages.check_in import confirmation, details, signs
from pages.check_in.draft import answers, day_of, days_since, draft_of, fill
from pages.shared import as_of, clock
from pages.shared.check_in_correction import correction
from pages.shared.database import clinic
from pages.shared.form import Form
from pages.shared.saving import notices
from pages.shared.sign_in.gate import require_user
from pages.shared.transactions import reading
from pages.shared.widgets import flags
from pages.shared.widgets.components import client_picker, escaped, open_client


def render() -> None:
    """The page."""
    user = require_user()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=420):
            client_id = client_picker(user)
        beside = st.container(horizontal=True, width="content", gap="small")
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
        raised = chips_of(session, user, clock.today())
    correcting = _correcting(form)
    draft = draft_of(client_id, form.name, correcting)
    flags.show(raised.get(client_id, ()))
    past = form.past(correcting) if correcting is not None else None
    if past is not None:
        fill(draft, past, clinic().zone)
    _form(user, form, draft, past, beside)


def _correcting(form: CheckInForm) -> int | None:
    """The check-in of this client that is being corrected."""
    chosen: int | None = correction(form.client_id, form.name).get("begun")
    return chosen if chosen is not None and form.past(chosen) is not None else None


def _form(
    user: User, form: CheckInForm, draft: Form, past: PastCheckIn | None, beside: DeltaGenerator
) -> None:
    """The fields. A press in the rows of signs runs their fragment and nothing else of the page."""
    today = clock.today()
    day, correcting = day_of(draft, today), past.id if past else None
    last = form.before(day, but_not=correcting)
    prescribed = form.prescribed_on(day)
    protocol = clinic().safety_protocol
    if past is not None:
        _correction(form, draft, past, today)
    with beside:
        details.when_and_how(draft, today, clock.now().time())
        if form.earlier and past is None:
            with st.popover("Correct an earlier check-in", type="tertiary", icon=":material/edit:"):
                _choose_earlier(form, today)
    draft.refusal("occurred_at")
    rows, more, bar = st.container(), st.container(), st.container(key="save-bar", gap="xsmall")
    with bar:
        notices()
        asked = st.container(horizontal=True, vertical_alignment="center", gap="medium")
    with asked:
        place = st.container(width="content")
    with rows:
        _signs(draft, form.name, last, details.last_line(last, today), asked, prescribed, protocol)
    with more:
        # The next stop of Tab after the signs and the safety questions, to which Enter in the last row leads: there
        # Enter saves, and Tab goes on to the rest.
        with st.container(key=signs.AFTER):
            draft.save_button(
                "Save without the rest", _save, user, form, correcting, name="save_signs", type="secondary"
            )
        _more(draft, last, past, protocol, days_since(form, draft, correcting, today) if prescribed else None)
    with place:
        label = "Save the correction" if correcting else "Save check-in"
        draft.save_button(label, _save, user, form, correcting, shortcut="Ctrl+Enter")


@st.fragment
def _signs(
    draft: Form,
    name: str,
    last: PastCheckIn | None,
    said_last: str,
    bar: DeltaGenerator,
    prescribed: bool,
    protocol: str,
) -> None:
    """What each press draws anew: the rows, what an overdose asks, and the count beside the save button.

    Each press goes to the server at once. Kept in the browser until the save, it would cost nothing, but a change of
    page or of the client would lose what was answered; the whole page anew would read the client from the database.
    """
    signs.warning_signs(draft, last, said_last, prescribed=prescribed, protocol=protocol)
    draft.refusal(MEDICATION_SIGN)
    details.overdose(draft)
    asked, apply = signs.asked_of_twelve(draft, prescribed=prescribed)
    bar.text(f"{asked} of {apply} warning signs asked, {name}")


@st.fragment
def _stages(draft: Form, last: PastCheckIn | None, protocol: str) -> None:
    signs.stage_signs(draft, last, protocol)


@st.fragment
def _helps(draft: Form, last: PastCheckIn | None) -> None:
    signs.protective_factors(draft, last)


def _more(
    draft: Form,
    last: PastCheckIn | None,
    past: PastCheckIn | None,
    protocol: str,
    medication_days: int | None,
) -> None:
    """The rest; `medication_days` is None where no maintenance medication is prescribed."""
    details.craving(draft, last)
    left, right = st.columns(2, gap="medium")
    with left:
        details.use(draft, last, past)
        details.withdrawal(draft, past)
        if medication_days is not None:
            details.medication(draft, medication_days)
    with right:
        details.note(draft)
    _helps(draft, last)
    _stages(draft, last, protocol)


# --- correcting ---------------------------------------------------------------------------------------------------


def _correction(form: CheckInForm, draft: Form, past: PastCheckIn, today: dt.date) -> None:
    """Which check-in is being corrected, and why."""
    st.warning(
        f"You are correcting the check-in of {details.title(past.occurred_on, today)}, "
        f"recorded by {escaped(past.recorded_by)}. The old version stays readable."
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input("Reason for the correction", max_chars=1000, **draft.field("reason"))
        st.button(
            "Do not correct it",
            on_click=_stop_correcting,
            args=(draft, form),
            key=draft.button("stop_correcting"),
        )


def _choose_earlier(form: CheckInForm, today: dt.date) -> None:
    titles = {one.id: f"{details.title(one.occurred_on, today)}, {one.recorded_by}" for one in form.earlier}
    choice = correction(form.client_id, form.name)
    st.selectbox(
        "Check-in", list(titles), format_func=titles.__getitem__, **choice.field("which", among=titles)
    )
    st.button("Correct it", key=choice.button("start"), on_click=_start_correcting, args=(choice,))


def _start_correcting(choice: Form) -> None:
    choice.fill(begun=choice.get("which"))


def _stop_correcting(draft: Form, form: CheckInForm) -> None:
    draft.clear()
    correction(form.client_id, form.name).clear()


# --- saving -------------------------------------------------------------------------------------------------------


def _save(draft: Form, user: User, form: CheckInForm, correcting: int | None) -> None:
    """Save what the form says, and keep what it changed for the confirmation."""
    today = clock.today()
    with reading(user) as session:
        before = standing(session, user, today, form.client_id)
    saved = draft.save(
        record_check_in,
        "the check-in is saved.",
        on=day_of(draft, today),
        answers=lambda: _answers(draft, form, correcting, today),
        by=user,
        client_id=form.client_id,
        supersedes=correcting,
    )
    if saved is None or saved.result is None:
        return
    with reading(user) as session:
        after = standing(session, user, today, form.client_id)
    correction(form.client_id, form.name).clear()
    st.session_state[confirmation.KEY] = confirmation.SavedCheckIn(
        form.client_id,
        form.name,
        before,
        after,
        late=saved.result.late,
        opened_safety=saved.result.safety_item_id is not None,
    )


def _answers(draft: Form, form: CheckInForm, correcting: int | None, today: dt.date) -> dict[str, Any]:
    """What stands in the fields, as `record_check_in` takes it."""
    said = answers(draft, form, correcting, today, clinic().zone)
    return {"answers": said, "correction_reason": draft.get("reason")}
