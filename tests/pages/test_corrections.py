"""Correcting an entry of any kind: what nobody touches stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import inspect, select
from streamlit.testing.v1 import AppTest

from casework import wording
from casework.actions import absences, attendance, calls, medication, notes, screens
from casework.vocabulary import (
    SUBSTANCES,
    AbsenceCause,
    CallOutcome,
    Certainty,
    FactKind,
    Mark,
    ScreenStatus,
    SessionKind,
    mask,
)
from db.models import Absence, Attendance, Call, Dose, Note, UrineScreen
from pages.client.corrections import CAN_BE_CORRECTED
from pages.client.screens import NOTHING
from pages.shared.widgets.components import CLIENT
from tests.pages.conftest import OpenPage
from tests.support import builders
from tests.support.builders import at, days_ago
from tests.support.clinic import TODAY, SmallClinic
from tests.support.databases import Database
from tests.support.pages import button, field

DAY = days_ago(10)
LATE = at(DAY, 16, 35)
"""Neither now nor noon."""
ENTRIES: dict[FactKind, tuple[type[Any], Callable[..., Any], dict[str, Any]]] = {
    FactKind.NOTE: (Note, notes.write_note, {"text": "Met at two.", "occurred_at": LATE}),
    FactKind.CALL: (Call, calls.log_call, {"outcome": CallOutcome.LEFT_MESSAGE, "occurred_at": LATE}),
    FactKind.SESSION: (
        Attendance,
        attendance.record_attendance,
        {"kind": SessionKind.INDIVIDUAL, "mark": Mark.NO_SHOW, "occurred_at": LATE},
    ),
    FactKind.SCREEN: (
        UrineScreen,
        screens.record_screen,
        {
            "status": ScreenStatus.COLLECTED,
            "on": DAY,
            "tested": ("fentanyl", "cocaine", "other"),
            "found": ("cocaine", "other"),
            "certainty": Certainty.CONFIRMED,
        },
    ),
    FactKind.DOSE: (
        Dose,
        medication.record_dose,
        {"medication": "buprenorphine", "taken_on": DAY, "milligrams": 8.0, "covers_days": 3},
    ),
    FactKind.ABSENCE: (
        Absence,
        absences.record_absence,
        {"cause": AbsenceCause.HOSPITAL, "starts_on": DAY, "ends_on": days_ago(6), "medicated": True},
    ),
}
"""An entry of each kind, no value of which is what its form starts with."""
CHANGES: list[tuple[FactKind, dict[str, Any], dict[str, Any]]] = [
    (FactKind.NOTE, {"text": "Met at three."}, {"text": "Met at three."}),
    (FactKind.CALL, {"outcome": CallOutcome.REACHED}, {"outcome": CallOutcome.REACHED}),
    (FactKind.SESSION, {"mark": Mark.EXCUSED}, {"mark": Mark.EXCUSED}),
    (FactKind.SESSION, {}, {}),
    (FactKind.SCREEN, {"certainty": Certainty.PRESUMPTIVE}, {"certainty": Certainty.PRESUMPTIVE}),
    (FactKind.SCREEN, {"result": NOTHING}, {"found": 0}),
    (FactKind.SCREEN, {"found": ["other"]}, {"found": mask(SUBSTANCES, ["other"])}),
    (FactKind.SCREEN, {"day": days_ago(9)}, {"occurred_on": days_ago(9)}),
    (FactKind.DOSE, {"mg": 12.0}, {"milligrams": 12.0}),
    (FactKind.DOSE, {"covers": 2}, {"covers_days": 2}),
    (FactKind.DOSE, {"medication": "methadone"}, {"medication": "methadone"}),
    (FactKind.DOSE, {"day": days_ago(9)}, {"occurred_on": days_ago(9)}),
    (FactKind.ABSENCE, {"cause": AbsenceCause.DETOX}, {"cause": AbsenceCause.DETOX}),
    (FactKind.ABSENCE, {"cause": AbsenceCause.TRAVEL}, {"cause": AbsenceCause.TRAVEL}),
    (FactKind.ABSENCE, {"medicated": "no"}, {"medicated": False}),
    (FactKind.ABSENCE, {"medicated": "unknown"}, {"medicated": None}),
    (FactKind.ABSENCE, {"until": days_ago(5)}, {"ends_on": days_ago(5)}),
    (FactKind.ABSENCE, {"open": True}, {"ends_on": None}),
    (FactKind.ABSENCE, {"from": days_ago(9)}, {"occurred_on": days_ago(9)}),
]
"""Of each kind: what is set in the form, and what is stored otherwise then."""
OF_EACH_VERSION = {"id", "recorded_at", "recorded_by_id", "superseded_on", "supersedes_id", "entry_token"}
OF_A_CORRECTION = {"first_known_on", "correction_reason"}


def stored(row: Any) -> dict[str, Any]:
    columns = {column.key for column in inspect(type(row)).column_attrs}
    return {name: getattr(row, name) for name in columns - OF_EACH_VERSION - OF_A_CORRECTION}


def versions(database: Database, model: type[Any]) -> list[Any]:
    with database.reading() as session:
        found = list(session.scalars(select(model).order_by(model.id)))
        session.expunge_all()
        return found


def recorded(database: Database, clinic: SmallClinic, kind: FactKind, **other: Any) -> int:
    _, act, what = ENTRIES[kind]
    return int(
        builders.save(
            database, act, by=clinic.alice, client_id=clinic.ann, token=builders.token(), **{**what, **other}
        ).id
    )


def corrected(open_page: OpenPage, clinic: SmallClinic, entry: str, values: dict[str, Any]) -> AppTest:
    app = open_page("client", as_user=clinic.alice, state={CLIENT: clinic.ann, "client_section": "entries"})
    app.button(key=f"correct-list-{entry}").click().run()
    for name, value in {**values, "reason": "Read the sheet again"}.items():
        field(app, f"correction-{entry}", name).set_value(value).run()
    button(app, f"correction-{entry}").click().run()
    assert not app.exception
    return app


def test_every_kind_that_can_be_corrected_is_tried() -> None:
    assert {kind for kind, _, _ in CHANGES} == set(ENTRIES) == CAN_BE_CORRECTED


@pytest.mark.parametrize(
    ("kind", "typed", "different"), CHANGES, ids=[f"{kind}-{'-'.join(typed)}" for kind, typed, _ in CHANGES]
)
def test_correcting_one_field_keeps_every_other_one(
    open_page: OpenPage,
    sqlite_clinic: SmallClinic,
    sqlite_database: Database,
    kind: FactKind,
    typed: dict[str, Any],
    different: dict[str, Any],
) -> None:
    entry = recorded(sqlite_database, sqlite_clinic, kind)
    app = corrected(open_page, sqlite_clinic, f"{kind}-{entry}", typed)
    old, new = versions(sqlite_database, ENTRIES[kind][0])
    assert new.supersedes_id == old.id
    expected = {**stored(old), **different}
    if expected["occurred_on"] != old.occurred_on:
        expected["occurred_at"] = at(expected["occurred_on"], 12)
    assert stored(new) == expected
    (confirmed,) = [one.value.replace("\\", "") for one in app.success]
    assert confirmed.startswith(f"Ann Archer, {wording.short_date(new.occurred_on, TODAY)}: ")


@pytest.mark.parametrize("status", [ScreenStatus.MISSED, ScreenStatus.EXCUSED])
def test_a_screen_without_a_result_opens_as_what_it_was(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database, status: ScreenStatus
) -> None:
    without = {"status": status, "tested": (), "found": (), "certainty": None}
    entry = recorded(sqlite_database, sqlite_clinic, FactKind.SCREEN, **without)
    corrected(open_page, sqlite_clinic, f"{FactKind.SCREEN}-{entry}", {})
    old, new = versions(sqlite_database, UrineScreen)
    assert stored(new) == stored(old)


def test_an_absence_that_goes_on_opens_as_one_that_goes_on(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database
) -> None:
    entry = recorded(sqlite_database, sqlite_clinic, FactKind.ABSENCE, ends_on=None)
    corrected(open_page, sqlite_clinic, f"{FactKind.ABSENCE}-{entry}", {"cause": AbsenceCause.CUSTODY})
    _, new = versions(sqlite_database, Absence)
    assert (new.occurred_on, new.ends_on) == (DAY, None)


@pytest.mark.parametrize("milligrams", [None, 8.0])
def test_a_dose_of_unknown_milligrams_stays_one(
    open_page: OpenPage, sqlite_clinic: SmallClinic, sqlite_database: Database, milligrams: float | None
) -> None:
    entry = recorded(sqlite_database, sqlite_clinic, FactKind.DOSE, milligrams=milligrams)
    corrected(open_page, sqlite_clinic, f"{FactKind.DOSE}-{entry}", {"covers": 1})
    _, new = versions(sqlite_database, Dose)
    assert (new.milligrams, new.covers_days) == (milligrams, 1)
