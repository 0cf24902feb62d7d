"""Today and the day's calls: the number, the line, who stands just under it, and what the filters leave alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from casework import wording
from casework.actions.calls import set_calls_per_day
from casework.users import User
from casework.vocabulary import WARNING_SIGNS, CallOutcome, ContactKind, Group, Permission, Use, ids
from db.models import CallBudget, ClientVersion
from pages.today import budget
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago
from tests.support.client_lines import above, act, below, call, just_under, lines
from tests.support.clinic import SmallClinic, add_client
from tests.support.databases import Database
from tests.support.pages import MOST_ELEMENTS, elements, field, said

NONE = dict.fromkeys((id_ for id_ in ids(WARNING_SIGNS) if id_ != "not_taking_medication"), False)


def opened(open_page: OpenPage, user: User) -> AppTest:
    app = open_page("today", as_user=user)
    assert not app.exception
    return app


NEEDS_A_PLAN = 1
"""Who was never heard from needs a plan: each day one of a caseload's stands beside the places."""


def options(app: AppTest) -> list[str]:
    """The groups to choose from."""
    return list(app.button_group(key="today_group").options)


def say(database: Database, by: User, calls: int) -> None:
    builders.save(database, set_calls_per_day, by=by, calls=calls)


@pytest.fixture
def silent(sqlite_database: Database, sqlite_clinic: SmallClinic) -> list[int]:
    """Six more clients of Alice who told of a slip and have been silent since, the most urgent first."""
    with sqlite_database.writing() as session:
        more = [add_client(session, f"Client {number}", counselor=sqlite_clinic.alice) for number in range(6)]
    for number, client_id in enumerate(more):
        then = builders.at(days_ago(14 - number))
        builders.check_in(sqlite_database, sqlite_clinic.alice, client_id, now=then, use=Use.SLIP)
    return more


def test_an_emptied_number_of_calls_changes_nothing(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    say(sqlite_database, sqlite_clinic.alice, 7)
    app = opened(open_page, sqlite_clinic.alice)
    field(app, "calls_per_day", "calls").set_value(None).run()
    assert field(app, "calls_per_day", "calls").value == 7
    assert not app.toast
    with sqlite_database.reading() as session:
        assert session.scalars(select(CallBudget.calls_per_day)).all() == [7]


def test_five_calls_stand_above_the_line_and_the_next_ones_are_told_why_not(
    open_page: OpenPage, sqlite_clinic: SmallClinic, silent: list[int]
) -> None:
    app = opened(open_page, sqlite_clinic.alice)
    assert field(app, "calls_per_day", "calls").value == 5
    assert len(above(app)) == 5 + NEEDS_A_PLAN
    assert len(just_under(app)) == 2
    words = said(app)
    assert "0 of 5 calls made today." in words
    assert "Just under the line:" in words
    assert "Slipping now, like the last one above the line, whose turn comes first" in words
    assert just_under(app) == below(app), "nobody is told of twice"
    assert all(lines(app)[client_id]["headline"] for client_id in below(app))


def test_the_number_is_remembered_and_moves_the_line(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database, silent: list[int]
) -> None:
    app = opened(open_page, sqlite_clinic.alice)
    field(app, "calls_per_day", "calls").decrement().run()
    assert len(above(app)) == 4 + NEEDS_A_PLAN
    again = opened(open_page, sqlite_clinic.alice)
    assert field(again, "calls_per_day", "calls").value == 4
    assert len(above(again)) == 4 + NEEDS_A_PLAN
    with sqlite_database.reading() as session:
        assert session.execute(select(CallBudget.staff_id, CallBudget.calls_per_day)).all() == [
            (sqlite_clinic.alice.id, 4)
        ]


def test_a_bad_number_is_refused_with_a_clear_word_and_the_old_one_stays(
    open_page: OpenPage,
    sqlite_clinic: SmallClinic,
    sqlite_database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(budget, "MOST_CALLS", 99)  # a page that has been tampered with sends what it likes
    app = opened(open_page, sqlite_clinic.alice)
    field(app, "calls_per_day", "calls").set_value(77).run()
    assert "whole number from 0 to 50" in said(app)
    assert field(app, "calls_per_day", "calls").value == 5
    assert builders.count(sqlite_database, CallBudget) == 0


def test_with_no_calls_planned_the_safety_answer_and_one_who_needs_a_plan_stand_above_the_line(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, suicidal=True)
    say(sqlite_database, sqlite_clinic.alice, 0)
    app = opened(open_page, sqlite_clinic.alice)
    assert above(app) == [sqlite_clinic.ann, sqlite_clinic.amir]
    assert "No calls planned today." in said(app)


def test_a_logged_call_counts_and_the_list_does_not_jump(
    open_page: OpenPage, sqlite_clinic: SmallClinic, silent: list[int]
) -> None:
    app = opened(open_page, sqlite_clinic.alice)
    before = above(app)
    call(app, before[0], CallOutcome.NO_ANSWER)
    assert above(app) == before
    assert "1 of 5 calls made today, 1 not reached yet." in said(app)
    call(app, before[1], CallOutcome.REACHED)
    assert set(above(app)) == set(before)
    assert "2 of 5 calls made today, 1 not reached yet." in said(app)
    assert "Reached today" in said(app)


def test_when_fewer_have_a_reason_it_is_said_calmly_and_nobody_fills_up(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    for days in (35, 28, 21, 14, 7, 1):
        for client_id in (sqlite_clinic.ann, sqlite_clinic.amir):
            then = builders.at(days_ago(days))
            builders.check_in(
                sqlite_database, sqlite_clinic.alice, client_id, now=then, use=Use.NONE, signs=NONE
            )
            builders.screen(sqlite_database, sqlite_clinic.alice, client_id, on=days_ago(days))
    app = opened(open_page, sqlite_clinic.alice)
    assert above(app) == []
    assert "Nobody has a reason for a call today." in said(app)
    assert sorted(lines(app)[one]["name"] for one in below(app)) == ["Amir Aziz", "Ann Archer"]


def test_when_the_calls_just_suffice_it_is_said_that_nobody_is_left(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    say(sqlite_database, sqlite_clinic.alice, 1)
    app = opened(open_page, sqlite_clinic.alice)
    assert set(above(app)) == {sqlite_clinic.ann, sqlite_clinic.amir}
    assert "Nobody else has a reason for a call today." in said(app)
    assert "to spare" not in said(app)


def test_a_group_hides_clients_and_moves_nobody_over_the_line(
    open_page: OpenPage, sqlite_clinic: SmallClinic, silent: list[int]
) -> None:
    app = opened(open_page, sqlite_clinic.alice)
    before = above(app)
    shown = [one.value for one in Group if any(wording.short_label(one) in option for option in options(app))]
    assert shown
    for group in shown:
        app.button_group(key="today_group").set_value(group).run()
        assert set(above(app)) <= set(before)
        assert "0 of 5 calls made today." in said(app)


def test_a_supervisors_number_holds_for_the_caseload_that_is_shown(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database, silent: list[int]
) -> None:
    say(sqlite_database, sqlite_clinic.charlie, 2)
    app = opened(open_page, sqlite_clinic.charlie)
    assert len(above(app)) == 2 + 2 * NEEDS_A_PLAN
    app.selectbox(key="today_counselor").select("Bob").run()
    assert above(app) == [sqlite_clinic.ben]
    assert "Nobody has a reason for a call today." in said(app)


def test_where_calling_is_not_safe_another_way_stands_in_its_place(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.execute(update(ClientVersion).values(safe_to_call=Permission.NO))
    builders.group(sqlite_database, sqlite_clinic.alice, (sqlite_clinic.ann,), first_on=days_ago(27))
    words = said(opened(open_page, sqlite_clinic.alice))
    assert "Speak at the next session" in words
    assert "No session planned: agree on a safe way at the next visit" in words
    assert "555-0100" not in words


def test_many_calls_keep_the_page_quick(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        for number in range(43):
            add_client(session, f"Client {number}", counselor=sqlite_clinic.alice)
    say(sqlite_database, sqlite_clinic.alice, 40)
    app = opened(open_page, sqlite_clinic.alice)
    assert (len(above(app)), len(below(app))) == (40 + NEEDS_A_PLAN, 4)
    assert elements(app) <= MOST_ELEMENTS


def test_the_name_below_the_line_is_text_as_it_was_typed_and_opens_the_record(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    with sqlite_database.writing() as session:
        session.execute(update(ClientVersion).values(name="*Bo* :smile:"))
    say(sqlite_database, sqlite_clinic.alice, 0)
    app = opened(open_page, sqlite_clinic.alice)
    (under,) = just_under(app)
    assert lines(app)[under]["name"] == "*Bo* :smile:"
    act(app, under, "open")
    assert app.session_state["test:page"] == "client"


def test_a_check_in_by_phone_is_one_of_the_days_calls(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, contact=ContactKind.PHONE)
    assert "1 of 5 calls made today." in said(opened(open_page, sqlite_clinic.alice))
