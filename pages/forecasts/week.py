"""This week's forecasts: two answers and a save a client; only then does Tideline's chance show beside them.

Blind on purpose: before a client's forecast is saved, nothing about the client but the name is read or shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from casework import wording
from casework.actions.forecasts import record_forecast
from casework.caseload.forecasts import Made, Turn, Week
from casework.caseload.standing import chips_of
from casework.caseload.story import Chip
from casework.users import User
from casework.vocabulary import Likelihood, Outcome
from pages.forecasts import phrases
from pages.shared import clock
from pages.shared.form import Form, client
from pages.shared.saving import notices
from pages.shared.transactions import reading
from pages.shared.widgets import flags, html_text, table
from pages.shared.widgets.components import escaped, is_dark, open_client, told_apart

LIST: Final = "forecasts"
PICKED: Final = "forecast-picked"
"""Key in the session state of the client who was picked beside those whose turn it is."""
SENT: Final = "forecast-sent"
"""Key in the session state of the client whose save was tried last: what it had to tell stands in that row."""


def show(week: Week, user: User) -> None:
    """The rows of this week, and the way to pick somebody else."""
    chosen = table.picked(LIST, {turn.client_id for turn in (*week.turns, *week.others)})
    if chosen is not None:
        open_client(chosen.identifier)
    if not week.turns and not week.others:
        st.info("Nobody is on your caseload yet. Once clients are assigned to you, their turns come here.")
        return
    st.text(_asked(week))
    raised = _flags(week, user)
    for turn in week.turns:
        _row(turn, user, raised)
    _somebody_else(week, user, raised)
    notices()  # what no row has shown


def _asked(week: Week) -> str:
    left = sum(turn.made is None for turn in week.turns)
    if left:
        clients = wording.sentence(wording.counted(left, "client"))
        return f"{clients} to go this week, three taps each. Skip whom you like."
    if week.turns:
        return "That is everybody for this week. Thank you."
    return "It is nobody's turn this week: turns follow the caseload of Monday. You can pick anybody below."


def _flags(week: Week, user: User) -> flags.Raised:
    """The flags of those whose forecasts are saved: of the others nothing is shown but the name."""
    made = {turn.client_id for turn in (*week.turns, *week.others) if turn.made is not None}
    if not made:
        return {}
    with reading(user) as session:
        raised = chips_of(session, user, clock.today())
    return {id_: chips for id_, chips in raised.items() if id_ in made}


def _row(turn: Turn, user: User, raised: flags.Raised) -> None:
    with st.container(border=True, gap="xsmall", key=f"forecast-row-{turn.client_id}"):
        if st.session_state.get(SENT) == turn.client_id:
            notices()
        if turn.made is None:
            _ask(turn, user)
        else:
            _reveal(turn, turn.made, raised.get(turn.client_id, ()))


def _ask(turn: Turn, user: User) -> None:
    first, second = phrases.QUESTIONS
    form = Form("forecast", client(turn.client_id, turn.name), {one.value: None for one in phrases.QUESTIONS})
    st.markdown(f"**{escaped(turn.name)}**")
    _choice(form, first)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _choice(form, second)
        form.save_button("Save and compare", _save, turn.client_id, user)


def _choice(form: Form, question: Outcome) -> None:
    st.segmented_control(
        phrases.QUESTIONS[question],
        list(Likelihood),
        format_func=phrases.answer,
        help=phrases.COUNTS[question],
        wrap=True,
        **form.field(question.value),
    )


def _reveal(turn: Turn, made: Made, chips: Sequence[Chip]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{escaped(turn.name)}**", width="content")
        html_text.show(html_text.badge(made.engine.band, dark=is_dark()))
        st.button(
            "Open",
            key=f"forecast-open-{turn.client_id}",
            type="tertiary",
            on_click=table.pick,
            args=(LIST, turn.client_id, "open"),
        )
    flags.show(chips)
    html_text.show(*(_both(made, question) for question in phrases.QUESTIONS))


def _both(made: Made, question: Outcome) -> str:
    mine = phrases.answer(made.says[question])
    theirs = phrases.chance(made.engine.chance(question))
    return (
        f"{html_text.span(phrases.SUBJECTS[question] + ':')} {html_text.span('you')} "
        f"{html_text.span(mine, strong=True)}, "
        f"{html_text.span('Tideline')} {html_text.span(theirs, strong=True)}"
    )


def _somebody_else(week: Week, user: User, raised: flags.Raised) -> None:
    others = {turn.client_id: turn for turn in week.others}
    names = told_apart({turn.client_id: turn.name for turn in week.others})
    if not names:
        return
    if st.session_state.get(PICKED) not in names:
        st.session_state[PICKED] = None
    picked = st.selectbox(
        "Somebody else",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Pick any client of yours",
        key=PICKED,
        width=420,
    )
    if picked is not None:
        _row(others[picked], user, raised)


def _save(form: Form, client_id: int, user: User) -> None:
    st.session_state[SENT] = client_id
    form.save(
        record_forecast,
        "your forecast is saved. Beside it is what Tideline says.",
        toast=True,
        by=user,
        client_id=client_id,
        says={question: form.get(question.value) for question in phrases.QUESTIONS},
    )
