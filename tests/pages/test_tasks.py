"""Doing a task, putting it off and giving it to somebody; an appointment in a call; who calls whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from casework.actions import claims
from casework.actions.calls import set_calls_per_day
from casework.actions.tasks import open_task
from casework.caseload.story import NextAction
from casework.caseload.tasks import ClientTask, tasks_of
from casework.users import User
from casework.vocabulary import ActionKind, CallOutcome, Use
from casework.windows import FactRef
from db.models import AnsweredFact, Call
from db.queries import clients
from pages.shared import client_dialog
from pages.shared.client_dialog import Opened
from pages.shared.widgets import calls, tasks
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago, token
from tests.support.client_lines import act, below, lines
from tests.support.clinic import TODAY, SmallClinic
from tests.support.databases import Database
from tests.support.pages import button, field, said

TOMORROW = TODAY + dt.timedelta(days=1)
IN_A_WEEK = TODAY + dt.timedelta(days=7)
REVIEW, DOSE = ActionKind.PLAN_REVIEW, ActionKind.PRESCRIBER_DOSE


def action(kind: ActionKind, task: int | None = None, *facts: FactRef) -> NextAction:
    return NextAction(kind, "What the words say", "counselor", TOMORROW, "by tomorrow", task, facts)


@pytest.fixture
def opened(open_page: OpenPage, sqlite_clinic: SmallClinic) -> Callable[..., AppTest]:
    """The Client page of Ann with the dialog of an action open."""

    def opening(shown: NextAction, user: User = sqlite_clinic.alice) -> AppTest:
        dialog = Opened(sqlite_clinic.ann, tasks.DIALOG, about=("Ann Archer", shown))
        state: dict[str, Any] = {client_dialog.OPEN: dialog}
        app = open_page("client", as_user=user, query={"client": "ann-archer"}, state=state)
        assert not app.exception
        return app

    return opening


def all_of(database: Database, clinic: SmallClinic) -> tuple[ClientTask, ...]:
    with database.reading() as session:
        return tasks_of(session, clinic.alice, TODAY, clinic.ann)


def a_task(database: Database, clinic: SmallClinic, kind: ActionKind = REVIEW, **more: Any) -> int:
    asked = {"by": clinic.alice, "client_id": clinic.ann, "due_on": TOMORROW, "token": token()}
    return builders.save(database, open_task, kind=kind, **asked | more).id


def test_a_review_is_done_with_what_came_of_it_and_answers_what_was_shown(
    opened: Callable[..., AppTest], sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    found = builders.screen(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, "heroin", on=days_ago(2))
    app = opened(action(REVIEW, None, FactRef("screens", found, 0)))
    button(app, "task-plan_review", "done").click().run()
    assert "cannot be empty" in said(app)
    field(app, "task-plan_review", "outcome").set_value("Group twice a week.")
    button(app, "task-plan_review", "done").click().run()
    assert not app.exception
    (one,) = all_of(sqlite_database, sqlite_clinic)
    assert (one.kind, one.done_on, one.outcome) == (REVIEW, TODAY, "Group twice a week.")
    with sqlite_database.reading() as session:
        assert session.scalars(select(AnsweredFact.fact_id)).all() == [found]
    assert "Ann Archer: plan review: done." in said(app)


def test_a_prescribers_answer_asks_for_the_name_and_the_day(
    opened: Callable[..., AppTest], sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    a_task(sqlite_database, sqlite_clinic, DOSE)
    app = opened(action(DOSE, all_of(sqlite_database, sqlite_clinic)[0].id))
    assert field(app, "task-prescriber_dose", "answered_on").value == TODAY
    field(app, "task-prescriber_dose", "outcome").set_value("Split the dose.")
    field(app, "task-prescriber_dose", "prescriber").set_value("Dr. Lee")
    button(app, "task-prescriber_dose", "done").click().run()
    (one,) = all_of(sqlite_database, sqlite_clinic)
    assert (one.prescriber, one.answered_on, one.outcome) == ("Dr. Lee", TODAY, "Split the dose.")


def test_a_naloxone_kit_is_done_by_recording_it(
    opened: Callable[..., AppTest], sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    kind = ActionKind.RECORD_NALOXONE
    app = opened(action(kind, a_task(sqlite_database, sqlite_clinic, kind)))
    assert field(app, "task-record_naloxone", "kit_on").value == TODAY
    button(app, "task-record_naloxone", "kit").click().run()
    assert not app.exception
    with sqlite_database.reading() as session:
        assert clients.current(session, sqlite_clinic.ann).naloxone_on == TODAY
    assert [one.done_on for one in all_of(sqlite_database, sqlite_clinic)] == [TODAY]


def test_it_is_put_off_with_a_day_and_a_reason(
    opened: Callable[..., AppTest], sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(action(REVIEW, a_task(sqlite_database, sqlite_clinic)))
    field(app, "task-plan_review", "due_on").set_value(IN_A_WEEK)
    button(app, "task-plan_review", "later").click().run()
    assert "cannot be empty" in said(app)
    field(app, "task-plan_review", "reason").set_value("She is away.")
    button(app, "task-plan_review", "later").click().run()
    (one,) = all_of(sqlite_database, sqlite_clinic)
    assert (one.due_on, one.later_reason, one.done_on) == (IN_A_WEEK, "She is away.", None)


def test_it_is_given_to_somebody_of_the_team(
    opened: Callable[..., AppTest], sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = opened(action(REVIEW))
    field(app, "task-plan_review", "owner").set_value(sqlite_clinic.charlie.id)
    field(app, "task-plan_review", "what").set_value("Look at the no-shows")
    button(app, "task-plan_review", "open").click().run()
    (one,) = all_of(sqlite_database, sqlite_clinic)
    assert (one.owner, one.due_on, one.what) == ("Charlie", TOMORROW, "Look at the no-shows")


def test_what_waits_stands_on_the_clients_page_with_its_button(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    a_task(sqlite_database, sqlite_clinic, what="<b>Look</b> at the *no-shows*")
    app = open_page("client", as_user=sqlite_clinic.alice, query={"client": "ann-archer"})
    assert "<b>Look</b> at the *no-shows*" in [one.value for one in app.text]
    key = f"do-open-plan_review-{sqlite_clinic.ann}"
    next(one for one in app.button if one.key == key).click().run()
    assert field(app, "task-plan_review", "outcome", f"client-{sqlite_clinic.ann}").value in (None, "")
    other = open_page("client", as_user=sqlite_clinic.alice, query={"client": "amir-aziz"})
    assert not any((one.key or "").startswith("do-open-") for one in other.button)


def test_an_appointment_is_asked_for_and_a_plain_outcome_is_not(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("client", as_user=sqlite_clinic.alice, query={"client": "ann-archer"})
    menu = f"call:client-{sqlite_clinic.ann}:outcome"
    app.menu_button(key=menu).click(CallOutcome.NO_ANSWER).run()
    app.menu_button(key=menu).click(calls.WITH_APPOINTMENT).run()
    field(app, "call-appointment", "appointment_on").set_value(IN_A_WEEK)
    button(app, "call-appointment").click().run()
    assert not app.exception
    with sqlite_database.reading() as session:
        rows = session.execute(select(Call.outcome, Call.appointment_on).order_by(Call.id)).all()
    assert [tuple(row) for row in rows] == [
        (CallOutcome.NO_ANSWER, None),
        (CallOutcome.REACHED, IN_A_WEEK),
    ]


def test_an_appointment_without_a_day_is_refused_and_the_dialog_stays(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("client", as_user=sqlite_clinic.alice, query={"client": "ann-archer"})
    app.menu_button(key=f"call:client-{sqlite_clinic.ann}:outcome").click(calls.WITH_APPOINTMENT).run()
    button(app, "call-appointment").click().run()
    assert not app.exception
    assert "Choose the day of the appointment." in [one.value for one in app.error]
    with sqlite_database.reading() as session:
        assert session.execute(select(Call.id)).all() == []
    field(app, "call-appointment", "appointment_on").set_value(IN_A_WEEK)
    button(app, "call-appointment").click().run()
    with sqlite_database.reading() as session:
        assert session.scalars(select(Call.appointment_on)).all() == [IN_A_WEEK]


def test_a_wrong_number_says_so_beside_it(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    for page, query in (("client", {"client": "ann-archer"}), ("today", {})):
        assert "Wrong number" not in said(open_page(page, as_user=sqlite_clinic.alice, query=query))
    builders.call(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, CallOutcome.WRONG_NUMBER)
    for page, query in (("client", {"client": "ann-archer"}), ("today", {})):
        assert "Wrong number" in said(open_page(page, as_user=sqlite_clinic.alice, query=query))


def test_two_who_cover_one_caseload_see_who_calls(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, use=Use.SLIP)
    app = open_page("today", as_user=sqlite_clinic.charlie)
    act(app, sqlite_clinic.ann, "take")
    assert not app.exception
    assert "You are calling" in said(app)
    theirs = open_page("today", as_user=sqlite_clinic.alice)
    assert "Charlie is calling" in said(theirs)
    record = open_page("client", as_user=sqlite_clinic.alice, query={"client": "ann-archer"})
    assert "Charlie is calling" in said(record)
    act(theirs, sqlite_clinic.ann, "give_back")
    assert "is calling" not in said(theirs)


def test_who_calls_is_said_below_the_line_too_and_the_call_can_be_taken_from_the_clients_page(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    for client_id in (sqlite_clinic.ann, sqlite_clinic.amir):
        builders.save(sqlite_database, claims.claim, by=sqlite_clinic.charlie, client_id=client_id)
    builders.save(sqlite_database, set_calls_per_day, by=sqlite_clinic.alice, calls=0)
    app = open_page("today", as_user=sqlite_clinic.alice)
    assert below(app)
    for client_id in (sqlite_clinic.ann, sqlite_clinic.amir):
        assert "Charlie is calling" in [one["text"] for one in lines(app)[client_id]["contact"]]
    about = f"client-{sqlite_clinic.ann}"
    record = open_page("client", as_user=sqlite_clinic.alice, query={"client": "ann-archer"})
    button(record, "call-claim", about=about).click().run()
    assert "Charlie is calling" not in said(record)
    record = open_page("client", as_user=sqlite_clinic.alice, query={"client": "ann-archer"})
    button(record, "call-claim", about=about).click().run()
    assert "You are calling" in said(record)
