"""A rule that is off: no score counts it, and each score that it would change says so. And reasons that don't apply."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from casework.actions import rules as actions
from casework.caseload.client_record import client_record
from casework.vocabulary import Use
from db.queries import rules as queries
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import days_ago, token
from tests.support.clinic import TODAY, SmallClinic
from tests.support.databases import Database
from tests.support.pages import button, field, said

RULE = "early.told_0"
WHY = "Slips are told at *every* visit here."
SAID = "opioid use reported, not found in urine in the latest week, each week"
NOT_COUNTED = f"Not counted: {SAID}"


@pytest.fixture
def slipped(sqlite_clinic: SmallClinic, sqlite_database: Database) -> SmallClinic:
    """Ann reported a slip three days ago; Amir nothing."""
    builders.check_in(sqlite_database, sqlite_clinic.alice, sqlite_clinic.ann, on=days_ago(3), use=Use.SLIP)
    return sqlite_clinic


@pytest.fixture
def switched_off(slipped: SmallClinic, sqlite_database: Database) -> SmallClinic:
    builders.save(
        sqlite_database, actions.switch_off, by=slipped.charlie, rule_id=RULE, reason=WHY, token=token()
    )
    return slipped


def client_page(open_page: OpenPage, clinic: SmallClinic, client_id: int) -> AppTest:
    app = open_page(
        "client", as_user=clinic.alice, state={"client_id": client_id, f"chances-{client_id}": True}
    )
    assert not app.exception
    return app


def test_the_clients_score_does_not_count_it_and_says_so_with_the_reason(
    open_page: OpenPage, switched_off: SmallClinic, sqlite_database: Database
) -> None:
    app = client_page(open_page, switched_off, switched_off.ann)
    words = said(app)
    with sqlite_database.reading() as session:
        record = client_record(session, switched_off.alice, switched_off.ann, TODAY)
    assert RULE not in [one.rule_id for one in record.reasons]
    assert NOT_COUNTED in words
    assert f"by Charlie: {WHY}" in words


def test_a_score_that_it_would_not_change_says_nothing(
    open_page: OpenPage, switched_off: SmallClinic
) -> None:
    assert "Not counted" not in said(client_page(open_page, switched_off, switched_off.amir))


def test_while_it_is_on_it_counts_and_nothing_is_said(open_page: OpenPage, slipped: SmallClinic) -> None:
    words = said(client_page(open_page, slipped, slipped.ann))
    assert "Not counted" not in words


def test_today_says_it_in_the_row(open_page: OpenPage, switched_off: SmallClinic) -> None:
    words = said(open_page("today", as_user=switched_off.alice))
    assert words.count("1 rule switched off") == 1
    assert SAID in words


def test_the_level_of_care_says_it(open_page: OpenPage, switched_off: SmallClinic) -> None:
    state = {"client_id": switched_off.ann}
    app = open_page("level_of_care", as_user=switched_off.alice, state=state)
    assert NOT_COUNTED in said(app)
    everybody = open_page("level_of_care", as_user=switched_off.alice).dataframe[0].value
    marked = dict(zip(everybody["Client"], everybody["Rules"], strict=True))
    assert marked["Ann Archer"] == "a rule is off"
    assert marked["Amir Aziz"] == ""


def test_the_definitions_say_it_and_lead_to_the_report_card(
    open_page: OpenPage, switched_off: SmallClinic
) -> None:
    app = open_page("definitions", as_user=switched_off.dave)  # the switch holds for the other team too
    assert NOT_COUNTED in said(app)
    app.button(key="to_report_card").click().run()
    assert app.session_state["test:page"] == "report_card"


# A reason that does not apply


def test_what_a_counselor_says_of_a_reason_stands_beside_it_as_typed_and_changes_no_points(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    before = said(client_page(open_page, slipped, slipped.ann))
    app = client_page(open_page, slipped, slipped.ann)
    app.button(key=f"open_override-{slipped.ann}").click().run()
    field(app, "override", "rule").select(RULE).run()
    field(app, "override", "why").input("It was *before* admission.").run()
    button(app, "override").click().run()
    assert not app.exception
    words = said(app)
    assert "Does not apply here, says Alice" in words
    assert "It was *before* admission." in words
    points = next(line for line in before.splitlines() if "the sum of these" in line)
    assert points in words
    with sqlite_database.reading() as session:
        assert queries.override_counts(session, TODAY, since=TODAY) == {RULE: 1}


def test_without_a_reason_it_is_not_saved_and_the_dialog_says_so(
    open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database
) -> None:
    app = client_page(open_page, slipped, slipped.ann)
    app.button(key=f"open_override-{slipped.ann}").click().run()
    field(app, "override", "rule").select(RULE).run()
    button(app, "override").click().run()
    assert "This field cannot be empty." in said(app)
    with sqlite_database.reading() as session:
        assert queries.override_counts(session, TODAY, since=TODAY) == {}


def test_it_can_be_taken_back(open_page: OpenPage, slipped: SmallClinic, sqlite_database: Database) -> None:
    row = builders.save(
        sqlite_database,
        actions.record_override,
        by=slipped.alice,
        client_id=slipped.ann,
        rule_id=RULE,
        reason="Not so.",
        token=token(),
    )
    app = client_page(open_page, slipped, slipped.ann)
    assert "Not so." in said(app)
    button(app, f"take_back-{row}").click().run()
    assert "Not so." not in said(app)


@pytest.mark.parametrize("page", ["overview", "forecasts"])
def test_pages_that_show_several_clients_say_once_what_the_clinic_does_not_count(
    open_page: OpenPage, switched_off: SmallClinic, page: str
) -> None:
    app = open_page(page, as_user=switched_off.alice)
    assert not app.exception
    assert said(app).count(NOT_COUNTED) == 1
