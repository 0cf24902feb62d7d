"""What is to be done about a client, as buttons: doing it, putting it off with a reason, or giving it to somebody.

On a page::

    tasks.show_action(client_id, name, story.action, primary=True)
    tasks.show_open(open_tasks, today)        # what waits about a client, a button each
    …
    dialogs.show(user, today)                 # last: a page has one dialog a run

`show_action` only opens the dialog; `dialogs` draws it wherever one is open. Calls have `calls.call_menu`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, Literal

import streamlit as st

from casework import wording
from casework.actions.clients import record_naloxone_kit
from casework.actions.tasks import do_task, open_task, put_off
from casework.caseload.story import NextAction
from casework.caseload.tasks import ClientTask, asks_outcome, asks_prescriber, hands_over_a_kit, owners
from casework.users import User
from casework.vocabulary import ActionKind
from pages.shared import as_of, client_dialog
from pages.shared.form import Form, client
from pages.shared.saving import notices
from pages.shared.transactions import reading
from pages.shared.widgets import html_text
from pages.shared.widgets.components import escaped, plain, told_apart

DIALOG: Final = "task"
DONE, LATER, GIVE = "Done", "Later", "Give to somebody"
"""The dialog's tabs."""
HAS_ITS_BUTTON: Final = frozenset(
    {ActionKind.CALL, ActionKind.CALL_TODAY, ActionKind.CHECK_IN, ActionKind.KEEP_ON}
)
"""A call and a check-in are done by their own buttons beside every name; to keep to the plan there is nothing to do."""


def action_of(task: ClientTask, today: dt.date) -> NextAction:
    """An open task as an action."""
    due = wording.by_when(task.due_on, today)
    return NextAction(task.kind, wording.label(task.kind), task.owner, task.due_on, due, task.id, ())


def show_action(
    client_id: int,
    name: str,
    action: NextAction,
    *,
    primary: bool = False,
    width: Literal["stretch", "content"] = "content",
    place: str = "row",
) -> None:
    """A button with the action's name that opens its dialog. `place` tells two buttons of one action apart."""
    st.button(
        wording.label(action.kind),
        key=f"do-{place}-{action.kind}-{client_id}",
        type="primary" if primary else "secondary",
        width=width,
        help=action.text,
        disabled=as_of.locked(),
        on_click=client_dialog.open_dialog,
        args=(client_id, DIALOG),
        kwargs={"about": (name, action)},
    )


def show_open(tasks: Sequence[ClientTask], today: dt.date, *, names: bool = False) -> None:
    """What waits, a line each: what, by when and whose, and the button; `names`: with whom it is about."""
    for one in tasks:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            show_action(one.client_id, one.name, action_of(one, today), place="open")
            if names:
                plain(one.name)
            with st.container(width="stretch"):
                html_text.show(_when(one, today), small=True)
                if one.what:
                    plain(one.what)


def _when(one: ClientTask, today: dt.date) -> str:
    due = html_text.by(one.due_on, today)
    state = f"{html_text.span('Overdue', strong=True)}, {due}" if one.overdue else due
    return f"{state} {html_text.span(f'· {one.owner}', muted=True)}"


def dialog(user: User, today: dt.date) -> None:
    """The open dialog of an action, if there is one. Call it last."""
    found = client_dialog.opened_of(DIALOG)
    if found is None or found.about is None or as_of.locked():
        return
    name, action, *tab = found.about
    client_id = found.client_id

    @st.dialog(
        f"{wording.label(action.kind)}: {escaped(name)}", width="medium", on_dismiss=client_dialog.close
    )
    def shown() -> None:
        if client_dialog.opened_of(DIALOG) is None:  # saved
            st.rerun()
        notices()
        _fields(client_id, name, action, user, today, tab=tab[0] if tab else DONE)

    shown()


def _fields(client_id: int, name: str, action: NextAction, user: User, today: dt.date, *, tab: str) -> None:
    form = Form(
        f"task-{action.kind}",
        client(client_id, name),
        {
            "outcome": None,
            "prescriber": None,
            "answered_on": today,
            "kit_on": today,
            "due_on": None,
            "reason": None,
            "what": None,
            "owner": None,
            "by": max(action.due, today),
        },
    )
    st.text(action.text)
    ways = [LATER, GIVE] if action.kind in HAS_ITS_BUTTON else [DONE, LATER, GIVE]
    *done, later, given = st.tabs(ways, default=tab if tab in ways else None)
    if done:
        with done[0]:
            _done(form, client_id, action, user)
    with later:
        form.day("due_on", "New day", first=today + dt.timedelta(days=1), ahead=True)
        form.refusal("due_on")
        st.text_input("Why later", max_chars=1000, **form.field("reason"))
        form.refusal("reason")
        form.save_button("Put off", _put_off, client_id, action, user, name="later", type="secondary")
    with given:
        _give(form, client_id, action, user, today)


def _done(form: Form, client_id: int, action: NextAction, user: User) -> None:
    if hands_over_a_kit(action.kind):
        form.day("kit_on", "Handed over on")
        form.refusal("naloxone_on")
        form.save_button("Record the kit", _record_kit, client_id, user, name="kit")
        return
    label = (
        "What came of it" if asks_outcome(action.kind) else "What came of it (if there is something to say)"
    )
    if asks_prescriber(action.kind):
        label = "What the prescriber said"
        with st.container(horizontal=True, gap="small"):
            st.text_input("Prescriber", max_chars=200, **form.field("prescriber"))
            form.day("answered_on", "Answered on", width=170)
        form.refusal("prescriber")
        form.refusal("answered_on")
    st.text_area(label, max_chars=10_000, **form.field("outcome"))
    form.refusal("outcome")
    form.save_button("Done", _do, client_id, action, user, name="done")


def _give(form: Form, client_id: int, action: NextAction, user: User, today: dt.date) -> None:
    with reading(user) as session:
        team = told_apart({one.id: one.name for one in owners(session, user)})
    with st.container(horizontal=True, gap="small"):
        st.selectbox(
            "Who",
            list(team),
            format_func=lambda id_: team[id_],
            index=None,
            placeholder="The client's counselor",
            **form.field("owner", among=team),
        )
        form.day("by", "By", first=today, ahead=True, width=170)
    form.refusal("owner_id")
    st.text_area("What exactly", max_chars=10_000, **form.field("what"))
    form.refusal("what")
    form.save_button("Open the task", _open, client_id, action, user, name="open", type="secondary")


def _do(form: Form, client_id: int, action: NextAction, user: User) -> None:
    fields = ("outcome", "prescriber", "answered_on") if asks_prescriber(action.kind) else ("outcome",)
    saved = form.save(
        do_task,
        f"{wording.within(action.kind)}: done.",
        answers=lambda: {name: form.get(name) for name in fields},
        by=user,
        client_id=client_id,
        kind=action.kind,
        action_id=action.task,
        facts=action.answers,
    )
    if saved:
        client_dialog.close()


def _record_kit(form: Form, client_id: int, user: User) -> None:
    saved = form.save(
        record_naloxone_kit,
        "naloxone kit recorded.",
        on=form.get("kit_on"),
        with_token=False,
        answers=lambda: {"on": form.get("kit_on")},
        by=user,
        client_id=client_id,
    )
    if saved:
        client_dialog.close()


def _put_off(form: Form, client_id: int, action: NextAction, user: User) -> None:
    saved = form.save(
        put_off,
        lambda task: f"{wording.within(action.kind)}: put off until {wording.long_date(task.due_on)}.",
        by=user,
        client_id=client_id,
        kind=action.kind,
        action_id=action.task,
        due_on=form.get("due_on"),
        reason=form.get("reason"),
    )
    if saved:
        client_dialog.close()


def _open(form: Form, client_id: int, action: NextAction, user: User) -> None:
    saved = form.save(
        open_task,
        lambda task: f"{wording.within(action.kind)}: a task, by {wording.long_date(task.due_on)}.",
        by=user,
        client_id=client_id,
        kind=action.kind,
        due_on=form.get("by"),
        what=form.get("what"),
        owner_id=form.get("owner"),
    )
    if saved:
        client_dialog.close()
