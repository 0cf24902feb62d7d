"""The clients screen: finding, admitting, editing and handing over."""

from __future__ import annotations

from sqlalchemy import select

from casework.vocabulary import Level, Permission
from db.models import Assignment, ClientVersion, Placement
from db.queries import clients as queries
from pages.clients import client_details
from tests.pages.conftest import OpenPage
from tests.support.builders import days_ago
from tests.support.clinic import TODAY, SmallClinic
from tests.support.databases import Database
from tests.support.pages import button, field, forms_beside_table, said


def client(database: Database, client_id: int) -> ClientVersion:
    with database.reading() as session:
        found = queries.current(session, client_id)
        session.expunge(found)
        return found


def counselor_of(database: Database, client_id: int) -> int:
    with database.reading() as session:
        return session.scalars(
            select(Assignment.staff_id).where(
                Assignment.client_id == client_id,
                Assignment.ends_on.is_(None),
                Assignment.superseded_on.is_(None),
            )
        ).one()


def test_a_counselor_sees_the_own_caseload_only(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("clients", as_user=sqlite_clinic.alice)
    assert not app.exception
    assert app.dataframe[0].value["Name"].tolist() == ["Amir Aziz", "Ann Archer"]


def test_a_supervisor_sees_the_team_and_whose_caseload(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = open_page("clients", as_user=sqlite_clinic.charlie)
    table = app.dataframe[0].value
    assert dict(zip(table["Name"], table["Counselor"], strict=True)) == {
        "Amir Aziz": "Alice",
        "Ann Archer": "Alice",
        "Ben Brook": "Bob",
    }


def test_a_search_finds_by_name_and_record_number(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("clients", as_user=sqlite_clinic.alice)
    for text in ("archer", "R-ann"):
        app.text_input(key="find_client").input(text).run()
        assert app.dataframe[0].value["Name"].tolist() == ["Ann Archer"]
    app.text_input(key="find_client").input("Ben").run()
    assert not app.dataframe
    assert "Nobody of your caseload" in said(app)


def test_a_client_is_admitted(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("clients", as_user=sqlite_clinic.alice, state={client_details.ADMITTING: True})
    field(app, "admission", "name").input("O'Brien Null")
    field(app, "admission", "record_number").input("007")
    field(app, "admission", "safe_to_call").set_value(Permission.NO)
    field(app, "admission", "co_occurring").set_value(["depression"])
    button(app, "admission").click().run()
    assert not app.exception
    assert "O'Brien Null is admitted to your caseload." in said(app)
    table = app.dataframe[0].value
    assert table["Record number"].tolist()[-1] == "007"
    with sqlite_database.reading() as session:
        new = session.scalars(select(ClientVersion).where(ClientVersion.record_number == "007")).one()
        level = session.scalars(select(Placement.level).where(Placement.client_id == new.client_id)).one()
        assert (new.name, new.safe_to_call, level) == ("O'Brien Null", Permission.NO, Level.OUTPATIENT)
    assert field(app, "admission", "name").value in (None, "")


def test_a_refused_admission_says_why_and_keeps_what_was_typed(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = open_page("clients", as_user=sqlite_clinic.alice, state={client_details.ADMITTING: True})
    field(app, "admission", "name").input("Second Ann")
    field(app, "admission", "record_number").input("R-ann-archer")
    button(app, "admission").click().run()
    assert "Another client has this record number." in said(app)
    assert field(app, "admission", "name").value == "Second Ann"


def test_edit_and_admission_open_above_the_table(open_page: OpenPage, sqlite_clinic: SmallClinic) -> None:
    app = open_page("clients", as_user=sqlite_clinic.alice, state={client_details.OPEN: sqlite_clinic.ann})
    assert forms_beside_table(app) == ({"client_details", "hand_over"}, set())
    app.button(key="admit").click().run()
    assert forms_beside_table(app) == ({"admission"}, set())


def test_a_refused_admission_stays_open_until_somebody_closes_it(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = open_page("clients", as_user=sqlite_clinic.alice)
    app.button(key="admit").click().run()
    button(app, "admission").click().run()
    assert app.error
    assert forms_beside_table(app) == ({"admission"}, set())
    button(app, "admission", "close").click().run()
    assert forms_beside_table(app) == (set(), set())


def test_detox_needs_the_level_that_follows_it(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("clients", as_user=sqlite_clinic.alice, state={client_details.ADMITTING: True})
    field(app, "admission", "name").input("New One")
    field(app, "admission", "record_number").input("N-1")
    field(app, "admission", "level").set_value(Level.DETOX).run()
    button(app, "admission").click().run()
    assert (
        "Detox needs the level of care that follows it: on its own it raises the risk of overdose."
        in said(app)
    )
    field(app, "admission", "next_level").set_value(Level.RESIDENTIAL)
    button(app, "admission").click().run()
    assert "New One is admitted" in said(app)


def test_an_edit_changes_what_was_changed(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("clients", as_user=sqlite_clinic.alice, state={client_details.OPEN: sqlite_clinic.ann})
    assert field(app, "client_details", "name").value == "Ann Archer"
    field(app, "client_details", "phone").input("555-0199")
    field(app, "client_details", "pregnant").set_value("yes")
    field(app, "client_details", "safe_housing").set_value("no")
    field(app, "client_details", "naloxone_on").set_value(TODAY)
    field(app, "client_details", "interval").set_value(14)
    button(app, "client_details").click().run()
    assert not app.exception
    ann = client(sqlite_database, sqlite_clinic.ann)
    assert (ann.phone, ann.pregnant, ann.naloxone_on, ann.contact_interval_days) == (
        "555-0199",
        True,
        TODAY,
        14,
    )
    assert (ann.name, ann.safe_to_call, ann.safe_housing) == ("Ann Archer", Permission.YES, False)


def test_a_pregnancy_has_a_due_date_and_then_an_end(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    state = {client_details.OPEN: sqlite_clinic.ann}
    due, birth = days_ago(-80), days_ago(3)
    for pregnant, name, day, kept in (
        ("yes", "pregnancy_due_on", due, (True, due, None)),
        ("no", "pregnancy_ended_on", birth, (False, None, birth)),
    ):
        app = open_page("clients", as_user=sqlite_clinic.alice, state=state)
        field(app, "client_details", "pregnant").set_value(pregnant).run()
        field(app, "client_details", name).set_value(day)
        button(app, "client_details").click().run()
        assert not app.exception
        ann = client(sqlite_database, sqlite_clinic.ann)
        assert (ann.pregnant, ann.pregnancy_due_on, ann.pregnancy_ended_on) == kept
    app = open_page("clients", as_user=sqlite_clinic.alice, state=state)
    field(app, "client_details", "phone").input("555-0199")
    button(app, "client_details").click().run()
    assert client(sqlite_database, sqlite_clinic.ann).pregnancy_ended_on == birth


def test_an_edit_never_overwrites_somebody_elses(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("clients", as_user=sqlite_clinic.alice, state={client_details.OPEN: sqlite_clinic.ann})
    field(app, "client_details", "phone").input("555-0199").run()
    with sqlite_database.writing() as session:
        theirs = queries.current(session, sqlite_clinic.ann)
        theirs.phone, theirs.number = "555-0111", theirs.number + 1
    button(app, "client_details").click().run()
    assert client(sqlite_database, sqlite_clinic.ann).phone == "555-0111"
    assert "in the meantime" in said(app)
    assert field(app, "client_details", "phone").value == "555-0199"
    button(app, "client_details", "reload").click().run()
    assert field(app, "client_details", "phone").value == "555-0111"


def test_a_supervisor_hands_a_client_over(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    app = open_page("clients", as_user=sqlite_clinic.charlie, state={client_details.OPEN: sqlite_clinic.ann})
    button(app, "hand_over").click().run()
    assert "Choose a counselor of your team." in said(app)
    field(app, "hand_over", "to").set_value(sqlite_clinic.bob.id)
    button(app, "hand_over").click().run()
    assert counselor_of(sqlite_database, sqlite_clinic.ann) == sqlite_clinic.bob.id
    assert "Ann Archer: now on Bob's caseload." in said(app)


def test_another_counselors_client_cannot_be_opened_for_an_edit(
    open_page: OpenPage, sqlite_clinic: SmallClinic
) -> None:
    app = open_page("clients", as_user=sqlite_clinic.alice, state={client_details.OPEN: sqlite_clinic.ben})
    assert not app.exception
    assert "Ben" not in said(app)
    assert not [one for one in app.text_input if (one.key or "").startswith("client_details:")]
