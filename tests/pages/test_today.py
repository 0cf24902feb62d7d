"""The Today page: the ranked caseload, and what one does from it."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import delete, select, update
from streamlit.testing.v1 import AppTest

from casework.actions.calls import set_calls_per_day
from casework.actions.screens import plan
from casework.vocabulary import WARNING_SIGNS, CallOutcome, Permission, SessionKind, Use, ids
from db.models import Assignment, Call, ClientVersion, SafetyItem, Staff
from pages.shared import saving
from pages.shared.widgets import components
from tests.pages.conftest import OpenPage
from tests.support import builders, pages
from tests.support.builders import days_ago
from tests.support.client_lines import DAY, above, act, below, call, choices, lines, offered
from tests.support.clinic import NOW, SmallClinic, add_client
from tests.support.databases import Database
from tests.support.pages import MOST_ELEMENTS, button, drawn_in, drawn_text, elements, field, said

ALL_SIGNS = {id_: True for id_ in ids(WARNING_SIGNS) if id_ != "not_taking_medication"}


def opened(open_page: OpenPage, clinic: SmallClinic) -> AppTest:
    app = open_page("today", as_user=clinic.alice)
    assert not app.exception
    return app


def test_somebody_without_clients_is_told_what_to_do(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.execute(delete(Assignment))
    app = opened(open_page, sqlite_clinic)
    assert "Nobody is on your caseload yet" in said(app)
    app.button[0].click().run()
    assert app.session_state["test:page"] == "clients"


def test_the_client_who_needs_most_stands_first_with_reason_and_next_step(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(
        sqlite_database, sqlite_clinic.alice, sqlite_clinic.amir, use=Use.REGULAR, signs=ALL_SIGNS
    )
    app = opened(open_page, sqlite_clinic)
    assert above(app) == [sqlite_clinic.amir, sqlite_clinic.ann]
    words = said(app)
    assert "Regular use reported" in words
    assert "555-0100" in words


def test_one_click_opens_the_check_in_with_the_client_chosen(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = opened(open_page, sqlite_clinic)
    act(app, sqlite_clinic.amir, "check_in")
    assert app.session_state["test:page"] == "check_in"
    assert app.session_state[components.CLIENT] == sqlite_clinic.amir


def test_the_name_opens_the_clients_record(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = opened(open_page, sqlite_clinic)
    act(app, sqlite_clinic.ann, "open")
    assert app.session_state["test:page"] == "client"
    assert app.session_state[components.CLIENT] == sqlite_clinic.ann


def test_a_session_opens_its_roll_call(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    series = builders.group(sqlite_database, sqlite_clinic.alice, (sqlite_clinic.ann,))
    single = builders.group(
        sqlite_database, sqlite_clinic.alice, (sqlite_clinic.amir,), kind=SessionKind.INDIVIDUAL
    )
    app = opened(open_page, sqlite_clinic)
    labels = {one.get("about"): one["label"] for one in drawn_in(app, DAY)["sections"][0]["acts"]}
    assert labels[single] == "10:00 am Amir Aziz"
    pages.act(app, DAY, "roll_call", series)
    assert app.session_state["test:page"] == "attendance"
    assert app.session_state["series_id"] == series


def test_a_safety_answer_shows_the_lines_the_protocol_and_asks_for_steps(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(
        sqlite_database,
        sqlite_clinic.alice,
        sqlite_clinic.ann,
        suicidal=True,
    )
    app = opened(open_page, sqlite_clinic)
    words = said(app)
    assert "988" in words
    assert "911" in words
    assert "Call the on-call clinician." in words
    (item,) = _safety_items(sqlite_database)

    act(app, sqlite_clinic.ann, "acknowledge")
    button(app, f"safety-{item.id}").click().run()
    assert "cannot be empty" in said(app)
    assert _safety_items(sqlite_database)[0].acknowledged_by_id is None

    field(app, f"safety-{item.id}", "steps").set_value("Stayed with her.")
    button(app, f"safety-{item.id}").click().run()
    (item,) = _safety_items(sqlite_database)
    assert (item.acknowledged_by_id, item.steps_taken) == (sqlite_clinic.alice.id, "Stayed with her.")
    assert "acknowledged by Alice" in said(app)


def test_on_the_day_of_the_acknowledgement_the_client_keeps_a_row_outside_the_days_calls(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, suicidal=True)
    builders.save(sqlite_database, set_calls_per_day, by=sqlite_clinic.alice, calls=0)
    (item,) = _safety_items(sqlite_database)
    app = opened(open_page, sqlite_clinic)
    act(app, sqlite_clinic.ann, "acknowledge")
    field(app, f"safety-{item.id}", "steps").set_value("Stayed with her.")
    button(app, f"safety-{item.id}").click().run()
    assert sqlite_clinic.ann in above(app)
    assert "acknowledged, look again by" in said(app)


def test_before_a_closed_day_acknowledging_asks_who_looks_again(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, overdosed=True)
    (item,) = _safety_items(sqlite_database)
    form, friday = f"safety-{item.id}", NOW + dt.timedelta(days=2)
    wednesday = open_page("today", as_user=sqlite_clinic.alice)
    act(wednesday, sqlite_clinic.ann, "acknowledge")
    assert not any("looks_again" in (one.key or "") for one in wednesday.text_input)
    app = open_page("today", as_user=sqlite_clinic.alice, now=friday)
    act(app, sqlite_clinic.ann, "acknowledge")
    field(app, form, "steps").set_value("Went there with her.")
    button(app, form).click().run()
    assert "Say who looks again within 24 hours" in said(app)
    field(app, form, "looks_again").set_value("On-call line")
    button(app, form).click().run()
    assert _safety_items(sqlite_database)[0].looks_again == "On-call line"


def test_the_name_of_a_client_is_text_as_it_was_typed(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    name = "![x](https://example.org/x.png) <b>*Bo*</b> :smile:"
    with sqlite_database.writing() as session:
        client_id = add_client(session, name, counselor=sqlite_clinic.alice)
    app = opened(open_page, sqlite_clinic)
    assert lines(app)[client_id]["name"] == name
    markup = [str(getattr(one, "value", "")) for kind in ("markdown", "html") for one in app.get(kind)]
    assert not [text for text in markup if "Bo" in text]


def test_an_unsafe_number_is_not_shown(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.execute(update(ClientVersion).values(safe_to_call=Permission.NO))
    app = opened(open_page, sqlite_clinic)
    assert "Not safe to call" in said(app)
    assert "555" not in drawn_text(app)


def test_an_unsafe_number_is_not_shown_beside_a_safety_answer_either(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, suicidal=True)
    with sqlite_database.writing() as session:
        session.execute(update(ClientVersion).values(safe_to_call=Permission.NO))
    app = opened(open_page, sqlite_clinic)
    assert "acknowledge" in [one["kind"] for one in offered(app, sqlite_clinic.ann)]
    assert "555" not in drawn_text(app)
    act(app, sqlite_clinic.ann, "acknowledge")
    assert "555-0100" not in said(app)


def test_of_somebody_unknown_no_points_are_shown(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    line = lines(opened(open_page, sqlite_clinic))[sqlite_clinic.ann]
    risk = dict(line["more"])["Risk"][0]
    assert "Unknown" in risk
    assert "heard from" in risk
    assert "points" not in risk
    assert "spark" not in line


def test_points_stand_behind_a_click_and_the_small_line_says_its_range(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    for days in (21, 14, 7, 0):
        then = builders.at(days_ago(days))
        builders.check_in(
            sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, now=then, use=Use.NONE, signs=ALL_SIGNS
        )
    line = lines(opened(open_page, sqlite_clinic))[sqlite_clinic.ann]
    in_sight = [line["headline"], line["next"]["text"], *(one["text"] for one in line["contact"])]
    assert not any("point" in words for words in in_sight)
    assert " points, " in dict(line["more"])["Risk"][0]
    assert line["spark"]["label"].startswith("Risk points over 13 weeks, from ")
    assert len(line["spark"]["points"]) == 13


def test_two_counselors_of_one_name_have_a_caseload_each(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.execute(update(Staff).values(name="Sam Smith"))
    app = open_page("today", as_user=sqlite_clinic.charlie)
    assert len(lines(app)) == 3
    app.selectbox(key="today_counselor").select_index(0).run()
    first = list(lines(app))
    app.selectbox(key="today_counselor").select_index(1).run()
    assert sorted([*first, *lines(app)]) == sorted([sqlite_clinic.ann, sqlite_clinic.amir, sqlite_clinic.ben])


def test_a_urine_screen_that_is_due_is_one_click_from_its_result(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    for days, first in ((3, 0), (0, 0), (0, 5)):
        builders.save(
            sqlite_database,
            plan,
            by=sqlite_clinic.alice,
            client_id=sqlite_clinic.ann,
            first_due_on=days_ago(days - first),
            now=builders.at(days_ago(days)),
            token=builders.token(),
        )
    app = opened(open_page, sqlite_clinic)
    (menu,) = [one for one in drawn_in(app, DAY)["sections"][0]["acts"] if one["label"] == "2 screens due"]
    due = choices(app, DAY, menu)
    assert [one["label"] for one in due] == ["Ann Archer, 3 days ago", "Ann Archer, today"]
    pages.act(app, DAY, "record", due[0]["about"])
    assert not app.exception
    assert app.session_state["test:page"] == "client"
    assert field(app, "screen", "planned").value == due[0]["about"]
    assert [button.label for button in app.button].count("Record its result") == 2


def test_a_caseload_of_45_stays_quick(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        for number in range(43):
            add_client(session, f"Client {number}", counselor=sqlite_clinic.alice)
    app = opened(open_page, sqlite_clinic)
    assert len(above(app)) == 5 + 1  # one of those who need a plan stands beside the places
    assert len(below(app)) == 39
    assert len(lines(app)) == 45, "each stands once in the list"
    assert elements(app) <= MOST_ELEMENTS


def test_a_group_can_be_shown_alone(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(
        sqlite_database, sqlite_clinic.alice, sqlite_clinic.amir, use=Use.REGULAR, signs=ALL_SIGNS, craving=10
    )
    app = opened(open_page, sqlite_clinic)
    app.button_group(key="today_group").set_value("needs_plan").run()
    assert list(lines(app)) == [sqlite_clinic.ann]


def test_a_double_click_saves_once_and_says_so(
    open_page: OpenPage,
    sqlite_clinic: SmallClinic,
    sqlite_database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(saving, "DOUBLE_CLICK_SECONDS", 600.0)  # as long as this test may take
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, on=days_ago(10))
    app = opened(open_page, sqlite_clinic)
    for _ in range(2):
        call(app, sqlite_clinic.ann, CallOutcome.NO_ANSWER)
    with sqlite_database.reading() as session:
        assert len(list(session.scalars(select(Call)))) == 1
    assert "Overdue" in said(app)


def _safety_items(database: Database) -> list[SafetyItem]:
    with database.reading() as session:
        found = list(session.scalars(select(SafetyItem)))
        session.expunge_all()
        return found
