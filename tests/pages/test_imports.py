"""The import screen: choose, look, confirm."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from casework.imports.spreadsheets import Preview
from casework.users import User
from casework.vocabulary import Role
from db.models import Attendance, AuditEvent, Client, Staff
from db.queries import clients as queries
from pages.imports import page as imports
from pages.shared.widgets.components import escaped
from tests.pages.conftest import OpenPage
from tests.support.clinic import SmallClinic
from tests.support.databases import Database

GOOD = b"record_number,name,admitted_on,level\n007,Null,2026-03-01,outpatient\n008,O'Brien,2026-03-01,aftercare\n"
WRONG = b"record_number,name,admitted_on,level\n007,Null,today,outpatient\n008,,2026-03-01,aftercare\n"


def upload(app: AppTest, data: bytes) -> AppTest:
    app.file_uploader[0].set_value(("clients.csv", data, "text/csv"))
    return app.run()


def clients(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Client)) or 0


def counted(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def confirm(app: AppTest):
    return next(button for button in app.button if button.label.startswith("Import "))


def test_a_good_file_is_looked_at_first_and_saved_on_confirmation(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
):
    app = upload(open_page("imports", as_user=sqlite_clinic.alice), GOOD)
    assert not app.exception
    assert counted(app) == {"Rows": "2", "New": "2", "Here already": "0", "To put right": "0"}
    assert clients(sqlite_database) == 4
    confirm(app).click().run()
    assert [notice.value for notice in app.success] == [escaped("Imported clients: 2 new.")]
    assert clients(sqlite_database) == 6
    assert not app.metric  # ready for the next file


def test_wrong_rows_are_listed_and_cannot_be_imported(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
):
    app = upload(open_page("imports", as_user=sqlite_clinic.alice), WRONG)
    table = next(frame.value for frame in app.dataframe if "what is wrong" in frame.value)
    assert table[["line", "column"]].values.tolist() == [[2, "admitted_on"], [3, "name"]]
    assert confirm(app).disabled
    assert clients(sqlite_database) == 4


def test_the_same_file_again_offers_nothing(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
):
    app = upload(open_page("imports", as_user=sqlite_clinic.alice), GOOD)
    confirm(app).click().run()
    upload(app, GOOD)
    assert counted(app)["Here already"] == "2"
    assert confirm(app).disabled
    assert clients(sqlite_database) == 6


def test_both_halves_of_a_double_click_save_once(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
):
    app = upload(open_page("imports", as_user=sqlite_clinic.alice), GOOD)
    button = confirm(app)
    button.click().run()
    button.click().run()
    assert not app.error
    assert "2 new" in app.success[0].value
    with sqlite_database.reading() as session:
        events = session.scalars(select(AuditEvent.action)).all()
    assert events.count("import_spreadsheet") == 1


def test_a_first_half_that_the_second_cuts_short_after_the_save_is_told_as_what_it_brought(
    open_page: OpenPage,
    sqlite_clinic: SmallClinic,
    sqlite_database: Database,
    monkeypatch: pytest.MonkeyPatch,
):
    class CutShort(Exception):
        pass

    def cut_short(*told: object) -> None:
        raise CutShort

    app = upload(open_page("imports", as_user=sqlite_clinic.alice), GOOD)
    button = confirm(app)
    with monkeypatch.context() as patch:
        patch.setattr(imports, "_said", cut_short)
        button.click().run()
    assert clients(sqlite_database) == 6
    button.click().run()
    assert "2 new" in app.success[0].value
    assert "already" not in app.success[0].value


def test_what_somebody_else_saved_meanwhile_is_found_at_the_confirmation(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
):
    app = upload(open_page("imports", as_user=sqlite_clinic.alice), GOOD)
    with sqlite_database.writing() as session:
        queries.current(session, sqlite_clinic.ann).record_number = "008"
    confirm(app).click().run()
    assert "line 3" in app.error[0].value
    assert clients(sqlite_database) == 4


def test_a_header_is_user_text_and_never_markdown(open_page: OpenPage, sqlite_clinic: SmallClinic):
    app = upload(open_page("imports", as_user=sqlite_clinic.alice), b"![x](https://evil.example/x.png)\n1\n")
    assert "\\!\\[x\\]" in app.error[0].value


def test_a_null_character_does_not_break_the_page(open_page: OpenPage, sqlite_clinic: SmallClinic):
    data = b"record_number,name,admitted_on,level\n9,A\0nn,2026-03-01,outpatient\n"
    app = upload(open_page("imports", as_user=sqlite_clinic.alice), data)
    assert not app.exception
    assert counted(app)["To put right"] == "1"


def test_each_kind_names_its_columns(open_page: OpenPage, sqlite_clinic: SmallClinic):
    app = open_page("imports", as_user=sqlite_clinic.alice)
    app.button_group(key="import_kind").set_value("attendance").run()
    assert app.dataframe[0].value["column"].tolist() == [
        "record_number",
        "date",
        "time",
        "known_on",
        "kind",
        "mark",
    ]
    data = b"record_number,date,kind,mark\nR-ann-archer,2026-03-02,group,late\n"
    app.file_uploader[0].set_value(("attendance.csv", data, "text/csv")).run()
    confirm(app).click().run()
    assert "attendance" in app.success[0].value


def test_a_counselor_imports_nothing_about_anothers_clients(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
):
    app = open_page("imports", as_user=sqlite_clinic.bob, state={"import_kind": "attendance"})
    data = b"record_number,date,kind,mark\nR-ann-archer,2026-03-02,group,late\n"
    app.file_uploader[0].set_value(("attendance.csv", data, "text/csv")).run()
    assert confirm(app).disabled
    with sqlite_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attendance)) == 0


def test_an_administrator_is_told_who_can(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
):
    with sqlite_database.writing() as session:
        staff = session.get_one(Staff, sqlite_clinic.charlie.id)
        staff.role = Role.ADMIN
    admin = User(sqlite_clinic.charlie.id, "Charlie", Role.ADMIN, sqlite_clinic.charlie.team_id)
    app = open_page("imports", as_user=admin)
    assert "supervisor" in app.info[0].value
    assert not app.file_uploader


def test_a_preview_is_made_once_for_a_file(open_page: OpenPage, sqlite_clinic: SmallClinic):
    app = upload(open_page("imports", as_user=sqlite_clinic.alice), GOOD)
    first: Preview = app.session_state["import_checked"][1]
    app.run()
    assert app.session_state["import_checked"][1] is first
